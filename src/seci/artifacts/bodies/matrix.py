"""A matrix: criteria with weights and described levels, and options judged by them."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a criterion; `meaning` is how to recognize it (an anchor, so that two people choose the same)."""

    name: str
    points: float
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is looked at, and how much it weighs (any positive number; only the proportion matters)."""

    id: str
    name: str
    levels: tuple[Level, ...]
    weight: float = 1.0
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Score:
    """The level that an option reaches on a criterion."""

    criterion: str
    level: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    name: str
    scores: tuple[Score, ...] = ()
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Matrix:
    """An option's total is the weighted mean of its points.

    `cuts[i]` is the total from which `outcomes[i + 1]` holds; with no outcomes the matrix only ranks.
    """

    purpose: str
    criteria: tuple[Criterion, ...]
    options: tuple[Option, ...] = ()
    outcomes: tuple[str, ...] = ()
    cuts: tuple[float, ...] = ()
