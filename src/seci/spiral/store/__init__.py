"""The projections in bulk: events folded into contact cells, cells read as columns, readings written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np

from seci.kit.clock import Micros, from_date
from seci.kit.database import Database
from seci.kit.ids import fingerprint
from seci.ledger.kinds import Kind, Mode
from seci.spiral.concentration import concentration
from seci.spiral.coverage import Readings
from seci.spiral.familiarity import (
    AUTHORING,
    COMBINING,
    DOCUMENTS,
    MONTH,
    PAIRING,
    REVIEWING,
    Cells,
    Floats,
    Holdings,
    Ints,
    in_order,
)
from seci.spiral.forewarning import Alone, Forewarning
from seci.spiral.horizon import NEVER
from seci.spiral.presence import Presence
from seci.spiral.trend import Point

CONTACT, DERIVED = "contact", "derived"

HOUSEKEEPING = (Kind.CATEGORIZE, Kind.RETIRE)
"""Sorting and putting away tell nothing about knowing what is inside."""

WAYS: Mapping[int, tuple[Kind, ...]] = {
    AUTHORING: (Kind.APPLY, Kind.INCIDENT),
    REVIEWING: (Kind.MENTOR, Kind.REVIEW, Kind.ANSWER),
    PAIRING: (Kind.PAIR, Kind.SHADOW),
    DOCUMENTS: tuple(kind for kind in Kind if kind.mode is Mode.EXTERNALIZATION and kind is not Kind.TEACH_BACK),
    COMBINING: tuple(kind for kind in Kind if kind.mode is Mode.COMBINATION and kind not in HOUSEKEEPING),
}
"""Which kinds count as contact, and how it was earned. What somebody practises, explains back or does with an artifact
in hand is shown to them alone (measures 6.7), so it is no entry of the directory; nor is being named an owner."""

WITHOUT_ARTIFACT = WAYS[AUTHORING]

TABLES = ("contact", "kindcount", "holding", "assetrisk", "assettrend", "attendance", "forewarned", "projection")


def _way(of: str = "") -> str:
    """The way of an event in SQL; `of` is the alias of its table, with the dot."""
    told = {way: f"{of}kind IN ({', '.join(str(int(kind)) for kind in kinds)})" for way, kinds in WAYS.items()}
    told[AUTHORING] += f" AND {of}artifact IS NULL"
    return f"CASE {' '.join(f'WHEN {when} THEN {way}' for way, when in told.items())} END"


_WAY = _way()
_CELL = f"asset, actor, t / {MONTH} AS month, {_WAY} AS way"
_COUNTED = f"asset IS NOT NULL AND weight > 0 AND {_WAY} IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a projection was made from: the last event, the day it was made for, who was who and what counted."""

    seq: int
    day: int
    shape: str


def mark(db: Database, name: str) -> Mark | None:
    """Where a projection stands; None before the first time."""
    found = db.rows("SELECT seq, as_of, shape FROM spiral_projection WHERE name = ?", (name,))
    return Mark(*found[0]) if found else None


def set_mark(db: Database, name: str, to: Mark) -> None:
    db.run(
        "INSERT INTO spiral_projection (name, seq, as_of, shape) VALUES (?, ?, ?, ?) ON CONFLICT (name) "
        "DO UPDATE SET seq = excluded.seq, as_of = excluded.as_of, shape = excluded.shape",
        (name, to.seq, to.day, to.shape),
    )


def shape(db: Database, before: str = "") -> str:
    """A fingerprint of what people may change without an event: who is who, who leaves, which assets count.

    before  an earlier shape: only what it has seen is looked at, so that whoever is new since changes nothing
    """
    if before:
        identity, person, asset = map(int, before.split(":")[0].split("."))
    else:
        (identity, person, asset) = (
            int(db.rows(f"SELECT COALESCE(MAX(id), 0) FROM {table}")[0][0])
            for table in ("people_identity", "people_person", "assets_asset")
        )
    rows = [
        *db.rows("SELECT id, person_id FROM people_identity WHERE id <= ? ORDER BY id", (identity,)),
        *db.rows(
            "SELECT id, nature, leaves_on FROM people_person "
            "WHERE id <= ? AND (nature <> 'person' OR leaves_on IS NOT NULL) ORDER BY id",
            (person,),
        ),
        *db.rows("SELECT id, merged_into_id, state = 'retired' FROM assets_asset WHERE id <= ? ORDER BY id", (asset,)),
    ]
    return f"{identity}.{person}.{asset}:{fingerprint(repr([(*row[:-1], str(row[-1])) for row in rows]))[:32]}"


@dataclass(frozen=True, slots=True)
class Folded:
    """The new watermark, the assets whose cells changed, and the earliest instant that changed."""

    seq: int
    assets: frozenset[int] = frozenset()
    first_t: Micros = NEVER


def fold(db: Database) -> Folded:
    """Add the events since the watermark to the cells, take away what they supersede.

    Sums of whole numbers: folding in steps gives the cells that folding at once gives.
    """
    before = mark(db, CONTACT)
    start = before.seq if before else 0
    end = int(db.rows("SELECT COALESCE(MAX(seq), 0) FROM ledger_event")[0][0])
    if end == start:
        return Folded(end)
    window = (start, end)
    touched = db.rows(
        "SELECT asset, MIN(t) FROM ledger_event WHERE seq > ? AND seq <= ? AND asset IS NOT NULL GROUP BY asset", window
    )
    db.run(
        "INSERT INTO spiral_contact (asset, identity, month, way, events, weight, last_t) "
        f"SELECT asset, actor, month, way, COUNT(*), SUM(weight), MAX(t) FROM (SELECT {_CELL}, weight, t "
        f"FROM ledger_event WHERE seq > ? AND seq <= ? AND {_COUNTED}) AS fresh GROUP BY asset, actor, month, way "
        "ON CONFLICT (asset, identity, month, way) DO UPDATE SET events = spiral_contact.events + excluded.events, "
        "weight = spiral_contact.weight + excluded.weight, "
        "last_t = CASE WHEN excluded.last_t > spiral_contact.last_t THEN excluded.last_t "
        "ELSE spiral_contact.last_t END",
        window,
    )
    db.run(
        "INSERT INTO spiral_kindcount (asset, kind, events) SELECT asset, kind, COUNT(*) FROM ledger_event "
        "WHERE seq > ? AND seq <= ? AND asset IS NOT NULL AND weight > 0 GROUP BY asset, kind "
        "ON CONFLICT (asset, kind) DO UPDATE SET events = spiral_kindcount.events + excluded.events",
        window,
    )
    _take_away_superseded(db, window)
    set_mark(db, CONTACT, Mark(end, 0, ""))
    return Folded(end, frozenset(int(row[0]) for row in touched), min((int(row[1]) for row in touched), default=NEVER))


def strays(db: Database) -> int:
    """How many cells differ from what the events up to the watermark give when they are counted afresh."""
    before = mark(db, CONTACT)
    afresh = (
        f"SELECT asset, actor, month, way, COUNT(*) AS events, SUM(weight) AS weight, MAX(t) AS last_t "
        f"FROM (SELECT {_CELL}, weight, t FROM ledger_event AS e WHERE {_COUNTED} AND seq <= ? AND NOT EXISTS "
        "(SELECT 1 FROM ledger_event AS s WHERE s.supersedes = e.seq AND s.seq <= ?)) AS one "
        "GROUP BY asset, actor, month, way"
    )
    kept = "SELECT asset, identity, month, way, events, weight, last_t FROM spiral_contact"
    seq = before.seq if before else 0
    differ = f"SELECT COUNT(*) FROM ({afresh} EXCEPT {kept}) AS new"
    missing = f"SELECT COUNT(*) FROM ({kept} EXCEPT {afresh}) AS old"
    return int(db.rows(differ, (seq, seq))[0][0]) + int(db.rows(missing, (seq, seq))[0][0])


def _take_away_superseded(db: Database, window: tuple[int, int]) -> None:
    gone = db.rows(
        f"SELECT asset, actor, month, way, COUNT(*), SUM(weight) FROM (SELECT {_CELL}, weight FROM ledger_event "
        f"WHERE {_COUNTED} AND seq IN (SELECT supersedes FROM ledger_event WHERE seq > ? AND seq <= ? "
        "AND supersedes IS NOT NULL)) AS stale GROUP BY asset, actor, month, way",
        window,
    )
    kinds = db.rows(
        "SELECT asset, kind, COUNT(*) FROM ledger_event WHERE asset IS NOT NULL AND weight > 0 AND seq IN "
        "(SELECT supersedes FROM ledger_event WHERE seq > ? AND seq <= ? AND supersedes IS NOT NULL) "
        "GROUP BY asset, kind",
        window,
    )
    db.run_many(
        "UPDATE spiral_kindcount SET events = events - ? WHERE asset = ? AND kind = ?",
        ((count, asset, kind) for asset, kind, count in kinds),
    )
    if not gone:
        return
    db.run_many(
        "UPDATE spiral_contact SET events = events - ?, weight = weight - ? "
        "WHERE asset = ? AND identity = ? AND month = ? AND way = ?",
        ((row[4], row[5], row[0], row[1], row[2], row[3]) for row in gone),
    )
    db.run("DELETE FROM spiral_contact WHERE events = 0")
    db.run_many(
        "UPDATE spiral_contact SET last_t = (SELECT MAX(t) FROM ledger_event AS e "
        "WHERE e.asset = spiral_contact.asset "
        f"AND e.actor = spiral_contact.identity AND e.t / {MONTH} = spiral_contact.month AND e.weight > 0 "
        f"AND {_way('e.')} = spiral_contact.way "
        "AND NOT EXISTS (SELECT 1 FROM ledger_event AS s WHERE s.supersedes = e.seq)) "
        "WHERE asset = ? AND identity = ? AND month = ? AND way = ?",
        (row[:4] for row in gone),
    )


def clear(db: Database) -> None:
    """Forget every projection, so that the next fold starts from the first event."""
    for table in TABLES:
        db.run(f"DELETE FROM spiral_{table}")


def cells(db: Database) -> Cells:
    """The cells of people (no bots) on assets in use, identities joined into people, merged assets resolved."""
    people = db.rows(
        "SELECT i.id, p.id FROM people_identity AS i JOIN people_person AS p ON p.id = i.person_id "
        "WHERE p.nature = 'person'"
    )
    used = db.rows(
        "SELECT a.id, COALESCE(survivor.id, a.id) FROM assets_asset AS a "
        "LEFT JOIN assets_asset AS survivor ON survivor.id = a.merged_into_id "
        "WHERE COALESCE(survivor.state, a.state) <> 'retired'"
    )
    # Joined here and not in SQL: looking two numbers up for each cell is half of what such a query costs.
    rows = db.rows("SELECT asset, identity, month, way, events, weight, last_t FROM spiral_contact")
    table = np.fromiter(chain.from_iterable(rows), np.int64, 7 * len(rows)).reshape(-1, 7)
    asset, person = _translated(table[:, 0], used), _translated(table[:, 1], people)
    kept = (asset != NOBODY) & (person != NOBODY)
    others = (np.ascontiguousarray(table[kept, column]) for column in range(2, 7))
    return in_order(Cells(asset[kept], person[kept], *others))


NOBODY = -1


def _translated(numbers: Ints, pairs: Sequence[tuple[int, int]]) -> Ints:
    """What each number stands for by `pairs` of (number, meaning); `NOBODY` where they do not say."""
    meaning = np.full(1 + max([int(numbers.max(initial=0)), *(number for number, _ in pairs)]), NOBODY, np.int64)
    if pairs:
        meaning[[number for number, _ in pairs]] = [stands for _, stands in pairs]
    found: Ints = meaning[numbers]
    return found


def exits(db: Database) -> dict[int, Micros]:
    """When people are known or expected to leave, as instants."""
    rows = db.rows("SELECT id, leaves_on FROM people_person WHERE leaves_on IS NOT NULL")
    return {int(person): from_date(date.fromisoformat(str(day))) for person, day in rows}


def live_files(db: Database) -> dict[int, int]:
    """Live files by asset, for the assets whose files have been read."""
    return {int(asset): int(files) for asset, files in db.rows("SELECT asset_id, files FROM spiral_filereading")}


def partners(db: Database, since: Micros) -> dict[int, dict[int, int]]:
    """For each person, how often they reviewed or paired with whom since then, counted on both sides."""
    rows = db.rows(
        "SELECT one.person_id, two.person_id, SUM(e.n) FROM (SELECT actor, other, COUNT(DISTINCT source_key) AS n "
        "FROM ledger_event WHERE t > ? AND other IS NOT NULL AND weight > 0 GROUP BY actor, other) AS e "
        "JOIN people_identity AS one ON one.id = e.actor JOIN people_identity AS two ON two.id = e.other "
        "GROUP BY one.person_id, two.person_id",
        (since,),
    )
    met: dict[int, dict[int, int]] = {}
    for one, other, times in rows:
        for a, b in ((one, other), (other, one)):
            if a != b:
                met.setdefault(int(a), {})[int(b)] = met.get(int(a), {}).get(int(b), 0) + int(times)
    return met


def write_holdings(db: Database, holdings: Holdings, held: Floats, as_of: int) -> None:
    """Replace all holdings."""
    db.run("DELETE FROM spiral_holding")
    db.run_many(
        "INSERT INTO spiral_holding (asset_id, person_id, as_of, familiarity, held, authored, reviewed, paired, "
        "documented, combined, first_t, last_t) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        zip(
            holdings.asset.tolist(),
            holdings.person.tolist(),
            [as_of] * len(holdings),
            holdings.familiarity.tolist(),
            held.tolist(),
            *(holdings.ways[:, way].tolist() for way in range(5)),
            (holdings.first_month * MONTH).tolist(),
            holdings.last_t.tolist(),
            strict=True,
        ),
    )


def write_readings(db: Database, readings: Readings, demand: Floats, holdings: Holdings, as_of: int) -> None:
    """Replace the risk readings of all assets."""
    db.run("DELETE FROM spiral_assetrisk")
    bounds = np.searchsorted(holdings.asset, np.stack([readings.asset, readings.asset + 1]))
    spread = [concentration(holdings.familiarity[first:last]) for first, last in bounds.T]
    columns = (
        readings.asset, readings.events, readings.people, readings.holders,
        readings.coverage, readings.coverage_low, readings.coverage_high,
        readings.at_risk, readings.at_risk_low, readings.at_risk_high, demand, readings.last_t,
        np.maximum(readings.by_way[:, REVIEWING], readings.by_way[:, PAIRING]), readings.by_way[:, DOCUMENTS],
        readings.by_way[:, COMBINING], readings.by_way[:, AUTHORING],
    )  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), strict=True)
    db.run_many(
        "INSERT INTO spiral_assetrisk (asset_id, events, people, holders, coverage, coverage_low, coverage_high, "
        "at_risk, at_risk_low, at_risk_high, demand, last_t, talked, wrote, "
        "combined, practised, as_of, absence_factor, top_share, gini, entropy) "
        f"VALUES ({', '.join('?' * 21)})",
        (
            (*row, as_of, c and c.absence_factor, c and c.top_share, c and c.gini, c and c.entropy)
            for row, c in zip(rows, spread, strict=True)
        ),
    )


def write_trend(db: Database, first: int, points: Iterable[Point]) -> None:
    """Replace the trend of all assets from the quarter `first` on."""
    db.run("DELETE FROM spiral_assettrend WHERE quarter >= ?", (first,))
    for point in points:
        db.run_many(
            "INSERT INTO spiral_assettrend (asset_id, quarter, events, holders, coverage, at_risk) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            zip(
                point.asset.tolist(),
                [point.quarter] * len(point.asset),
                point.events.tolist(),
                point.holders.tolist(),
                point.coverage.tolist(),
                point.at_risk.tolist(),
                strict=True,
            ),
        )


def write_attendance(db: Database, presence: Presence, last_seen: Mapping[int, Micros]) -> None:
    """Replace everybody's months active."""
    db.run("DELETE FROM spiral_attendance")
    db.run_many(
        "INSERT INTO spiral_attendance (person_id, months, last_t, until) VALUES (?, ?, ?, ?)",
        (
            (person, months, last_seen[person], until)
            for person, months, until in zip(
                presence.person.tolist(), presence.months.tolist(), presence.until.tolist(), strict=True
            )
        ),
    )


def alone_before(db: Database, quarter: int) -> list[Alone]:
    """The warnings of the quarters before `quarter`, as they were given."""
    rows = db.rows(
        "SELECT quarter, asset_id, holder_id, coverage FROM spiral_forewarned WHERE quarter < ? ORDER BY id", (quarter,)
    )
    return [Alone(*row) for row in rows]


def write_forewarnings(db: Database, warnings: Iterable[Forewarning]) -> None:
    """Replace the warnings of all past quarters."""
    db.run("DELETE FROM spiral_forewarned")
    db.run_many(
        "INSERT INTO spiral_forewarned (quarter, asset_id, holder_id, coverage, left_at, changes) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        ((w.alone.quarter, w.alone.asset, w.alone.holder, w.alone.coverage, w.left_at, w.changes) for w in warnings),
    )
