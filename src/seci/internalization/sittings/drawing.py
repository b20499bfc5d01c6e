"""Which sealed cases a sitting asks: three or more of each critical pattern, the rest at natural frequency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seci.kit.ids import Draw

FEWEST_CRITICAL = 3


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed case that its learner has never met and whose key can decide. `key` is the id of that key."""

    case: int
    pattern: int
    key: int
    critical: bool = False


def short(sealed: Sequence[Sealed], wanted: int, critical: Mapping[int, str]) -> tuple[str, ...]:
    """What is lacking for a sitting of that many cases, in sentences; () when nothing is.

    critical  {pattern: its name} of those with a critical case
    """
    found = []
    if len(sealed) < wanted:
        found.append(f"{wanted} sealed cases that you have not met are needed; there are {len(sealed)}.")
    for pattern, name in sorted(critical.items()):
        here = sum(one.pattern == pattern for one in sealed)
        if here < FEWEST_CRITICAL:
            found.append(f"“{name}” is critical and needs {FEWEST_CRITICAL} sealed cases; there are {here}.")
    return tuple(found)


def drawn(
    sealed: Sequence[Sealed], wanted: int, frequency: Mapping[int, float], critical: Mapping[int, str], draw: Draw
) -> tuple[Sealed, ...]:
    """The cases of a sitting in the order they are asked; call it when `short` found nothing lacking.

    Critical cases of a critical pattern come first among its three, so that what matters most is asked.
    """
    left: dict[int, list[Sealed]] = {}
    for one in sealed:
        left.setdefault(one.pattern, []).append(one)
    for cases in left.values():
        draw.shuffle(cases)
        cases.sort(key=lambda one: one.critical)
    taken = [left[pattern].pop() for pattern in sorted(critical) for _ in range(FEWEST_CRITICAL) if left.get(pattern)]
    for cases in left.values():
        draw.shuffle(cases)
    while len(taken) < wanted and (open_ := [pattern for pattern in sorted(left) if left[pattern]]):
        [pattern] = draw.choices(open_, [max(frequency.get(one, 1.0), 1e-9) for one in open_])
        taken.append(left[pattern].pop())
    draw.shuffle(taken)
    return tuple(taken)
