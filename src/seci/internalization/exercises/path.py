"""Learning paths of four roles: what somebody can do at the end, and the evidence that shows it, with dates.

A path is a proposal of what to practise when. It is never late: a step without evidence is open, nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import DAY, Micros
from seci.kit.errors import BadInput

RoleName = Literal["engineer", "product_manager", "data_scientist", "mlops_engineer"]
Proof = Literal["round", "drill", "teach_back", "role_play", "cold", "pressure", "run", "delay", "reflection"]

PROOFS: dict[Proof, str] = {
    "round": "rounds of practice finished",
    "drill": "drills with faults brought to their goal",
    "teach_back": "explanations by which a reader could judge",
    "role_play": "role-plays observed",
    "cold": "pressure test, cold: met",
    "pressure": "pressure test, under time: met",
    "run": "uses on real work, without asking",
    "delay": "pressure test, a month later: met",
    "reflection": "reflection notes",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. `needs` is how much of which evidence; `week` when it would end."""

    name: str
    competence: str
    week: int
    needs: tuple[tuple[Proof, int], ...]


@dataclass(frozen=True, slots=True)
class Path:
    role: RoleName
    name: str
    target: str
    stages: tuple[Stage, ...]


PATHS: dict[RoleName, Path] = {
    "engineer": Path(
        "engineer", "Junior engineer", "Finds and mends faults of a service alone, and knows when to call.",
        (
            Stage("See", "Recognizes the usual situations from their signs", 2, (("round", 6),)),
            Stage("Do", "Walks the runbook, and notices where it does not fit", 4, (("drill", 3), ("reflection", 1))),
            Stage("Decide", "Judges unseen cases without the page", 6, (("cold", 1), ("teach_back", 1))),
            Stage("Own", "Does it on real work, under pressure", 12, (("run", 10), ("pressure", 1))),
        ),
    ),
    "product_manager": Path(
        "product_manager", "Product manager", "Weighs benefit, risk and readiness of a feature as the panel does.",
        (
            Stage("See", "Knows what experts look at before a release", 2, (("round", 6),)),
            Stage("Argue", "Holds a decision against pressing, for reasons", 4, (("role_play", 2), ("reflection", 1))),
            Stage("Decide", "Judges unseen cases without the page", 7, (("cold", 1), ("teach_back", 1))),
            Stage("Own", "Decides on real work, and is not overturned", 13, (("run", 10),)),
        ),
    ),
    "data_scientist": Path(
        "data_scientist", "Data scientist", "Smells what is wrong with data before a model learns it.",
        (
            Stage("See", "Recognizes anomalies from few signs", 2, (("round", 8),)),
            Stage("Explain", "Explains it so that others can judge by it", 4, (("teach_back", 2), ("reflection", 1))),
            Stage("Decide", "Judges unseen cases, also in a hurry", 8, (("cold", 1), ("pressure", 1))),
            Stage("Keep", "Still can a month later, and on real work", 14, (("delay", 1), ("run", 10))),
        ),
    ),
    "mlops_engineer": Path(
        "mlops_engineer", "MLOps engineer", "Brings a failing deployment back, and says when to roll back.",
        (
            Stage("See", "Tells false alarms from true ones", 2, (("round", 6),)),
            Stage("Drill", "Keeps to the goal when steps fail", 4, (("drill", 6), ("reflection", 2))),
            Stage("Decide", "Judges under time and interruption", 7, (("cold", 1), ("pressure", 1))),
            Stage("Own", "Leads incidents and hands on what was learned", 14, (("run", 10), ("teach_back", 1))),
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """`open` names what is still missing, in words; `until` is the day in view, in microseconds."""

    stage: Stage
    until: Micros
    have: tuple[tuple[Proof, int, int], ...]
    open: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        return not self.open


def path(role: str) -> Path:
    """Raises BadInput for a role without a path."""
    for name, found in PATHS.items():
        if name == role:
            return found
    raise BadInput(f"There are paths for {', '.join(PATHS)}; {role[:40]!r} has none.")


def progress(which: Path, begun: Micros, evidence: Mapping[str, int], *, pace: float = 1.0) -> tuple[Need, ...]:
    """The stages with their dates and what is there. Evidence counts for every stage that asks for it.

    evidence  how much there is of each proof since the path was begun
    pace      1 as written, 2 in twice the time. Raises BadInput outside .25 to 8
    """
    if not 0.25 <= pace <= 8:
        raise BadInput(f"The pace of a path goes from 0.25 to 8; {pace:g} is outside.")
    return tuple(_need(stage, begun, evidence, pace) for stage in which.stages)


def _need(stage: Stage, begun: Micros, evidence: Mapping[str, int], pace: float) -> Need:
    have = tuple((proof, evidence.get(proof, 0), wanted) for proof, wanted in stage.needs)
    missing = tuple(f"{wanted - count} more: {PROOFS[proof]}" for proof, count, wanted in have if count < wanted)
    return Need(stage, begun + round(stage.week * 7 * pace) * DAY, have, missing)
