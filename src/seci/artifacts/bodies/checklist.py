"""A checklist: what must not be forgotten, each item with the circumstances in which it applies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute

# tick: done or not. value: a reading is written down. evidence: a link or a sentence that shows it was done.
CheckKind = Literal["tick", "value", "evidence"]


@dataclass(frozen=True, slots=True)
class Check:
    """One item.

    required  whether the list is complete without it
    when      the item applies where all of these hold; with none it always does
    expected  of a value: what the reading must meet to pass; None accepts any reading
    """

    id: str
    text: str
    kind: CheckKind = "tick"
    required: bool = True
    when: tuple[Condition, ...] = ()
    expected: Condition | None = None
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Checklist:
    """`ordered` says whether the order of the items matters: then an item ticked before its turn is a breach."""

    purpose: str
    items: tuple[Check, ...]
    attributes: tuple[Attribute, ...] = ()
    ordered: bool = False
