"""What was opened first on the board: the order of cues as it is done, not as it is said.

It is shown to the expert and stands in the journal. The learner does not use it: over seven worlds with hidden
policies, agreement with and without it was the same (.881), since which tiles are opened says it already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seci.cases.attribute import Attribute
from seci.cases.case import Judgement

FEWEST_BOARDS = 4
"""Boards opened in an order of one's own, below which their order tells nothing."""


@dataclass(frozen=True, slots=True)
class Look:
    """An attribute that was opened first on `first` of `boards` boards."""

    key: str
    name: str
    first: int
    boards: int


def looked_first(attributes: Sequence[Attribute], judgements: Sequence[Judgement]) -> tuple[Look, ...]:
    """What was opened first, the most frequent first; nothing below four boards.

    Whoever opens tiles as they lie on the page reads, and shows no order: such boards do not count.
    """
    places = {one.key: at for at, one in enumerate(attributes)}
    first = Counter[str]()
    for one in judgements:
        order = [places[key] for key in one.looked if key in places]
        if order and (order != sorted(order) or len(order) == 1):
            first[attributes[order[0]].key] += 1
    boards = sum(first.values())
    if boards < FEWEST_BOARDS:
        return ()
    return tuple(Look(key, attributes[places[key]].name, count, boards) for key, count in first.most_common())
