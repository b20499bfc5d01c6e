"""A runbook walked in a simulator whose steps do not always do what the runbook says.

Pure: the moves of a learner go in, what they see and how it went come out. The simulator branches as the runbook
does (`artifacts.running`), and knows what the runbook does not: which steps have effect here, and which do harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from seci.artifacts.bodies import Runbook
from seci.artifacts.running import Position, advance, begin
from seci.internalization.exercises.script import Script
from seci.kit.errors import BadInput

Did = Literal["check", "do", "works", "fails", "leave_out", "diagnose", "call", "stop"]
DEEDS: tuple[Did, ...] = ("check", "do", "works", "fails", "leave_out", "diagnose", "call", "stop")
# So many moves after the fault that calls for it, a call comes in time.
IN_TIME = 4

Escalation = Literal["in time", "late", "early", "missing", "not needed"]


@dataclass(frozen=True, slots=True)
class Act:
    """One move. `value` is the diagnosis, or why a step is left out. `at` in seconds since the start."""

    did: str
    value: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a drill stands.

    at          the step of the runbook in hand; None when the drill is over
    seen        what was seen after the last move
    done        whether the step in hand was taken already, so that its signal can be judged
    may         moves that are open
    """

    at: str | None
    seen: str
    done: bool
    may: tuple[Did, ...]


@dataclass(frozen=True, slots=True)
class Drilled:
    """How it went so far.

    goal        every fault met was dealt with, none was passed unseen, nothing was harmed
    harmful     steps taken that did harm
    deceived    steps whose signal was believed although they had no effect
    diagnosis   seconds to the first right diagnosis; None: not diagnosed. wrong: diagnoses before it that were not
    escalation  whether somebody was called, and at the right time
    left        steps left out: those where the runbook was wrong are right to be left out (`left_rightly`)
    """

    goal: bool
    harmful: tuple[str, ...]
    deceived: tuple[str, ...]
    diagnosis: float | None
    wrong: int
    escalation: Escalation
    left: tuple[str, ...]
    left_rightly: tuple[str, ...]
    ended: str


@dataclass(slots=True)
class _State:
    position: Position
    seen: str
    done: bool = False
    over: bool = False
    met: dict[str, int] = field(default_factory=dict)
    handled: set[str] = field(default_factory=set)
    harmful: list[str] = field(default_factory=list)
    deceived: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    diagnosis: float | None = None
    wrong: int = 0
    called: int | None = None
    ended: str = ""


def play(runbook: Runbook, script: Script, acts: Sequence[Act]) -> tuple[Scene, Drilled]:
    """Where a drill stands after these moves, and how it went so far.

    check      look at a second source, or at what a step would act on, before or after taking it
    do         take the step in hand
    works, fails  judge its signal, and go on as the runbook says
    leave_out  go on without taking the step
    diagnose   say what is wrong (one of the causes of the script)
    call       call for help, once; stop: end the drill

    Raises BadInput for a move that is not open.
    """
    state = _State(begin(runbook), script.scene)
    for number, act in enumerate(acts):
        if act.did not in _may(state):
            raise BadInput(f"{act.did[:20]!r} is not open here; choose {', '.join(_may(state)) or 'a new drill'}.")
        _apply(runbook, script, state, number, act)
    scene = Scene(None if state.over else state.position.at, state.seen, state.done, _may(state))
    return scene, _result(script, state, len(acts))


def _may(state: _State) -> tuple[Did, ...]:
    if state.over:
        return ()
    if state.position.at is None:
        steps: tuple[Did, ...] = ()
    else:
        steps = ("check", "works", "fails") if state.done else ("check", "do", "leave_out")
    call: tuple[Did, ...] = ("call",) if state.called is None else ()
    return (*steps, "diagnose", *call, "stop")


def _apply(runbook: Runbook, script: Script, state: _State, number: int, act: Act) -> None:
    match act.did:
        case "diagnose":
            _diagnose(script, state, act)
        case "call":
            state.called = number
            state.seen = "Help is on its way."
        case "stop":
            state.over, state.ended, state.seen = True, state.position.ended or "stopped", "The drill is over."
        case "check":
            _check(script, state, number)
        case "do":
            _do(runbook, script, state, number)
        case _:
            _go_on(runbook, script, state, act)


def _diagnose(script: Script, state: _State, act: Act) -> None:
    if act.value not in script.causes:
        raise BadInput(f"Choose one of the causes: {'; '.join(script.causes)}.")
    if state.diagnosis is None:
        if act.value == script.cause:
            state.diagnosis = act.at
        else:
            state.wrong += 1
    # Whether it was right is told after the drill.
    state.seen = f"Noted: {act.value}."


def _check(script: Script, state: _State, number: int) -> None:
    fault = script.fault(state.position.at or "")
    # Of a misleading signal nothing can be seen before the step was taken.
    if fault is None or (fault.kind == "misleading_metric" and not state.done):
        state.seen = "Nothing out of the ordinary."
        return
    state.met.setdefault(fault.step, number)
    state.seen = fault.sign


def _do(runbook: Runbook, script: Script, state: _State, number: int) -> None:
    step = next(one for one in runbook.steps if one.id == state.position.at)
    fault = script.fault(step.id)
    state.done = True
    state.seen = step.expect or "The step ran without a message."
    if fault is None:
        return
    state.met.setdefault(fault.step, number)
    if fault.kind == "missing_access":
        state.seen = fault.sign
    elif fault.kind == "runbook_wrong":
        state.seen = fault.harm or "The step did harm."
        if step.id not in state.harmful:
            state.harmful.append(step.id)


def _go_on(runbook: Runbook, script: Script, state: _State, act: Act) -> None:
    step = state.position.at or ""
    fault = script.fault(step)
    if act.did == "leave_out":
        state.left.append(step)
    if fault is not None:
        right = "leave_out" if fault.kind == "runbook_wrong" else "fails"
        if act.did == right:
            state.handled.add(step)
        elif act.did == "works" and fault.kind != "runbook_wrong" and step not in state.deceived:
            state.deceived.append(step)
    state.position = advance(runbook, state.position, "failed" if act.did == "fails" else "done")
    state.done = False
    state.seen = "" if state.position.at else f"The runbook ends here: {state.position.ended}."


def _result(script: Script, state: _State, moves: int) -> Drilled:
    wrong_here = {fault.step for fault in script.faults if fault.kind == "runbook_wrong"}
    unseen = [step for step in state.met if step not in state.handled]
    escalation = _escalation(script, state, moves)
    clean = not (state.harmful or state.deceived or unseen) and bool(state.handled)
    drilled = Drilled(
        goal=False, harmful=tuple(state.harmful), deceived=tuple(state.deceived), diagnosis=state.diagnosis,
        wrong=state.wrong, escalation=escalation, left=tuple(state.left),
        left_rightly=tuple(step for step in state.left if step in wrong_here), ended=state.ended,
    )  # fmt: skip
    called_for = escalation in ("in time", "late", "not needed")
    return replace(drilled, goal=state.over and clean and called_for and len(drilled.left) == len(drilled.left_rightly))


def _escalation(script: Script, state: _State, moves: int) -> Escalation:
    met = state.met.get(script.escalate) if script.escalate else None
    if state.called is None:
        return "missing" if met is not None and (state.over or moves - met > IN_TIME) else "not needed"
    if met is None or state.called < met:
        return "early"
    return "in time" if state.called - met <= IN_TIME else "late"


def score(drilled: Drilled) -> float:
    """0 to 1: the goal reached, diagnosed, called at the right time, each a third; nothing where harm was done."""
    if drilled.harmful:
        return 0.0
    parts = (drilled.goal, drilled.diagnosis is not None, drilled.escalation in ("in time", "not needed"))
    return sum(parts) / len(parts)
