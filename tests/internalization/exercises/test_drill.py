from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import Runbook, Step
from seci.internalization.exercises.drill import Act, Drilled, Scene, play, score
from seci.internalization.exercises.script import FAULTS, Fault, Script, from_data, generate, problems, to_data
from seci.kit.errors import BadInput
from seci.kit.ids import seeded

RUNBOOK = Runbook(
    "Bring the feed back",
    (
        Step("stop", "Stop the writers", expect="no writes for a minute"),
        Step("restart", "Restart the broker", expect="the broker answers", on_failure="page", escalate="platform duty"),
        Step("replay", "Replay the last hour", expect="the lag is zero"),
        Step("page", "Tell the owners"),
    ),
    trigger="The feed stands still",
)
CAUSES = ("the broker is locked", "the disk is full")


def script(*faults: Fault, escalate: str = "") -> Script:
    return Script("The feed stands still since four.", faults, CAUSES, CAUSES[0], escalate)


DENIED = Fault("restart", "missing_access", "permission denied")
FALSE = Fault("replay", "misleading_metric", "the table is empty")
WRONG = Fault("stop", "runbook_wrong", "a backfill is writing right now", harm="the backfill broke off")


def went(one: Script, *deeds: str) -> tuple[Scene, Drilled]:
    acts = [Act(deed.split(":")[0], deed.partition(":")[2], at=10.0 * place) for place, deed in enumerate(deeds, 1)]
    return play(RUNBOOK, one, acts)


def test_missing_access_is_met_told_to_the_runbook_and_called_in_time() -> None:
    scene, drilled = went(
        script(DENIED, escalate="restart"),
        "do", "works", "do", "fails", f"diagnose:{CAUSES[0]}", "call", "do", "works", "stop",
    )  # fmt: skip
    assert scene.at is None
    assert drilled.goal
    assert (drilled.diagnosis, drilled.escalation) == (50.0, "in time")
    assert score(drilled) == 1.0


def test_a_signal_that_is_believed_though_it_misleads_misses_the_goal() -> None:
    blind = went(script(FALSE), "do", "works", "do", "works", "do", "works", "do", "works", "stop")[1]
    assert (blind.goal, blind.deceived) == (False, ("replay",))
    scene, _ = went(script(FALSE), "do", "works", "do", "works", "do", "check")
    assert scene.seen == "the table is empty"
    seen = went(script(FALSE), "do", "works", "do", "works", "do", "check", "fails", "stop")[1]
    assert seen.goal
    assert not seen.deceived


def test_where_the_runbook_is_wrong_leaving_it_is_right_and_following_it_does_harm() -> None:
    scene, followed = went(script(WRONG), "do")
    assert scene.seen == "the backfill broke off"
    assert followed.harmful == ("stop",)
    assert score(followed) == 0
    steps = ("do", "works") * 3
    left = went(script(WRONG), "check", "leave_out", *steps, "stop")[1]
    assert left.goal
    assert left.left_rightly == ("stop",)
    hasty = went(script(FALSE), "leave_out", "do", "works", "do", "check", "fails", "stop")[1]
    assert hasty.left == ("stop",)
    assert not hasty.goal


@pytest.mark.parametrize(
    ("deeds", "found"),
    [
        (("call",), "early"),
        (("do", "works", "do", "check", "check", "check", "check", "call"), "late"),
        (("do", "works", "do", "fails", "stop"), "missing"),
        (("do", "works", "stop"), "not needed"),
    ],
)
def test_a_call_is_early_late_or_missing_by_the_fault_that_calls_for_it(deeds: tuple[str, ...], found: str) -> None:
    assert went(script(DENIED, escalate="restart"), *deeds)[1].escalation == found


def test_wrong_diagnoses_before_the_right_one_are_counted_and_none_is_confirmed_during_the_drill() -> None:
    scene, drilled = went(script(DENIED), f"diagnose:{CAUSES[1]}", f"diagnose:{CAUSES[0]}")
    assert (drilled.wrong, drilled.diagnosis) == (1, 20.0)
    assert scene.seen == f"Noted: {CAUSES[0]}."


@pytest.mark.parametrize(
    "deeds", [("works",), ("do", "do"), ("stop", "do"), ("call", "call"), ("diagnose:the moon",), ("sing",)]
)
def test_a_move_that_is_not_open_is_refused_with_those_that_are(deeds: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match=r"[Cc]hoose"):
        went(script(DENIED), *deeds)


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 3), st.data())
def test_any_walk_through_a_generated_drill_stays_open_until_it_is_stopped(
    seed: int, count: int, data: st.DataObject
) -> None:
    made = generate(RUNBOOK, seeded(seed), count)
    assert problems(RUNBOOK, made) == []
    assert len(made.faults) == count
    assert from_data(RUNBOOK, to_data(made)) == made
    acts: list[Act] = []
    for place in range(12):
        scene, drilled = play(RUNBOOK, made, acts)
        assert scene.may
        # Harm comes of a step that was taken where the runbook was wrong, and of nothing else.
        assert not drilled.harmful or any(act.did == "do" for act in acts)
        assert not (drilled.goal and drilled.harmful)
        deed = data.draw(st.sampled_from(scene.may))
        acts.append(Act(deed, made.cause if deed == "diagnose" else "", at=float(place)))
        if deed == "stop":
            break
    assert play(RUNBOOK, made, [*acts, *([] if acts[-1].did == "stop" else [Act("stop")])])[0].may == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"scene": ""}, "scene"),
        ({"faults": []}, "1 to 3 faults"),
        ({"cause": "the moon"}, "two causes"),
        ({"escalate": "page"}, "name the step"),
        ({"faults": [{"step": "gone", "kind": "missing_access", "sign": "x"}]}, "no step 'gone'"),
        ({"faults": [{"step": "stop", "kind": "gremlin", "sign": "x"}]}, "is no fault"),
        ({"faults": [{"step": "stop", "kind": "missing_access"}]}, "sign"),
        ({"faults": 3}, "A drill has"),
    ],
)
def test_a_script_that_cannot_be_drilled_is_refused_with_what_to_mend(changed: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_data(RUNBOOK, to_data(script(DENIED)) | changed)


def test_more_faults_than_steps_are_refused() -> None:
    with pytest.raises(BadInput, match="takes 1 to 1"):
        generate(Runbook("Turn it off", RUNBOOK.steps[:1]), seeded(1), len(FAULTS))
