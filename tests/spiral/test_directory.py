"""What makes somebody an entry of the directory, and what stays theirs alone."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.ledger.kinds import Kind
from seci.ledger.queries import events_behind
from seci.people.store import record
from seci.spiral import store
from seci.spiral.familiarity import AUTHORING, DOCUMENTS, PAIRING
from tests.artifacts.making import people_and_assets

LEARNER = Actor(5, 5, "member", "page")


def test_what_somebody_practises_or_does_with_an_artifact_in_hand_is_no_entry(ledger: Database) -> None:
    people_and_assets(ledger)
    plain, private = (Kind.APPLY, Kind.PAIR, Kind.WRITE), (Kind.PRACTICE, Kind.SIMULATE, Kind.TEACH_BACK, Kind.READ)
    with ledger.transaction():
        for kind in (*plain, *private):
            record(ledger, LEARNER, kind, kind.name, asset=2)
        for kind in (Kind.APPLY, Kind.INCIDENT, Kind.OWN):
            record(ledger, LEARNER, kind, kind.name, asset=2, artifact=1)
    store.fold(ledger)
    rows = ledger.rows("SELECT way, events FROM spiral_contact WHERE asset = 2 ORDER BY way")
    assert [tuple(row) for row in rows] == [(AUTHORING, 1), (PAIRING, 1), (DOCUMENTS, 1)]
    assert store.strays(ledger) == 0
    identities = [id_ for (id_,) in ledger.rows("SELECT id FROM people_identity WHERE person_id = ?", [LEARNER.person])]
    kinds = [kind for way in store.WAYS.values() for kind in way]
    behind = events_behind(
        LEARNER, ledger, assets=[2], identities=identities, kinds=kinds, without_artifact=store.WITHOUT_ARTIFACT
    )
    assert (behind.pager.total, {event.kind for event in behind.items}) == (3, {"apply", "pair", "write"})
