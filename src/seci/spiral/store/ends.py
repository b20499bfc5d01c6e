"""Where the history of each repository ends, as far as it has been folded: read on from where it was read last."""

from __future__ import annotations

from collections.abc import Mapping

from seci.assets import store as assets
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.spiral.horizon import NEVER, Horizon
from seci.spiral.store import CONTACT, Mark, mark, set_mark

ENDS, PREFIX = "ends", "end of "
"""The mark of how far ends are known, and what stands before the number of a repository in that of its own."""

_NEWEST = (
    "SELECT e.source_id, MAX(e.t) FROM ledger_event AS e JOIN git_repository AS r ON r.source_id = e.source_id "
    "WHERE e.seq > ? AND e.seq <= ? AND e.weight > 0"
)
_STANDING = " AND NOT EXISTS (SELECT 1 FROM ledger_event AS s WHERE s.supersedes = e.seq)"


def kept(db: Database) -> dict[int, Micros]:
    """The newest event of each repository when it was looked at last."""
    rows = db.rows("SELECT name, shape FROM spiral_projection WHERE name LIKE ?", (f"{PREFIX}%",))
    return {int(name.removeprefix(PREFIX)): int(until) for name, until in rows}


def ends(db: Database) -> dict[int, Micros]:
    """The newest event of each repository, up to the last one that was folded; those without events are left out."""
    folded, before = mark(db, CONTACT), mark(db, ENDS)
    to, since = folded.seq if folded else 0, before.seq if before else 0
    known = kept(db) if since else {}
    if to == since:
        return known
    window = (since, to)
    if since and db.rows(
        "SELECT 1 FROM ledger_event WHERE seq > ? AND seq <= ? AND supersedes IS NOT NULL LIMIT 1", window
    ):
        known, window = {}, (0, to)
    for source, newest in db.rows(_NEWEST + (_STANDING if not window[0] else "") + " GROUP BY e.source_id", window):
        known[int(source)] = max(known.get(int(source), 0), int(newest))
    db.run("DELETE FROM spiral_projection WHERE name LIKE ?", (f"{PREFIX}%",))
    set_mark(db, ENDS, Mark(to, 0, ""))
    for source, until in known.items():
        set_mark(db, f"{PREFIX}{source}", Mark(to, 0, str(until)))
    return known


def moved(before: Mapping[int, Micros], after: Mapping[int, Micros]) -> Micros:
    """The earliest instant for which it counts that histories end elsewhere now."""
    return min(
        (min(until, after.get(source, until)) for source, until in before.items() if after.get(source) != until),
        default=NEVER,
    )


def horizon(db: Database) -> Horizon:
    """Until when the repositories of each asset tell."""
    survivor, where = assets.survivors(db), dict[int, set[int]]()
    for asset, source in db.rows("SELECT DISTINCT asset_id, source FROM assets_scope"):
        where.setdefault(survivor.get(int(asset), int(asset)), set()).add(int(source))
    return Horizon.of(where, ends(db))
