"""Metrics 10 to 12 of a unit, with planted truths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.ledger.kinds import Kind
from seci.ledger.outcome import ALONE, Aid, Outcome
from seci.people import services as people
from seci.people.store import record
from seci.spiral.queries.team import team
from seci.spiral.skill import Scored, posterior
from seci.spiral.team import application, escalation, growth, independence, middle, speed
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree

NOW = 20_000 * DAY
MEMBER = Actor(7, 7, "member", "page")
LEAD = Actor(7, 7, "lead", "page")


def done(score: float, days: float, kind: Kind = Kind.APPLY, aid: Aid = "none") -> Scored:
    return Scored(NOW - round(days * DAY), kind, score, ALONE, aid)


def test_reach_depth_and_uses_for_each_read_are_what_was_planted() -> None:
    used = [(person, Kind.APPLY) for person, times in ((1, 1), (2, 2), (3, 3), (4, 4), (5, 10)) for _ in range(times)]
    read = [(person, Kind.READ) for person in (1, 2, 3, 4, 5, 6, 6, 6, 6, 6)]
    found = application([*used, *read, (99, Kind.APPLY)], range(1, 9))
    assert (found.reach.value, found.reach.n) == (5 / 8, 8)
    assert (found.depth.value, found.depth.n, found.depth.low, found.depth.high) == (3.0, 5, 1.0, 10.0)
    assert (found.read_to_use.value, found.read_to_use.n) == (2.0, 6)
    assert found.read_to_use.low is not None
    assert found.read_to_use.low < 2.0 < (found.read_to_use.high or 0)


def test_what_is_not_known_is_unknown_and_never_zero() -> None:
    nothing = application([], range(1, 9))
    assert [nothing.reach.value, nothing.depth.value, nothing.read_to_use.value] == [None] * 3
    only_read = application([(person, Kind.READ) for person in range(1, 6)], range(1, 9))
    assert (only_read.reach.value, only_read.depth.value, only_read.read_to_use.value) == (0.0, None, 0.0)
    exercised = {(person, 1): [done(1.0, 1, Kind.PRACTICE)] for person in range(1, 9)}
    assert independence(exercised, (), NOW).value is None
    assert growth(exercised, NOW).change.value is None
    assert [escalation([]).value, speed([]).value] == [None, None]


def test_the_gain_of_skill_is_the_planted_one_and_a_learner_of_two_assets_counts_once() -> None:
    events = [*[done(0.0, 100)] * 2, *[done(1.0, 1)] * 6]
    pre = posterior(events[:2], NOW - 91 * DAY).mean
    post = posterior(events, NOW).mean
    found = growth({**{(person, 1): events for person in range(1, 6)}, (1, 2): events}, NOW)
    assert found.change.n == 5
    assert found.change.value == pytest.approx(post - pre)
    assert found.normalized.value == pytest.approx((post - pre) / (1 - pre))
    assert found.change.low == pytest.approx(post - pre)
    assert found.change.high == pytest.approx(post - pre)
    assert growth({(person, 1): events for person in range(1, 5)}, NOW).change.value is None
    unchanged = {(person, 1): [done(1.0, 100)] for person in range(1, 9)}
    assert growth(unchanged, NOW).change.value is None, "nobody was scored since"


def test_whom_it_comes_from_is_no_learner_and_help_makes_nobody_independent() -> None:
    scored = {(person, 1): [done(1.0, 1)] * 4 for person in range(1, 4)}
    scored |= {(4, 1): [done(0.0, 1)] * 4, (5, 1): [done(1.0, 1, aid="person")] * 9, (6, 1): [done(1.0, 1)] * 4}
    found = independence(scored, {(6, 1)}, NOW)
    assert (found.value, found.n) == (3 / 5, 5)
    assert found.low is not None
    assert found.low < 0.6 < (found.high or 0)


def test_tasks_of_fewer_than_five_people_tell_nothing() -> None:
    assert escalation([(person, True) for person in (1, 2, 3, 4) for _ in range(9)]).value is None
    found = escalation([(person, person == 1) for person in (1, 2, 3, 4, 5) for _ in range(2)])
    assert (found.value, found.n) == (0.2, 10)


def test_whoever_practises_most_does_not_set_the_speed() -> None:
    found = speed([(1, 1.0)] * 500 + [(2, 8.0), (3, 10.0), (4, 12.0), (5, 14.0), (5, 16.0)])
    assert (found.value, found.n, found.unit) == (10.0, 5, "s")
    assert (found.low, found.high) == (1.0, 15.0)


@given(st.lists(st.floats(0, 1e6), min_size=5, max_size=60))
def test_the_interval_of_a_median_holds_it_and_lies_among_the_values(values: list[float]) -> None:
    found = middle(values, len(values), of="people", unit="s")
    assert found.low is not None
    assert found.high is not None
    assert min(values) <= found.low <= (found.value or 0.0) <= found.high <= max(values)


@pytest.fixture
def unit(ledger: Database) -> int:
    """Six people of a unit and a published tree of person 4, who is one of them."""
    people_and_assets(ledger)
    made = people.add_unit(LEAD, ledger, "Data").id
    ledger.run("UPDATE people_person SET unit_id = ?, nature = 'person' WHERE id IN (1, 2, 3, 4, 5, 6)", [made])
    owner = Actor(4, 4, "member", "page")
    tree_ = artifacts.create(owner, ledger, "decision_tree", "T", tree(), asset=2, context=FOR_ALL, claims=[claim()]).id
    artifacts.publish(owner, ledger, tree_)
    return made


def live(db: Database) -> None:
    """Everybody failed once half a year ago. Since then all but 6 do well alone, 1 having asked once; 6 still fails."""
    [(artifact,)] = db.rows("SELECT MAX(id) FROM artifacts_artifact")
    [(pattern,)] = db.rows(
        "INSERT INTO internalization_pattern (artifact_id, node, name, family, frequency, stake, near, elo, elo_count) "
        "VALUES (?, 'n2', 'too little', '', 1, 1, '[]', 0, 0) RETURNING id",
        [artifact],
    )
    [(case,)] = db.rows(
        "INSERT INTO internalization_practicecase (pattern_id, nodes, kind, title, situation, facts, options, "
        "critical, pool, source, code, created_at) "
        "VALUES (?, '[]', 'case', '', 'x', '{}', '[]', ?, 'practice', 'real', 'c', 0) "
        "RETURNING id",
        [pattern, False],
    )
    at = now()
    for person in (1, 2, 3, 4, 5, 6):
        who, score = Actor(person, person, "member", "page"), float(person != 6)
        record(db, who, Kind.READ, "read", asset=2, artifact=artifact)
        for days, got in ((180, 0.0), *[(1, score)] * 6):
            scored = Outcome(got, ALONE, "none")
            record(db, who, Kind.APPLY, "used", asset=2, artifact=artifact, outcome=scored, t=at - days * DAY)
        for asked, pressure in ((person == 1, 2), (False, 2), (True, 0)):
            db.run(
                "INSERT INTO internalization_run (artifact_id, revision, person_id, task, link, pressure, state, "
                "reason, decided, looks, consulted, went, started_at, ended_at) "
                "VALUES (?, 1, ?, 'x', '', ?, 'done', '', 'use', 0, ?, '', 0, ?)",
                [artifact, person, pressure, asked, at],
            )
        for correct, taken in ((True, person * 1000), (False, 1)):
            db.run(
                "INSERT INTO internalization_attempt (case_id, person_id, pattern_id, level, is_natural, shown_at, "
                "looked_up, option, cue, committed_at, latency_ms, over_time, correct, next_time) "
                "VALUES (?, ?, ?, ?, ?, 0, ?, 'use', '', ?, ?, ?, ?, '')",
                [case, person, pattern, 3 if correct else 1, False, False, at, taken, False, correct],
            )


def test_a_unit_shows_what_was_planted_in_its_ledger_its_runs_and_its_practice(ledger: Database, unit: int) -> None:
    live(ledger)
    found = team(MEMBER, ledger, unit, now() + 1, 2)
    assert (found.people, found.asset and found.asset.id, [one.id for one in found.assets]) == (6, 2, [2])
    assert (found.application.reach.value, found.application.depth.value) == (1.0, 6.0)
    assert found.application.read_to_use.value == 6.0
    assert (found.independence.value, found.independence.n) == (4 / 5, 5)  # the owner, person 4, is no learner
    assert (found.escalation.value, found.escalation.n) == (1 / 12, 12)
    assert [(one.name, one.seconds.value, one.seconds.n) for one in found.speeds] == [("too little", 3.5, 6)]
    assert found.growth.change.n == 6
    assert (found.growth.change.value or 0) > 0.2
    everything, elsewhere = (team(MEMBER, ledger, unit, now() + 1, on) for on in (None, 3))
    assert everything.independence == found.independence
    assert (elsewhere.application.reach.value, elsewhere.independence.value, elsewhere.speeds) == (None, None, ())


def test_a_unit_of_four_shows_nothing_and_guests_and_wrong_numbers_are_told(ledger: Database, unit: int) -> None:
    live(ledger)
    ledger.run("UPDATE people_person SET leaves_on = '2020-01-01' WHERE id = 1")
    ledger.run("UPDATE people_person SET nature = 'bot' WHERE id = 2")
    found = team(MEMBER, ledger, unit, now())
    assert found.people == 4
    figures = (
        *(found.application.reach, found.application.depth, found.application.read_to_use, found.growth.change),
        *(found.growth.normalized, found.independence, found.escalation),
    )
    assert {(one.value, one.n) for one in figures} == {(None, 0)}
    assert (found.speeds, found.assets) == ((), ())
    assert found.sentence == "Figures on what people do are shown from 5 people on; this unit has 4."
    with pytest.raises(Refused):
        team(Actor(9, None, "guest", "page"), ledger, unit, now())
    with pytest.raises(NotFound):
        team(MEMBER, ledger, 999, now())
    with pytest.raises(NotFound):
        team(MEMBER, ledger, unit, now(), 999)
