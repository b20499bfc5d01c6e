"""What the expert's words and looks say before the verdicts do. All of it can be overruled by verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Structure = Literal["tree", "weights"]


@dataclass(frozen=True, slots=True)
class Told:
    """A threshold as it was said: the decision turns at about `value` of an attribute.

    doubt  standard deviation of the value, in the unit of the attribute; None is unknown
    """

    attribute: str
    value: float
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """What was said.

    structure    whether one thing settles it ("tree") or things are weighed up ("weights"); None was not asked
    first_looks  how often each attribute is looked at first, as shares; what is absent counts as never named
    thresholds   where the decision turns
    directions   +1 where more of an attribute speaks for the last outcome, -1 where it speaks for the first
    """

    structure: Structure | None = None
    first_looks: Mapping[str, float] = field(default_factory=dict)
    thresholds: tuple[Told, ...] = ()
    directions: Mapping[str, int] = field(default_factory=dict)
