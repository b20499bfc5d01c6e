from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.artifacts.execution import evaluate
from seci.internalization.panel import Opinion, ceiling, verdict
from seci.internalization.patterns import exercise, judgements, parting, way_to
from seci.internalization.placement import chosen, start_levels
from seci.internalization.scaffold import Level
from seci.internalization.situations import situation, variants
from seci.kit.ids import seeded
from tests.artifacts.samples import CARD, HOLD, KIND, MISSING

FACTS = st.fixed_dictionaries(
    {
        "missing": st.none() | st.floats(0, 40),
        "changed": st.booleans(),
        "load": st.none() | st.sampled_from(["daily", "backfill", "replay"]),
    }
)


def test_every_end_of_a_tree_is_a_judgement_in_words() -> None:
    assert [(one.node, one.name) for one in judgements(HOLD)] == [
        ("n4", "source changed is yes, missing values > 5.2 %, kind of load is backfill: ship"),
        ("n5", "source changed is yes, missing values > 5.2 %, kind of load is not backfill: hold"),
        ("n6", "source changed is yes, missing values > 5.2 %, kind of load not known: hold"),
        ("n7", "source changed is yes, missing values ≤ 5.2 %: ship"),
        ("n8", "source changed is no: ship"),
    ]
    assert [one.node for one in judgements(CARD)] == ["i1", "i2", "i3"]


@given(FACTS)
def test_a_case_exercises_its_way_and_parts_where_the_other_way_leaves_it(facts: dict[str, object]) -> None:
    found = exercise(HOLD, facts)  # type: ignore[arg-type]
    trace = evaluate(HOLD, facts)  # type: ignore[arg-type]
    if found is None:
        assert trace.asks_expert
        return
    assert found.nodes == trace.path == way_to(HOLD, found.node)
    other = "ship" if found.outcome == "hold" else "hold"
    assert parting(HOLD, found.nodes, found.outcome) is None
    # Planted: to hold, the way from a case that ships parts at the last question that both ask.
    wanted = {"n4": "n3", "n5": "n3", "n6": "n3", "n7": "n2", "n8": "n1"}
    assert parting(HOLD, found.nodes, other) == wanted[found.node]


@given(FACTS, st.integers(0, 9))
def test_a_variant_differs_only_where_the_way_does_not_look(facts: dict[str, object], seed: int) -> None:
    known = exercise(HOLD, facts)  # type: ignore[arg-type]
    for one in variants(HOLD, facts, [], 3, seeded(seed)):  # type: ignore[arg-type]
        assert known is not None
        assert not set(one.changed) & set(known.cues)
        assert one.values != facts
        after = exercise(HOLD, one.values)
        assert after is not None
        assert (after.nodes, after.outcome) == (known.nodes, known.outcome)


def test_a_situation_takes_words_as_words() -> None:
    said = situation((MISSING, KIND), {"missing": 7.4, "load": "**daily** <b>"}, "# big\nnews")
    assert said == "\\# big news\n\n- missing values: **7.4 %**\n- kind of load: **\\*\\*daily\\*\\* \\<b\\>**"


def test_a_panel_that_is_even_has_no_key_and_one_expert_decides_nothing() -> None:
    assert verdict([]) is None
    alone = verdict([Opinion(1, "a")])
    assert alone is not None
    assert (alone.option, alone.decides) == ("a", False)
    even = verdict([Opinion(1, "a"), Opinion(2, "b")])
    assert even is not None
    assert (even.option, even.decides, even.minority) == ("", False, None)
    unclear = verdict([Opinion(n, "aabbc"[n - 1] if n < 5 else "a") for n in range(1, 6)])
    assert unclear is not None
    assert (unclear.option, unclear.agreement, unclear.decides) == ("a", 0.6, True)


def test_the_ceiling_is_the_lower_of_luck_and_habit() -> None:
    cases = {
        n: [Opinion(1, "ab"[n % 2]), Opinion(2, "ab"[n % 2]), Opinion(1, "ab"[n % 2], sitting=2)] for n in range(8)
    }
    same = ceiling(cases)
    assert (same.between, same.within, same.value, same.alpha.value) == (1.0, 1.0, 1.0, 1.0)
    assert ceiling({}).value is None
    assert ceiling({1: [Opinion(1, "a")]}).value is None


@given(st.dictionaries(st.integers(1, 9), st.lists(st.integers(), min_size=1, max_size=5, unique=True), max_size=9))
def test_a_placement_spreads_over_patterns(cases: dict[int, list[int]]) -> None:
    picked = chosen(cases, {})
    total = sum(len(each) for each in cases.values())
    assert len(picked) == (0 if total < 6 else min(total, 8))
    counts = [sum(pattern == one for _, pattern in picked) for one in cases]
    if picked and total >= 8 and len(cases) >= 2 and all(len(each) == 5 for each in cases.values()):
        assert max(counts) - min(counts) <= 1


def test_doubt_in_a_placement_goes_to_more_help() -> None:
    answers = [(1, True, 0.9), (1, False, 0.9), (2, True, 0.9), (3, True, 0.5), (4, True, None)]
    levels = start_levels([1, 2, 3, 4, 5], answers)
    assert levels == {
        1: Level.WORKED, 2: Level.CLOSED, 3: Level.ON_REQUEST, 4: Level.ON_REQUEST, 5: Level.ON_REQUEST
    }  # fmt: skip
    assert start_levels([1], []) == {1: Level.WORKED}
