"""The state of a dialogue, kept in the memory of this process and folded again from its turns where it is not.

What counts is written in the turns. A state is kept under the number of the last turn it has seen, so that another
process may answer in between: the turns that are new are folded onto it. Answers never change once they are written.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock, RLock
from typing import Any

from seci.accounts.actor import Actor
from seci.cases import store as cases
from seci.cases.access import Bank, banks
from seci.cases.case import Case
from seci.externalization import dialogue, store
from seci.externalization.access import Elicitation
from seci.externalization.state import Setting, State
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.records import from_data, to_data

KEPT = 64
"""Dialogues whose state is kept; the one that rested longest makes room."""


@dataclass(slots=True)
class Place:
    """Where one dialogue is kept. `turn` is held while its next question is worked out, so that it is done once."""

    turn: RLock = field(default_factory=RLock)
    number: int = 0
    stamp: Micros = 0
    state: State | None = None


_places: OrderedDict[tuple[Any, ...], Place] = OrderedDict()
_lock = Lock()


def place_of(db: Database, found: Elicitation) -> Place:
    key = (db.vendor, db.place, found.id, found.opened_at)
    with _lock:
        place = _places.setdefault(key, Place())
        _places.move_to_end(key)
        while len(_places) > KEPT:
            _places.popitem(last=False)
    return place


def forget() -> None:
    """Empties the memory, as a restart does."""
    with _lock:
        _places.clear()


def state_of(actor: Actor, db: Database, found: Elicitation) -> State:
    """The dialogue as it stands after every answer that is written down."""
    place = place_of(db, found)
    with place.turn:
        bank = bank_of(db, found)
        stamp = bank.changed_at if bank is not None else 0
        if place.state is None or place.stamp != stamp:
            place.state, place.number, place.stamp = dialogue.begin(setting_of(db, found, bank)), 0, stamp
        for written in store.written(db, found.id, after=place.number):
            if written.answer is None:
                break
            place.state = dialogue.step(place.state, written.as_turn())
            place.number = written.number
        return place.state


def bank_of(db: Database, found: Elicitation) -> Bank | None:
    if found.bank is None:
        return None
    rows = banks(db, "WHERE id = ?", [found.bank])
    return rows[0] if rows else None


def setting_of(db: Database, found: Elicitation, bank: Bank | None) -> Setting:
    """What was fixed before the first question, with the cases and attributes that its bank holds now."""
    setting = from_data(Setting, {**found.setting, "seed": found.seed})
    if bank is None or not found.setting.get(POOL):
        return setting
    return replace(
        setting,
        decision=setting.decision or bank.decision,
        outcomes=setting.outcomes or bank.outcomes,
        attributes=bank.attributes,
        pool=pool(db, bank.id),
    )


POOL = "cases_of_bank"


def pool(db: Database, bank: int) -> tuple[Case, ...]:
    """The cases an expert may be asked about: the real ones, or all imported ones where none is real.

    Neighbors and what-ifs that earlier dialogues made are in the bank for their judgements, not to be asked again.
    """
    found = cases.cases(db, bank)
    real = tuple(case for case in found if case.source == "real")
    return real or tuple(case for case in found if case.source == "synthetic" and case.parent is None)


def setting_data(setting: Setting, *, uses_bank: bool) -> dict[str, Any]:
    """A setting as it is stored: cases and attributes stay in their bank."""
    if uses_bank:
        setting = replace(setting, pool=(), attributes=())
    return {**to_data(setting), POOL: uses_bank}
