"""Events for tests: small numbers, every column used, each event different."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.ledger import runs
from seci.ledger.columns import EventColumns
from seci.ledger.kinds import Kind

PEOPLE, ASSETS = 7, 5
START = 18_000 * DAY


@dataclass(frozen=True)
class Place:
    source: int
    run: int


def ledger_with_names(db: Database, uri: str = "file:///repository", shift: int = 0) -> Place:
    """A source with a run, seven identities and five assets; `shift` moves their ids, not their names."""
    with db.transaction():
        if not db.rows("SELECT 1 FROM people_identity"):
            for n in range(1, PEOPLE + 1):
                db.run(
                    "INSERT INTO people_person (id, name, nature, function) VALUES (?, ?, 'person', '')",
                    [n + shift, f"P{n}"],
                )
                db.run(
                    "INSERT INTO people_identity (id, key, name, email, person_id, rule, confidence, confirmed) "
                    "VALUES (?, ?, '', '', ?, 'alone', 1.0, ?)",
                    [n + shift, f"p{n} <p{n}@example.org>", n + shift, False],
                )
            for n in range(1, ASSETS + 1):
                db.run(
                    "INSERT INTO assets_asset (id, key, name, concept, topic, languages, state, reason, decay, "
                    "created_at) VALUES (?, ?, ?, '', 'code', '[]', 'proposed', '', 'mixed', 0)",
                    [n + shift, f"a{n}", f"A{n}"],
                )
        source = runs.register(db, kind="git", uri=uri, title="repository", at=0)
    return Place(source, runs.begin(db, source, at=0).id)


def events(n: int, start: int = 0, shift: int = 0) -> EventColumns:
    i = np.arange(start, start + n)
    return EventColumns(
        t=START + i * DAY // 3,
        actor=i % PEOPLE + 1 + shift,
        other=np.where(i % 3 == 0, (i + 1) % PEOPLE + 1 + shift, -1),
        asset=i % ASSETS + 1 + shift,
        kind=np.where(i % 3 == 0, int(Kind.REVIEW), int(Kind.APPLY)),
        weight=500 + i % 500,
        source_key=[(k // 2).to_bytes(20, "big") for k in i.tolist()],
        role=i % 2,
    )
