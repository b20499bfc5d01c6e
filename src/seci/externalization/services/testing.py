"""Conversion tests are kept with the artifact they are about; nobody who took part is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.externalization.measuring.conversion import Result, Trial, conversion
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import Refused
from seci.ledger.kinds import Kind
from seci.people.store import record


@dataclass(frozen=True, slots=True)
class Tested:
    """A conversion test that is kept; `revision` is the one that was tested."""

    id: int
    artifact: int
    revision: int
    result: Result


def keep_conversion_test(
    actor: Actor, db: Database, artifact: int, trials: Sequence[Trial], *, seed: int = 0
) -> Tested:
    """Works a conversion test of an artifact's latest revision out and keeps its counts and gain.

    Raises Refused below facilitator, NotFound, BadInput when a group has no answer.
    """
    if not actor.is_at_least("facilitator"):
        raise Refused("Conversion tests are kept by facilitators, leads and admins.")
    found, result = get_artifact(actor, db, artifact), conversion(trials, seed=seed)
    with db.transaction():
        rows = db.rows(
            "INSERT INTO externalization_conversion_test (artifact, revision, asset_id, counts, gain, low, high, "
            "sentence, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [
                found.id, found.head, found.asset, json.dumps({**result.counts, "cases": result.gain.n}),
                result.gain.value, result.gain.low, result.gain.high, result.sentence, actor.account, now(),
            ],
        )  # fmt: skip
        record(
            db, actor, Kind.ASSESS, f"conversion test of artifact {found.id}: {result.sentence}",
            asset=found.asset, artifact=found.id, revision=found.head,
        )  # fmt: skip
    return Tested(rows[0][0], found.id, found.head, result)
