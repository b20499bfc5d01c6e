from __future__ import annotations

from dataclasses import replace

import pytest

from seci.artifacts import queries
from seci.artifacts import services as artifacts
from seci.artifacts.bodies import Tree
from seci.artifacts.markdown import to_markdown
from seci.internalization.challenges import services as challenges
from seci.internalization.runs import services
from seci.internalization.runs.access import get_run
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browsing import HOSTILE, come_as, sent, shown
from tests.cast import Actors
from tests.internalization.runs.conftest import CHECKLIST, RUNBOOK, latest


@pytest.fixture
def judged(actors: Actors, db_: Database) -> int:
    return artifacts.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id


def test_a_decision_is_made_on_the_page_before_the_artifact_says_anything(
    actors: Actors, db_: Database, judged: int
) -> None:
    bob = come_as(actors.bob)
    assert "Use it on a task" in shown(bob, f"/artifacts/{judged}/")
    assert "You see it, and so do whoever answers" in shown(bob, f"/artifacts/{judged}/run/")
    assert "Say how much" in sent(bob, f"/artifacts/{judged}/run/", task="orders", pressure="")
    page = sent(bob, f"/artifacts/{judged}/run/", task=HOSTILE, pressure="2", link="T-1")
    run = latest(db_, "run")
    assert "What do you decide?" in page
    assert HOSTILE not in page
    sent(bob, f"/runs/{run}/move/", number=1, did="fact", node="nulls", value="9")
    page = sent(bob, f"/runs/{run}/move/", number=2, did="decide", value="use")
    assert "The artifact says" not in page
    page = sent(bob, f"/runs/{run}/end/", act="finish", went="")
    assert "The artifact says hold" in page
    assert "on real work" in shown(bob, f"/artifacts/{judged}/run/")
    assert get_run(actors.bob, db_, run).said == "hold"


def test_a_runbook_is_stepped_and_left_with_a_reason_on_the_page(actors: Actors, db_: Database) -> None:
    made = artifacts.create(actors.dan, db_, "runbook", "Queue", RUNBOOK, context=FOR_ALL).id
    bob = come_as(actors.bob)
    assert "It did not" in sent(bob, f"/artifacts/{made}/run/", task="alarm", pressure="3")
    run = latest(db_, "run")
    assert "Restart one worker" in sent(bob, f"/runs/{run}/move/", number=1, did="failed", node="s1")
    assert "Say why" in sent(bob, f"/runs/{run}/end/", act="leave", reason="")
    assert "the disk was full" in sent(bob, f"/runs/{run}/end/", act="leave", reason="the disk was full", went="good")
    assert "it was left, and that went well" in shown(bob, "/challenges/")


def test_strangers_and_others_do_not_see_a_run(actors: Actors, db_: Database) -> None:
    made = artifacts.create(actors.dan, db_, "checklist", "Release", CHECKLIST, context=FOR_ALL).id
    run = services.start(actors.bob, db_, made, "release", "alone").id
    shown(come_as(actors.carol), f"/runs/{run}/", 404)
    shown(come_as(actors.mallory), f"/runs/{run}/", 403)
    assert "Is the way back tried?" in shown(come_as(actors.dan), f"/runs/{run}/")
    assert "Before" not in shown(come_as(actors.carol), "/runs/")


def test_this_is_wrong_is_beside_each_node_and_the_owner_amends_it(actors: Actors, db_: Database, judged: int) -> None:
    bob, dan = come_as(actors.bob), come_as(actors.dan)
    assert f"/artifacts/{judged}/challenge/?node=n2" in shown(bob, f"/artifacts/{judged}/")
    assert "May this table" in shown(bob, f"/artifacts/{judged}/challenge/", node="n2")
    page = sent(bob, f"/artifacts/{judged}/challenge/", node="n2", sentence=HOSTILE, change="use")
    asked = latest(db_, "challenge")
    assert HOSTILE not in page
    assert "It waits for whoever answers" in page
    page = shown(dan, f"/challenges/{asked}/")
    assert "Amend" in page
    text = written(actors, db_, judged, tree())
    said = {"resolution": "amend", "reason": "so it is", "base": 1}
    assert "changes no node" in sent(dan, f"/challenges/{asked}/decide/", **said, text=text)
    assert "Give the reason" in sent(dan, f"/challenges/{asked}/decide/", resolution="uphold", reason=" ")
    better = written(actors, db_, judged, tree(outcome="use")).replace("\n", "\r\n")
    assert "Amended" in sent(dan, f"/challenges/{asked}/decide/", **said, text=better)
    assert "so it is" in shown(bob, f"/challenges/{asked}/")


def written(actors: Actors, db: Database, artifact: int, body: Tree) -> str:
    return to_markdown(replace(queries.content(actors.dan, db, artifact), body=body))


def test_a_step_on_the_ladder_is_decided_on_the_page(actors: Actors, db_: Database, judged: int) -> None:
    run = services.start(actors.bob, db_, judged, "orders", "exercise").id
    services.move(actors.bob, db_, run, 1, "decide", value="use")
    services.finish(actors.bob, db_, run)
    dan = come_as(actors.dan)
    assert "3 exercises: 1" in shown(dan, f"/artifacts/{judged}/run/")
    said = {"person": actors.bob.person, "rung": 1}
    assert "does not carry" in sent(dan, f"/artifacts/{judged}/ladder/", **said)
    assert "supervised" in sent(dan, f"/artifacts/{judged}/ladder/", **said, reason="seen at work")
    assert challenges.look(actors.dan, db_, judged) == ()
