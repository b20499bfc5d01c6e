"""Bringing the projections up to date with the ledger and the day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.sources.git import store as git
from seci.sources.git.evidence import Evidence
from seci.spiral import file_reading, store
from seci.spiral.derivation import State, derive
from seci.spiral.familiarity import Cells
from seci.spiral.file_reading import Work
from seci.spiral.forewarning import last_seen, sequels, warn
from seci.spiral.horizon import Horizon
from seci.spiral.presence import presence
from seci.spiral.store import Mark, ends, files
from seci.spiral.trend import QUARTER, moments, point

QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has read; `state` is None when nothing had moved on."""

    mark: Mark
    state: State | None


def refresh(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Fold new events into the cells and derive what is shown as of `at`, in one transaction.

    Nothing is done when neither the ledger, nor the day, nor who is who and which assets count has moved on.
    shelves  folder of the evidence, from which files are read when enough has changed
    """
    with db.transaction():
        ended = ends.kept(db)
        folded = store.fold(db)
        now = Mark(folded.seq, at // DAY, store.shape(db))
        before = store.mark(db, store.DERIVED)
        if before == now:
            return Refreshed(now, None)
        reshaped = before is None or before.shape != store.shape(db, before.shape)
        due = files.sources(db) if reshaped else files.due(db)
        if due:
            _read_files(db, shelves, folded.seq, at, due, everything=reshaped)
        new_quarter = before is None or before.day * DAY // QUARTER != at // QUARTER
        since = min(folded.first_t, ends.moved(ended, ends.ends(db)))
        return Refreshed(now, _derive(db, at, now, past_since=0 if due or new_quarter else since))


def rebuild(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Throw every projection away and build it from the first event."""
    with db.transaction():
        store.clear(db)
        folded = store.fold(db)
        _read_files(db, shelves, folded.seq, at, files.sources(db), everything=True)
        now = Mark(folded.seq, at // DAY, store.shape(db))
        return Refreshed(now, _derive(db, at, now, past_since=0))


def _read_files(db: Database, shelves: Path, seq: int, at: Micros, grown: frozenset[int], *, everything: bool) -> None:
    """Read the files of the assets that have files in the repositories `grown`, from all repositories they are in.

    Numbers of files are made unique over sources by an offset.
    everything  whether readings of assets that have no files any more are to go, too
    """
    meant = files.assets_of(db, grown)
    histories, offset, paths = [], 0, dict[int, str]()
    for source in sorted(frozenset().union(*meant.values())):
        found = git.file_history(db, source, Evidence.load(shelves / str(source)))
        paths |= {int(number) + offset: path for number, path in zip(found.live, found.path, strict=True)}
        histories.append((offset, found))
        offset += 1 + int(max(found.live.max(initial=0), found.file.max(initial=0), found.seen_file.max(initial=0)))
    if not histories:
        return files.have_been_read(db, grown, seq, at)

    def column(name: str, moved: bool = False) -> npt.NDArray[Any]:
        return np.concatenate([getattr(found, name) + (shift if moved else 0) for shift, found in histories])

    work = Work(
        file=column("file", moved=True),
        person=column("person"),
        when=column("when"),
        added=np.concatenate([found.added for _, found in histories]),
        changed=np.concatenate([found.changed for _, found in histories]),
        seen_file=column("seen_file", moved=True),
        seen_by=column("seen_by"),
        seen_when=column("seen_when"),
    )
    present = presence(store.cells(db), at, ends.horizon(db), store.exits(db))
    here = present.person[present.stay(at) > 0]
    live, asset = column("live", moved=True), column("asset")
    mine = np.isin(asset, list(meant))
    readings = file_reading.read(work, live[mine], asset[mine], here)
    files.write(db, readings, paths, at, None if everything else meant)
    return files.have_been_read(db, grown, seq, at)


def state(actor: Actor, db: Database, at: Micros) -> State:
    """Everything known at `at`, from the cells as they are."""
    return derive(store.cells(db), store.live_files(db), store.exits(db), at, ends.horizon(db))


def _derive(db: Database, at: Micros, mark: Mark, past_since: Micros) -> State:
    """`past_since` is the earliest instant that has changed: quarters that ended before it stay as they were."""
    cells, horizon = store.cells(db), ends.horizon(db)
    known = derive(cells, store.live_files(db), store.exits(db), at, horizon)
    store.write_holdings(db, known.holdings, known.held(), mark.day)
    store.write_readings(db, known.readings(), known.demand, known.holdings, mark.day)
    store.write_attendance(db, known.presence, last_seen(cells))
    _derive_past(db, cells, horizon, known, past_since)
    store.set_mark(db, store.DERIVED, mark)
    return known


def _derive_past(db: Database, cells: Cells, horizon: Horizon, known: State, since: Micros) -> None:
    past = list(moments(cells, known.at, QUARTERS, horizon, since))
    first = past[0].quarter if past else known.at // QUARTER
    points = (point(then, known.assets, known.files) for then in past)
    store.write_trend(db, first, [found for found in points if found is not None])
    earlier = store.alone_before(db, first)
    alone = [*earlier, *(one for then in past for one in warn(then, known.assets, known.files))]
    store.write_forewarnings(db, sequels(alone, cells, known.at, horizon))
