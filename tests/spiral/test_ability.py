from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.ledger.kinds import Kind
from seci.ledger.outcome import ALONE, CALM, Outcome
from seci.people.store import record
from seci.spiral.queries.skill import asset_ability, own_abilities
from tests.artifacts.making import people_and_assets


def actor(person: int | None) -> Actor:
    return Actor(person, person, "member", "page")


@pytest.fixture
def house(ledger: Database) -> Database:
    people_and_assets(ledger)
    return ledger


def did(
    db: Database, person: int, score: float | None, *, times: int = 1, kind: Kind = Kind.APPLY, pressure: int = ALONE
) -> None:
    for _ in range(times):
        record(db, actor(person), kind, "done", asset=2, outcome=Outcome(score, pressure, "none"))


def test_a_person_sees_their_own_skill_and_nobody_elses(house: Database) -> None:
    did(house, 1, 1.0, times=4)
    did(house, 5, 0.0, times=4)
    did(house, 5, 1.0, times=8, kind=Kind.PRACTICE, pressure=CALM)
    [mine] = own_abilities(actor(1), house, now())
    assert (mine.asset.id, mine.ability.independent, mine.words) == (2, True, "does it alone")
    [theirs] = own_abilities(actor(5), house, now())
    assert (theirs.ability.independent, theirs.words) == (False, "knows it, does not yet do it")
    assert own_abilities(actor(3), house, now()) == ()
    assert own_abilities(actor(None), house, now()) == ()
    with pytest.raises(Refused):
        own_abilities(Actor(9, 1, "guest", "page"), house, now())


def test_an_event_that_lacks_a_field_says_nothing(house: Database) -> None:
    did(house, 1, None)
    record(house, actor(1), Kind.APPLY, "done", asset=2, outcome=Outcome(score=1.0))
    assert own_abilities(actor(1), house, now()) == ()


def test_an_asset_shows_counts_from_five_people_on(house: Database) -> None:
    for person in (1, 2, 3, 4):
        did(house, person, 1.0, times=4)
    hidden = asset_ability(actor(7), house, 2, now())
    assert hidden.independent.value is None
    did(house, 5, 0.0, times=2)
    shown = asset_ability(actor(7), house, 2, now())
    assert (shown.independent.value, shown.independent.n) == (4.0, 5)
    assert shown.knowing.value is None  # nobody exercised, so nothing is known of a gap


def test_nobody_is_counted_as_not_independent_while_nothing_was_done_alone(house: Database) -> None:
    for person in (1, 2, 3, 4, 5):
        did(house, person, 1.0, times=4, kind=Kind.ASSESS, pressure=CALM)
    shown = asset_ability(actor(7), house, 2, now())
    assert shown.independent.value is None


def test_what_was_withdrawn_no_longer_counts(house: Database) -> None:
    from seci.ledger import services

    did(house, 1, 1.0, times=4)
    [(seq,)] = house.rows("SELECT MAX(seq) FROM ledger_event")
    services.withdraw(Actor(1, 1, "facilitator", "page"), house, seq, "by mistake")
    [mine] = own_abilities(actor(1), house, now())
    assert (mine.ability.alone, mine.ability.independent) == (3, False)
