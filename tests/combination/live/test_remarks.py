"""Comments and suggestions: by whoever may read, anchored to words, decided by whoever answers for the page."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client

from seci.accounts import door
from seci.combination.live import commands, queries, services
from seci.combination.live.room import outside
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.library import services as library
from seci.library.access import get_revision
from tests.cast import Actors

TEXT = "# Reviews\n\nAnswer within one business day.\n\nSmall changes are reviewed faster.\n"


@pytest.fixture
def base(db: None) -> Database:
    return of_django(connection)


@pytest.fixture
def page(actors: Actors, base: Database) -> int:
    number = library.create(actors.dan, base, "Reviews", TEXT)
    library.publish(actors.dan, base, number)
    return number


def test_a_comment_stays_with_its_words_while_the_text_changes(actors: Actors, base: Database, page: int) -> None:
    services.comment(actors.bob, base, page, "Why one?", quote="one business day")
    library.revise(actors.carol, base, page, "A new beginning.\n\n" + TEXT, base=1)
    (comment,) = queries.remarks(actors.dan, base, page).comments
    assert comment.place
    assert comment.place.exact
    assert comment.name == "Bob Learner"
    library.revise(actors.carol, base, page, "All is new.\n", base=2)
    (comment,) = queries.remarks(actors.dan, base, page).comments
    assert comment.place is None


def test_answers_stand_below_and_the_author_or_the_owner_settles(actors: Actors, base: Database, page: int) -> None:
    comment = services.comment(actors.bob, base, page, "Why one?", quote="one business day")
    services.answer(actors.dan, base, comment, "Because two were too many.")
    with pytest.raises(Refused):
        services.settle(actors.carol, base, comment)
    services.settle(actors.bob, base, comment)
    found = queries.remarks(actors.dan, base, page)
    assert not found.comments
    assert found.settled[0].answers[0].text == "Because two were too many."
    with pytest.raises(Conflict, match="settled already"):
        services.settle(actors.dan, base, comment)


def test_a_guest_suggests_and_the_owner_takes_it(actors: Actors, base: Database, page: int) -> None:
    made = services.suggest(actors.mallory, base, page, "two days", quote="one business day", message="weekends")
    (open_,) = queries.remarks(actors.dan, base, page).suggestions
    assert "".join(words for kind, words in open_.pieces if kind != "in") == "one business day"
    assert "".join(words for kind, words in open_.pieces if kind != "out") == "two days"
    for stranger in (actors.mallory, actors.carol):
        with pytest.raises(Refused):
            services.take(stranger, base, made)
    assert services.take(actors.dan, base, made) == 2
    revision = get_revision(actors.dan, base, page)
    assert "Answer within two days." in revision.text
    assert (revision.cause, revision.message) == ("suggestion", "as mallory suggested: weekends")
    with pytest.raises(Conflict, match="taken already"):
        services.decline(actors.dan, base, made)


def test_the_author_of_taken_words_is_who_suggested_them(actors: Actors, base: Database, page: int) -> None:
    services.take(
        actors.dan, base, services.suggest(actors.bob, base, page, "", quote="Small changes are reviewed faster.")
    )
    assert get_revision(actors.dan, base, page).author == actors.bob.person


def test_a_suggestion_for_words_that_are_gone_is_not_taken(actors: Actors, base: Database, page: int) -> None:
    made = services.suggest(actors.bob, base, page, "two", quote="Answer within one business day.")
    library.revise(actors.dan, base, page, "All is new.\n", base=1)
    with pytest.raises(Conflict, match="not in the text any more"):
        services.take(actors.dan, base, made)
    with pytest.raises(Refused):
        services.withdraw(actors.carol, base, made)
    services.withdraw(actors.bob, base, made)
    assert queries.remarks(actors.dan, base, page).decided[0].state == "withdrawn"


def test_what_is_being_typed_can_be_commented_on(actors: Actors, base: Database, page: int) -> None:
    journal = services.Journal(lambda: base)
    opened = journal.open(page)
    update, _ = outside(opened.updates[0], TEXT + "\nTyped a moment ago.\n")
    journal.keep(page, [(update, actors.carol.account)])
    services.comment(actors.bob, base, page, "New?", quote="Typed a moment ago.")
    (comment,) = queries.remarks(actors.dan, base, page).comments
    assert comment.place
    assert get_revision(actors.dan, base, page).number == 2


def test_nonsense_is_refused_in_a_sentence(actors: Actors, base: Database, page: int) -> None:
    with pytest.raises(BadInput, match="empty"):
        services.comment(actors.bob, base, page, " ")
    with pytest.raises(BadInput, match="does not stand in the text"):
        services.suggest(actors.bob, base, page, "x", quote="never written")
    with pytest.raises(BadInput, match="says already"):
        services.suggest(actors.bob, base, page, "one", quote="one")
    with pytest.raises(NotFound):
        services.comment(actors.bob, base, page + 1, "Hello")


def test_the_page_works_without_scripts(actors: Actors, base: Database, page: int) -> None:
    from django.contrib.auth import get_user_model

    browser = Client()
    browser.force_login(
        get_user_model().objects.get(pk=actors.bob.account), "django.contrib.auth.backends.ModelBackend"
    )
    shown = browser.get(f"/library/{page}/together/")
    nonce = shown.content.decode().split('nonce="')[1].split('"')[0]
    assert f"style-src 'self' 'nonce-{nonce}'" in shown["Content-Security-Policy"]
    assert "Answer within one business day." in shown.content.decode()
    said = {"quote": "one business day", "text": "Why <one>?"}
    assert "Why &lt;one&gt;?" in browser.post(f"/library/{page}/comments/", said, follow=True).content.decode()
    refused = browser.post(f"/library/{page}/suggestions/", {"quote": "nowhere", "text": "kept words"})
    assert refused.status_code == 422
    assert "does not stand in the text" in refused.content.decode()
    assert "kept words" in refused.content.decode()
    browser.post(f"/library/{page}/suggestions/", {"quote": "one business", "text": "a"})
    (open_,) = queries.remarks(actors.dan, base, page).suggestions
    assert browser.post(f"/library/suggestions/{open_.id}/", {"act": "take"}).status_code == 403
    browser.force_login(
        get_user_model().objects.get(pk=actors.dan.account), "django.contrib.auth.backends.ModelBackend"
    )
    assert (
        "Taken: r2." in browser.post(f"/library/suggestions/{open_.id}/", {"act": "take"}, follow=True).content.decode()
    )


def test_the_terminal_does_the_same(actors: Actors, base: Database, page: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "database", lambda: base)

    def run(*words: str) -> object:
        done = CliRunner().invoke(commands.remarks, [*words, "--json"], catch_exceptions=False)
        return json.loads(done.stdout)

    made = run("suggest", str(page), "two days", "--quote", "one business day")
    comment = run("comment", str(page), "Well said.")
    run("answer", str(comment["comment"]), "Thanks.")  # type: ignore[index]
    assert len(run("list", str(page))["suggestions"]) == 1  # type: ignore[index]
    assert run("take", str(made["suggestion"])) == {"revision": 2}  # type: ignore[index]
    run("settle", str(comment["comment"]))  # type: ignore[index]
    assert run("save", str(page)) == {"revision": None}
