"""Five learners practise, three reach "under pressure", one only reads; a challenge makes revision 2."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.internalization import services
from seci.internalization.challenges import queries as challenges
from seci.internalization.sittings import queries
from seci.internalization.sittings.queries import open_tests
from seci.internalization.sittings.states import State
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.ledger.kinds import Kind
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import table
from tests.internalization.scenario import challenged, live
from tests.internalization.sittings.conftest import seal

LEARNERS = [Actor(account=number, person=number, role="member", door="page") for number in (1, 2, 3, 5, 6)]


def test_three_of_five_reach_under_pressure_and_a_challenge_leaves_it_passed_on_the_first_revision(
    house: Database, framework: int
) -> None:
    services.bring_file(AUTHOR, house, framework, table(8))
    seal(house, framework, 60)
    [only] = open_tests(AUTHOR, house, 2)
    assert only.missing.startswith("Nobody practises it")
    states = live(house, framework, LEARNERS)
    assert states == [State.UNDER_PRESSURE] * 3 + [State.PRACTISED, State.EXPOSED]
    counts = queries.state_counts(AUTHOR, house, framework)
    assert (counts.people, dict(counts.counts or ())["under pressure"]) == (5, 3)
    assert "The gate delay" in open_tests(AUTHOR, house, 2)[0].missing
    made = challenged(house, framework, LEARNERS[0], AUTHOR)
    [found] = challenges.challenges(AUTHOR, house, artifact=framework).rows
    assert (found.challenge.id, found.challenge.resolution, found.challenge.answer) == (made, "amend", 2)
    told = [queries.state(actor, house, framework) for actor in LEARNERS]
    assert [one.revision for one in told] == [2] * 5
    assert {one.words for one in told[:3]} == {"practised; under pressure passed on r1"}
    assert [one.words for one in told[3:]] == ["practised", "exposed"]
    assert "The gate cold" in open_tests(AUTHOR, house, 2)[0].missing
    scored = house.rows("SELECT COUNT(*) FROM ledger_event WHERE kind = ? AND revision = 1", [int(Kind.ASSESS)])
    assert scored == [(6,)]
    with pytest.raises(Refused):
        open_tests(Actor(account=9, person=None, role="guest", door="page"), house, 2)
