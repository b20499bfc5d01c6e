"""What pages, commands and programs show of exercises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Spot:
    """One step or item before a learner, as the artifact says it."""

    id: str
    words: str
    expect: str = ""
    state: str = "open"


@dataclass(frozen=True, slots=True)
class WalkView:
    """A walk as its learner sees it: nothing of what was laid into the exercise before it is over.

    number  of the next act
    seen    what is seen after the last act
    may     acts that are open
    causes  diagnoses to choose from
    result  what came of it, once it is over; None before
    named   steps or items in the artifact's words, by their id
    """

    id: int
    exercise: int
    artifact: int
    kind: str
    title: str
    state: str
    number: int
    scene: str
    seen: str
    at: str | None
    spots: tuple[Spot, ...]
    may: tuple[str, ...]
    causes: tuple[str, ...] = ()
    result: dict[str, Any] | None = None
    named: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Exercises of an artifact (id, kind, title, revision); `items` of a checklist for whoever may lay defects in;
    to_rank: cases that one could rank; patterns: (id, name) that one practises and may explain."""

    artifact: int
    title: str
    type: str
    may_prepare: bool
    rows: tuple[tuple[int, str, str, int], ...]
    items: tuple[Spot, ...]
    state: str = "published"
    to_rank: int = 0
    patterns: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case before a reader."""

    id: int
    title: str
    situation: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An explanation before its reader, or before whoever wrote it.

    words   shown to the reader only once the cases were judged without them
    step    before, after, done; own: of whoever wrote it, waiting for a reader
    result  what it carried; None until it was read
    """

    id: int
    pattern: str
    artifact: int
    step: str
    words: str
    cases: tuple[ReadCase, ...]
    result: dict[str, Any] | None = None
