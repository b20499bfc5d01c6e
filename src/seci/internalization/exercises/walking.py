"""Exercises of both kinds, walked through alike: acts go in, what is seen and what came of it come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seci.artifacts.bodies import Checklist, Runbook
from seci.internalization.exercises.access import Exercise
from seci.internalization.exercises.checklist_run import FINDINGS, Look, check
from seci.internalization.exercises.drill import Act, play, score
from seci.internalization.exercises.script import from_data
from seci.internalization.exercises.views import Spot
from seci.kit.errors import BadInput
from seci.kit.records import to_data

MOST_ACTS = 200
LONGEST = 2000
Acts = Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands. `over` after it was stopped."""

    scene: str
    seen: str
    at: str | None
    spots: tuple[Spot, ...]
    may: tuple[str, ...]
    causes: tuple[str, ...]
    over: bool


def replay(body: Runbook | Checklist, exercise: Exercise, acts: Acts) -> Place:
    """Where a walk stands after these acts. Raises BadInput for an act that is not open."""
    return _drill(body, exercise, acts) if isinstance(body, Runbook) else _checklist(body, exercise, acts)


def steps_named(body: Runbook | Checklist) -> dict[str, str]:
    """{id: what the artifact says there} of steps or items."""
    if isinstance(body, Runbook):
        return {step.id: step.action for step in body.steps}
    return {item.id: item.text for item in body.items}


def ended(body: Runbook | Checklist, exercise: Exercise, acts: Acts) -> tuple[dict[str, Any], float | None]:
    """(what came of it as plain data, its score 0 to 1 or None) of a walk that is over."""
    if isinstance(body, Runbook):
        script = from_data(body, exercise.script)
        _, drilled = play(body, script, [Act(did, value, at / 1000) for did, value, at in acts])
        laid = [{"step": one.step, "kind": one.kind, "sign": one.sign} for one in script.faults]
        return to_data(drilled) | {"cause": script.cause, "faults": laid}, score(drilled)
    checked = check(body, exercise.script["defects"], _looks(acts))
    return to_data(checked) | {"defects": exercise.script["defects"], "clean": checked.is_clean}, checked.score


def read_defects(body: Checklist, scene: str, defects: Mapping[str, str]) -> dict[str, Any]:
    """The script of a seeded checklist. Raises BadInput with what to mend."""
    if not scene.strip():
        raise BadInput("Describe what the checklist is used on: the release, the table, the dashboard.")
    if not defects or any(not words.strip() for words in defects.values()):
        raise BadInput("Lay in one defect or more, each with what is wrong there.")
    check(body, defects, [])
    return {"scene": scene.strip()[:LONGEST], "defects": {item: words.strip()[:400] for item, words in defects.items()}}


def _drill(body: Runbook, exercise: Exercise, acts: Acts) -> Place:
    script = from_data(body, exercise.script)
    scene, _ = play(body, script, [Act(did, value, at / 1000) for did, value, at in acts])
    spots = tuple(
        Spot(step.id, step.action, step.expect, "now" if step.id == scene.at else "open") for step in body.steps
    )
    return Place(script.scene, scene.seen, scene.at, spots, scene.may, script.causes, not scene.may)


def _checklist(body: Checklist, exercise: Exercise, acts: Acts) -> Place:
    over = bool(acts) and acts[-1][0] == "stop"
    if any(did == "stop" for did, _, _ in acts[:-1]):
        raise BadInput("This one is over; begin another.")
    looks = _looks(acts)
    check(body, exercise.script["defects"], looks)
    said = {look.item: look.found for look in looks}
    spots = tuple(Spot(item.id, item.text, state=said.get(item.id, "open")) for item in body.items)
    return Place(exercise.script["scene"], "", None, spots, () if over else (*FINDINGS, "stop"), (), over)


def _looks(acts: Acts) -> list[Look]:
    return [Look(value, did, at / 1000) for did, value, at in acts if did != "stop"]  # type: ignore[arg-type]
