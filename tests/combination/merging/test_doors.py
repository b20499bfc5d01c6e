"""A merge from the terminal and over REST: from its sources to publication, and what each door refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model
from django.test import Client

from seci.combination.commands import findings, merge, training
from seci.kit.database import Database
from seci.kit.errors import BadInput, SeciError
from seci.library import services as library
from tests.cast import Actors
from tests.combination.merging.making import Guides, edit, guides


@pytest.fixture
def there(db_: Database) -> Guides:
    return guides(db_)


@pytest.fixture
def dan(actors: Actors) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actors.dan.account or 0))
    return client


def run(*words: object, group: Any = merge) -> Any:
    """What a command prints as JSON; its failure is the error that it raised."""
    done = CliRunner().invoke(group, [*(str(word) for word in words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def ask(client: Client, path: str, **said: object) -> Any:
    """What REST answers: to a question without `said`, to a change with it."""
    sent = {"data": json.dumps(said), "content_type": "application/json"}
    answer = client.post(f"/api/v1{path}", **sent) if said else client.get(f"/api/v1{path}")  # type: ignore[arg-type]
    return answer.json() if answer.status_code < 300 else (answer.status_code, answer.json()["error"]["sentence"])


def begun(there: Guides) -> int:
    return int(run("start", "Code review", "--document", there.north, "--document", there.south)["id"])


def test_drafts_of_others_are_not_there_to_be_picked(db_: Database, actors: Actors, dan: Client) -> None:
    for author, title in ((actors.bob, "What Bob keeps to himself"), (actors.dan, "What Dan keeps to himself")):
        library.create(author, db_, title, "Nobody is to read this yet.")
    text = dan.get("/merges/new/?q=himself").content.decode()
    assert "What Dan keeps" in text
    assert "What Bob keeps" not in text


def test_where_there_is_nothing_to_merge_the_page_says_how_to_bring_it_in(db_: Database, dan: Client) -> None:
    empty = dan.get("/merges/new/").content.decode()
    assert "nothing to merge yet" in empty
    assert "Look what comes of it" not in empty
    guides(db_)
    assert "Look what comes of it" in dan.get("/merges/new/").content.decode()


def test_a_merge_goes_from_its_sources_to_publication_in_the_terminal(db_: Database, there: Guides) -> None:
    made = begun(there)
    about = next(row["conflict"] for row in run("conflicts", made) if "100 lines" in row["one"] + row["two"])
    with pytest.raises(BadInput, match="reason"):
        run("decide", about["id"], "a", "--reason", " ")
    assert run("publish", made, "--check")
    for row in run("conflicts", made):
        run("decide", row["conflict"]["id"], "b", "--reason", "Long changes are read badly.")
    run("draft", made, "--write")
    assert run("draft", made)["coverage"]["bare"] == 0
    assert run("publish", made)["published"] == 1
    edit(db_, there.north, "easier to undo", "easier to take back")
    (back,) = run("review", made, "--look")["waiting"]
    assert "take back" in back["now"]
    run("settle", back["finding"]["id"], "keep", "--reason", "It says the same.")
    assert not run("review", made)["waiting"]


def test_the_outline_is_changed_at_every_door_and_by_the_same_words(there: Guides, dan: Client) -> None:
    made = begun(there)
    first, second = (one["id"] for one in run("outline", made)["chapters"][:2])
    assert [one["id"] for one in run("outline", made, "--act", "chapter", "--chapter", second)["chapters"]][:2] == [
        second, first,
    ]  # fmt: skip
    ask(dan, f"/merges/{made}/outline", act="rename", chapter=second, heading="What we ask of a change")
    dan.post(f"/merges/{made}/outline/change/", {"act": "join", "chapter": first, "into": second})
    chapters = ask(dan, f"/merges/{made}/outline")["chapters"]
    assert (chapters[0]["heading"], first in {one["id"] for one in chapters}) == ("What we ask of a change", False)
    status, sentence = ask(dan, f"/merges/{made}/outline", act="turn")
    assert (status, "chapter, section, take" in sentence) == (422, True)
    with pytest.raises(SeciError, match="nowhere"):
        run("outline", made, "--act", "drop-chapter", "--chapter", "nowhere")


def test_what_says_the_same_is_put_right_at_every_door(there: Guides, dan: Client) -> None:
    made = begun(there)
    group = run("same", made)["groups"][0]
    other = next(one for one in group if not one["is_kept"])
    run("same", made, "--keep", f"{other['document']}:{other['number']}")
    assert next(one for one in run("same", made)["groups"][0] if one["is_kept"])["number"] == other["number"]
    count = len(run("same", made)["groups"])
    places = [[one["document"], one["number"]] for one in group]
    ask(dan, f"/merges/{made}/same", act="split", sentences=places[:1])
    assert len(ask(dan, f"/merges/{made}/same")["groups"]) == count - 1
    ask(dan, f"/merges/{made}/same", act="join", sentences=places)
    assert len(ask(dan, f"/merges/{made}/same")["groups"]) == count
    assert ask(dan, f"/merges/{made}/same", act="join", sentences=places[:1])[0] == 422
    with pytest.raises(BadInput, match="One change at a time"):
        run("same", made, "--keep", "1:0", "--split", "1:0")


def test_findings_and_training_answer_programs(there: Guides, dan: Client) -> None:
    run("look", group=findings)
    (about,) = (row["finding"] for row in run("list", "--kind", "conflict", group=findings)["rows"])
    assert ask(dan, f"/findings/{about['id']}", decision="shrug")[0] == 422
    run("decide", about["id"], "fine", "--reason", "Two teams, two habits.", group=findings)
    assert about["id"] not in [row["finding"]["id"] for row in ask(dan, "/findings")["rows"]]
    assert ask(dan, "/training")["plans"] == run("list", group=training) == []
