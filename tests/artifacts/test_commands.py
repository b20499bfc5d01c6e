"""Artifacts from the terminal, over REST and for agents: the same words at every door."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from seci.accounts.tools import named
from seci.artifacts import queries, services, tools
from seci.artifacts.commands import artifacts
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound, SeciError
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.artifacts.test_transcript import VTT
from tests.cast import Actors


@pytest.fixture
def artifact(actors: Actors, db_: Database) -> int:
    return services.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id


def run(*words: object, text: str = "") -> str:
    """What a command prints; its failure is the error that it raised."""
    done = CliRunner().invoke(artifacts, [str(word) for word in words], input=text, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_draft_goes_from_its_starter_to_publication_in_the_terminal(db_: Database, tmp_path: Path) -> None:
    file = tmp_path / "list.md"
    text = run("new", "checklist", "--title", "Before a release")
    file.write_text(text.replace("The first thing to check", "Are the notes written?"))
    made = json.loads(run("import", file, "--json"))
    assert (made["title"], made["state"], made["head"]) == ("Before a release", "draft", 1)
    file.write_text(file.read_text().replace("notes", "release notes"))
    assert "r2" in run("revise", made["id"], file, "--message", "clearer")
    assert "release notes" in run("diff", made["id"], 1, 2)
    assert "r3" in run("revert", made["id"], 1)
    assert "published" in run("publish", made["id"])
    assert "Before a release" in run("verify", made["id"], "--days", 30)
    assert "Are the notes written?" in run("show", made["id"])
    assert [row["title"] for row in json.loads(run("list", "release", "--json"))["rows"]] == ["Before a release"]
    assert "retired" in run("retire", made["id"], "--reason", "old")
    assert "published" in run("retire", made["id"], "--undo")


def test_running_an_artifact_in_the_terminal_says_why(artifact: int) -> None:
    said = run("evaluate", artifact, "nulls=7.4", "source=stream")
    assert said.startswith("hold, because missing values 7.4 % > 5.2 %")
    whole = json.loads(run("evaluate", artifact, "nulls=3", "source=stream", "--json"))
    assert whole["trace"]["outcome"] == "use"
    with pytest.raises(BadInput, match="KEY=VALUE"):
        run("evaluate", artifact, "nulls")


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_what_was_exported_can_be_brought_in_elsewhere(actors: Actors, db_: Database, artifact: int, form: str) -> None:
    text = run("export", artifact, "--as", form)
    made = json.loads(run("import", "-", "--elsewhere", "--json", text=text))
    one, two = (queries.content(actors.dan, db_, id_) for id_ in (artifact, made["id"]))
    assert (one.body, one.context) == (two.body, two.context)
    assert two.claims[0].confirmed_by is None


def test_claims_signatures_owners_and_recordings_are_decided_in_the_terminal(
    actors: Actors, db_: Database, artifact: int, tmp_path: Path
) -> None:
    dan, bob = actors.dan.person, actors.bob.person
    with pytest.raises(BadInput, match="name whose word it is"):
        run("sign", artifact)
    run("sign", artifact, "--as", dan)
    run("claim", artifact, "c1", "contest", "--text", "not at night")
    run("claim", artifact, "c1", "confirm", "--as", dan)
    run("claim", artifact, "c1", "correct", "--text", "More than 6 %", "--as", dan)
    run("give", artifact, bob)
    run("file", artifact)
    words = tmp_path / "words.vtt"
    words.write_text(VTT)
    consent = ("--consent", "Dan agreed", "--as", dan)
    link = ("--link", "https://x.example/1", "--transcript", words)
    kept = json.loads(run("record", artifact, "How", *link, *consent, "--json"))
    run("quote", kept["id"], "at the nulls", "--as", dan)
    with pytest.raises(BadInput, match="does not hold these words"):
        run("quote", kept["id"], "at the moon", "--as", dan)
    run("forget", kept["id"])
    with pytest.raises(NotFound):
        run("forget", kept["id"])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe broken", "no text in UTF-8"),
        (b"", "The text is empty"),
        (b"{", "cannot be read"),
        (b"{}", "no artifact"),
        (b'{"type": "checklist", "title": "T", "body": {"purpose": 1}}', "purpose must be text"),
        (b'{"type": "checklist", "title": "T", "body": {"purpose": "p", "items": []}, "claims": [1]}', "claims"),
    ],
)
def test_a_file_that_is_no_artifact_is_refused_in_a_sentence(
    db_: Database, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "file.md"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=sentence):
        run("import", file)


def test_a_file_that_is_not_there_is_said(db_: Database, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        run("import", tmp_path / "none.md")


def test_rest_finds_reads_exports_and_runs_and_writes_nothing(actors: Actors, db_: Database, artifact: int) -> None:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actors.bob.account))
    listed = client.get("/api/v1/artifacts", {"q": "table"}).json()
    assert [row["id"] for row in listed["rows"]] == [artifact]
    whole = client.get(f"/api/v1/artifacts/{artifact}").json()
    assert whole["nodes"][0]["claims"][0]["claim"]["quote"] == claim().quote
    assert client.get(f"/api/v1/artifacts/{artifact}/export/markdown").content.startswith(b"---\ntype: decision_tree")
    services.revise(actors.dan, db_, artifact, tree(9.0), base=1)
    changed = client.get(f"/api/v1/artifacts/{artifact}/compare", {"before": 1, "after": 2}).json()
    assert changed["differences"][0]["node"] == "n1"
    events = db_.rows("SELECT COUNT(*) FROM ledger_event")
    said = {"values": {"nulls": 7.4, "source": "stream"}, "revision": 1}
    token = client.get("/artifacts/").cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    answer = client.post(
        f"/api/v1/artifacts/{artifact}/evaluate", json.dumps(said), content_type="application/json",
        headers={"X-CSRFToken": token},
    )  # fmt: skip
    assert answer.json()["trace"]["outcome"] == "hold"
    refused = client.post(
        f"/api/v1/artifacts/{artifact}/evaluate", json.dumps({"values": {"moon": 1}}), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_input")
    assert db_.rows("SELECT COUNT(*) FROM ledger_event") == events


def test_agents_find_read_and_run_artifacts(actors: Actors, db_: Database, artifact: int) -> None:
    assert tools.find_artifacts.__doc__
    found = named("find_artifacts").call(actors.bob, db_, {"text": "table"})
    assert found["rows"][0]["id"] == artifact
    assert "if nulls > 5.2 {#n1}" in named("read_artifact").call(actors.bob, db_, {"artifact": artifact})["text"]
    tried = named("evaluate_artifact").call(actors.bob, db_, {"artifact": artifact, "values": {"nulls": 7.4}})
    assert tried["trace"]["outcome"] == "hold"
    asks = named("evaluate_artifact").call(actors.bob, db_, {"artifact": artifact, "values": {}})
    assert asks["trace"]["outcome"] == "ask the expert"
    with pytest.raises(SeciError):
        named("evaluate_artifact").call(actors.mallory, db_, {"artifact": artifact, "values": {}})
