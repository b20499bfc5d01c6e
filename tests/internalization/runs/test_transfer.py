from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.runs.ladder import Rung, next_step
from seci.internalization.runs.three_tests import three_tests
from seci.internalization.runs.transfer import Decision, jeffreys_lower, transfer
from seci.kit.clock import DAY


def decisions(n: int, *, pressure: int = 2, every: int = 4, **more: object) -> list[Decision]:
    one = Decision(0, pressure, 5, overturned=False, blind=True)
    return [replace(one, at=i * every * DAY, **more) for i in range(n)]  # type: ignore[arg-type]


@pytest.mark.parametrize(("upheld", "n"), [(10, 10), (11, 12), (15, 17), (18, 20), (25, 30)])
def test_so_many_upheld_of_so_many_are_enough_and_one_fewer_is_not(upheld: int, n: int) -> None:
    enough, fewer = jeffreys_lower(upheld, n), jeffreys_lower(upheld - 1, n)
    assert enough is not None
    assert fewer is not None
    assert enough > 0.70 >= fewer or (upheld, n) == (10, 10)


@given(st.integers(1, 60), st.data())
def test_the_bound_is_below_the_share_and_grows_with_it(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n - 1))
    low, next_ = jeffreys_lower(x, n), jeffreys_lower(x + 1, n)
    assert low is not None
    assert next_ is not None
    assert 0 <= low < next_ < 1
    assert low <= x / n
    assert jeffreys_lower(0, 0) is None


def test_what_has_no_items_leaves_none_open_and_that_is_unknown_not_zero() -> None:
    assert transfer(decisions(10, omissions=None)).omissions.value is None
    mixed = transfer([*decisions(3, omissions=None), *decisions(2, omissions=1)]).omissions
    assert (mixed.value, mixed.n) == (1.0, 2)


def test_judgement_shows_in_real_work_after_ten_upheld_decisions_over_four_weeks() -> None:
    shown = transfer(decisions(10))
    assert (shown.passed, shown.n, shown.days, shown.reasons) == (True, 10, 36, ())


def test_what_is_not_known_yet_is_said_and_is_no_failure() -> None:
    assert transfer([]).passed is None
    assert transfer([]).independence.value is None
    few = transfer(decisions(4, overturned=None, blind=None))
    assert few.passed is None
    assert "4 of 10 real decisions so far." in few.reasons
    assert "No decision has been judged again blindly." in few.reasons
    assert transfer(decisions(20, pressure=0)).n == 0, "an exercise is no real work"


def test_a_few_blind_judgements_that_all_agree_say_nothing_against_anybody() -> None:
    seen = [replace(one, blind=i < 3, overturned=False if i < 3 else None) for i, one in enumerate(decisions(12))]
    shown = transfer(seen)
    assert shown.passed is None
    assert shown.reasons == ("3 of 3 judged blindly were upheld, which proves 56%; more than 70% is asked for.",)
    turned = transfer([replace(one, overturned=i < 10) for i, one in enumerate(decisions(12))])
    assert turned.passed is False
    assert turned.reasons == ("Of 12 judged blindly 2 were upheld; more than 70% is asked for.",)


def test_asking_more_often_than_before_or_a_miss_with_much_at_stake_closes_the_gate() -> None:
    asked = [replace(one, consulted=i > 8) for i, one in enumerate(decisions(12))]
    assert transfer(asked).passed is False
    missed = [*decisions(12), Decision(50 * DAY, 3, 5, went=False)]
    assert transfer(missed).reasons == ("1 went wrong, or was overturned, with much at stake.",)


def test_independence_with_many_overturned_decisions_is_called_what_it_is() -> None:
    turned = [replace(one, overturned=i % 2 == 0) for i, one in enumerate(decisions(12))]
    assert transfer(turned).bold
    assert not transfer(decisions(12)).bold


def test_fewer_look_ups_with_time_are_seen() -> None:
    fading = [replace(one, looks=4 - i // 3) for i, one in enumerate(decisions(12))]
    looks = transfer(fading).looks
    assert looks is not None
    assert looks[0] > looks[1]


def test_each_step_of_the_ladder_asks_for_work_done_and_names_what_is_missing() -> None:
    tried = decisions(3, pressure=0, every=1)
    assert next_step(Rung.SANDBOX, tried).is_ready
    assert not next_step(Rung.SANDBOX, tried[:2]).is_ready
    assert not next_step(Rung.SANDBOX, [replace(one, at=0) for one in tried]).is_ready, "all on one day"
    watched = decisions(5, pressure=1)
    assert next_step(Rung.SUPERVISED, watched).is_ready
    assert not next_step(Rung.SUPERVISED, [replace(one, overturned=None) for one in watched]).is_ready
    alone = decisions(12)
    assert not next_step(Rung.INCIDENT, alone).is_ready, "no incident yet"
    assert next_step(Rung.INCIDENT, [*alone, Decision(60 * DAY, 3, 5, went=True)]).is_ready
    assert not next_step(Rung.OWNER, alone).is_ready


def test_whether_learning_shows_has_data_or_says_what_it_waits_for() -> None:
    first = decisions(3, looks=2, consulted=True, overturned=True, went=False, seconds=600)
    later = [replace(one, at=one.at + 90 * DAY) for one in decisions(3, went=True, seconds=120)]
    behavior, quality, response = three_tests([*later, *first])
    assert behavior.words == "Look-ups 2.0 → 0.0 for a decision; asked somebody in 100% → 0%."
    assert quality.words == "Overturned 100% → 0%; 6 judged blindly."
    assert response.words == "Turned out badly 100% → 0%. Median minutes 10.0 → 2.0."
    for one in three_tests(decisions(3, overturned=None)):
        assert (one.is_testable, one.words.startswith("Not testable yet")) == (False, True)
    assert [one.n for one in three_tests(decisions(9, pressure=0))] == [0, 0, 0]
