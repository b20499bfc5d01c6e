"""Who may sit which gate when. Pure: facts in, the reason against it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.internalization.gates import BLOCK, DELAY_DAYS, RETEST_AFTER_DAYS, Gate
from seci.kit.clock import DAY, SECOND, Micros, to_datetime

# One try and one retest: simulated, that passes nearly everybody who has it and hardly anybody who has not.
TRIES = 2
SAT = (Gate.COLD, Gate.PRESSURE, Gate.DELAY)
NAMES = {Gate.COLD: "cold", Gate.PRESSURE: "pressure", Gate.DELAY: "delay", Gate.TRANSFER: "transfer"}


@dataclass(frozen=True, slots=True)
class Try:
    """An ended sitting of one person for one artifact and revision. `met` None: not tested (left, or too few)."""

    gate: Gate
    met: bool | None
    ended_at: Micros
    id: int = 0


def against(gate: Gate, tries: Sequence[Try], last_practice: Micros | None, now: Micros) -> str:
    """Why this gate cannot be sat now, in a sentence; "" when it can.

    tries          all ended sittings on the revision, oldest first
    last_practice  when these patterns were last practised, or asked in a sitting of another gate; None is never
    """
    mine = [one for one in tries if one.gate is gate]
    if any(one.met for one in mine):
        return f"The gate {NAMES[gate]} is met on this revision already."
    if gate is not Gate.COLD and not any(one.met for one in tries if one.gate == gate - 1):
        return f"The gate {NAMES[Gate(gate - 1)]} comes first."
    if len(mine) >= TRIES:
        return "The test and its one retest are used on this revision; a new revision opens the gate again."
    if mine and now < (opens := mine[-1].ended_at + RETEST_AFTER_DAYS * DAY):
        return f"The retest opens {RETEST_AFTER_DAYS} days after the test: on {_minute(opens)}."
    if gate is Gate.DELAY:
        return _too_soon(last_practice, now)
    return ""


def _too_soon(last_practice: Micros | None, now: Micros) -> str:
    if last_practice is None:
        return f"Nothing of it was practised, so there is no delay to speak of; {DELAY_DAYS} days must lie between."
    opens = last_practice + DELAY_DAYS * DAY
    if now >= opens:
        return ""
    return (
        f"This gate opens {DELAY_DAYS} days after the last practice of these patterns: on {_minute(opens)}, "
        "if they rest until then."
    )


def _minute(opens: Micros) -> str:
    """The first whole minute in which it is open, in words."""
    return f"{to_datetime(opens + 60 * SECOND - 1):%Y-%m-%d at %H:%M} UTC"


def retest_of(gate: Gate, tries: Sequence[Try]) -> int | None:
    """The sitting that a new one repeats, if any."""
    mine = [one for one in tries if one.gate is gate]
    return mine[-1].id if mine else None


def is_late(shown: Micros, limit_ms: int | None, at: Micros, grace_ms: int) -> bool:
    """Whether the limit of a case has run out by the server's clock; a clock set back never makes anybody late."""
    return limit_ms is not None and (at - shown) // 1000 > limit_ms + grace_ms


def ran_out(started: Micros, at: Micros) -> bool:
    """Whether a block has taken longer than a block may."""
    return at - started > BLOCK
