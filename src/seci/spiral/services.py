"""Bringing the projections up to date with the ledger and the day."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.spiral import store
from seci.spiral.derivation import State, derive
from seci.spiral.familiarity import Cells
from seci.spiral.forewarning import last_seen, warn
from seci.spiral.trend import QUARTER, moments, point

QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has read. `state` is None when neither the ledger nor the day had moved on."""

    seq: int
    assets_touched: int
    state: State | None


def refresh(actor: Actor, db: Database, at: Micros, *, force: bool = False) -> Refreshed:
    """Fold new events into the cells and derive what is shown as of `at`, in one transaction.

    force  derive although no event is new: after people were joined, assets merged, files read
    """
    with db.transaction():
        folded = store.fold(db)
        if not (folded.assets or force) and store.derived_on(db) == at // DAY:
            return Refreshed(folded.seq, 0, None)
        past_changed = (
            force
            or folded.first_t < at // QUARTER * QUARTER
            or store.derived_on(db) * DAY // QUARTER != (at // QUARTER)
        )
        return Refreshed(folded.seq, len(folded.assets), _derive(db, at, past_changed))


def rebuild(actor: Actor, db: Database, at: Micros) -> Refreshed:
    """Throw every projection away and build it from the first event."""
    with db.transaction():
        store.clear(db)
        folded = store.fold(db)
        return Refreshed(folded.seq, len(folded.assets), _derive(db, at, past_changed=True))


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
