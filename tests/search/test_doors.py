"""The search at its doors: the page with and without scripts, REST, agents, the terminal; and what is asked in vain."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from seci.accounts.actor import Actor
from seci.kit.database import Database, of_django
from seci.kit.errors import NotFound, Refused
from seci.library import services as library
from seci.library.incoming import Page
from seci.search import passages, queries, services
from seci.search.passage import Passage, Subject
from seci.site import mcp
from tests.browsing import come_as
from tests.cast import Actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db: None) -> Database:
    base = of_django(connection)
    review = Subject("artifact", 41, "Code review", state="published", tags=("checklist",))
    passages.put(base, review, [Passage("A large pull request is split.", ("Size",))])
    passages.put(base, Subject("document", 42, "Draft page", "member", "draft"), [Passage("The pull of the moon.")])
    return base


def test_the_page_shows_the_passage_with_its_words_marked(at: Database, actors: Actors) -> None:
    text = come_as(actors.bob).get("/search/", {"q": "pull requests"}).content.decode()
    assert "A large <mark>pull</mark> <mark>request</mark> is split." in text
    assert "› Size" in text


def test_pages_of_one_name_are_told_apart_by_where_they_came_from(at: Database, actors: Actors) -> None:
    for name in ("North", "South"):
        shelf = library.collection(actors.alice, at, name, "folder", name)
        library.put(actors.alice, at, shelf, Page("a.md", "Small changes", "Zeppelins are kept small."))
    text = come_as(actors.bob).get("/search/", {"q": "zeppelins"}).content.decode()
    assert text.count("· North") == text.count("· South") == 1


def test_the_page_narrows_by_kind(at: Database, actors: Actors) -> None:
    text = come_as(actors.bob).get("/search/", {"q": "pull", "kind": "document"}).content.decode()
    assert "Draft page" in text
    assert "Code review" not in text


def test_the_box_of_every_page_shows_names_and_texts_while_somebody_types(at: Database, actors: Actors) -> None:
    text = come_as(actors.bob).get("/search/", {"q": "pull"}, headers={"HX-Request": "true"}).content.decode()
    assert "Code review" in text
    assert "<html" not in text
    assert queries.wanted(actors.erin, at) == []


def test_a_guest_finds_nothing_of_drafts(at: Database) -> None:
    mcp.fill()
    answer = mcp.call(Actor(None, None, "guest", "mcp"), "search_passages", {"text": "moon pull"})
    assert [one["title"] for one in answer["found"]] == ["Code review"]


def test_rest_gives_the_passages(at: Database, actors: Actors) -> None:
    answer = json.loads(come_as(actors.bob).get("/api/v1/search/passages", {"q": "pull request"}).content)
    assert answer["found"][0]["title"] == "Code review"


def test_a_search_that_led_nowhere_is_a_wish_and_one_that_was_followed_is_none(at: Database, actors: Actors) -> None:
    client = come_as(actors.bob)
    client.get("/search/", {"q": "kubernetes upgrades"})
    page = client.get("/search/", {"q": "pull request"}).content.decode()
    assert [one.words for one in queries.wanted(actors.erin, at)] == ["pull request", "kubernetes upgrades"]
    link = page.split('href="/search/open/')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(f"/search/open/{link}").headers["Location"] == "/artifacts/41/"
    assert [one.words for one in queries.wanted(actors.erin, at)] == ["kubernetes upgrades"]


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "javascript:alert(1)", ""])
def test_a_followed_link_leads_nowhere_else(at: Database, actors: Actors, to: str) -> None:
    assert come_as(actors.bob).get("/search/open/1/", {"to": to}).status_code == 404


def test_figures_of_a_wish_stand_only_where_five_people_asked(at: Database, actors: Actors) -> None:
    for number in range(4):
        services.note(at, "on-call handover", f"person {number}", answered=False)
        services.note(at, "Handover on call", f"person {number}", answered=False)
    few = queries.wanted(actors.erin, at)[0]
    assert (few.words, few.asked) == ("on-call handover", None)
    services.note(at, "on-call handover", "person 4", answered=True)
    many = queries.wanted(actors.erin, at)[0]
    assert (many.asked, many.unanswered, many.unfollowed) == (9, 8, 1)


def test_marks_of_askers_are_gone_once_five_have_asked(at: Database) -> None:
    for number in range(5):
        services.note(at, "deployment freeze", f"person {number}", answered=False)
    assert at.rows("SELECT marks FROM search_want") == [("",)]


def test_what_one_person_alone_asked_is_not_shown_to_members(at: Database, actors: Actors) -> None:
    services.note(at, "parental leave", "one", answered=False)
    assert queries.wanted(actors.bob, at) == []
    assert "parental leave" not in come_as(actors.bob).get("/search/wanted/").content.decode()
    assert "parental leave" in come_as(actors.erin).get("/search/wanted/").content.decode()


def test_a_settled_wish_comes_back_when_it_is_asked_again(at: Database, actors: Actors) -> None:
    want = services.note(at, "vector clocks", "one", answered=False)
    assert want is not None
    with pytest.raises(Refused):
        services.settle(actors.bob, at, want)
    with pytest.raises(NotFound):
        services.settle(actors.erin, at, 99_999)
    come_as(actors.erin).post(f"/search/wanted/{want}/settle/")
    assert queries.wanted(actors.erin, at) == []
    services.note(at, "vector clocks", "two", answered=False)
    assert [one.words for one in queries.wanted(actors.erin, at)] == ["vector clocks"]
