"""What goes wrong in a drill: a scene, and faults laid into the steps of a runbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from seci.artifacts.bodies import Runbook, Step
from seci.kit.errors import BadInput
from seci.kit.ids import Draw

FaultKind = Literal["missing_access", "misleading_metric", "runbook_wrong"]
FAULTS: dict[FaultKind, str] = {
    "missing_access": "the step cannot be taken: access is denied",
    "misleading_metric": "the signal comes although the step had no effect; a second source tells",
    "runbook_wrong": "here the step does harm; the scene tells whoever looks before acting",
}
MOST_FAULTS = 3
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault on a step.

    sign  what somebody sees who checks: the denial, the second source, what speaks against the step here
    harm  what happens when the step is taken though the runbook is wrong here
    """

    step: str
    kind: FaultKind
    sign: str
    harm: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """A drill on one runbook.

    scene     what is known at the beginning
    faults    at most one on each step
    causes    diagnoses to choose from, the first that was written need not be the right one
    cause     the right one
    escalate  id of the step from whose fault on somebody is to be called; empty: nobody need be
    """

    scene: str
    faults: tuple[Fault, ...]
    causes: tuple[str, ...]
    cause: str
    escalate: str = ""

    def fault(self, step: str) -> Fault | None:
        return next((one for one in self.faults if one.step == step), None)


def from_data(runbook: Runbook, data: Mapping[str, Any]) -> Script:
    """A script as written by an author, checked against the runbook. Raises BadInput with what to mend."""
    try:
        faults = tuple(
            Fault(str(row["step"]), row["kind"], str(row["sign"]), str(row.get("harm", ""))) for row in data["faults"]
        )
        script = Script(
            str(data["scene"]).strip()[:LONGEST], faults, tuple(str(one) for one in data["causes"]), str(data["cause"]),
            str(data.get("escalate", "")),
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            "A drill has scene, causes, cause and faults, each fault with step, kind and sign "
            f"({type(error).__name__} at {str(error)[:40]})."
        ) from None
    if faults_found := problems(runbook, script):
        raise BadInput(faults_found[0])
    return script


def to_data(script: Script) -> dict[str, Any]:
    return {
        "scene": script.scene, "causes": list(script.causes), "cause": script.cause, "escalate": script.escalate,
        "faults": [{"step": one.step, "kind": one.kind, "sign": one.sign, "harm": one.harm} for one in script.faults],
    }  # fmt: skip


def problems(runbook: Runbook, script: Script) -> list[str]:
    """What keeps a script from being drilled, a sentence each."""
    steps = [step.id for step in runbook.steps]
    laid = [fault.step for fault in script.faults]
    found = [f"The runbook has no step {name[:40]!r}; it has {', '.join(steps)}." for name in laid if name not in steps]
    found += [
        f"{one.kind!s:.30} is no fault; choose {', '.join(FAULTS)}." for one in script.faults if one.kind not in FAULTS
    ]
    if not script.scene:
        found.append("A drill begins with a scene: what somebody on duty would know.")
    if not 1 <= len(laid) <= MOST_FAULTS:
        found.append(f"A drill has 1 to {MOST_FAULTS} faults; this one has {len(laid)}.")
    if len(set(laid)) < len(laid):
        found.append("A step has one fault at most.")
    if any(not one.sign.strip() for one in script.faults):
        found.append("Every fault needs a sign: what somebody sees who checks.")
    if len(set(script.causes)) < 2 or script.cause not in script.causes:
        found.append("A drill has two causes or more to choose from, the right one among them.")
    if script.escalate and script.escalate not in laid:
        found.append("Somebody is to be called from a fault on; name the step of one.")
    return found


def generate(runbook: Runbook, draw: Draw, count: int = 1) -> Script:
    """A drill from the runbook alone: `count` faults (1 to 3, the ladder of difficulty) on drawn steps.

    The right cause is the first fault that a run meets. Raises BadInput for a runbook with fewer steps than faults.
    """
    if not 1 <= count <= min(MOST_FAULTS, len(runbook.steps)):
        raise BadInput(
            f"This runbook takes 1 to {min(MOST_FAULTS, len(runbook.steps))} faults; {count} were asked for."
        )
    steps = sorted(draw.sample(range(len(runbook.steps)), count))
    kinds = draw.sample(list(FAULTS), count)
    faults = tuple(_fault(runbook.steps[place], kind) for place, kind in zip(steps, kinds, strict=True))
    causes = [_cause(runbook.steps[place], kind) for place, kind in zip(steps, kinds, strict=True)]
    causes += [_cause(draw.choice(runbook.steps), kind) for kind in FAULTS if kind != kinds[0]]
    shown = list(dict.fromkeys(causes))
    draw.shuffle(shown)
    called = next((one.step for one in faults if one.kind == "missing_access"), "")
    trigger = runbook.trigger or runbook.purpose
    return Script(f"{trigger.strip().rstrip('.')}. You are on duty.", faults, tuple(shown), causes[0], called)


def _fault(step: Step, kind: FaultKind) -> Fault:
    match kind:
        case "missing_access":
            return Fault(step.id, kind, "Permission denied: your role may not do this.")
        case "misleading_metric":
            return Fault(step.id, kind, "A second source shows the state from before the step: nothing has changed.")
        case "runbook_wrong":
            sign = "What the step acts on is in use by another recovery right now."
            return Fault(step.id, kind, sign, "The other recovery broke off, and its data has to be restored.")


def _cause(step: Step, kind: FaultKind) -> str:
    words = {"missing_access": "access is missing for", "misleading_metric": "the signal is false after",
             "runbook_wrong": "the runbook does not fit here:"}[kind]  # fmt: skip
    return f"{words} “{step.action}”"


def difficulty(script: Script) -> float:
    """0 to 1: how many faults of the most there can be."""
    return len(script.faults) / MOST_FAULTS
