"""Bringing the projections up to date with the ledger and the day."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.spiral import store
from seci.spiral.derivation import State, derive
from seci.spiral.forewarning import last_seen, warn
from seci.spiral.trend import QUARTER, quarter_ends, trend

QUARTERS = 12


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh has read. `state` is None when neither the ledger nor the day had moved on."""

    seq: int
    assets_touched: int
    state: State | None


def refresh(actor: Actor, db: Database, at: Micros, *, force: bool = False) -> Refreshed:
    """Fold new events into the cells and derive holdings, risk and trend as of `at`, in one transaction."""
    with db.transaction():
        seq, touched = store.fold(db)
        if not (touched or force) and store.derived_on(db) == at // DAY:
            return Refreshed(seq, 0, None)
        return Refreshed(seq, len(touched), _derive(db, at))


def rebuild(actor: Actor, db: Database, at: Micros) -> Refreshed:
    """Throw every projection away and build it from the first event."""
    with db.transaction():
        store.clear(db)
        seq, touched = store.fold(db)
        return Refreshed(seq, len(touched), _derive(db, at))


def _derive(db: Database, at: Micros) -> State:
    cells = store.cells(db)
    state = derive(cells, store.live_files(db), store.exits(db), at)
    day = at // DAY
    store.write_holdings(db, state.holdings, state.held(), day)
    store.write_readings(db, state.readings(), state.demand, state.holdings, day)
    store.write_trend(db, trend(cells, state.assets, state.files, at, QUARTERS))
    store.write_attendance(db, state.presence, last_seen(cells))
    store.write_forewarnings(
        db,
        (
            ((end - 1) // QUARTER, warn(cells, state.assets, state.files, end, known_until=at))
            for end in quarter_ends(at, QUARTERS)
        ),
    )
    store.set_derived_on(db, day)
    return state
