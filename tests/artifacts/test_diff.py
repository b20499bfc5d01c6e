from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from seci.artifacts.bodies import Body, Item, Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.diff import Difference, attribute_words, diff
from seci.artifacts.evidence import Evidence
from seci.artifacts.support import evidence_words
from tests.artifacts.inventing import bodies
from tests.artifacts.samples import CARD, CHANGED, HOLD, MISSING


@given(bodies())
@settings(max_examples=40, deadline=None)
def test_a_body_does_not_differ_from_itself(body: Body) -> None:
    assert diff(body, body) == ()


def test_a_moved_cut_reads_as_a_change_in_words() -> None:
    items = tuple(replace(one, points=3) if one.id == "i1" else one for one in CARD.items)
    assert diff(CARD, replace(CARD, items=items, cuts=(1.5, 4))) == (
        Difference("cuts", "cuts: 1.5, 3", "cuts: 1.5, 4", "frame"),
        Difference("i1", "missing values > 5.2 %: +2", "missing values > 5.2 %: +3", "changed", Evidence(("k1",))),
    )


def test_an_exception_put_above_a_leaf_is_told_with_its_place() -> None:
    leaf = Leaf("n1", "ship", evidence=Evidence(("k1",)))
    before = Tree("?", (CHANGED, MISSING), ("ship", "hold"), leaf)
    above = Split("n2", Condition("changed", "is", True), Leaf("n3", "hold"), leaf, exception=True)
    found = diff(before, replace(before, root=above))
    assert [(one.node, one.kind, one.before, one.after) for one in found] == [
        ("n2", "added", "", "exception: source changed?"),
        ("n3", "added", "", "hold (under “exception: source changed?”, yes)"),
        ("n1", "moved", "at the top", "under “exception: source changed?”, no"),
    ]


def test_new_evidence_and_what_is_gone_are_told() -> None:
    less = replace(CARD, items=(replace(CARD.items[0], evidence=Evidence(("k1",), ("c1", "c2"))), *CARD.items[1:2]))
    assert [(one.node, one.kind, one.after) for one in diff(CARD, less)] == [
        ("i1", "evidence", "missing values > 5.2 %: +2: 2 cases · 1 sentence (k1, c1, c2)"),
        ("i3", "removed", ""),
    ]


def test_the_range_of_an_attribute_is_part_of_what_an_artifact_says() -> None:
    wider = replace(CARD, attributes=(replace(MISSING, high=60), *CARD.attributes[1:]))
    assert diff(CARD, wider) == (
        Difference(
            "attribute:missing",
            "missing values, a number in % from 0 to 40",
            "missing values, a number in % from 0 to 60",
            "frame",
        ),
    )
    assert attribute_words(HOLD.attributes[2]) == "kind of load, a category (daily, backfill, replay)"


def test_a_tree_that_becomes_a_scorecard_shares_nothing_with_it() -> None:
    found = diff(HOLD, CARD)
    assert {one.kind for one in found if one.before} == {"removed"}
    assert len(found) == 8 + 3


@given(bodies(), bodies())
@settings(max_examples=40, deadline=None)
def test_every_difference_says_something_before_or_after(one: Body, two: Body) -> None:
    for line in diff(one, two):
        assert line.before != line.after


def test_evidence_reads_as_in_the_drawing() -> None:
    assert evidence_words(Evidence(("a", "b"), tuple("123456789"))) == "9 cases · 2 sentences"
    assert evidence_words(Evidence((), tuple("12345678"), ("17",))) == "8 cases · 1 against"
    assert evidence_words(Evidence(("a",))) == "said once, no case yet"
    assert evidence_words(Evidence()) == "nothing said, no case yet"


def test_another_order_is_told() -> None:
    one = Item("a", Condition("changed", "is", True), 1)
    two = Item("b", Condition("changed", "is", False), 1)
    card = replace(CARD, items=(one, two))
    assert diff(card, replace(card, items=(two, one))) == (Difference("order", "order: a, b", "order: b, a", "frame"),)
