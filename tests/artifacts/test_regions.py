from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import ASK_EXPERT, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.execution import evaluate
from seci.artifacts.regions import Interval, Levels, Region, Unknown, meet, region_of, rules
from seci.artifacts.words import by_key
from seci.cases.attribute import Value
from tests.artifacts.inventing import trees, values_for
from tests.artifacts.samples import HOLD, MISSING

ends = st.floats(-5, 5).map(round)
intervals = st.builds(Interval, ends, ends, st.booleans(), st.booleans())
numbers = st.integers(-12, 12).map(lambda x: x / 2)


@given(intervals, intervals, numbers)
def test_what_two_intervals_share_is_what_lies_in_both(one: Interval, two: Interval, number: float) -> None:
    both = meet(one, two)
    assert (both is not None and number in both) == (number in one and number in two)


@given(intervals)
def test_an_interval_is_empty_exactly_when_it_has_no_example(one: Interval) -> None:
    assert one.is_empty == (one.example() not in one)


levels = st.builds(Levels, st.frozensets(st.sampled_from("abcd")), st.booleans())


@given(levels, levels, st.sampled_from("abcdefg"))
def test_what_two_sets_of_levels_share_is_what_lies_in_both(one: Levels, two: Levels, level: str) -> None:
    both = meet(one, two)
    assert (both is not None and level in both) == (level in one and level in two)
    assert one.is_empty or one.example() in one


def test_nothing_is_both_known_and_not_known() -> None:
    assert meet(Unknown(), Interval()) is None
    assert meet(Unknown(), Unknown()) == Unknown()


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_the_rules_of_a_tree_answer_as_the_tree_does(data: st.DataObject) -> None:
    tree: Tree = data.draw(trees())
    found = rules(tree)
    for _ in range(5):
        values: dict[str, Value] = data.draw(values_for(tree.attributes))
        fitting = [rule for rule in found if rule.region.holds(values)]
        assert len(fitting) <= 1
        answer = evaluate(tree, values)
        assert answer.outcome == (fitting[0].outcome if fitting else ASK_EXPERT)
        if fitting:
            assert answer.path == (*fitting[0].path, fitting[0].id)


@given(trees())
@settings(max_examples=50, deadline=None)
def test_every_rule_that_is_not_empty_has_a_case_and_no_two_share_one(tree: Tree) -> None:
    found = [rule for rule in rules(tree) if not rule.region.empty]
    for rule in found:
        assert evaluate(tree, rule.region.example()).path[-1] == rule.id
    for at, one in enumerate(found):
        assert all(one.region.meets(other.region) is None for other in found[at + 1 :])


def test_a_region_reads_as_a_sentence() -> None:
    named = by_key(HOLD.attributes)
    region = region_of([Condition("missing", ">", 5.2), Condition("changed", "is", True)], named)
    assert region.words(named) == "missing values over 5.2 up to 40 % and source changed is yes"
    assert Region().words(named) == "always"
    assert Region({"missing": Unknown()}).words({"missing": MISSING}) == "missing values is not known"
