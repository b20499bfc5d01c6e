"""Whom people name as holders of an asset, held against what the evidence shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Nomination and evidence side by side; neither is the truth.

    both             named, and the evidence shows it
    only_named       named, without evidence here: knowledge that leaves no trace, or a mistake
    only_evident     evidence, but nobody named them: overlooked, or contact without mastery
    precision        part of the named whom the evidence shows; None when nobody was named
    recall           part of those with evidence who were named; None when there is no evidence
    """

    both: tuple[int, ...]
    only_named: tuple[int, ...]
    only_evident: tuple[int, ...]

    @property
    def precision(self) -> float | None:
        named = len(self.both) + len(self.only_named)
        return len(self.both) / named if named else None

    @property
    def recall(self) -> float | None:
        evident = len(self.both) + len(self.only_evident)
        return len(self.both) / evident if evident else None

    @property
    def disagree(self) -> bool:
        return bool(self.only_named or self.only_evident)


def compare(named: Iterable[int], held: Mapping[int, float], *, holder: float = 0.5) -> Agreement:
    """Compares person ids that were nominated with `held` (0 to 1) by evidence; a holder has at least `holder`."""
    nominated = set(named)
    evident = {person for person, share in held.items() if share >= holder}
    return Agreement(
        tuple(sorted(nominated & evident)), tuple(sorted(nominated - evident)), tuple(sorted(evident - nominated))
    )
