from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import (
    ASK_EXPERT,
    Blank,
    Body,
    Check,
    Checklist,
    Criterion,
    Flowchart,
    Guide,
    Item,
    Leaf,
    Level,
    Line,
    Matrix,
    Option,
    Runbook,
    Score,
    Scorecard,
    Section,
    Split,
    Step,
    Symbol,
    Template,
    Tree,
)
from seci.artifacts.checking.cards import possible_sums
from seci.artifacts.checks import blocks, check
from seci.artifacts.condition import Condition
from seci.artifacts.context import Context
from seci.artifacts.evidence import Evidence
from seci.artifacts.execution import evaluate, exact
from seci.cases.attribute import Attribute
from tests.artifacts.inventing import bodies, trees
from tests.artifacts.samples import CARD, CHANGED, HOLD, KIND, MISSING

SAID = Evidence(("k1",), ("c1",))


def found(body: Body, kind: str) -> list[tuple[str, str]]:
    return [(one.node, one.words) for one in check(body) if one.kind == kind]


def tree(root: Split | Leaf, *attributes: Attribute) -> Tree:
    return Tree("?", attributes or (MISSING, CHANGED, KIND), ("ship", "hold"), root)


def ship(name: str) -> Leaf:
    return Leaf(name, "ship", evidence=SAID)


def hold(name: str) -> Leaf:
    return Leaf(name, "hold", evidence=SAID)


def test_a_sound_tree_only_says_where_values_may_be_missing() -> None:
    assert {(one.kind, one.severity) for one in check(HOLD)} == {("gap", "notes")}
    assert found(HOLD, "gap")[0] == (
        "n1",
        "Where source changed is not known, the tree asks the expert at “source changed?”.",
    )


def test_a_question_that_contradicts_the_one_above_is_unreachable() -> None:
    below = Split("n2", Condition("missing", ">", 20), hold("n3"), ship("n4"), evidence=SAID)
    body = tree(Split("n1", Condition("missing", "<=", 10), below, hold("n5"), evidence=SAID))
    assert found(body, "unreachable") == [
        ("n3", "No case comes to “hold”: the questions above it rule it out."),
    ]


def test_limits_that_touch_leave_exactly_what_is_between() -> None:
    """≤ 10 and then > 10 leaves nothing; ≤ 10 and then > 9.99 leaves a little."""
    for limit, wanted in ((10, ["n3"]), (9.99, [])):
        below = Split("n2", Condition("missing", ">", limit), hold("n3"), ship("n4"), evidence=SAID)
        body = tree(Split("n1", Condition("missing", "<=", 10), below, hold("n5"), evidence=SAID))
        assert [node for node, _ in found(body, "unreachable")] == wanted


def test_a_limit_beyond_the_range_is_unreachable() -> None:
    body = tree(Split("n1", Condition("missing", ">", 40), hold("n2"), ship("n3"), evidence=SAID))
    assert [node for node, _ in found(body, "unreachable")] == ["n2", "outcome:hold"]


def test_of_an_unreachable_subtree_only_the_top_is_told() -> None:
    deep = Split("n3", Condition("missing", ">", 30), hold("n4"), ship("n5"), evidence=SAID)
    body = tree(
        Split(
            "n1",
            Condition("load", "is", "daily"),
            Split("n2", Condition("load", "is", "replay"), deep, ship("n6"), evidence=SAID),
            hold("n7"),
            evidence=SAID,
        )
    )
    assert [node for node, _ in found(body, "unreachable")] == ["n3"]


def test_a_question_that_makes_no_difference_is_told() -> None:
    inner = Split("n2", Condition("missing", ">", 5), ship("n3"), ship("n4"), ship("n6"), evidence=SAID)
    body = tree(Split("n1", Condition("changed", "is", True), inner, hold("n5"), evidence=SAID))
    assert found(body, "redundant") == [
        ("n2", "“missing values > 5 %?” makes no difference: every answer leads to “ship”.")
    ]


def test_an_end_that_asks_the_expert_is_a_gap_with_its_region() -> None:
    body = tree(Split("n1", Condition("missing", ">", 20), Leaf("n2", ASK_EXPERT), ship("n3"), evidence=SAID))
    assert ("n2", "There is no answer where missing values over 20 up to 40 %.") in found(body, "gap")


def test_unsupported_contested_and_unused_parts_are_told() -> None:
    bare = Split(
        "n1", Condition("missing", ">", 20), Leaf("n2", "hold"), ship("n3"), evidence=Evidence((), (), ("c1",))
    )
    body = tree(replace(bare, yes=Leaf("n2", "hold", evidence=Evidence(("k",), ("a",), ("b", "c")))))
    assert [node for node, _ in found(body, "unsupported")] == ["n1"]
    assert found(body, "contested") == [("n2", "2 cases speak against “hold”, 1 for it.")]
    assert [words for _, words in found(body, "unused")] == [
        "2 attributes are described and never asked for: source changed and kind of load."
    ]


def test_a_number_without_a_range_is_told() -> None:
    body = tree(Split("n1", Condition("x", ">", 2), hold("n2"), ship("n3")), Attribute("x", "rows", "number"))
    assert [node for node, _ in found(body, "unbounded")] == ["attribute:x"]


def test_missing_context_blocks_publication() -> None:
    told = check(HOLD, Context(who="engineers on call"))
    assert [one.words for one in blocks(told)] == [
        "It does not say when it holds.",
        "It does not say its exceptions.",
    ]
    assert blocks(check(HOLD, Context("a", "b", "none known"))) == ()


@given(trees())
@settings(max_examples=50, deadline=None)
def test_what_is_called_unreachable_is_never_reached_and_the_rest_is(body: Tree) -> None:
    """Against brute force: every mixture of values at, just beside and between all limits."""
    unreachable = {node for node, _ in found(body, "unreachable")}
    reached: set[str] = set()
    for values in _grid(body):
        trace = evaluate(body, values)  # type: ignore[arg-type]
        reached |= set(trace.path)
    names = {node for node in unreachable if not node.startswith("outcome:")}
    assert not names & reached
    below = {one for top in names for one in _under(body.root, top)}
    assert _names(body.root) - reached <= below


def _grid(body: Tree) -> list[dict[str, object]]:
    choices: dict[str, list[object]] = {}
    for attribute in body.attributes:
        found_values: list[object] = [None]
        if attribute.type == "number":
            limits = [attribute.low, attribute.high]
            limits += [one.value for one in _conditions(body.root) if one.attribute == attribute.key]  # type: ignore[misc]
            marks = sorted({float(one) for one in limits if one is not None})
            found_values += [*marks, *((a + b) / 2 for a, b in pairwise(marks))]
            found_values += [marks[0] - 1, marks[-1] + 1] if marks else [0.0]
        else:
            found_values += [True, False] if attribute.type == "boolean" else list(attribute.levels)
        choices[attribute.key] = found_values
    some = list(product(*choices.values()))
    return [dict(zip(choices, row, strict=True)) for row in some[:: max(1, len(some) // 20_000)]]


def _conditions(node: Split | Leaf) -> list[Condition]:
    if isinstance(node, Leaf):
        return []
    below = [node.yes, node.no, *([node.unknown] if node.unknown else [])]
    return [node.condition, *(one for branch in below for one in _conditions(branch))]


def _names(node: Split | Leaf) -> set[str]:
    if isinstance(node, Leaf):
        return {node.id}
    below = [node.yes, node.no, *([node.unknown] if node.unknown else [])]
    return {node.id, *(name for branch in below for name in _names(branch))}


def _under(node: Split | Leaf, top: str) -> set[str]:
    if node.id == top:
        return _names(node)
    if isinstance(node, Leaf):
        return set()
    below = [node.yes, node.no, *([node.unknown] if node.unknown else [])]
    return {name for branch in below for name in _under(branch, top)}


# Scorecards and matrices


def item(name: str, condition: Condition, points: float) -> Item:
    return Item(name, condition, points, evidence=SAID)


def test_the_same_thing_counted_twice_is_an_overlap_and_in_opposite_directions_a_conflict() -> None:
    over = Condition("missing", ">", 5)
    for points, kind in ((1, "overlap"), (-1, "conflict")):
        card = replace(CARD, items=(item("i1", over, 2), item("i2", over, points), *CARD.items[1:]))
        assert [node for node, _ in found(card, kind)] == ["i2"]
    apart = replace(CARD, items=(item("i1", over, 2), item("i2", Condition("missing", ">", 10), -1)))
    assert found(apart, "overlap") == found(apart, "conflict") == []


def test_not_no_and_yes_are_the_same() -> None:
    items = (item("i1", Condition("changed", "is", True), 1), item("i2", Condition("changed", "is not", False), 1))
    assert [node for node, _ in found(replace(CARD, items=items), "overlap")] == ["i2"]


def test_an_outcome_between_two_possible_sums_is_never_given() -> None:
    items = (item("i1", Condition("missing", ">", 5), 4), item("i2", Condition("missing", ">", 20), 2))
    card = Scorecard("?", (MISSING,), ("a", "b", "c", "d"), items, (1, 4, 7))
    assert found(card, "unreachable") == [
        ("outcome:b", "No case comes to “b”: the sums go from 0 to 6."),
        ("outcome:d", "No case comes to “d”: the sums go from 0 to 6."),
    ]


points = st.integers(-3, 3).map(float)
conditions = st.one_of(
    st.builds(
        Condition, st.just("missing"), st.sampled_from(["<=", ">"]), st.sampled_from([-1.0, 0.0, 7.5, 40.0, 50.0])
    ),
    st.builds(Condition, st.just("changed"), st.sampled_from(["is", "is not"]), st.booleans()),
    st.builds(Condition, st.just("load"), st.just("in"), st.sampled_from([("daily",), ("backfill", "daily")])),
)


@given(st.lists(st.tuples(conditions, points), max_size=6))
def test_the_possible_sums_are_those_that_cases_have(rows: list[tuple[Condition, float]]) -> None:
    items = tuple(Item(f"i{at}", condition, worth) for at, (condition, worth) in enumerate(rows))
    card = Scorecard("?", (MISSING, CHANGED, KIND), ("a", "b"), items, (0,))
    numbers = (None, 0.0, 3.0, 7.5, 8.0, 39.0, 40.0)
    seen = {
        exact(evaluate(card, {"missing": one, "changed": two, "load": three}).score or 0)
        for one, two, three in product(numbers, (None, True, False), (None, *KIND.levels))
    }
    assert possible_sums(card) == (seen, True)


def test_a_matrix_says_what_is_not_judged_and_what_nobody_can_reach() -> None:
    levels = (Level("poor", 1, "x"), Level("good", 3, "y"))
    body = Matrix(
        "?",
        (Criterion("a", "Fit", levels, evidence=SAID), Criterion("b", "Cost", levels, evidence=SAID)),
        (Option("o", "Ours", (Score("a", "good"),), evidence=SAID),),
        ("no", "yes", "surely"),
        (2, 3.5),
    )
    assert found(body, "gap") == [("o", "Ours is not judged on Cost.")]
    assert found(body, "unreachable") == [("outcome:surely", "No option can come to “surely”: totals go from 1 to 3.")]


# Flowcharts and runbooks


def chart(*symbols: Symbol, start: str = "a") -> Flowchart:
    return Flowchart("?", start, tuple(replace(one, evidence=SAID) for one in symbols), (MISSING, CHANGED))


def test_a_round_without_an_exit_blocks_and_one_with_an_exit_does_not() -> None:
    wait = Symbol("b", "Wait", lines=(Line("a"),))
    again = Symbol("a", "Still late?", "question", (Line("b", "yes"), Line("c", "no")))
    done = Symbol("c", "Load", "end")
    assert found(chart(again, wait, done), "loop") == []
    caught = replace(again, lines=(Line("b", "yes"), Line("b", "no")))
    assert found(chart(caught, wait, done), "loop") == [("a", "No way leads out of “Still late?”, “Wait”.")]


def test_dangling_lines_dead_ends_and_lost_symbols_are_told() -> None:
    body = chart(Symbol("a", "Go", lines=(Line("x"),)), Symbol("b", "Stay"))
    assert found(body, "dangling") == [("a", "A line of “Go” leads to x, which is not there.")]
    assert found(body, "gap") == [("b", "“Stay” leads nowhere.")]
    assert [node for node, _ in found(body, "unreachable")] == ["b"]
    assert found(chart(Symbol("a", "Go", "end"), start="z"), "dangling") == [
        ("z", "The chart starts at z, which is not there.")
    ]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (Condition("missing", ">", 5), Condition("missing", "<=", 5), None),
        (Condition("missing", ">", 5), Condition("missing", "<=", 6), "conflict"),
        (Condition("missing", ">", 6), Condition("missing", "<=", 5), "gap"),
        (Condition("missing", ">", 5), Condition("changed", "is", True), "overlap"),
    ],
)
def test_lines_that_clash_or_leave_cases_out_are_told(first: Condition, second: Condition, kind: str | None) -> None:
    ask = Symbol("a", "?", "question", (Line("b", "", first), Line("c", "", second)))
    body = chart(ask, Symbol("b", "B", "end"), Symbol("c", "C", "end"))
    told = {one.kind for one in check(body) if one.kind in ("conflict", "overlap", "gap")}
    assert told >= ({kind} if kind else set())
    assert kind or not told


def test_a_gap_between_lines_is_told_with_its_exact_ends() -> None:
    ask = Symbol(
        "a",
        "?",
        "question",
        (Line("b", "", Condition("missing", ">", 6)), Line("c", "", Condition("missing", "<=", 5))),
    )
    body = chart(ask, Symbol("b", "B", "end"), Symbol("c", "C", "end"))
    assert found(body, "gap") == [("a", "“?” leads nowhere where missing values over 5 up to 6 %.")]


def test_a_runbook_says_where_a_failure_leads_nowhere_or_round() -> None:
    steps = (
        Step("s1", "Stop the load", "queue is empty", on_failure="s9", evidence=SAID),
        Step("s2", "Restart", "", on_failure="s1", evidence=SAID),
        Step("s3", "Check", "green", evidence=SAID),
        Step("s4", "Restart again", "green", "s2", "data lead", evidence=SAID),
    )
    body = Runbook("?", steps)
    assert [node for node, _ in found(body, "dangling")] == ["s1"]
    assert [node for node, _ in found(body, "loop")] == ["s2"]
    assert [node for node, _ in found(body, "gap")] == ["s2", "s3"]


# Checklists, templates, text


def test_items_that_never_apply_or_contradict_each_other_are_told() -> None:
    never = (Condition("missing", ">", 5), Condition("missing", "<=", 3))
    much, little = Condition("missing", ">", 20), Condition("missing", "<=", 10)
    items = (
        Check("a", "Look", when=never, evidence=SAID),
        Check("b", "Nulls", "value", expected=much, evidence=SAID),
        Check("c", "Gaps", "value", expected=little, when=(Condition("changed", "is", True),), evidence=SAID),
        Check("d", "nulls ", evidence=SAID),
    )
    body = Checklist("?", items, (MISSING, CHANGED))
    assert [node for node, _ in found(body, "unreachable")] == ["a"]
    assert found(body, "conflict") == [
        (
            "c",
            "b and c contradict each other where source changed is yes: "
            "no value meets missing values > 20 % and missing values ≤ 10 %.",
        )
    ]
    assert [node for node, _ in found(body, "overlap")] == ["d"]


def test_items_for_different_cases_may_ask_for_different_things() -> None:
    much, little = Condition("missing", ">", 20), Condition("missing", "<=", 10)
    yes, no = Condition("changed", "is", True), Condition("changed", "is", False)
    items = (
        Check("b", "Nulls", "value", expected=much, when=(yes,), evidence=SAID),
        Check("c", "Nulls", "value", expected=little, when=(no,), evidence=SAID),
    )
    assert check(Checklist("?", items, (MISSING, CHANGED))) == ()


def test_a_choice_without_options_and_an_empty_section_block() -> None:
    blank = Blank("a", "Owner", "choice", help="who", evidence=SAID)
    assert [one.kind for one in blocks(check(Template("?", (blank,))))] == ["empty"]
    assert [one.kind for one in blocks(check(Guide("?", (Section("s", "Why", " ", SAID),))))] == ["empty"]
    assert [one.kind for one in blocks(check(Template("?", ())))] == ["empty"]


@given(bodies())
@settings(max_examples=50, deadline=None)
def test_any_body_can_be_checked_and_the_worst_comes_first(body: Body) -> None:
    order = [one.severity for one in check(body, Context())]
    assert order == sorted(order, key=["blocks", "warns", "notes"].index)
