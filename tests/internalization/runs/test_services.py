from __future__ import annotations

import pytest

from seci.internalization.runs import services
from seci.internalization.runs.access import get_run
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.internalization.runs.conftest import FACILITATOR, GUEST, LEARNER, OTHER, OWNER, House


def events(house: House, artifact: int) -> list[tuple[str, int, float | None, int | None, int | None]]:
    """(kind, revision, score, pressure, aid) of what happened with an artifact after it was written."""
    rows = house.db.rows(
        "SELECT e.kind, e.revision, o.score, o.pressure, o.aid FROM ledger_event e LEFT JOIN ledger_outcome o "
        "ON o.event_id = e.seq WHERE e.artifact = ? ORDER BY e.seq",
        [artifact],
    )
    return [(Kind(kind).name.lower(), *rest) for kind, *rest in rows][1:]


def decide(house: House, option: str, pressure: str = "alone", *, look: bool = False, nulls: str = "9") -> int:
    run = services.start(LEARNER, house.db, house.tree, "orders of May", pressure).id
    services.move(LEARNER, house.db, run, 1, "fact", node="nulls", value=nulls)
    services.move(LEARNER, house.db, run, 2, "look" if look else "fact", node="" if look else "source", value="")
    services.move(LEARNER, house.db, run, 3, "decide", value=option)
    return run


def test_a_decision_on_real_work_lands_in_the_ledger_with_its_pressure_and_aid(house: House) -> None:
    run = services.finish(LEARNER, house.db, decide(house, "hold"))
    assert (run.state, run.decided, run.said, run.looks) == ("done", "hold", "hold", 0)
    assert events(house, house.tree) == [("apply", 1, None, 2, 0)]
    services.finish(LEARNER, house.db, decide(house, "hold", "incident", look=True), went="good")
    assert events(house, house.tree)[1] == ("incident", 1, 1.0, 3, 1)


def test_asking_somebody_is_recorded_and_is_the_aid(house: House) -> None:
    run = services.start(LEARNER, house.db, house.tree, "orders", "supervised").id
    services.move(LEARNER, house.db, run, 1, "consult", other=4, note="is the stream late?")
    services.move(LEARNER, house.db, run, 2, "decide", value="use")
    assert services.finish(LEARNER, house.db, run).consulted
    assert events(house, house.tree) == [("apply", 1, None, 1, 2)]


def test_a_checklist_is_ticked_resumed_and_tells_what_was_left_open(house: House) -> None:
    run = services.start(LEARNER, house.db, house.checklist, "release 7", "alone", link="ABC-12").id
    services.move(LEARNER, house.db, run, 1, "tick", node="c2", note="run 81")
    course = services.move(LEARNER, house.db, run, 2, "tick", node="c2", note="run 81")
    assert (course.open, course.share, course.breaches) == (("c1",), 0.5, ("c2 before c1",))
    done = services.finish(LEARNER, house.db, run)
    assert (done.decided, done.result["open"]) == ("incomplete", ["c1"])
    assert events(house, house.checklist) == [("apply", 1, 0.5, 2, 1)]


def test_the_same_move_sent_twice_counts_once_and_another_one_is_refused(house: House) -> None:
    run = services.start(LEARNER, house.db, house.checklist, "release 7", "exercise").id
    services.move(LEARNER, house.db, run, 1, "tick", node="c1")
    assert services.move(LEARNER, house.db, run, 1, "tick", node="c1").open == ("c2",)
    with pytest.raises(Conflict):
        services.move(LEARNER, house.db, run, 1, "tick", node="c3")
    with pytest.raises(Conflict):
        services.move(LEARNER, house.db, run, 5, "tick", node="c3")
    assert services.move(LEARNER, house.db, run, 2, "back").open == ("c1", "c2")


def test_a_runbook_that_was_left_with_a_good_end_becomes_a_challenge(house: House) -> None:
    run = services.start(LEARNER, house.db, house.runbook, "alarm 12", "incident").id
    services.move(LEARNER, house.db, run, 1, "failed", node="s1")
    with pytest.raises(BadInput, match="Say why"):
        services.leave(LEARNER, house.db, run, " ")
    services.leave(LEARNER, house.db, run, "the disk was full, I cleared it", went="good")
    rows = house.db.rows("SELECT node, trigger, challenger_id, run FROM internalization_challenge")
    assert rows == [("s2", "bypass", 5, run)]
    assert [kind for kind, *_ in events(house, house.runbook)] == ["incident", "challenge"]


def test_what_turned_out_badly_although_it_was_followed_is_held_against_the_artifact_and_nobody(house: House) -> None:
    run = services.finish(LEARNER, house.db, decide(house, "hold")).id
    services.turned_out(LEARNER, house.db, run, "bad")
    services.turned_out(LEARNER, house.db, run, "bad")
    assert house.db.rows("SELECT trigger, challenger_id FROM internalization_challenge") == [("outcome", None)]
    with pytest.raises(Conflict):
        services.turned_out(LEARNER, house.db, run, "good")


def test_an_exercise_challenges_nothing(house: House) -> None:
    services.finish(LEARNER, house.db, decide(house, "use", "exercise"), went="good")
    assert house.db.rows("SELECT id FROM internalization_challenge") == []
    assert events(house, house.tree)[0][0] == "simulate"


def test_runs_are_read_by_whoever_did_them_and_whoever_answers_for_the_artifact(house: House) -> None:
    run = decide(house, "hold")
    assert get_run(OWNER, house.db, run).id == get_run(FACILITATOR, house.db, run).id == run
    with pytest.raises(NotFound):
        get_run(OTHER, house.db, run)
    with pytest.raises(Refused):
        services.start(GUEST, house.db, house.tree, "orders", "alone", person=5)
    with pytest.raises(Refused, match="go on"):
        services.finish(OWNER, house.db, run)


def test_nobody_reviews_themselves_and_a_sampled_run_is_judged_before_it_is_seen(house: House) -> None:
    runs = [services.finish(LEARNER, house.db, decide(house, "use")) for _ in range(12)]
    blind = next(run for run in runs if run.is_sampled)
    seen = next(run for run in runs if not run.is_sampled)
    with pytest.raises(Refused, match="own decision"):
        services.review(LEARNER, house.db, seen.id, upheld=True)
    with pytest.raises(Refused, match="Judge this task first"):
        get_run(OWNER, house.db, blind.id)
    with pytest.raises(BadInput, match="Decide use, hold"):
        services.review(OWNER, house.db, blind.id, upheld=True)
    services.review(OWNER, house.db, blind.id, decision="Hold")
    assert get_run(OWNER, house.db, blind.id).decided == "use"
    services.review(OWNER, house.db, seen.id, upheld=True)
    rows = house.db.rows("SELECT is_blind, upheld FROM internalization_review ORDER BY id")
    assert [tuple(map(bool, row)) for row in rows] == [(True, False), (False, True)]
    with pytest.raises(Conflict):
        services.review(OWNER, house.db, seen.id, upheld=True)


def test_a_step_the_evidence_does_not_carry_needs_a_reason_and_nobody_steps_by_themselves(house: House) -> None:
    with pytest.raises(BadInput, match="does not carry"):
        services.promote(OWNER, house.db, house.tree, 5, 1)
    with pytest.raises(Refused):
        services.promote(OTHER, house.db, house.tree, 5, 1, reason="friend")
    with pytest.raises(Refused):
        services.promote(OWNER, house.db, house.tree, 4, 3, reason="mine")
    services.promote(OWNER, house.db, house.tree, 5, 3, reason="she wrote it")
    assert events(house, house.tree) == [("own", 1, None, None, None)]
    with pytest.raises(Conflict):
        services.promote(OWNER, house.db, house.tree, 5, 3, reason="again")


def test_bad_beginnings_are_refused_in_a_sentence(house: House) -> None:
    for artifact, task, pressure, link in (
        (house.tree, " ", "alone", ""),
        (house.tree, "orders", "huge", ""),
        (house.tree, "orders", "alone", "javascript:alert(1)"),
    ):
        with pytest.raises(BadInput):
            services.start(LEARNER, house.db, artifact, task, pressure, link=link)
    run = services.start(LEARNER, house.db, house.tree, "orders", "alone").id
    for did, node, value in (
        ("tick", "c1", ""),
        ("fact", "nothing", "1"),
        ("decide", "", "maybe"),
        ("look", "n99", ""),
    ):
        with pytest.raises(BadInput):
            services.move(LEARNER, house.db, run, 1, did, node=node, value=value)
    with pytest.raises(Conflict, match="Decide first"):
        services.finish(LEARNER, house.db, run)
