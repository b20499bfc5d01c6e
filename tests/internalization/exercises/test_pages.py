from __future__ import annotations

from seci.artifacts import services as artifacts
from seci.internalization import services as practice
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browsing import HOSTILE, come_as, sent, shown
from tests.cast import Actors
from tests.internalization.exercises.test_services import WORDS
from tests.internalization.practising import table
from tests.internalization.runs.conftest import CHECKLIST, RUNBOOK, latest


def test_a_drill_is_prepared_walked_and_told_on_its_pages(actors: Actors, db_: Database) -> None:
    made = artifacts.create(actors.dan, db_, "runbook", "Queue", RUNBOOK, context=FOR_ALL).id
    artifacts.publish(actors.dan, db_, made)
    assert "There are none yet" in shown(come_as(actors.bob), f"/artifacts/{made}/exercises/")
    assert "1 fault" in sent(come_as(actors.dan), f"/artifacts/{made}/exercises/prepare/", faults="1")
    bob = come_as(actors.bob)
    assert "What is wrong?" in sent(bob, f"/exercises/{latest(db_, 'exercise')}/begin/")
    walk = f"/exercises/walks/{latest(db_, 'walk')}/"
    sent(bob, walk, number=1, did="check")
    assert "not open here" in sent(bob, walk, number=2, did="works")
    page = sent(bob, walk, number=2, did="stop")
    assert "Goal not reached" in page
    assert "What was laid in" in page


def test_a_seeded_checklist_hides_its_defects_until_it_is_done(actors: Actors, db_: Database) -> None:
    made = artifacts.create(actors.dan, db_, "checklist", "Release", CHECKLIST, context=FOR_ALL).id
    artifacts.publish(actors.dan, db_, made)
    dan, bob = come_as(actors.dan), come_as(actors.bob)
    assert "one defect or more" in sent(dan, f"/artifacts/{made}/exercises/prepare/", scene="Release 7")
    sent(dan, f"/artifacts/{made}/exercises/prepare/", **{"scene": HOSTILE, "defect-c2": "never tried"})
    page = sent(bob, f"/exercises/{latest(db_, 'exercise')}/begin/")
    assert HOSTILE not in page
    assert "never tried" not in page
    walk = f"/exercises/walks/{latest(db_, 'walk')}/"
    sent(bob, walk, number=1, did="ok", value="c2")
    page = sent(bob, walk, number=2, did="stop")
    assert "never tried" in page
    assert "Called fine, and was not: “Is the way back tried?”" in page
    assert come_as(actors.carol).get(walk).status_code == 404


def test_an_explanation_is_written_read_and_told_on_its_pages(actors: Actors, db_: Database) -> None:
    made = artifacts.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id
    artifacts.publish(actors.dan, db_, made)
    practice.prepare(actors.dan, db_, made)
    ranked = "id,pattern,title,situation,options,key,kind\nr1,n5,Rank it,Which first?,use|hold,use,shadowbox"
    for file in (ranked, table(12).replace("arrives", "**arrives**")):
        practice.bring_file(actors.dan, db_, made, file)
    pattern = latest(db_, "pattern")
    dan, bob = come_as(actors.dan), come_as(actors.bob)
    page = shown(dan, f"/practice/patterns/{pattern}/explain/")
    assert "source is not backfill" in page
    assert "source is not backfill: use" not in page
    refused = dan.post(f"/practice/patterns/{pattern}/explain/", {"words": "Just look."})
    assert refused.status_code == 422
    assert "Just look." in refused.content.decode()
    assert "Waiting for a reader" in sent(dan, f"/practice/patterns/{pattern}/explain/", words=WORDS)
    told = latest(db_, "explanation")
    assert f"Explanation {told}" in shown(bob, "/practice/explanations/")
    page = shown(bob, f"/practice/explanations/{told}/")
    assert WORDS[:40] not in page
    assert "<strong>arrives</strong>" in page
    assert "Rank it" not in page
    keys = db_.rows("SELECT case_id, option FROM internalization_key")
    assert "Decide case 1 of 8" in sent(bob, f"/practice/explanations/{told}/")
    page = sent(bob, f"/practice/explanations/{told}/", **{f"case-{case}": "use" for case, _ in keys})
    assert WORDS[:40] in page
    page = sent(bob, f"/practice/explanations/{told}/", **{f"case-{case}": key for case, key in keys})
    assert "The words carry the judgement" in page
    assert "n 8" in page
