from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from seci.artifacts import services as artifacts
from seci.internalization import services as practice
from seci.internalization import store
from seci.internalization.sittings import queries
from seci.kit.database import Database, of_django
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browsing import come_as, shown
from tests.cast import Actors
from tests.internalization.practising import table


def latest() -> int:
    """The sitting opened last; PostgreSQL goes on counting from test to test."""
    return int(of_django(connection).rows("SELECT MAX(id) FROM internalization_sitting")[0][0])


@pytest.fixture
def sealed(actors: Actors, db_: Database) -> int:
    """A published tree with fifty sealed cases that a panel of five has judged."""
    made = artifacts.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id
    artifacts.publish(actors.dan, db_, made)
    practice.prepare(actors.dan, db_, made)
    head, *lines = table(50).splitlines()
    practice.bring_file(actors.dan, db_, made, "\n".join([f"{head},pool", *(f"{line},sealed" for line in lines)]))
    rows = db_.rows("SELECT case_id, option FROM internalization_key")
    store.write_keys(db_, [(case, option, "panel", 0.8, 5, 1) for case, option in rows], 1)
    return made


def commit(client: Client, page: str, address: str) -> str:
    """Answers the case of a page as its panel did, and gives the next page."""
    case = re.search(r'name="case" value="(\d+)"', page)
    title = re.search(r"Case (\d+)</h2>", page)
    assert case is not None
    assert title is not None
    option = "hold" if int(title[1]) % 2 == 0 else "use"
    answer = client.post(address, {"case": case[1], "option": option, "sure": "90"}, follow=True)
    return answer.content.decode()


def test_a_gate_is_sat_on_pages_and_the_result_says_which_bound(actors: Actors, sealed: int) -> None:
    bob = come_as(actors.bob)
    page = shown(bob, f"/artifacts/{sealed}/gates/")
    assert "Sit the gate cold" in page
    assert "The gate cold comes first." in page
    answer = bob.post(f"/artifacts/{sealed}/gates/open/", {"gate": "cold", "profile": "light"}, follow=True)
    page, address = answer.content.decode(), answer.redirect_chain[-1][0]
    for left in range(24, 0, -1):
        assert f"{25 - left} of 24" in page
        assert "as the experts" not in page
        page = commit(bob, page, address)
    assert "Gate cold: met" in page
    assert "above 0.50 is asked" in page
    assert "A light test" in page
    assert "<b>Able</b>" in shown(bob, f"/artifacts/{sealed}/gates/")
    assert come_as(actors.erin).get(address).status_code == 404


def test_pages_say_in_one_sentence_what_does_not_go(actors: Actors, sealed: int) -> None:
    bob = come_as(actors.bob)
    for gate, sentence in (
        ("pressure", "The gate cold comes first."),
        ("transfer", "decisions on real work"),
        ("x", "There is no gate"),
    ):
        answer = bob.post(f"/artifacts/{sealed}/gates/open/", {"gate": gate, "profile": "light"}, follow=True)
        assert sentence in answer.content.decode()
    bob.post(f"/artifacts/{sealed}/gates/open/", {"gate": "cold", "profile": "light"})
    answer = bob.post(f"/sittings/{latest()}/", {"case": "999999", "option": "use"}, follow=True)
    assert "This case is sealed" in answer.content.decode()
    assert "not tested" in bob.post(f"/sittings/{latest()}/leave/", follow=True).content.decode()


def test_programs_sit_for_the_person_of_their_token_and_learn_nothing_before_the_end(
    actors: Actors, sealed: int
) -> None:
    bob = come_as(actors.bob)
    body = {"content_type": "application/json"}
    opened = bob.post(f"/api/v1/gates/{sealed}/cold", json.dumps({"profile": "light"}), **body).json()  # type: ignore[arg-type]
    assert opened["result"] is None
    case = bob.post(f"/api/v1/sittings/{latest()}/next", **body).json()  # type: ignore[arg-type]
    assert "key" not in case
    left = bob.post(f"/api/v1/sittings/{latest()}/cases/{case['case']}", json.dumps({"option": "use"}), **body)  # type: ignore[arg-type]
    assert left.json() == {"left": 23}
    refused = bob.post(f"/api/v1/sittings/{latest()}/cases/999999", json.dumps({"option": "use"}), **body)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "sealed")
    assert come_as(actors.erin).get("/api/v1/sittings/1").status_code == 404
    assert bob.post(f"/api/v1/sittings/{latest()}/leave", **body).json()["result"]["met"] is None  # type: ignore[arg-type]
    assert come_as(actors.erin).get(f"/api/v1/gates/{sealed}/states").json()["counts"] is None


@pytest.mark.django_db(transaction=True)
def test_the_terminal_sits_answers_and_tells(actors: Actors, db_: Database, sealed: int) -> None:
    from seci.internalization.sittings.commands import gates

    run = CliRunner().invoke
    who = str(actors.bob.person)
    first = json.loads(run(gates, ["sit", str(sealed), "cold", "--profile", "light", "--as", who, "--json"]).stdout)
    sitting = first["sitting"]
    answered = run(gates, ["answer", str(sitting), str(first["case"]["case"]), "use", "--as", who])
    assert "23 left" in answered.stdout
    assert "Not tested" in run(gates, ["leave", str(sitting), "--as", who]).stdout
    assert "retest opens" in run(gates, ["show", str(sealed), "--as", who]).stdout
    assert "Shown from 5" in run(gates, ["states", str(sealed)]).stdout
    assert "2 patterns rest" in run(gates, ["rest", str(sealed), "--as", who]).stdout
    assert queries.gates(actors.bob, db_, sealed).resting
    assert "May this table be used?" in run(gates, ["list", "--as", who]).stdout


def test_the_artifact_is_shut_to_whoever_sits_a_test_on_it_and_to_nobody_else(actors: Actors, sealed: int) -> None:
    bob = come_as(actors.bob)
    assert bob.get(f"/artifacts/{sealed}/").status_code == 200
    bob.post(f"/artifacts/{sealed}/gates/open/", {"gate": "cold", "profile": "light"})
    for address in (f"/artifacts/{sealed}/", f"/api/v1/artifacts/{sealed}"):
        answer = bob.get(address)
        assert (answer.status_code, b"stays shut until sitting" in answer.content) == (409, True)
    assert b"Shut for now" in bob.get(f"/artifacts/{sealed}/").content
    assert "Go on with it" in shown(bob, f"/artifacts/{sealed}/gates/")
    assert come_as(actors.erin).get(f"/artifacts/{sealed}/").status_code == 200
    bob.post(f"/sittings/{latest()}/leave/")
    assert bob.get(f"/artifacts/{sealed}/").status_code == 200


def test_real_work_stands_beside_the_gates_with_its_number_and_interval(actors: Actors, sealed: int) -> None:
    bob, body = come_as(actors.bob), {"content_type": "application/json"}
    assert "No real decisions with it so far." in shown(bob, f"/artifacts/{sealed}/gates/")
    begun = {"task": "orders of May", "pressure": "alone"}
    run = bob.post(f"/api/v1/artifacts/{sealed}/runs", json.dumps(begun), **body).json()["run"]["id"]  # type: ignore[arg-type]
    decided = {"did": "decide", "value": "hold"}
    bob.post(f"/api/v1/runs/{run}/moves/1", json.dumps(decided), **body)  # type: ignore[arg-type]
    assert bob.post(f"/api/v1/runs/{run}/finish", json.dumps({}), **body).status_code == 200  # type: ignore[arg-type]
    page = shown(bob, f"/artifacts/{sealed}/gates/")
    assert "1 real decision over 0 days" in page
    assert re.search(r"Decided without asking</dt><dd>.*n = 1 · proposal", page)
    assert "none was judged blindly" in page


def test_a_round_that_was_begun_rests_while_its_artifact_is_shut(actors: Actors, db_: Database, sealed: int) -> None:
    practice.bring_file(actors.dan, db_, sealed, table(12).replace("\nk", "\np"))
    practice.begin(actors.bob, db_, sealed)
    opened = practice.today(actors.bob, db_)
    case = practice.next_case(actors.bob, db_, opened.id)
    assert case is not None
    practice.commit(actors.bob, db_, opened.id, case.case, practice.Answer("use", 0.9))
    bob = come_as(actors.bob)
    bob.post(f"/artifacts/{sealed}/gates/open/", {"gate": "cold", "profile": "light"})
    assert "You are sitting a test on it" in shown(bob, "/practice/")
    answer = bob.post("/practice/open/", follow=True)
    assert answer.status_code == 200
    assert "stays shut until sitting" in answer.content.decode()
    bob.post(f"/sittings/{latest()}/leave/")
    assert "Go on: case 2 of" in shown(bob, "/practice/")
