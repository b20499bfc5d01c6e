"""The nodes of any body: what can be cited, changed, drawn and talked about one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from seci.artifacts.bodies import Body, Checklist, Flowchart, Guide, Matrix, Runbook, Scorecard, Story, Template, Tree
from seci.artifacts.bodies.checklist import Check
from seci.artifacts.bodies.flowchart import Symbol
from seci.artifacts.bodies.matrix import Level
from seci.artifacts.bodies.runbook import Step
from seci.artifacts.bodies.template import Blank
from seci.artifacts.bodies.text import Section
from seci.artifacts.bodies.tree import Leaf, Split
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.artifacts.words import Named, all_words, by_key, condition_words, number_words, question_words, signed
from seci.cases.attribute import Attribute


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a body.

    words   what it says, complete enough to be shown alone
    parent  id of the node above it; empty at the top
    branch  how it is reached from there ("yes", "no", "unknown")
    """

    id: str
    words: str
    evidence: Evidence = field(default_factory=Evidence)
    parent: str = ""
    branch: str = ""


def attributes_of(body: Body) -> tuple[Attribute, ...]:
    return body.attributes if isinstance(body, Tree | Scorecard | Checklist | Flowchart | Runbook) else ()


def outcomes_of(body: Body) -> tuple[str, ...]:
    """The outcomes that the body can come to, besides asking the expert; of a flowchart the words of its ends."""
    if isinstance(body, Tree | Scorecard | Matrix):
        return body.outcomes
    if isinstance(body, Flowchart):
        return tuple(dict.fromkeys(symbol.text for symbol in body.symbols if symbol.kind == "end"))
    return ()


def conditions_of(body: Body) -> Iterator[tuple[str, Condition]]:
    """(id of the node, condition) of every condition in the body."""
    match body:
        case Tree():
            yield from ((split.id, split.condition) for split in splits(body.root))
        case Scorecard():
            yield from ((item.id, item.condition) for item in body.items)
        case Checklist():
            yield from ((item.id, one) for item in body.items for one in item.when)
            yield from ((item.id, item.expected) for item in body.items if item.expected)
        case Flowchart():
            yield from ((symbol.id, line.when) for symbol in body.symbols for line in symbol.lines if line.when)
        case Runbook():
            yield from ((step.id, one) for step in body.steps for one in step.when)


def splits(node: Split | Leaf) -> Iterator[Split]:
    """The questions of a tree, from the top."""
    if isinstance(node, Split):
        yield node
        for _, below in branches(node):
            yield from splits(below)


def leaves(node: Split | Leaf) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        for _, below in branches(node):
            yield from leaves(below)


def branches(split: Split) -> list[tuple[str, Split | Leaf]]:
    found = [("yes", split.yes), ("no", split.no)]
    return [*found, ("unknown", split.unknown)] if split.unknown else found


def nodes(body: Body) -> Iterator[Node]:
    """Every node with its words and its evidence, in the order of reading."""
    named = by_key(attributes_of(body))
    match body:
        case Tree():
            yield from _tree_nodes(body.root, named)
        case Scorecard():
            for item in body.items:
                words = f"{condition_words(item.condition, named)}: {signed(item.points)}"
                yield Node(item.id, words + _reason(item.because), item.evidence)
        case Checklist():
            yield from (Node(check.id, _check_words(check, named), check.evidence) for check in body.items)
        case Flowchart():
            texts = {symbol.id: symbol.text for symbol in body.symbols}
            yield from (_symbol_node(symbol, named, texts) for symbol in body.symbols)
        case Runbook():
            yield from (_step_node(step, named) for step in body.steps)
        case Template():
            yield from (Node(blank.id, _blank_words(blank), blank.evidence) for blank in body.blanks)
        case Matrix():
            yield from _matrix_nodes(body)
        case Guide():
            yield from (_section_node(section) for section in body.sections)
        case Story():
            yield from (_section_node(section) for section in story_sections(body))


def _tree_nodes(node: Split | Leaf, named: Named, parent: str = "", branch: str = "") -> Iterator[Node]:
    if isinstance(node, Leaf):
        yield Node(node.id, node.outcome + _reason(node.because), node.evidence, parent, branch)
        return
    words = ("exception: " if node.exception else "") + question_words(node.condition, named)
    yield Node(node.id, words + _reason(node.because), node.evidence, parent, branch)
    for name, below in branches(node):
        yield from _tree_nodes(below, named, node.id, name)


def _check_words(check: Check, named: Named) -> str:
    expected = condition_words(check.expected, named) if check.expected else ""
    wanted = f": {expected}" if expected and expected.casefold() != check.text.casefold() else ""
    when = f" (when {all_words(check.when, named)})" if check.when else ""
    shows = {"tick": "", "value": ", with its value", "evidence": ", with evidence"}[check.kind]
    optional = "" if check.required else ", if it helps"
    rest = f"{wanted}{when}{shows}{optional}"
    return f"{check.text.rstrip('. ') if rest else check.text}{rest}{_reason(check.because)}"


def _blank_words(blank: Blank) -> str:
    parts = [f"{blank.name} ({blank.type.replace('_', ' ')}{f' in {blank.unit}' if blank.unit else ''})"]
    parts += [f"one of {', '.join(blank.options)}"] if blank.options else []
    parts += [] if blank.required else ["may stay empty"]
    parts += [blank.help] if blank.help else []
    parts += [f"for example {blank.example}"] if blank.example else []
    return "; ".join(parts) + _reason(blank.because)


def _symbol_node(symbol: Symbol, named: Named, texts: Mapping[str, str]) -> Node:
    ways = []
    for line in symbol.lines:
        sign = line.label or (condition_words(line.when, named) if line.when else "")
        ways.append(f"{sign} → {texts.get(line.to, line.to)}".strip())
    end = " (end)" if symbol.kind == "end" else ""
    words = " ".join([f"{symbol.text}{end}", "; ".join(ways)]).strip()
    return Node(symbol.id, words + _reason(symbol.because), symbol.evidence)


def _step_node(step: Step, named: Named) -> Node:
    parts = [f"when {all_words(step.when, named)}: {step.action}" if step.when else step.action]
    for label, text in (
        ("by", step.role),
        ("run", step.command),
        ("expect", step.expect),
        ("if not, go to", step.on_failure),
        ("if not, call", step.escalate),
        ("take back by", step.rollback),
    ):
        parts += [f"{label} {text}"] if text else []
    return Node(step.id, "; ".join(parts) + _reason(step.because), step.evidence)


def _matrix_nodes(body: Matrix) -> Iterator[Node]:
    for criterion in body.criteria:
        levels = ", ".join(_level_words(level) for level in criterion.levels)
        words = f"{criterion.name}, weight {number_words(criterion.weight)}: {levels}"
        yield Node(criterion.id, words + _reason(criterion.because), criterion.evidence)
    names = {criterion.id: criterion.name for criterion in body.criteria}
    for option in body.options:
        reached = ", ".join(
            f"{names.get(score.criterion, score.criterion)} {score.level}{_reason(score.because)}"
            for score in option.scores
        )
        yield Node(option.id, f"{option.name}: {reached or 'not judged'}" + _reason(option.because), option.evidence)


def story_sections(story: Story) -> tuple[Section, ...]:
    told = (story.situation, story.task, story.action, story.result)
    return (*told, story.lesson) if story.lesson else told


def _level_words(level: Level) -> str:
    return f"{level.name} {number_words(level.points)}" + (f" ({level.meaning})" if level.meaning else "")


def _section_node(section: Section) -> Node:
    return Node(section.id, f"{section.title}: {section.text}" if section.title else section.text, section.evidence)


def _reason(because: str) -> str:
    return f", because {because}" if because else ""
