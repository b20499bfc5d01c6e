"""How a call to the partner ended, and when it is better not to call for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import SECOND, Micros

Ending = Literal[
    "answered", "slow", "refused", "key", "busy", "failed", "nonsense", "endless", "unreachable", "model", "missing"
]

# For whoever runs the instance. The expert reads WENT_ON, whatever it was.
SENTENCES: dict[Ending, str] = {
    "answered": "It answered.",
    "slow": "It did not answer in time.",
    "refused": "It would not answer this.",
    "key": "It does not accept the key, or the key may not use this model.",
    "busy": "It has too much to do, or the account is over its limit.",
    "failed": "It broke off or reported an error of its own.",
    "nonsense": "It answered in a form that cannot be read.",
    "endless": "Its answer had no end.",
    "unreachable": "Nothing answers at its address, or the line broke.",
    "model": "It knows no model of that name.",
    "missing": "Its library is not installed: run `python -m pip install 'seci[partner]'` with the Python that runs "
    "SECI (after `make run` that is .venv/bin/python), then start SECI again.",
}
WENT_ON = "The partner did not answer; the engine went on."

IN_A_ROW = 3
PAUSE: Micros = 60 * SECOND
LONGEST_PAUSE: Micros = 3600 * SECOND


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it is counted: when it began, how it ended. No words are kept."""

    at: Micros
    ending: Ending


def resting_until(calls: Sequence[Call]) -> Micros | None:
    """Until when the partner is left alone after failures; None when it may be asked.

    calls  the latest ones, newest first
    After three failures in a row it rests a minute, then twice as long for each further one, at most an hour. One
    call is let through when the time is over: if it is answered, all is forgotten. A refusal or nonsense is an
    answer of a partner that is there, so it breaks no row and starts none.
    """
    row = 0
    for call in calls:
        if call.ending in {"answered", "refused", "nonsense"}:
            break
        row += 1
    if row < IN_A_ROW:
        return None
    return calls[0].at + min(PAUSE << (row - IN_A_ROW), LONGEST_PAUSE)
