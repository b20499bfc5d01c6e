"""A concrete situation, and what somebody judged it to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from seci.cases.attribute import Value

Source = Literal["real", "synthetic", "what_if"]


@dataclass(frozen=True, slots=True)
class Case:
    """A situation to judge.

    values   by attribute key; an attribute that is absent or None is not known
    source   real (something that happened), synthetic (a plausible neighbor of real ones), what_if (one case
             with attributes changed on purpose)
    parent   the case it was made from
    changed  the attributes in which it differs from its parent
    link     where the real thing can be looked at (commit, ticket, incident)
    """

    id: str
    values: Mapping[str, Value]
    source: Source = "real"
    title: str = ""
    parent: str | None = None
    changed: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an expert said of a case.

    outcome     one of the outcomes of the decision
    looked      the attributes opened on the reveal board, in order
    latency_ms  from the case on the screen to the verdict; None is unknown
    sure        whether the expert called it a sure one; None is not asked
    predicted   what the artifact would have said before the verdict; None while there was no artifact
    audit       drawn blindly at random, so that it measures fidelity
    repeat_of   id of the case that this one shows again
    because     the reason given, in the expert's words
    """

    case: Case
    outcome: str
    looked: tuple[str, ...] = ()
    latency_ms: int | None = None
    sure: bool | None = None
    predicted: str | None = None
    audit: bool = False
    repeat_of: str | None = None
    because: str = ""
    cues: tuple[str, ...] = field(default=())
