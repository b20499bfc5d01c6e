"""How much was at stake, asked in plain words and stored as the ledger's pressure (measures of internalization)."""

from __future__ import annotations

from seci.kit.errors import BadInput
from seci.ledger.kinds import Kind
from seci.ledger.outcome import ALONE, CALM, HIGH_STAKES, SUPERVISED

WORDS: dict[int, str] = {
    CALM: "An exercise: nothing is at stake",
    SUPERVISED: "Real work, with somebody who knows beside me",
    ALONE: "Real work, on my own",
    HIGH_STAKES: "An incident, or much is at stake",
}
NAMES: dict[str, int] = {"exercise": CALM, "supervised": SUPERVISED, "alone": ALONE, "incident": HIGH_STAKES}


def read_pressure(said: str | int | None) -> int:
    """The number of a pressure given as number or name. Raises BadInput."""
    text = str(said if said is not None else "").strip().casefold()
    if text in NAMES:
        return NAMES[text]
    if text.isdigit() and int(text) in WORDS:
        return int(text)
    raise BadInput(f"Say how much is at stake: {', '.join(NAMES)}; {text[:30]!r} is none of these.")


def kind_of(pressure: int) -> Kind:
    """The kind of event that a run under this pressure is."""
    if pressure == CALM:
        return Kind.SIMULATE
    return Kind.INCIDENT if pressure == HIGH_STAKES else Kind.APPLY
