"""How alike people decide on equal cases: Krippendorff's alpha over decisions on real work, and over a panel's answers.

Equal cases are a task that a reviewer judged blindly again, and tasks of which the same facts were noted. The first
decision of each person on a case counts. Unknown while fewer than five people have decided on cases that others have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from seci.internalization.runs.course import TRACES, Done
from seci.kit.agreement import agreement
from seci.kit.figures import Figure

FLOOR = 5
OF = "equal cases decided by two or more"

# What was noted of a task, by attribute; () where nothing was.
Facts = tuple[tuple[str, str], ...]


class Decided(NamedTuple):
    """What a person decided on a case; cases are equal where `case` is."""

    case: object
    person: int
    option: str


def noted(moves: Sequence[Done]) -> Facts:
    """The facts that were noted of a task after all that was taken back, each as it was written."""
    deeds: list[Done] = []
    for move in moves:
        if move.did == "back":
            del deeds[-1:]
        elif move.did not in TRACES:
            deeds.append(move)
    facts = {move.node: move.value.strip().casefold() for move in deeds if move.did == "fact"}
    return tuple(sorted((node, value) for node, value in facts.items() if value))


def consistency(decided: Sequence[Decided], *, seed: object = 0) -> Figure:
    """Alpha with its interval; n counts the cases that two or more have decided."""
    first: dict[tuple[object, int], str] = {}
    for one in decided:
        first.setdefault((one.case, one.person), one.option)
    times = Counter(case for case, _ in first)
    cases = [case for case, n in times.items() if n > 1]
    people = sorted({person for case, person in first if times[case] > 1})
    if len(people) < FLOOR:
        return Figure.unknown(of=f"{OF} (shown from five people on)", unit="alpha", status="validated")
    ratings = [[first.get((case, person)) for case in cases] for person in people]
    found = agreement(ratings, seed=seed)
    return Figure(found.value, found.n, found.low, found.high, found.level, OF, "alpha", "validated")
