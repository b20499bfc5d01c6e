"""The same events seen twice: by mode (the spiral) and by loop step (what drives it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from seci.ledger.kinds import Kind, LoopStep, Mode

Loop = Literal["tacit", "explicit"]


@dataclass(frozen=True, slots=True)
class KindRow:
    """Events of one kind; `mode` and `step` are empty for a kind that has none."""

    kind: str
    mode: str
    loop: Loop | None
    step: str
    events: int


@dataclass(frozen=True, slots=True)
class Layers:
    """`modes` and `steps` count the events of `kinds`, each event once in either; `none` drive no loop."""

    kinds: tuple[KindRow, ...]
    modes: tuple[tuple[str, int], ...]
    steps: tuple[tuple[Loop, str, int], ...]
    without_mode: int
    without_step: int

    @property
    def events(self) -> int:
        return sum(row.events for row in self.kinds)


def loop_of(step: LoopStep) -> Loop:
    """Practice and feedback belong to the tacit loop, articulation, structuring and integration to the explicit."""
    return "tacit" if step in (LoopStep.PRACTICE, LoopStep.FEEDBACK) else "explicit"


def layers(counts: Mapping[Kind, int]) -> Layers:
    """The two layers from the number of events of each kind."""
    rows = tuple(
        KindRow(
            kind=words(kind),
            mode=words(kind.mode) if kind.mode is not None else "",
            loop=loop_of(kind.step) if kind.step is not None else None,
            step=words(kind.step) if kind.step is not None else "",
            events=events,
        )
        for kind, events in sorted(counts.items())
        if events
    )
    return Layers(
        kinds=rows,
        modes=tuple((words(mode), sum(row.events for row in rows if row.mode == words(mode))) for mode in Mode),
        steps=tuple(
            (loop_of(step), words(step), sum(row.events for row in rows if row.step == words(step)))
            for step in LoopStep
        ),
        without_mode=sum(row.events for row in rows if not row.mode),
        without_step=sum(row.events for row in rows if not row.step),
    )


def words(name: Kind | Mode | LoopStep) -> str:
    return name.name.replace("_", " ").lower()
