"""A scorecard with many small steps is read in one line for each attribute."""

from __future__ import annotations

from seci.artifacts.bodies import Scorecard
from seci.artifacts.bodies.scorecard import Item
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.artifacts.scales import lines, scales
from seci.cases.attribute import Attribute

LINES = Attribute("lines", "lines added", "number", unit="lines")
DOCS = Attribute("docs", "documents only", "boolean")


def card(*items: Item) -> Scorecard:
    return Scorecard("A second reviewer?", (LINES, DOCS), ("no", "yes"), items, (0.5,))


def step(name: str, operator: str, value: float, points: float, *cases: str) -> Item:
    return Item(name, Condition("lines", operator, value), points, evidence=Evidence((), cases))  # type: ignore[arg-type]


def test_steps_one_way_are_one_sentence_with_every_case_once() -> None:
    found = scales(
        card(step("a", "<=", 20, -1, "c1"), step("b", ">", 300, 1, "c2"), step("c", ">", 900, 1, "c2", "c3"))
    )
    assert [one.words for one in found] == [
        "The more lines added, the more towards yes: it turns at 20 lines, 300 lines and 900 lines"
    ]
    assert found[0].evidence.cases_for == ("c1", "c2", "c3")
    assert found[0].reach == 3


def test_more_of_it_can_speak_for_the_first_outcome() -> None:
    found = scales(card(step("a", "<=", 20, 1), step("b", ">", 300, -1)))
    assert found[0].words.startswith("The more lines added, the more towards no")


def test_many_steps_are_told_by_their_ends_and_their_number() -> None:
    found = scales(card(*(step(f"s{n}", ">", float(n), 1) for n in range(1, 41))))
    assert found[0].words.endswith("it turns at 1 lines, 14 lines, 27 lines and 40 lines, in 40 steps")


def test_steps_that_go_both_ways_are_told_one_by_one() -> None:
    found = scales(card(step("a", ">", 20, 1), step("b", ">", 300, -2)))
    assert (
        found[0].words
        == "A little towards yes when lines added > 20 lines; Somewhat towards no when lines added > 300 lines"
    )


def test_the_heaviest_comes_first_and_its_steps_lie_below() -> None:
    docs = Item("d", Condition("docs", "is", True), -4)
    body = card(step("a", ">", 20, 1), step("b", ">", 300, 1), docs)
    assert [one.key for one in scales(body)] == ["docs=True", "lines"]
    read = list(lines(body, steps=True))
    assert [(node.id, node.parent) for node in read] == [
        ("d", ""),
        ("scale:lines", ""),
        ("a", "scale:lines"),
        ("b", "scale:lines"),
    ]
    assert len(list(lines(body, steps=False))) == 2
