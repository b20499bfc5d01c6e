"""Rows of the projections as figures that may be shown: value, n, interval, status; too little is unknown."""

from __future__ import annotations

from typing import Protocol

from seci.kit.figures import Figure
from seci.spiral.turn import Turn, turn_of

ENOUGH_EVENTS = 5
"""Fewer events than this say nothing about an asset."""


class RiskRecord(Protocol):
    events: int
    people: int
    holders: int
    coverage: float
    coverage_low: float
    coverage_high: float
    at_risk: float
    at_risk_low: float
    at_risk_high: float
    talked: int
    wrote: int
    combined: int
    practised: int


class FileRecord(Protocol):
    files: int
    at_risk: int
    bus_factor: int | None
    bus_factor_active: int | None


def coverage(risk: RiskRecord | None) -> Figure:
    """The chance that at least one holder is here and reachable when the asset is needed."""
    if risk is None or risk.events < ENOUGH_EVENTS:
        return Figure.unknown(risk.events if risk else 0, unit="share")
    return Figure(risk.coverage, risk.events, risk.coverage_low, risk.coverage_high, unit="share")


def at_risk(risk: RiskRecord | None) -> Figure:
    """Expected loss for want of knowledge, hours a week."""
    if risk is None or risk.events < ENOUGH_EVENTS:
        return Figure.unknown(risk.events if risk else 0, unit="h/week")
    return Figure(risk.at_risk, risk.events, risk.at_risk_low, risk.at_risk_high, unit="h/week")


def holders(risk: RiskRecord | None) -> Figure:
    """How many people here hold it."""
    if risk is None or risk.events < ENOUGH_EVENTS:
        return Figure.unknown(risk.events if risk else 0, unit="people")
    return Figure(float(risk.holders), risk.people, of="people with any contact", unit="people")


def bus_factor(files: FileRecord | None, *, active: bool) -> Figure:
    """The truck factor of Avelino et al. (2016) over the asset's files, all time or among people active this year."""
    value = None if files is None else files.bus_factor_active if active else files.bus_factor
    if files is None or value is None:
        return Figure.unknown(files.files if files else 0, of="files", unit="people", status="established part")
    return Figure(float(value), files.files, of="files", unit="people", status="established part")


def files_at_risk(files: FileRecord | None) -> Figure:
    """Live files that fewer than two people here know."""
    if files is None or not files.files:
        return Figure.unknown(of="files", unit="files", status="established part")
    return Figure(float(files.at_risk), files.files, of="files", unit="files", status="established part")


def turn(risk: RiskRecord | None, tested: int = 0) -> Turn:
    """How far the asset's turn of the spiral has come, from counts of people in each mode; `tested` did it alone on
    real work under pressure, which alone counts as internalization."""
    if risk is None or risk.events < ENOUGH_EVENTS:
        return turn_of(0, talked=0, wrote=0, combined=0, practised=0)
    return turn_of(
        risk.people, talked=risk.talked, wrote=risk.wrote, combined=risk.combined, practised=risk.practised,
        tested=tested,
    )  # fmt: skip


MISSING = {
    "S": "work side by side: most changes are made alone",
    "E": "an artifact: what its holders know is not written down",
    "C": "its documents are not joined into one",
    "I": "someone else tested on it at real pressure",
}


def missing(risk: RiskRecord | None) -> str:
    """What the next turn waits for, in words."""
    if risk is None or risk.events < ENOUGH_EVENTS:
        return "more history"
    if risk.holders == 0:
        return "a holder: nobody here holds it"
    return ("a second holder; " if risk.holders == 1 else "") + MISSING[turn(risk).waits_for]
