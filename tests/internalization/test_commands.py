"""Practice and what accompanies it from the terminal, over REST and for agents: the same words at every door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click import Command
from click.testing import CliRunner
from django.db import connection

from seci.accounts import door
from seci.accounts.tools import named
from seci.artifacts import services as artifacts
from seci.internalization.coaching.commands import mentoring
from seci.internalization.commands import practice
from seci.internalization.exercises.commands import exercises
from seci.internalization.proposals import tools
from seci.internalization.proposals.commands import proposals
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Conflict
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.cast import Actors
from tests.internalization.practising import table
from tests.internalization.test_rest import signed

RANKED = "id,pattern,title,situation,options,kind\nr1,n2,The lag grows,The lag grows,wait|call|roll back,shadowbox\n"


@pytest.fixture
def house(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> Database:
    database = of_django(connection)
    monkeypatch.setattr(door, "database", lambda: database)
    return database


@pytest.fixture
def made(actors: Actors, house: Database) -> int:
    """Dan's published tree."""
    found = artifacts.create(actors.dan, house, "decision_tree", "T", tree(), context=FOR_ALL, claims=[claim()]).id
    artifacts.publish(actors.dan, house, found)
    return found


def told(command: Command, *words: object, text: str = "") -> str:
    done = CliRunner().invoke(command, [str(word) for word in words], input=text, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def data(command: Command, *words: object) -> Any:
    return json.loads(told(command, *words, "--json"))


def test_practice_is_prepared_and_gone_through_in_the_terminal(
    actors: Actors, house: Database, made: int, tmp_path: Path
) -> None:
    file = tmp_path / "cases.csv"
    file.write_text(table() + "\nn9,broken,row")
    assert "n5" in told(practice, "prepare", made)
    brought = data(practice, "import", made, file)
    assert (brought["new"], len(brought["faults"])) == (24, 1)
    with pytest.raises(BadInput, match="who sits here"):
        told(practice, "begin", made)
    assert "2 patterns" in told(practice, "begin", made, "--as", actors.bob.person)
    waiting = data(practice, "--as", actors.bob.person)
    round_, case = waiting["round"]["id"], waiting["case"]
    assert case["answer"] == ""
    who = ("--round", round_, "--as", actors.bob.person)
    answer = data(practice, "commit", case["case"], "use", *who)
    assert answer["option"] == "use"
    assert answer["right"] == (answer["key"] == "use")
    with pytest.raises(Conflict, match="first answer counts"):
        told(practice, "commit", case["case"], "hold", *who)
    assert data(practice, "results", "--as", actors.bob.person)["attempts"] == 1
    # Against the clock, somebody comes in first: the answer, then the case.
    house.run("UPDATE internalization_standing SET level = 4, placed = 4, since = 1")
    house.run("UPDATE internalization_round SET state = 'finished'")
    said = told(practice, "--more", "--as", actors.bob.person, text="1\n1\n5\nnulls\n4711\n\n" * 12)
    assert "Keep" in said
    timed = "SELECT COUNT(*) FROM internalization_attempt WHERE limit_ms IS NOT NULL"
    assert house.rows(timed)[0][0] >= 4
    assert house.rows(f"{timed} AND card_answer IS NULL") == house.rows(f"{timed} AND kept_number IS NULL") == [(0,)]


def test_rankings_plays_mentors_notes_paths_and_proposals_in_the_terminal(
    actors: Actors, house: Database, made: int, tmp_path: Path
) -> None:
    bob, carol, dan, alice, erin = (
        one.person for one in (actors.bob, actors.carol, actors.dan, actors.alice, actors.erin)
    )
    (tmp_path / "ranked.csv").write_text(RANKED)
    (tmp_path / "cases.csv").write_text(table(9))
    told(practice, "prepare", made)
    told(practice, "import", made, tmp_path / "ranked.csv")
    told(practice, "import", made, tmp_path / "cases.csv")
    [case] = [one for (one,) in house.rows("SELECT id FROM internalization_practicecase WHERE kind = 'shadowbox'")]
    order = [word for one in ("call", "wait", "roll back") for word in ("--rank", one)]
    for expert in (alice, erin):
        told(practice, "panel", made, "--case", case, *order, "--reason", "the pager", "--as", expert)
    page = data(exercises, "rank", made, "--order", "1,2,3", "--words", "lag", "--as", bob)
    assert (page["step"], page["told"]["order"]) == ("revise", ["call", "wait", "roll back"])
    assert "2 experts" in told(exercises, "rank", made, "--order", "2,1,3", "--words", "theirs", "--as", bob)
    play = data(exercises, "play", made, carol, dan, "--as", bob)["id"]
    assert data(exercises, "plays", "--as", carol)[0]["part"] == "counterpart"
    form = data(exercises, "plays", play, "--as", dan)["form"]
    ticks = [word for item in form for word in ("--tick", f"{item['id']}=seen")]
    assert f"{len(form)} of {len(form)} seen" in told(exercises, "observe", play, *ticks, "--as", dan)
    named_ = data(mentoring, "name", made, carol, "--as", bob)["id"]
    assert "mentor" in told(mentoring, "list", "--as", bob)
    assert told(mentoring, "answers", named_, "--as", carol)
    assert "Ended" in told(mentoring, "agree", named_, "--end", "--as", bob)
    said = ("--expected", "a", "--happened", "b", "--because", "c", "--next-time", "d")
    assert "Kept" in told(mentoring, "note", *said, "--as", bob)
    assert data(mentoring, "note", "--list", "--as", bob)[0]["next_time"] == "d"
    assert "See" in told(mentoring, "path", "engineer", "--as", bob)
    assert data(mentoring, "easy-days", 5, 6, "--as", bob) == {"easy": [5, 6]}
    assert "No address" in told(mentoring, "calendar", "--off", "--as", bob)
    assert told(mentoring, "remarks", "--as", bob) == ""
    number = data(proposals, "step", made, bob, 1, "--reason", "three exercises", "--as", dan)["id"]
    assert "supervised" in told(proposals, "list", "--as", dan)
    assert "your own decision" in told(proposals, "confirm", number, "--as", dan)


def test_the_same_over_rest_and_an_agent_proposes(actors: Actors, house: Database, made: int, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(table())
    told(practice, "prepare", made)
    told(practice, "import", made, tmp_path / "cases.csv")
    bob, carol = signed(actors.bob), signed(actors.carol)

    def send(client: Any, path: str, **given: object) -> Any:
        answer = client.post(f"/api/v1/{path}", json.dumps(given), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return answer.json()

    send(bob, f"practice/begin/{made}")
    round_ = send(bob, "practice/today")["id"]
    case = send(bob, f"practice/rounds/{round_}/next")
    told_ = send(bob, f"practice/rounds/{round_}/cases/{case['case']}", option="use")
    mentor = send(bob, "mentors", artifact=made, mentor=actors.carol.person)["id"]
    [answer] = carol.get(f"/api/v1/mentors/{mentor}/answers").json()["answers"]
    assert answer["attempt"] == told_["attempt"]
    send(carol, f"practice/attempts/{answer['attempt']}/remarks", words="look at the source")
    assert bob.get(f"/api/v1/practice/attempts/{answer['attempt']}/remarks").json()[0]["words"] == "look at the source"
    assert signed(actors.dan).get(f"/api/v1/mentors/{mentor}/answers").status_code == 404
    assert bob.delete(f"/api/v1/mentors/{mentor}").status_code == 200
    send(bob, "practice/notes", expected="a", happened="b", because="c", next_time="d")
    path = send(bob, "practice/paths", role="engineer")["id"]
    assert len(bob.get("/api/v1/practice/paths").json()[0]["needs"]) == 4
    assert bob.delete(f"/api/v1/practice/paths/{path}").status_code == 200
    play = send(bob, f"artifacts/{made}/plays", counterpart=actors.carol.person, observer=actors.dan.person)["id"]
    assert carol.get(f"/api/v1/plays/{play}").json()["part"] == "counterpart"
    assert signed(actors.erin).get(f"/api/v1/plays/{play}").status_code == 404
    assert bob.post(f"/api/v1/artifacts/{made}/rankings", content_type="application/json").status_code == 409
    assert tools
    step = {"artifact": made, "person": actors.bob.person, "rung": 1, "reason": "three exercises"}
    drafted = named("propose_step").call(actors.dan, house, step)
    assert drafted["confirmed_at"] == "/practice/proposals/"
    assert signed(actors.dan).get("/api/v1/proposals").json()[0]["proposal"]["kind"] == "promote"
    assert house.rows("SELECT COUNT(*) FROM internalization_promotion") == [(0,)]
