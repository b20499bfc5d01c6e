"""Rows of artifacts: what the services write, and nothing decided here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.fidelity import Fidelity
from seci.kit.clock import Micros
from seci.kit.database import Database, values

_CLAIM = (
    "artifact_id", "key", "revision", "kind", "text", "quote", "source", "start", '"end"', "slot", "origin", "status",
    "confirmed_by_id", "supersedes", "at",
)  # fmt: skip


def insert_artifact(
    db: Database,
    *,
    key: str,
    type_name: str,
    title: str,
    asset: int | None,
    owner: int | None,
    bank: int | None,
    context: Context,
    label: str,
    unsupported: int,
    at: Micros,
) -> int:
    """The id of a new artifact whose first revision is still to be written."""
    row = {
        "key": key, "type": type_name, "title": title, "asset_id": asset, "owner_id": owner, "bank_id": bank,
        "state": "draft", "head": 1, "who": context.who, "situation": context.situation,
        "exceptions": context.exceptions, "label": label, "unsupported": unsupported,
        "created_at": at, "changed_at": at,
    }  # fmt: skip
    return insert(db, "artifacts_artifact", row)


def insert_revision(
    db: Database,
    artifact: int,
    number: int,
    *,
    title: str,
    body: Mapping[str, Any],
    context: Context,
    author: int | None,
    by: int | None,
    at: Micros,
    message: str,
    cause: str,
    fidelity: Fidelity | None,
) -> int:
    row = {
        "artifact_id": artifact, "number": number, "title": title, "body": json.dumps(body, ensure_ascii=False),
        "context": json.dumps(
            {"who": context.who, "situation": context.situation, "exceptions": context.exceptions},
            ensure_ascii=False,
        ),
        "author_id": author, "by": by, "at": at, "message": message, "cause": cause,
        "fidelity": None if fidelity is None else json.dumps(fidelity.to_data()),
    }  # fmt: skip
    return insert(db, "artifacts_revision", row)


def insert(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """The id of a new row."""
    names = ", ".join(row)
    return int(
        db.rows(f"INSERT INTO {table} ({names}) VALUES {values(len(row))} RETURNING id", list(row.values()))[0][0]
    )


def forget_recording(db: Database, recording: int, at: Micros) -> None:
    """What stays of a recording is that it was there, and when it was taken away."""
    db.run(
        "UPDATE artifacts_recording SET link = '', file = '', mime = '', size = NULL, transcript = '', "
        "segments = '[]', removed_at = ? WHERE id = ?",
        [at, recording],
    )


def take(db: Database, artifact: int) -> int:
    """The number of the latest revision, with the artifact locked until the transaction ends."""
    lock = " FOR UPDATE" if db.vendor == "postgresql" else ""
    return int(db.rows(f"SELECT head FROM artifacts_artifact WHERE id = ?{lock}", [artifact])[0][0])


def insert_parents(db: Database, revision: int, parents: Iterable[tuple[int, int]]) -> None:
    """Lineage: `parents` are (artifact, number of its revision). One that does not exist is a fault of the caller."""
    for artifact, number in dict.fromkeys(parents):
        db.run(
            "INSERT INTO artifacts_parent (revision_id, parent_id) "
            "SELECT ?, id FROM artifacts_revision WHERE artifact_id = ? AND number = ?",
            [revision, artifact, number],
        )


def change(db: Database, artifact: int, **columns: object) -> None:
    """Sets columns of one artifact."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    db.run(f"UPDATE artifacts_artifact SET {sets} WHERE id = ?", [*columns.values(), artifact])


def write_claims(db: Database, artifact: int, revision: int, claims: Sequence[Claim], at: Micros) -> None:
    """Adds claims; one that is there already takes the new wording and state, and keeps when it came."""
    db.run_many(
        f"INSERT INTO artifacts_claim ({', '.join(_CLAIM)}) VALUES {values(len(_CLAIM))} "
        "ON CONFLICT (artifact_id, key) DO UPDATE SET kind = excluded.kind, text = excluded.text, "
        'quote = excluded.quote, source = excluded.source, start = excluded.start, "end" = excluded."end", '
        "slot = excluded.slot, origin = excluded.origin, status = excluded.status, "
        "confirmed_by_id = excluded.confirmed_by_id, supersedes = excluded.supersedes",
        [
            (
                artifact, claim.id, revision, claim.kind, claim.text, claim.quote, claim.source, claim.start,
                claim.end, claim.slot, claim.origin, claim.status, claim.confirmed_by, claim.supersedes, at,
            )
            for claim in claims
        ],
    )  # fmt: skip


def change_claim(db: Database, artifact: int, claim: str, **columns: object) -> None:
    # "end" is a word of PostgreSQL's own.
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    db.run(f"UPDATE artifacts_claim SET {sets} WHERE artifact_id = ? AND key = ?", [*columns.values(), artifact, claim])
