"""What the ledger answers: the events behind a number, one event with its corrections, the runs."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database, values
from seci.kit.errors import NotFound, Refused
from seci.kit.pager import Pager
from seci.ledger import runs
from seci.ledger.kinds import Kind
from seci.ledger.store import EFFECTIVE

_COLUMNS = (
    "e.seq, e.t, e.actor, e.other, e.asset, e.kind, e.weight, e.source_id, e.source_key, e.run_id, e.supersedes, "
    "e.recorded_at, o.score, o.pressure, o.aid, o.difficulty, o.hours, "
    "e.artifact, e.revision"
)
_FROM = "FROM ledger_event e LEFT JOIN ledger_outcome o ON o.event_id = e.seq"


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One row of the ledger. `source_key` is hexadecimal: for git the commit id. `weight` is in thousandths.

    `score` to `hours` are how it went (score 0 to 1, pressure 0 to 3, aid 0 none, 1 artifact, 2 person, difficulty
    0 to 1, hours); None is unknown. `revision` is a number of the `artifact`, counted from 1.
    """

    seq: int
    t: Micros
    actor: int
    other: int | None
    asset: int | None
    kind: str
    weight: int
    source: int
    source_key: str
    run: int
    supersedes: int | None
    recorded_at: Micros
    score: float | None
    pressure: int | None
    aid: int | None
    difficulty: float | None
    hours: float | None
    artifact: int | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of events, the latest first."""

    pager: Pager
    items: list[EventRecord]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that an import set aside."""

    id: int
    run: int
    locator: str
    code: str
    sentence: str
    seen_at: Micros
    resolved_at: Micros | None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where events come from. `events` counts rows, corrections included."""

    id: int
    kind: str
    uri: str
    title: str
    added_at: Micros
    events: int


def events_behind(
    actor: Actor,
    db: Database,
    *,
    assets: Sequence[int],
    identities: Sequence[int],
    kinds: Sequence[Kind] = (),
    without_artifact: Sequence[Kind] = (),
    page: int = 1,
    size: int = 50,
    total: int | None = None,
) -> EventPage:
    """The effective events behind one cell: these identities (of one person) on these assets (one, with what was
    merged into it), of these kinds or of all.

    without_artifact  kinds that count only where no artifact was in hand
    total  how many there are, for a caller who knows it from a projection; they are counted otherwise
    """
    _member(actor)
    if not assets or not identities:
        return EventPage(Pager(1, size, 0), [])
    where = f"e.asset IN {values(len(assets))} AND e.actor IN {values(len(identities))} AND {EFFECTIVE}"
    parameters = [*assets, *identities]
    if kinds:
        where += f" AND e.kind IN {values(len(kinds))}"
        parameters += [int(kind) for kind in kinds]
    if without_artifact:
        where += f" AND (e.artifact IS NULL OR e.kind NOT IN {values(len(without_artifact))})"
        parameters += [int(kind) for kind in without_artifact]
    if total is None:
        total = int(db.rows(f"SELECT COUNT(*) FROM ledger_event e WHERE {where}", parameters)[0][0])
    pager = Pager(min(max(page, 1), max(1, -(-total // size))), size, total)
    found = db.rows(
        f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY e.t DESC, e.seq DESC LIMIT ? OFFSET ?",
        [*parameters, size, (pager.page - 1) * size],
    )
    return EventPage(pager, [_record(row) for row in found])


def events(actor: Actor, db: Database, seqs: Sequence[int]) -> list[EventRecord]:
    """Rows by number, in the order asked for; numbers that are not there are left out."""
    _member(actor)
    if not seqs:
        return []
    found = {
        row[0]: _record(row) for row in db.rows(f"SELECT {_COLUMNS} {_FROM} WHERE e.seq IN {values(len(seqs))}", seqs)
    }
    return [found[seq] for seq in seqs if seq in found]


def event(actor: Actor, db: Database, seq: int) -> EventRecord:
    found = events(actor, db, [seq])
    if not found:
        raise NotFound(f"There is no event {seq} in the ledger.")
    return found[0]


def chain(actor: Actor, db: Database, seq: int) -> list[EventRecord]:
    """An event with all it superseded and all that superseded it, the first first."""
    _member(actor)
    found = db.rows(
        f"""
        WITH RECURSIVE
        back (seq, supersedes) AS (
            SELECT seq, supersedes FROM ledger_event WHERE seq = ?
            UNION ALL SELECT p.seq, p.supersedes FROM ledger_event p JOIN back ON p.seq = back.supersedes
        ),
        forth (seq) AS (
            SELECT seq FROM ledger_event WHERE seq = ?
            UNION ALL SELECT n.seq FROM ledger_event n JOIN forth ON n.supersedes = forth.seq
        )
        SELECT {_COLUMNS} {_FROM}
        WHERE e.seq IN (SELECT seq FROM back UNION SELECT seq FROM forth) ORDER BY e.seq
        """,
        [seq, seq],
    )
    if not found:
        raise NotFound(f"There is no event {seq} in the ledger.")
    return [_record(row) for row in found]


def events_of_item(
    actor: Actor, db: Database, source_key: bytes, *, source: int | None = None, t: Micros | None = None
) -> list[EventRecord]:
    """The effective events of one native item, for git a commit. With its time `t` found at once, else by a scan.

    `source_key` may be the beginning of the key, as people abbreviate commit ids.
    """
    _member(actor)
    where = "e.source_key >= ? AND e.source_key < ?"
    parameters: list[object] = [source_key, _after(source_key)]
    if source is not None:
        where += " AND e.source_id = ?"
        parameters.append(source)
    if t is not None:
        first = (t // 1000).to_bytes(6, "big")
        where += " AND e.key BETWEEN ? AND ?"
        parameters += [first + bytes(10), first + b"\xff" * 10]
    found = db.rows(f"SELECT {_COLUMNS} {_FROM} WHERE {where} AND {EFFECTIVE} ORDER BY e.seq", parameters)
    return [_record(row) for row in found]


def quarantined(
    actor: Actor, db: Database, run: int | None = None, *, page: int = 1, size: int = 50
) -> tuple[Pager, list[Rejected]]:
    """Records that imports set aside, the latest first."""
    _member(actor)
    where, parameters = ("WHERE run_id = ?", [run]) if run is not None else ("", [])
    total = int(db.rows(f"SELECT COUNT(*) FROM ledger_quarantine {where}", parameters)[0][0])
    found = db.rows(
        f"SELECT id, run_id, locator, code, sentence, seen_at, resolved_at FROM ledger_quarantine {where} "
        "ORDER BY id DESC LIMIT ? OFFSET ?",
        [*parameters, size, (page - 1) * size],
    )
    return Pager(page, size, total), [Rejected(*row) for row in found]


def imports(actor: Actor, db: Database, source: int | None = None, *, limit: int = 50) -> list[runs.Standing]:
    """Runs, the newest first."""
    _member(actor)
    return runs.every(db, source, limit)


def sources(actor: Actor, db: Database) -> list[SourceRecord]:
    _member(actor)
    return [
        SourceRecord(*row)
        for row in db.rows(
            "SELECT s.id, s.kind, s.uri, s.title, s.added_at, "
            "(SELECT COALESCE(SUM(r.accepted), 0) FROM ledger_run r WHERE r.source_id = s.id) "
            "FROM ledger_source s ORDER BY s.title, s.id"
        )
    ]


def _member(actor: Actor) -> None:
    if not actor.is_at_least("member"):
        raise Refused("Guests may not look into the ledger; ask for the member role.")


def _after(prefix: bytes) -> bytes:
    """The first bytes string that begins with none of `prefix`, in order."""
    trimmed = prefix.rstrip(b"\xff")
    return trimmed[:-1] + bytes([trimmed[-1] + 1]) if trimmed else b"\xff" * 65


def _record(row: tuple[Any, ...]) -> EventRecord:
    cells = list(row)
    cells[5] = Kind(cells[5]).name.lower()
    cells[8] = bytes(cells[8]).hex()
    return EventRecord(*cells)
