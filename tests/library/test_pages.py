"""The pages of the library: read by guests, written without scripts, nothing lost, nothing that runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seci.kit.clock import to_date, today
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.library import queries, services
from seci.library.access import file_of, get_attachment, get_document
from seci.library.incoming import Page
from tests.browsing import come_as, shown
from tests.cast import Actors


@pytest.fixture
def page(db_: Database, actors: Actors) -> int:
    made = services.create(
        actors.dan, db_, "Small changes", "# Small changes\n\n<script>x</script>Keep [them](gone.md)."
    )
    services.publish(actors.dan, db_, made)
    return made


def test_an_empty_library_does_not_claim_to_hang_together(db_: Database, actors: Actors) -> None:
    empty = shown(come_as(actors.bob), "/library/woven/")
    assert "Nothing on the shelves yet" in empty
    assert "Every page is linked" not in empty


def test_a_page_says_whom_to_ask_or_that_there_is_nobody(db_: Database, page: int, actors: Actors) -> None:
    client = come_as(actors.bob)
    html = shown(client, f"/library/{page}/")
    assert "Dan Senior" in html
    assert "Nobody to ask" not in html
    assert "<script>x" not in html
    collection = services.collection(actors.dan, db_, "Elsewhere", "folder")
    services.put(actors.dan, db_, collection, Page("a.md", "From elsewhere", "Text"))
    other = int(db_.rows("SELECT MAX(id) FROM library_document")[0][0])
    assert "Nobody to ask" in shown(client, f"/library/{other}/")


def test_guests_read_what_is_published_and_see_no_people(db_: Database, page: int, actors: Actors) -> None:
    draft = services.create(actors.dan, db_, "A draft", "Half a thought")
    guest = come_as(actors.mallory)
    for path in (f"/library/{page}/", "/library/", "/library/concepts/"):
        html = shown(guest, path)
        assert "Dan Senior" not in html
        assert "A draft" not in html
    shown(guest, f"/library/{draft}/", 404)
    assert guest.get(f"/library/{page}/write/").status_code == 403


def test_whoever_saves_second_keeps_the_text_and_sees_what_the_other_changed(
    db_: Database, page: int, actors: Actors
) -> None:
    bob = come_as(actors.bob)
    assert 'name="base" value="1"' in shown(bob, f"/library/{page}/write/")
    services.revise(actors.carol, db_, page, "Theirs", base=1)
    said = {"title": "Small changes", "text": "Mine, all of it", "base": "1", "act": "save"}
    answer = bob.post(f"/library/{page}/write/", said)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in html
    assert "Mine, all of it</textarea>" in html
    assert 'name="base" value="2"' in html
    assert bob.post(f"/library/{page}/write/", {**said, "base": "2"}).status_code == 302
    assert queries.text_of(db_, page) == "Mine, all of it"


def test_every_page_of_a_document_opens(db_: Database, page: int, actors: Actors) -> None:
    services.revise(actors.dan, db_, page, "Two\n\n```mermaid\ngraph TD; A-->B\n```", base=1)
    concept = services.add_concept(actors.dan, db_, "Review").id
    dan = come_as(actors.dan)
    for path in (
        f"/library/{page}/", f"/library/{page}/?r=1", f"/library/{page}/history/", f"/library/{page}/compare/?after=2",
        f"/library/{page}/blame/", f"/library/{page}/source/", "/library/new/", "/library/expiring/", "/library/woven/",
        "/library/concepts/", f"/library/concepts/{concept}/", "/library/concepts.jsonld", "/library/?mark=unfiled",
    ):  # fmt: skip
        shown(dan, path)
    assert "diagrams.js" in shown(dan, f"/library/{page}/")
    assert "diagrams.js" not in shown(dan, f"/library/{page}/?r=1")
    frame = dan.get("/library/diagram/")
    assert "'unsafe-inline'" in frame["Content-Security-Policy"]
    assert "'unsafe-inline'" not in dan.get(f"/library/{page}/")["Content-Security-Policy"]


def test_a_page_is_verified_until_a_day_filed_and_retired_by_forms(db_: Database, page: int, actors: Actors) -> None:
    dan = come_as(actors.dan)
    day = (today() + timedelta(days=90)).isoformat()
    assert "Verified" in dan.post(f"/library/{page}/verify/", {"until": day}, follow=True).content.decode()
    found = queries.one(actors.dan, db_, page).verification
    assert (found.standing, to_date(found.until or 0).isoformat()) == ("verified", day), "the day that was asked for"
    services.revise(actors.dan, db_, page, "# Other words\n", base=found.revision or 0)
    form = 'name="until"'
    assert form in shown(dan, f"/library/{page}/")
    assert form not in shown(dan, f"/library/{page}/?r=1"), "what is verified is what is read"
    late = dan.post(f"/library/{page}/verify/", {"until": day, "base": str(found.revision)}, follow=True)
    assert f"You have read r{found.revision}" in late.content.decode()
    assert queries.one(actors.dan, db_, page).verification.standing == "earlier"
    assert "as in 2027-03-31" in dan.post(f"/library/{page}/verify/", {"until": "soon"}, follow=True).content.decode()
    assert dan.post("/library/tag/", {"library": str(page), "new": "Review"}, follow=True).status_code == 200
    assert [one.label for one in queries.one(actors.dan, db_, page).concepts] == ["Review"]
    dan.post(f"/library/{page}/retire/", {"reason": "old"})
    assert get_document(actors.dan, db_, page).state == "retired"
    dan.post(f"/library/{page}/restore/")
    assert get_document(actors.dan, db_, page).state == "published"


def test_a_reader_says_on_the_page_what_is_wrong_and_the_page_says_so(db_: Database, page: int, actors: Actors) -> None:
    client, form = come_as(actors.bob), f"/library/{page}/challenge/"
    assert f'href="{form}?r=1"' in shown(client, f"/library/{page}/")
    said = {"r": "1", "quote": "Keep me", "sentence": "They grow."}
    answer = client.post(form, said)
    assert (answer.status_code, "They grow." in answer.content.decode()) == (404, True)
    there = client.post(form, said | {"quote": "Keep [them]"})["Location"]
    assert client.post(form, said | {"quote": "Keep [them]"}).status_code == 409
    assert "Keep [them]" in shown(client, there)
    assert "What speaks against it" in shown(client, f"/library/{page}/")
    assert "Small changes r1" in shown(client, "/challenges/", document=page)
    assert come_as(actors.mallory).get(form).status_code == 403


def test_the_list_takes_as_many_statements_for_many_pages_as_for_few(db_: Database, page: int, actors: Actors) -> None:
    bob = come_as(actors.bob)

    def statements() -> int:
        shown(bob, "/library/")
        with CaptureQueriesContext(connection) as seen:
            shown(bob, "/library/")
        return len(seen)

    few = statements()
    collection = services.collection(actors.dan, db_, "Many", "folder")
    services.put_all(
        actors.dan, db_, collection, [Page(f"{n}.md", f"Page {n}", "[x](1.md)", tags=("t",)) for n in range(45)]
    )
    assert statements() <= few + 1


def test_a_recording_is_kept_with_consent_played_in_parts_and_deleted_when_it_is_taken_away(
    db_: Database, page: int, actors: Actors
) -> None:
    member, guest = come_as(actors.bob), come_as(actors.mallory)
    with pytest.raises(BadInput, match="consent"):
        services.attach(actors.bob, db_, "Talk.mp3", b"0123456789", document=page)
    talk = services.attach(
        actors.bob, db_, "Talk.mp3", b"0123456789", document=page, consent="Dan agreed to be heard by this team"
    )
    html = shown(member, f"/library/{page}/")
    assert f'<audio class="film" controls preload="metadata" src="/library/attachments/{talk}/"' in html
    assert "Dan agreed to be heard" in html
    assert "no transcript" in html
    words = services.attach(actors.bob, db_, "talk.txt", b"<b>What Dan said", document=page)
    assert f'<a href="/library/attachments/{words}/">Transcript</a>' in shown(member, f"/library/{page}/")
    text = member.get(f"/library/attachments/{words}/")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert "sandbox" in text["Content-Security-Policy"]

    part = member.get(f"/library/attachments/{talk}/", headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.getvalue()) == (206, b"234")
    assert guest.get(f"/library/attachments/{talk}/").status_code == 403
    assert "Talk.mp3" not in shown(guest, f"/library/{page}/")

    place = file_of(get_attachment(actors.bob, db_, talk).sha256)
    assert place.exists()
    services.detach(actors.bob, db_, talk)
    assert not place.exists()
    assert db_.rows("SELECT consent FROM library_attachment WHERE id = ?", [talk]) == [("",)]
