from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import ASK_EXPERT, Body, Checklist, Item, Leaf, Scorecard, Split, Tree
from seci.artifacts.body import TYPES, to_data, type_of
from seci.artifacts.condition import Condition
from seci.artifacts.execution import evaluate
from seci.artifacts.exports.dmn import MODEL, dmn
from seci.artifacts.exports.jdm import jdm
from seci.artifacts.exports.json_schema import json_schema
from seci.artifacts.exports.mermaid import mermaid
from seci.artifacts.exports.tables import rules_csv
from seci.cases.attribute import Attribute, Value
from seci.kit.errors import BadInput
from seci.kit.ids import seeded
from tests.artifacts.inventing import NASTY, bodies
from tests.artifacts.samples import CARD, HOLD

SIZE = Attribute("size", "lines changed", "number", "", 0, 1000)
SHARE = Attribute("share", "share of tests", "number", "%")
AREA = Attribute("area", "area", "category", levels=("core", 'the "odd" one', "docs, more", "o'hara\\x"))
OWNER = Attribute("owner", "owner", "category")
HOT = Attribute("hot", "hot fix", "boolean")
RISK = Attribute("risk", "risk", "ordinal", levels=("low", "medium", "high"))
ALL = (SIZE, SHARE, AREA, OWNER, HOT, RISK)
NUMBERS = (0.0, 0.1, 5.2, 5.25, 30.0, 999.5, 1000.0)
OUTCOMES = ("ship", 'hold "now"', "look, twice")


def some_condition(draw: Any) -> Condition:
    attribute = draw.choice(ALL)
    if attribute.type == "number":
        return Condition(attribute.key, draw.choice(("<=", ">")), draw.choice(NUMBERS))
    if attribute.type == "boolean":
        return Condition(attribute.key, draw.choice(("is", "is not")), draw.random() < 0.5)
    levels = attribute.levels or ("ann", "bob")
    if draw.random() < 0.5:
        return Condition(attribute.key, "in", tuple(draw.sample(levels, draw.randrange(1, len(levels)))))
    return Condition(attribute.key, draw.choice(("is", "is not")), draw.choice(levels))


def some_tree(seed: int) -> Tree:
    draw, count = seeded("tree", seed), iter(range(999))

    def grow(depth: int) -> Split | Leaf:
        name = f"n{next(count)}"
        if depth > 4 or (depth and draw.random() < 0.25):
            return Leaf(name, draw.choice((*OUTCOMES, ASK_EXPERT)))
        unknown = grow(depth + 2) if draw.random() < 0.5 else None
        return Split(name, some_condition(draw), grow(depth + 1), grow(depth + 1), unknown)

    return Tree("?", ALL, OUTCOMES, grow(0))


def some_card(seed: int) -> Scorecard:
    draw = seeded("card", seed)
    items = tuple(
        Item(f"i{at}", some_condition(draw), draw.choice((-2, -0.1, 0.1, 0.2, 1.5, 3)))
        for at in range(draw.randrange(1, 8))
    )
    return Scorecard("?", ALL, OUTCOMES, items, (0.3, 3))


def bank(seed: int, count: int = 40) -> Iterator[dict[str, Value]]:
    """Cases on, beside and beyond every limit, with values that are not known."""
    draw = seeded("cases", seed)
    for _ in range(count):
        values: dict[str, Value] = {
            "size": draw.choice((*NUMBERS, -1.0, 1000.1, 5.199999, None)),
            "share": draw.choice((*NUMBERS, -3.5, None)),
            "area": draw.choice((*AREA.levels, "elsewhere", None)),
            "owner": draw.choice(("ann", "bob", "cyd", None)),
            "hot": draw.choice((True, False, None)),
            "risk": draw.choice((*RISK.levels, None)),
        }
        yield {key: value for key, value in values.items() if value is not None or draw.random() < 0.5}


# JDM, run by ZEN


@pytest.mark.parametrize("make", [some_tree, some_card])
def test_zen_answers_as_we_do(make: Any) -> None:
    import zen

    engine = zen.ZenEngine()
    for seed in range(60):
        body = make(seed)
        decision = engine.create_decision(jdm(body))
        for values in bank(seed):
            found = decision.evaluate(values)["result"]["outcome"]
            assert found == evaluate(body, values).outcome, (seed, values)


def test_the_trace_of_zen_names_our_node() -> None:
    import zen

    decision = zen.ZenEngine().create_decision(jdm(HOLD))
    answer = decision.evaluate({"changed": True, "missing": 9.0, "load": "daily"}, {"trace": True})
    assert answer["trace"]["decision"]["traceData"]["rule"]["_id"] == "n5"
    assert "2 cases · 1 sentence · 1 against: k1, c1, c2" in jdm(HOLD)


# DMN, read and run by SpiffWorkflow; it brings no FEEL, so the tests put the cells into its language


IT = "dmninputexpr"


def feel(cell: str) -> str:
    """A unary test of DMN 1.3 (grammar rules 7 and 14-17) as an expression of Python."""
    if found := re.fullmatch(r"not\((.*)\)", cell, re.DOTALL):
        return f"not ({feel(found[1])})"
    parts = split_tests(cell)
    if len(parts) > 1:
        return " or ".join(f"({feel(one)})" for one in parts)
    if cell == "null":
        return f"{IT} is None"
    if found := re.fullmatch(r"([\[(])(.+)\.\.(.+)([\])])", cell):
        low, high = (">=" if found[1] == "[" else ">"), ("<=" if found[4] == "]" else "<")
        return f"is_number({IT}) and {IT} {low} {found[2]} and ? {high} {found[3]}"
    if found := re.fullmatch(r"(<=|>=|<|>) (.+)", cell):
        return f"is_number({IT}) and {IT} {found[1]} {found[2]}"
    return f"{IT} is {cell.title()}" if cell in ("true", "false") else f"{IT} == {cell}"


def split_tests(cell: str) -> list[str]:
    if cell[0] in "[(":
        end = cell.find(",")
        return [cell] if end < 0 else [cell[:end], *split_tests(cell[end + 1 :])]
    return re.findall(r'"(?:\\.|[^"\\])*"|[^,]+', cell)


class Engine:
    """What SpiffWorkflow asks of a script engine."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        names = {"is_number": lambda x: isinstance(x, int | float) and not isinstance(x, bool)}
        return eval(expression, {**names, **task.data, **(external_context or {})})

    def validate(self, expression: str) -> None:
        compile(expression, "cell", "eval")


class Task:
    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.workflow = self
        self.script_engine = Engine()


def tables(text: str) -> list[Any]:
    """The tables of a DMN file as SpiffWorkflow reads them; it takes one decision at a time."""
    from lxml import etree
    from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

    found = []
    for at in range(text.count("<decision ")):
        root = etree.fromstring(text.encode())
        for number, node in enumerate(root.findall(f"{{{MODEL}}}decision")):
            if number != at:
                root.remove(node)
        parser = DMNParser(None, root, {"dmn": MODEL})
        parser.parse()
        table = parser.decision.decisionTables[0]
        for rule in table.rules:
            for entry in rule.inputEntries:
                entry.lhs = [feel(cell) if cell else None for cell in entry.lhs]
        found.append(table)
    return found


def spiff(read: list[Any], values: dict[str, Value]) -> str:
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine

    data: dict[str, Any] = {**dict.fromkeys(one.key for one in ALL), **values}
    for table in read:
        found = DMNEngine(table).result(Task(data))["outcome"]
        if table.hit_policy == "COLLECT":
            data["points_sum"] = round(sum(found), 9)
    return str(found)


@pytest.mark.parametrize("make", [some_tree, some_card])
def test_spiffworkflow_answers_as_we_do(make: Any) -> None:
    for seed in range(25):
        body = make(seed)
        read = tables(dmn(body))
        for values in bank(seed, 15):
            assert spiff(read, values) == evaluate(body, values).outcome, (seed, values)


def test_dmn_keeps_ids_and_what_a_rule_rests_on() -> None:
    (table,) = tables(dmn(HOLD, "Hold or ship"))
    assert [rule.id for rule in table.rules][:2] == ["decision_n4", "decision_n5"]
    assert table.rules[1].description == "k1, c1, c2"
    root = ElementTree.fromstring(dmn(CARD))
    policies = [(one.get("hitPolicy"), one.get("aggregation")) for one in root.iter(f"{{{MODEL}}}decisionTable")]
    assert policies == [("COLLECT", "SUM"), ("FIRST", None)]


@given(bodies())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_export_is_well_formed_or_refused(body: Body) -> None:
    for write in (dmn, jdm, mermaid):
        try:
            text = write(body)
        except BadInput:
            assert not isinstance(body, Tree)
            continue
        if write is dmn:
            assert ElementTree.fromstring(text).tag == f"{{{MODEL}}}definitions"
        elif write is jdm:
            assert json.loads(text)["nodes"][0]["type"] == "inputNode"
        else:
            assert_mermaid(text)
    rows = list(csv.reader(io.StringIO(rules_csv(body), newline="")))
    assert len({len(row) for row in rows}) == 1


# Mermaid, by its grammar

QUOTED = r'"(?:[^"#&<>`\\;]|#\d+;)+"'
NODE = re.compile(rf"    n\d+(?:\{{{QUOTED}\}}|\[{QUOTED}\]|\(\[{QUOTED}\]\))")
EDGE = re.compile(rf"    n\d+ (?:-->|-\.->)(?:\|{QUOTED}\|)? n\d+")


def assert_mermaid(text: str) -> None:
    """Every line is a node or a line between nodes that are there (Mermaid's flow.jison, the part that we write)."""
    lines = text.splitlines()
    assert lines[0] == "flowchart TD"
    assert all(NODE.fullmatch(line) or EDGE.fullmatch(line) for line in lines[1:])
    nodes = {line.split("{")[0].split("[")[0].split("(")[0].strip() for line in lines[1:] if NODE.fullmatch(line)}
    ends = {
        name for line in lines[1:] if EDGE.fullmatch(line) for name in re.findall(r"\bn\d+\b", re.sub(QUOTED, "", line))
    }
    assert ends <= nodes


def test_a_tree_reads_in_mermaid() -> None:
    text = mermaid(HOLD)
    assert_mermaid(text)
    assert text.startswith('flowchart TD\n    n0{"source changed?"}\n    n1{"missing values #62; 5.2 %?"}\n')
    assert '    n0 -->|"no"| n7' in text


# CSV and JSON Schema


def test_the_rules_of_a_tree_are_lines_in_words() -> None:
    rows = list(csv.DictReader(io.StringIO(rules_csv(HOLD))))
    assert rows[1] == {
        "id": "n5",
        "when": "source changed is yes, missing values over 5.2 up to 40 % and kind of load is daily or replay",
        "then": "hold",
        "because": "",
        "claims": "k1",
        "cases for": "c1 c2",
        "cases against": "c17",
    }


def test_a_formula_in_words_of_people_is_written_as_text() -> None:
    tree = Tree("?", (), ("=1+1",), Leaf("n1", "=1+1", "@now"))
    assert "'=1+1,'@now" in rules_csv(tree)


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_what_we_write_meets_the_schema(body: Body) -> None:
    schema = json_schema(type_of(body))
    assert meets(json.loads(json.dumps(to_data(body))), schema, schema["$defs"])
    assert not meets({"purpose": 3}, schema, schema["$defs"])


def test_every_type_has_a_schema_whose_references_exist() -> None:
    for name in TYPES:
        schema = json_schema(name)
        wanted = set(re.findall(r"#/\$defs/(\w+)", json.dumps(schema)))
        assert wanted <= set(schema["$defs"])
    assert json_schema("decision_tree")["$defs"]["Leaf"]["properties"]["kind"] == {"const": "leaf"}


def meets(data: Any, schema: dict[str, Any], defs: dict[str, Any]) -> bool:
    """The words of JSON Schema that ours use."""
    if "$ref" in schema:
        return meets(data, defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return any(meets(data, one, defs) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return data in schema.get("enum", [schema.get("const")])
    kinds: dict[str, Any] = {"string": str, "boolean": bool, "null": type(None), "array": list, "object": dict}
    kind = schema["type"]
    if kind in ("number", "integer"):
        return isinstance(data, int | float if kind == "number" else int) and not isinstance(data, bool)
    if not isinstance(data, kinds[kind]):
        return False
    if kind == "array":
        return all(meets(one, schema["items"], defs) for one in data)
    if kind == "object":
        properties = schema["properties"]
        return set(schema["required"]) <= set(data) <= set(properties) and all(
            meets(value, properties[name], defs) for name, value in data.items()
        )
    return True


def test_what_no_engine_can_run_is_refused() -> None:
    for write in (dmn, jdm, mermaid):
        with pytest.raises(BadInput, match="export it as Markdown"):
            write(Checklist("?", ()))


@given(st.sampled_from(NASTY), st.sampled_from(NASTY))
@settings(max_examples=30, deadline=None)
def test_ugly_words_survive_into_zen(outcome: str, level: str) -> None:
    import zen

    if not level or "\x00" in outcome + level:
        return
    area = Attribute("area", "area", "category", levels=(level, "other"))
    leaves = (Leaf("n2", outcome), Leaf("n3", "else"))
    tree = Tree("?", (area,), (outcome, "else"), Split("n1", Condition("area", "is", level), *leaves))
    decision = zen.ZenEngine().create_decision(jdm(tree))
    assert decision.evaluate({"area": level})["result"]["outcome"] == outcome
