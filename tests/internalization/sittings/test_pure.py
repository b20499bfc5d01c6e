from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.gates import Gate
from seci.internalization.sittings.drawing import Sealed, drawn, short
from seci.internalization.sittings.opening import Try, against, is_late, ran_out
from seci.internalization.sittings.states import Lived, Passed, State, reached
from seci.kit.clock import DAY, SECOND, from_datetime
from seci.kit.ids import seeded

NOW = 1_000 * DAY
ALL_MET = tuple(Passed(gate, 1) for gate in (Gate.COLD, Gate.PRESSURE, Gate.DELAY))


def pool(sizes: dict[int, int]) -> list[Sealed]:
    return [Sealed(1000 * pattern + n, pattern, n, n % 5 == 0) for pattern, size in sizes.items() for n in range(size)]


@given(st.dictionaries(st.integers(1, 6), st.integers(3, 15), min_size=1), st.integers(1, 20), st.integers(0, 99))
def test_a_drawn_block_is_full_never_repeats_and_holds_three_of_each_critical_pattern(
    sizes: dict[int, int], wanted: int, seed: int
) -> None:
    critical = {pattern: f"p{pattern}" for pattern in list(sizes)[:2]}
    sealed = pool(sizes)
    if short(sealed, wanted, critical):
        return
    block = drawn(sealed, wanted, {1: 5.0}, critical, seeded(seed))
    counts = Counter(one.pattern for one in block)
    assert len({one.case for one in block}) == len(block)
    assert len(block) == max(wanted, 3 * len(critical))
    assert all(counts[pattern] >= 3 for pattern in critical)
    assert all(any(one.critical for one in block if one.pattern == pattern) for pattern in critical)


def test_what_comes_up_more_often_is_asked_more_often() -> None:
    block = drawn(pool({1: 400, 2: 400}), 300, {1: 9.0, 2: 1.0}, {}, seeded("share"))
    assert 250 <= Counter(one.pattern for one in block)[1] <= 290


def test_too_few_cases_are_told_with_their_numbers() -> None:
    said = short(pool({1: 4, 2: 2}), 24, {2: "hold"})
    assert said[0] == "24 sealed cases that you have not met are needed; there are 6."
    assert said[1] == "“hold” is critical and needs 3 sealed cases; there are 2."


def test_gates_are_sat_in_their_order() -> None:
    assert against(Gate.COLD, [], None, NOW) == ""
    assert "cold comes first" in against(Gate.PRESSURE, [], None, NOW)
    assert against(Gate.PRESSURE, [Try(Gate.COLD, True, NOW - DAY)], None, NOW) == ""
    assert "met on this revision already" in against(Gate.COLD, [Try(Gate.COLD, True, NOW - DAY)], None, NOW)


def test_one_retest_after_seven_days_and_no_second_one() -> None:
    failed = Try(Gate.COLD, False, NOW - 6 * DAY)
    assert "retest opens 7 days after" in against(Gate.COLD, [failed], None, NOW)
    assert against(Gate.COLD, [failed], None, NOW + DAY) == ""
    assert "one retest are used" in against(Gate.COLD, [failed, failed], None, NOW + 90 * DAY)


def test_the_minute_from_which_it_is_open_is_said_and_then_it_is() -> None:
    """Written down: 2026-03-02 10:20:30 UTC."""
    ended = from_datetime(datetime(2026, 3, 2, 10, 20, 30, tzinfo=UTC))
    tries = [Try(Gate.COLD, False, ended)]
    assert "on 2026-03-09 at 10:21 UTC" in against(Gate.COLD, tries, None, ended + 7 * DAY - 1)
    assert against(Gate.COLD, tries, None, from_datetime(datetime(2026, 3, 9, 10, 21, tzinfo=UTC))) == ""
    met = [Try(Gate.COLD, True, ended), Try(Gate.PRESSURE, True, ended)]
    assert "on 2026-04-01 at 10:21 UTC, if they rest" in against(Gate.DELAY, met, ended, ended + DAY)


def test_a_block_that_was_left_counts_as_a_try() -> None:
    assert "retest" in against(Gate.COLD, [Try(Gate.COLD, None, NOW)], None, NOW)


def test_the_gate_of_delay_opens_thirty_days_after_the_last_practice() -> None:
    tries = [Try(Gate.COLD, True, NOW), Try(Gate.PRESSURE, True, NOW)]
    assert "30 days after the last practice" in against(Gate.DELAY, tries, NOW - 29 * DAY, NOW)
    assert against(Gate.DELAY, tries, NOW - 30 * DAY, NOW) == ""
    assert "no delay to speak of" in against(Gate.DELAY, tries, None, NOW)


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_clock_that_was_set_back_makes_nobody_late(back: int, limit: int) -> None:
    assert not is_late(NOW, limit, NOW - back * SECOND, 0)
    assert not ran_out(NOW, NOW - back * SECOND)
    assert is_late(NOW, limit, NOW + (limit + 1) * 1000, 0)
    assert not is_late(NOW, None, NOW + 10**15, 0)


def test_reading_and_agreeing_reach_no_further_than_exposed() -> None:
    assert reached(Lived(), 1).state is State.NONE
    assert reached(Lived(read=True), 1).state is State.EXPOSED
    assert reached(Lived(read=True, taught=0.5), 1).state is State.EXPOSED
    assert reached(Lived(read=True, taught=0.8), 1).state is State.UNDERSTOOD
    assert reached(Lived(read=True, practised=True), 1).state is State.PRACTISED


@given(st.sets(st.sampled_from([Gate.COLD, Gate.PRESSURE, Gate.DELAY])))
def test_a_gate_counts_only_on_top_of_those_before_it(met: set[Gate]) -> None:
    found = reached(Lived(read=True, practised=True, passed=[Passed(gate, 1) for gate in met], at_work=True), 1)
    run = 0
    while run < 3 and Gate(run + 1) in met:
        run += 1
    assert found.state == (State.INTERNALIZED if run == 3 else State.PRACTISED + run)


def test_internalized_needs_real_work_and_no_critical_miss() -> None:
    assert reached(Lived(True, True, passed=ALL_MET), 1).state is State.RETAINED
    assert reached(Lived(True, True, passed=ALL_MET, at_work=True), 1).state is State.INTERNALIZED
    assert reached(Lived(True, True, passed=ALL_MET, at_work=True, critical_missed=True), 1).state is State.RETAINED


def test_what_was_passed_on_an_older_revision_is_told_and_does_not_carry_over() -> None:
    found = reached(Lived(True, True, passed=ALL_MET[:2]), 2)
    assert found.state is State.PRACTISED
    assert found.before == (State.UNDER_PRESSURE, 1)
    assert found.words == "practised; under pressure passed on r1"
    again = reached(Lived(True, True, passed=[*ALL_MET[:2], Passed(Gate.COLD, 2), Passed(Gate.PRESSURE, 2)]), 2)
    assert (again.state, again.before) == (State.UNDER_PRESSURE, None)


def test_what_is_forgotten_or_belied_by_work_lapses_and_only_what_was_proven_can() -> None:
    assert reached(Lived(True, True, passed=ALL_MET, recall=0.69), 1).words == "lapsed (was retained)"
    assert not reached(Lived(True, True, passed=ALL_MET, recall=0.71), 1).lapsed
    assert not reached(Lived(True, True, recall=0.1), 1).lapsed
    assert "real work" in reached(Lived(True, True, passed=ALL_MET, at_work=False), 1).lapsed
