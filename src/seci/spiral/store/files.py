"""What the files of assets say, kept and read again for the repositories that have grown."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from seci.assets import store as assets
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database, values
from seci.sources.git import store as git
from seci.spiral.file_reading import Reading
from seci.spiral.store import Mark, mark, set_mark

GROWN = 50
"""The files of a source are read again when a fiftieth of its events is newer than the last reading."""

_TABLES = ("filereading", "fileatrisk", "knowerset")


def sources(db: Database) -> frozenset[int]:
    """All repositories."""
    return frozenset(each.source for each in git.repositories(db))


def due(db: Database) -> frozenset[int]:
    """The repositories whose files should be read: never read, or grown by a fiftieth since."""
    return frozenset(source for source in sources(db) if _is_due(db, source))


def _is_due(db: Database, source: int) -> bool:
    read = mark(db, _name(source))
    if read is None:
        return True
    new = db.rows("SELECT COUNT(*) FROM ledger_event WHERE seq > ? AND source_id = ?", (read.seq, source))
    return int(new[0][0]) > int(read.shape) // GROWN


def assets_of(db: Database, grown: Collection[int]) -> dict[int, frozenset[int]]:
    """The assets with files in the repositories `grown`: {asset: all repositories that it has files in}."""
    survivor = assets.survivors(db)
    where: dict[int, set[int]] = {}
    for source in sources(db):
        for scope in assets.load_scopes(db, source):
            where.setdefault(survivor.get(scope.asset, scope.asset), set()).add(source)
    return {asset: frozenset(spread) for asset, spread in where.items() if spread & set(grown)}


def write(
    db: Database, readings: Iterable[Reading], paths: Mapping[int, str], at: Micros, only: Collection[int] | None
) -> None:
    """Replace the readings of the assets in `only`, of all when it is None. `paths` by file, for the files at risk."""
    for table in _TABLES:
        if only is None:
            db.run(f"DELETE FROM spiral_{table}")
        else:
            db.run_many(f"DELETE FROM spiral_{table} WHERE asset_id = ?", ((asset,) for asset in only))
    for each in readings:
        db.run(
            "INSERT INTO spiral_filereading (asset_id, as_of, files, at_risk, orphaned, bus_factor, bus_factor_active) "
            f"VALUES {values(7)}",
            (each.asset, at, each.files, each.at_risk, each.orphaned, each.bus_factor, each.bus_factor_active),
        )
        db.run_many(
            f"INSERT INTO spiral_fileatrisk (asset_id, path, knows_id, changes, last_t) VALUES {values(5)}",
            ((each.asset, paths[r.file], r.knows if r.knows >= 0 else None, r.changes, r.last) for r in each.risky),
        )
        db.run_many(
            f"INSERT INTO spiral_knowerset (asset_id, people, files) VALUES {values(3)}",
            ((each.asset, json.dumps(people), files) for people, files in each.known_by.items()),
        )


def have_been_read(db: Database, grown: Iterable[int], seq: int, at: Micros) -> None:
    """Notes that the files of these repositories have been read, and how many events they had."""
    for source in grown:
        events = db.rows("SELECT COUNT(*) FROM ledger_event WHERE source_id = ?", (source,))
        set_mark(db, _name(source), Mark(seq, at // DAY, str(events[0][0])))


def _name(source: int) -> str:
    return f"files {source}"
