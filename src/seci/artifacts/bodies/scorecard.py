"""A scorecard: points for what holds of a case, and the cuts that turn their sum into an outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute


@dataclass(frozen=True, slots=True)
class Item:
    """`points` when the condition holds; nothing when it does not; the item is left out when it is not known."""

    id: str
    condition: Condition
    points: float
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`cuts[i]` is the sum from which `outcomes[i + 1]` holds; one cut fewer than outcomes, ascending."""

    decision: str
    attributes: tuple[Attribute, ...]
    outcomes: tuple[str, ...]
    items: tuple[Item, ...]
    cuts: tuple[float, ...]
