"""Runs and challenges from the terminal, over REST and for agents: the same words at every door."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from seci.accounts.tools import named
from seci.artifacts import services as artifacts
from seci.internalization.challenges import tools as challenge_tools
from seci.internalization.challenges.commands import challenges
from seci.internalization.runs import tools
from seci.internalization.runs.commands import run, runs
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.cast import Actors
from tests.internalization.runs.conftest import CHECKLIST, latest


@pytest.fixture
def judged(actors: Actors, db_: Database) -> int:
    return artifacts.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id


def told(command: object, *words: object, text: str = "") -> str:
    done = CliRunner().invoke(command, [str(word) for word in words], input=text, catch_exceptions=False)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    return done.output


def test_a_tree_is_used_in_the_terminal_fact_by_fact_with_a_look_and_a_step_back(
    actors: Actors, db_: Database, judged: int
) -> None:
    person = str(actors.bob.person)
    said = told(run, judged, "--as", person, text="orders\nalone\n9\n<\n7,5\nstream\n?\nuse\n")
    assert "hold, because" in said
    number = latest(db_, "run")
    assert f"run {number} done: use" in said
    assert "The artifact says hold" in said
    page = json.loads(told(runs, "show", number, "--json"))
    assert (page["run"]["looks"], page["run"]["pressure"]) == (1, 2)
    assert "orders" in told(runs, "list")
    assert "turned" not in told(runs, "went", number, "good")
    assert "outcome" in told(challenges, "list", "--json")


def test_a_checklist_rests_and_is_taken_up_again(actors: Actors, db_: Database) -> None:
    made = artifacts.create(actors.dan, db_, "checklist", "Release", CHECKLIST, context=FOR_ALL).id
    begun = json.loads(told(run, made, "--task", "r7", "--pressure", "exercise", "--as", actors.bob.person, "--json"))
    assert "next is move 2" in told(runs, "move", begun["run"]["id"], 1, "tick", "--node", "c1")
    said = told(run, made, "--resume", begun["run"]["id"], text="run 81\n\n")
    assert f"run {begun['run']['id']} done: complete" in said
    assert "sandbox" in told(runs, "work", made)
    told(runs, "promote", made, actors.bob.person, "supervised", "--reason", "seen")
    assert "supervised" in told(runs, "work", made)


def test_a_challenge_is_raised_and_answered_in_the_terminal(actors: Actors, db_: Database, judged: int) -> None:
    told(challenges, "open", judged, "Nine percent is fine", "--node", "n2", "--as", actors.bob.person)
    asked = latest(db_, "challenge")
    assert "Nine percent is fine" in told(challenges, "show", asked)
    assert "0 new" in told(challenges, "look", judged)
    assert "uphold" in told(challenges, "decide", asked, "uphold", "--reason", "no")


def test_programs_and_agents_go_through_a_run_and_see_no_answer_before_the_decision(
    actors: Actors, db_: Database, judged: int
) -> None:
    assert tools
    assert challenge_tools
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actors.bob.account or 0))

    def send(path: str, **data: object) -> dict[str, object]:
        answer = client.post(f"/api/v1/{path}", json.dumps(data), content_type="application/json")
        assert answer.status_code == 200, answer.content
        found = answer.json()
        assert isinstance(found, dict)
        return found

    send(f"artifacts/{judged}/runs", task="orders", pressure="alone")
    number = latest(db_, "run")
    page = send(f"runs/{number}/moves/1", did="fact", node="nulls", value="9")
    assert page["course"]["said"] is None  # type: ignore[index]
    found = named("move_run").call(actors.bob, db_, {"run": number, "number": 2, "did": "decide", "value": "hold"})
    assert found["course"]["said"] is None
    assert send(f"runs/{number}/finish")["said"] == "hold"
    assert send(f"artifacts/{judged}/challenges", sentence="wrong", node="n2")["state"] == "open"
    assert len(client.get("/api/v1/challenges?state=open").json()["rows"]) == 1
    assert client.get("/api/v1/runs").json()["runs"][0]["decided"] == "hold"
    assert named("find_challenges").call(actors.bob, db_, {})["rows"]
