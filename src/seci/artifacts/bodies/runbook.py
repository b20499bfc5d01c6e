"""A runbook: steps that somebody takes, the signal that tells each worked, and where to turn when it did not."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    expect      the signal that it worked; what a person sees
    on_failure  id of the step to go to when the signal does not come; empty ends the run there
    escalate    whom to call when the signal does not come: a role, never a name
    role        who takes the step
    command     text to run as it stands
    rollback    how to take it back
    when        the step is taken where all of these hold; with none always
    """

    id: str
    action: str
    expect: str = ""
    on_failure: str = ""
    escalate: str = ""
    role: str = ""
    command: str = ""
    rollback: str = ""
    when: tuple[Condition, ...] = ()
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Runbook:
    """`trigger` says what calls for it."""

    purpose: str
    steps: tuple[Step, ...]
    trigger: str = ""
    attributes: tuple[Attribute, ...] = ()
