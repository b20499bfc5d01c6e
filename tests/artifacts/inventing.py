"""Hypothesis strategies for bodies of every type, with ugly words in them."""

from __future__ import annotations

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
    Story,
    Symbol,
    Template,
    Tree,
)
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute, Value

NASTY = (
    "", " ", "a\nb", "# no heading", "- no item", "1. no list", "> no quote", "```", "| a | b |", "a `b` c", "**bold**",
    "---", "[x] done", "- [ ] no task", "because: no key", "{#id}", "null", "true", "5.2", "<br>", "&amp; &#10;", "\\n",
    "\\", "مرحبا بالعالم", "🙂\u200d🔥", "\u2028", "\x85", "\t tab", "trailing ", "\r\n", "“quotes” 'and' \"more\"",
    "=SUM(1)", "ends with {#n1}", "a, b", "a  b", "http://a.example/_x_", "~~~\ncode\n~~~\n", "<!-- no comment -->",
    "$x$ ^y^", "setext\n===", "setext\n---", "    indented", "a\n\nb", "## a\n\ntext", "@now: x", "%", "yes", "no",
)  # fmt: skip
words = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ids = st.from_regex(r"[A-Za-z0-9_.:-]{1,8}", fullmatch=True)
evidences = st.builds(
    Evidence,
    st.lists(ids, max_size=2).map(tuple),
    st.lists(ids, max_size=2).map(tuple),
    st.lists(ids, max_size=1).map(tuple),
    st.none() | ids,
)
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)) | st.floats(-1e9, 1e9)


@st.composite
def attribute_lists(draw: st.DrawFn, least: int = 0) -> tuple[Attribute, ...]:
    kinds = draw(st.lists(st.sampled_from(["number", "category", "ordinal", "boolean"]), min_size=least, max_size=4))
    return tuple(draw(_attribute(f"a{at}", kind)) for at, kind in enumerate(kinds))


@st.composite
def _attribute(draw: st.DrawFn, key: str, kind: str) -> Attribute:
    name, how = draw(words), draw(words)
    if kind == "number":
        low, high = sorted((draw(numbers), draw(numbers)))
        return Attribute(
            key, name, "number", draw(words), draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])),
            how_measured=how,
        )  # fmt: skip
    if kind == "boolean":
        return Attribute(key, name, "boolean", how_measured=how)
    levels = tuple(draw(st.lists(words.filter(bool), min_size=2, max_size=4, unique=True)))
    return Attribute(key, name, kind, levels=levels, how_measured=how)  # type: ignore[arg-type]


@st.composite
def conditions(draw: st.DrawFn, attributes: tuple[Attribute, ...]) -> Condition:
    attribute = draw(st.sampled_from(attributes))
    if attribute.type == "number":
        value: Value = draw(
            st.sampled_from([one for one in (attribute.low, attribute.high) if one is not None] or [0.0])
        )
        value = draw(st.just(value) | numbers)
        return Condition(attribute.key, draw(st.sampled_from(["<=", ">"])), value)
    if attribute.type == "boolean":
        return Condition(attribute.key, draw(st.sampled_from(["is", "is not"])), draw(st.booleans()))
    if draw(st.booleans()):
        some = draw(st.lists(st.sampled_from(attribute.levels), min_size=1, max_size=3, unique=True))
        return Condition(attribute.key, "in", tuple(some))
    return Condition(attribute.key, draw(st.sampled_from(["is", "is not"])), draw(st.sampled_from(attribute.levels)))


class Names:
    """Gives each node an id of its own."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"n{self.count}"


@st.composite
def trees(draw: st.DrawFn, deepest: int = 4) -> Tree:
    attributes, name = draw(attribute_lists()), Names()
    outcomes = tuple(draw(st.lists(words, min_size=1, max_size=3, unique=True)))

    def grow(depth: int) -> Split | Leaf:
        if not attributes or depth >= deepest or draw(st.booleans()):
            outcome = draw(st.sampled_from((*outcomes, ASK_EXPERT)))
            return Leaf(name(), outcome, draw(words), draw(evidences))
        here, condition = name(), draw(conditions(attributes))
        unknown = grow(depth + 2) if draw(st.booleans()) else None
        yes, no = grow(depth + 1), grow(depth + 1)
        return Split(here, condition, yes, no, unknown, draw(words), draw(st.booleans()), draw(evidences))

    return Tree(draw(words), attributes, outcomes, grow(0))


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    attributes, name = draw(attribute_lists(least=1)), Names()
    outcomes = tuple(draw(st.lists(words, min_size=1, max_size=3, unique=True)))
    cuts = draw(st.lists(numbers, min_size=len(outcomes) - 1, max_size=len(outcomes) - 1, unique=True))
    items = draw(
        st.lists(st.builds(Item, st.builds(name), conditions(attributes), numbers, words, evidences), max_size=5)
    )
    return Scorecard(draw(words), attributes, outcomes, tuple(items), tuple(sorted(cuts)))


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    attributes, name = draw(attribute_lists(least=1)), Names()
    kinds = st.sampled_from(["tick", "value", "evidence"])
    some = st.lists(conditions(attributes), max_size=2).map(tuple)
    one = st.builds(
        Check, st.builds(name), words, kinds, st.booleans(), some, st.none() | conditions(attributes), words, evidences
    )
    return Checklist(draw(words), tuple(draw(st.lists(one, max_size=5))), attributes, draw(st.booleans()))


@st.composite
def flowcharts(draw: st.DrawFn) -> Flowchart:
    attributes, count = draw(attribute_lists(least=1)), draw(st.integers(1, 5))
    names = [f"n{at}" for at in range(count)]
    lines = st.lists(st.builds(Line, st.sampled_from(names), words, st.none() | conditions(attributes)), max_size=3)
    kinds = st.sampled_from(["question", "action", "end"])
    symbols = tuple(
        draw(st.builds(Symbol, st.just(one), words, kinds, lines.map(tuple), words, evidences)) for one in names
    )
    return Flowchart(draw(words), names[0], symbols, attributes)


@st.composite
def runbooks(draw: st.DrawFn) -> Runbook:
    attributes, name = draw(attribute_lists(least=1)), Names()
    some = st.lists(conditions(attributes), max_size=2).map(tuple)
    step = st.builds(
        Step, st.builds(name), words, words, st.sampled_from(["", "n1"]), words, words, words, words, some, words,
        evidences,
    )  # fmt: skip
    return Runbook(draw(words), tuple(draw(st.lists(step, max_size=4))), draw(words), attributes)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    name, kinds = Names(), st.sampled_from(["text", "number", "date", "choice", "yes_no"])
    options = st.lists(words, max_size=3).map(tuple)
    blank = st.builds(
        Blank, st.builds(name), words, kinds, st.booleans(), words, words, words, options, words, evidences
    )
    return Template(draw(words), tuple(draw(st.lists(blank, max_size=4))))


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    name = Names()
    level_names = st.lists(words, min_size=1, max_size=3, unique=True)
    weights = st.floats(0.1, 100).map(lambda x: round(x, 2))
    criteria = tuple(
        Criterion(
            name(), draw(words), tuple(Level(one, draw(numbers), draw(words)) for one in draw(level_names)),
            draw(weights), draw(words), draw(evidences),
        )
        for _ in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    options = tuple(
        Option(
            name(), draw(words),
            tuple(
                Score(one.id, draw(st.sampled_from(one.levels)).name, draw(words))
                for one in criteria
                if draw(st.booleans())
            ),
            draw(words), draw(evidences),
        )
        for _ in range(draw(st.integers(0, 3)))
    )  # fmt: skip
    outcomes = tuple(draw(st.lists(words, max_size=3, unique=True)))
    cuts = draw(st.lists(numbers, min_size=max(0, len(outcomes) - 1), max_size=max(0, len(outcomes) - 1), unique=True))
    return Matrix(draw(words), criteria, options, outcomes, tuple(sorted(cuts)))


@st.composite
def texts(draw: st.DrawFn) -> Guide | Story:
    name, paragraphs = Names(), st.lists(words, max_size=4).map("\n\n".join)
    section = st.builds(Section, st.builds(name), words, paragraphs, evidences)
    if draw(st.booleans()):
        return Guide(draw(words), tuple(draw(st.lists(section, max_size=4))))
    return Story(draw(words), *(draw(section) for _ in range(4)), draw(st.none() | section))


def bodies() -> st.SearchStrategy[Body]:
    return st.one_of(trees(), scorecards(), checklists(), flowcharts(), runbooks(), templates(), matrices(), texts())


def _near(attribute: Attribute) -> st.SearchStrategy[Value]:
    """Values in and around the range of an attribute, its ends and what is not known among them."""
    if attribute.type == "number":
        marks = [one for one in (attribute.low, attribute.high) if one is not None]
        around = [mark + step for mark in marks for step in (-1.0, 0.0, 1.0)]
        inside = st.floats(*marks) if len(marks) == 2 else numbers
        return st.none() | inside | st.sampled_from(around or [0.0])
    if attribute.type == "boolean":
        return st.none() | st.booleans()
    return st.none() | st.sampled_from((*attribute.levels, "never named before"))


def values_for(attributes: tuple[Attribute, ...]) -> st.SearchStrategy[dict[str, Value]]:
    return st.fixed_dictionaries({one.key: _near(one) for one in attributes})
