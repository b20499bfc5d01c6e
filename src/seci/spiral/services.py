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
from seci.spiral.forewarning import last_seen, warn
from seci.spiral.presence import presence
from seci.spiral.trend import QUARTER, moments, point

QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has read. `state` is None when neither the ledger nor the day had moved on."""

    seq: int
    assets_touched: int
    state: State | None


def refresh(actor: Actor, db: Database, shelves: Path, at: Micros, *, force: bool = False) -> Refreshed:
    """Fold new events into the cells and derive what is shown as of `at`, in one transaction.

    shelves  folder of the evidence, from which files are read when enough has changed
    force    derive although no event is new: after people were joined or assets merged
    """
    with db.transaction():
        folded = store.fold(db)
        due = store.files_due(db, folded.seq)
        if not (folded.assets or force or due) and store.derived_on(db) == at // DAY:
            return Refreshed(folded.seq, 0, None)
        if due or force:
            _read_files(db, shelves, folded.seq, at)
        past_changed = due or force or folded.first_t < at // QUARTER * QUARTER
        past_changed = past_changed or store.derived_on(db) * DAY // QUARTER != at // QUARTER
        return Refreshed(folded.seq, len(folded.assets), _derive(db, at, past_changed))


def rebuild(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Throw every projection away and build it from the first event."""
    with db.transaction():
        store.clear(db)
        folded = store.fold(db)
        _read_files(db, shelves, folded.seq, at)
        return Refreshed(folded.seq, len(folded.assets), _derive(db, at, past_changed=True))


def _read_files(db: Database, shelves: Path, seq: int, at: Micros) -> None:
    """Read the files of all repositories. Numbers of files are made unique over sources by an offset."""
    histories, offset, paths = [], 0, dict[int, str]()
    for each in git.repositories(db):
        found = git.file_history(db, each.source, Evidence.load(shelves / str(each.source)))
        paths |= {int(number) + offset: path for number, path in zip(found.live, found.path, strict=True)}
        histories.append((offset, found))
        offset += 1 + int(max(found.live.max(initial=0), found.file.max(initial=0), found.seen_file.max(initial=0)))
    if not histories:
        return

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
    present = presence(store.cells(db), at, store.exits(db))
    here = present.person[present.stay(at) > 0]
    readings = file_reading.read(work, column("live", moved=True), column("asset"), here)
    store.write_file_readings(db, readings, paths, seq, at)


def _derive(db: Database, at: Micros, past_changed: bool) -> State:
    cells = store.cells(db)
    state = derive(cells, store.live_files(db), store.exits(db), at)
    day = at // DAY
    store.write_holdings(db, state.holdings, state.held(), day)
    store.write_readings(db, state.readings(), state.demand, state.holdings, day)
    store.write_attendance(db, state.presence, last_seen(cells))
    if past_changed:
        _derive_past(db, cells, state)
    store.set_derived_on(db, day)
    return state


def _derive_past(db: Database, cells: Cells, state: State) -> None:
    past = list(moments(cells, state.at, QUARTERS))
    points = (point(then, state.assets, state.files) for then in past)
    store.write_trend(db, [found for found in points if found is not None])
    warnings = ((then.quarter, warn(then, cells, state.assets, state.files, known_until=state.at)) for then in past)
    store.write_forewarnings(db, warnings)
