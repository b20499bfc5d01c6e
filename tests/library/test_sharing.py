"""A draft shown to people by name: read, written in, searched, taken back."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from seci.accounts.actor import Actor
from seci.combination.live import queries as live
from seci.combination.live import services as remarks
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.library import queries, services
from seci.library.access import get_document
from seci.library.commands import library
from seci.search import finding
from tests.browsing import come_as
from tests.cast import Actors


@pytest.fixture
def draft(db_: Database, actors: Actors) -> int:
    return services.create(actors.dan, db_, "Zeppelins", "# Zeppelins\n\nMoor them by day.")


def who(actor: Actor) -> int:
    assert actor.person is not None
    return actor.person


def test_a_draft_shared_to_be_read_is_found_and_commented_on_but_not_written_in(
    db_: Database, draft: int, actors: Actors
) -> None:
    services.share(actors.dan, db_, draft, who(actors.bob))
    assert get_document(actors.bob, db_, draft).state == "draft"
    assert [one.title for one in finding.find(actors.bob, db_, "moor").found] == ["Zeppelins"]
    assert [row.spot.title for row in queries.library(actors.bob, db_).rows] == ["Zeppelins"]
    remarks.comment(actors.bob, db_, draft, "Why by day?")
    assert not queries.one(actors.bob, db_, draft).may_edit
    for deed in (
        lambda: services.revise(actors.bob, db_, draft, "Mine", base=1),
        lambda: services.attach(actors.bob, db_, "a.txt", b"a", document=draft),
        lambda: remarks.save(actors.bob, db_, draft),
        lambda: services.publish(actors.bob, db_, draft),
        lambda: services.share(actors.bob, db_, draft, who(actors.carol)),
    ):
        with pytest.raises(Refused):
            deed()
    with pytest.raises(NotFound):
        get_document(actors.carol, db_, draft)


def test_a_draft_shared_to_be_written_in_is_written_together_and_taken_back_whole(
    db_: Database, draft: int, actors: Actors
) -> None:
    services.share(actors.dan, db_, draft, who(actors.bob))
    services.share(actors.dan, db_, draft, who(actors.bob), write=True)
    assert live.standing(actors.bob, db_, draft)[1]
    services.revise(actors.bob, db_, draft, "Moor them by night.", base=1)
    services.unshare(actors.dan, db_, draft, who(actors.bob))
    assert queries.text_of(db_, draft) == "Moor them by night."
    assert not finding.find(actors.bob, db_, "moor").found
    with pytest.raises(NotFound):
        get_document(actors.bob, db_, draft)
    with pytest.raises(NotFound):
        services.unshare(actors.dan, db_, draft, who(actors.bob))


def test_only_a_draft_is_shared_and_only_with_people_who_do_not_own_it(
    db_: Database, draft: int, actors: Actors
) -> None:
    with pytest.raises(BadInput):
        services.share(actors.dan, db_, draft, who(actors.dan))
    services.publish(actors.dan, db_, draft)
    with pytest.raises(Conflict):
        services.share(actors.dan, db_, draft, who(actors.bob))


def test_a_draft_that_is_thrown_away_is_not_shown_to_everybody(db_: Database, draft: int, actors: Actors) -> None:
    services.retire(actors.dan, db_, draft)
    assert get_document(actors.dan, db_, draft).state == "retired"
    with pytest.raises(NotFound):
        get_document(actors.bob, db_, draft)


def test_the_page_the_terminal_and_rest_do_the_same(
    db_: Database, draft: int, actors: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    dan, bob = come_as(actors.dan), come_as(actors.bob)
    path = f"/library/{draft}/"
    assert bob.get(path).status_code == 404
    dan.post(f"{path}share/", {"person": "Bob Learner"})
    assert "Bob Learner</a> may read, comment and suggest" in dan.get(path).content.decode()
    shown = bob.get(path).content.decode()
    assert "Comment or suggest" in shown
    assert "Share this draft" not in shown
    for part in ("", "history/", "blame/", "together/"):
        assert bob.get(path + part).status_code == 200
    assert bob.get(f"{path}write/").status_code == 403
    dan.post(f"{path}share/", {"with": who(actors.bob), "act": "off"})
    assert bob.get(path).status_code == 404
    said = json.dumps({"person": actors.bob.person, "write": True})
    assert dan.post(f"/api/v1/library/{draft}/share", said, content_type="application/json").status_code == 200
    assert bob.get(f"{path}write/").status_code == 200
    assert dan.delete(f"/api/v1/library/{draft}/share/{actors.bob.person}").status_code == 200
    assert bob.get(path).status_code == 404
    CliRunner().invoke(library, ["share", str(draft), "Bob Learner", "--write"], catch_exceptions=False)
    assert bob.get(f"{path}write/").status_code == 200
    CliRunner().invoke(library, ["unshare", str(draft), "Bob Learner"], catch_exceptions=False)
    assert bob.get(path).status_code == 404
