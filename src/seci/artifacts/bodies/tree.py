"""A decision tree: questions on a case, an outcome at each end, exceptions tied to the case they were made for."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute

ASK_EXPERT = "ask the expert"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An end of the tree. `outcome` may be ASK_EXPERT, where nothing was seen or said."""

    id: str
    outcome: str
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Split:
    """A question. A case whose attribute is not known goes to `unknown`; without one, to ASK_EXPERT.

    exception  whether this is a ripple-down exception (Compton): it was put above a leaf that erred on its cornerstone
    """

    id: str
    condition: Condition
    yes: Split | Leaf
    no: Split | Leaf
    unknown: Split | Leaf | None = None
    because: str = ""
    exception: bool = False
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Tree:
    """Outside the range of an attribute (`low`, `high`) the answer is ASK_EXPERT."""

    decision: str
    attributes: tuple[Attribute, ...]
    outcomes: tuple[str, ...]
    root: Split | Leaf
