"""One number for what a ledger says, whatever machine, vendor or order it was written in.

    digest  = sum over all effective events, and over all their outcomes, of BLAKE2b-256(record), modulo 2^256
    record  = root key (16 bytes: of the first event of the chain of corrections)
              + t (int64) + kind (int16) + weight (int32)
              + BLAKE2b-128 of the natural keys of actor, other, asset, source (empty name for nothing)
              + identity at the source
              + of an event about an artifact: BLAKE2b-128 of its natural key + revision (int64, -1 for none)
    outcome = root key + score, difficulty, hours (float64, NaN for unknown) + pressure, aid (int16, -1 for unknown)

Numbers are little-endian; each hash is read as a little-endian number. A sum does not depend on order, and no
record holds a row's number, so SQLite and PostgreSQL, one import at once or in parts, a run killed and resumed, and
a history with an undone import all give the same digest when they say the same.
"""

# ruff: noqa: S608 - statements are put together from constants of this file

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.kit.database import BATCH, Database, Row, batches
from seci.ledger.columns import Ints
from seci.ledger.keys import fingerprints, hashes, records
from seci.ledger.store import EFFECTIVE

_RECORD = np.dtype(
    [
        ("key", "V16"), ("t", "<i8"), ("kind", "<i2"), ("weight", "<i4"),
        ("actor", "V16"), ("other", "V16"), ("asset", "V16"), ("source", "V16"),
    ]
)  # fmt: skip
_OUTCOME = np.dtype(
    [("key", "V16"), ("score", "<f8"), ("difficulty", "<f8"), ("hours", "<f8"), ("pressure", "<i2"), ("aid", "<i2")]
)

_ROOTS = """
    WITH RECURSIVE chain (head, seq, supersedes) AS (
        SELECT s.seq, s.seq, s.supersedes FROM ledger_event s
        WHERE s.supersedes IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = s.seq)
        UNION ALL
        SELECT chain.head, p.seq, p.supersedes FROM chain JOIN ledger_event p ON p.seq = chain.supersedes
    )
    SELECT chain.head, e.key FROM chain JOIN ledger_event e ON e.seq = chain.seq WHERE e.supersedes IS NULL
"""


@dataclass(frozen=True, slots=True)
class Digest:
    """What the ledger says, as 64 hexadecimal digits, and how many effective events say it, per source uri."""

    digest: str
    events: int
    outcomes: int
    sources: dict[str, int]


def digest(db: Database) -> Digest:
    """The digest of the effective events; about two seconds for a million."""
    with db.snapshot():
        uris: dict[int, str] = dict(db.rows("SELECT id, uri FROM ledger_source"))
        tables = {
            "actor": fingerprints(dict(db.rows("SELECT id, key FROM people_identity"))),
            "asset": fingerprints(dict(db.rows("SELECT id, key FROM assets_asset"))),
            "source": fingerprints(uris),
            "artifact": fingerprints(dict(db.rows("SELECT id, key FROM artifacts_artifact"))),
        }
        roots = {head: bytes(key) for head, key in db.rows(_ROOTS)}
        total, per_source = 0, Counter[int]()
        for batch in batches(db.stream(_events_sql()), BATCH):
            term, sources = _events(batch, tables, roots)
            total += term
            per_source.update(sources.tolist())
        outcomes = 0
        for batch in batches(db.stream(_outcomes_sql()), BATCH):
            total += _outcomes(batch, roots)
            outcomes += len(batch)
    return Digest(
        f"{total % (1 << 256):064x}",
        sum(per_source.values()),
        outcomes,
        {uris[source]: count for source, count in sorted(per_source.items())},
    )


def _events_sql() -> str:
    return (
        "SELECT e.seq, e.t, e.kind, e.weight, e.actor, COALESCE(e.other, -1), COALESCE(e.asset, -1), e.source_id, "
        f"e.supersedes, e.key, e.source_key, e.artifact, e.revision FROM ledger_event e WHERE {EFFECTIVE}"
    )


def _outcomes_sql() -> str:
    return (
        "SELECT e.seq, e.key, o.score, o.difficulty, o.hours, COALESCE(o.pressure, -1), COALESCE(o.aid, -1) "
        f"FROM ledger_outcome o JOIN ledger_event e ON e.seq = o.event_id WHERE {EFFECTIVE}"
    )


def _events(batch: list[Row], tables: dict[str, npt.NDArray[np.void]], roots: dict[int, bytes]) -> tuple[int, Ints]:
    seq, t, kind, weight, actor, other, asset, source, supersedes, key, native, artifact, revision = zip(
        *batch, strict=True
    )
    head: npt.NDArray[Any] = np.empty(len(batch), _RECORD)
    head["key"] = _root_keys(seq, key, roots if any(supersedes) else {})
    head["t"], head["kind"], head["weight"] = t, kind, weight
    head["actor"] = _named(tables["actor"], actor)
    head["other"] = _named(tables["actor"], other)
    head["asset"] = _named(tables["asset"], asset)
    head["source"] = _named(tables["source"], source)
    rest = [bytes(part) for part in native]
    if any(artifact):
        rest = [one + _artifact(tables["artifact"], *of) for one, *of in zip(rest, artifact, revision, strict=True)]
    return _sum(records(head, rest)), np.array(source, np.int64)


def _artifact(keys: npt.NDArray[np.void], artifact: int | None, revision: int | None) -> bytes:
    if artifact is None:
        return b""
    return _named(keys, [artifact]).tobytes() + (-1 if revision is None else revision).to_bytes(
        8, "little", signed=True
    )


def _outcomes(batch: list[Row], roots: dict[int, bytes]) -> int:
    seq, key, score, difficulty, hours, pressure, aid = zip(*batch, strict=True)
    head: npt.NDArray[Any] = np.empty(len(batch), _OUTCOME)
    head["key"] = _root_keys(seq, key, roots)
    for name, column in (("score", score), ("difficulty", difficulty), ("hours", hours)):
        head[name] = [np.nan if value is None else value for value in column]
    head["pressure"], head["aid"] = pressure, aid
    return _sum(records(head, [b""] * len(batch)))


def _root_keys(seq: Sequence[int], key: Sequence[bytes], roots: dict[int, bytes]) -> npt.NDArray[np.void]:
    if roots:
        key = [roots.get(number, own) for number, own in zip(seq, key, strict=True)]
    return np.frombuffer(b"".join(key), "V16")


def _named(table: npt.NDArray[np.void], ids: Sequence[int]) -> npt.NDArray[np.void]:
    column = np.array(ids, np.int64)
    # A number that names nothing counts as the zero bytes of id 0, which no table uses.
    return table[np.where(column < len(table) - 1, column, 0)]


def _sum(parts: Iterable[bytes]) -> int:
    """The sum of the hashes of the parts, by 32-bit limbs so that it is exact."""
    joined = b"".join(hashes(parts, 32))
    limbs = np.frombuffer(joined, "<u4").reshape(-1, 8).sum(axis=0, dtype=np.uint64)
    return sum(int(limb) << (32 * place) for place, limb in enumerate(limbs.tolist()))
