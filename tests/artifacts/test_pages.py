from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from seci.artifacts import queries, services
from seci.artifacts.access import claims, get_artifact, recordings
from seci.artifacts.bodies import Guide, Section
from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from seci.artifacts.starters import STARTERS, starter
from seci.kit.database import Database
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.artifacts.test_transcript import VTT
from tests.browsing import HOSTILE, come_as, sent, shown
from tests.cast import Actors


@pytest.fixture
def artifact(actors: Actors, db_: Database) -> int:
    return services.create(
        actors.dan, db_, "decision_tree", "May this table be used?", tree(), context=FOR_ALL, claims=[claim()]
    ).id


def test_the_library_of_an_empty_instance_says_how_to_begin(actors: Actors) -> None:
    assert "Start an interview" in shown(come_as(actors.bob), "/artifacts/")
    assert "Nothing has been published yet" in shown(come_as(actors.mallory), "/artifacts/")


def test_the_library_lists_marks_and_filters(actors: Actors, db_: Database, artifact: int) -> None:
    page = shown(come_as(actors.bob), "/artifacts/")
    assert "May this table be used?" in page
    assert "unverified" in page
    assert "Dan Senior" in page
    assert "Nothing fits" in shown(come_as(actors.bob), "/artifacts/", q="poem")
    assert "May this table" in shown(come_as(actors.bob), "/artifacts/", type="decision_tree", mark="unverified")
    shown(come_as(actors.bob), "/artifacts/", status=422, type="poem")


def test_an_artifact_shows_what_it_says_what_it_rests_on_and_how_sure_it_is(actors: Actors, artifact: int) -> None:
    page = shown(come_as(actors.bob), f"/artifacts/{artifact}/")
    for words in ("missing values &gt; 5.2 %", claim().quote, "2 cases", "Unknown.", "1 claim: 1 said by people", "r1"):
        assert words in page, words
    assert "Publish r1" not in page
    assert "Publish r1" in shown(come_as(actors.dan), f"/artifacts/{artifact}/")


def test_guests_see_published_artifacts_without_people_and_quotes(actors: Actors, db_: Database, artifact: int) -> None:
    guest = come_as(actors.mallory)
    shown(guest, f"/artifacts/{artifact}/", status=404)
    services.publish(actors.dan, db_, artifact)
    page = shown(guest, f"/artifacts/{artifact}/")
    assert "missing values &gt; 5.2 %" in page
    assert claim().quote not in page
    assert "Dan" not in page
    assert claim().quote not in shown(guest, f"/artifacts/{artifact}/export/markdown/")
    assert guest.get(f"/artifacts/{artifact}/edit/").status_code == 403
    assert guest.get(f"/artifacts/{artifact}/compare/").status_code == 403


def test_trying_it_answers_with_its_way_and_refuses_what_does_not_fit(actors: Actors, artifact: int) -> None:
    client, path = come_as(actors.bob), f"/artifacts/{artifact}/try/"
    page = shown(client, path, **{"fact.nulls": "7.4", "fact.source": "stream"})
    assert ">Hold<" in page
    assert "missing values 7.4 % &gt; 5.2 %" in page
    assert "never tested on cases it had not seen" in page
    assert "is a number in %" in shown(client, path, status=422, **{"fact.nulls": "many"})
    assert "There is no attribute" in shown(client, path, status=422, **{"fact.color": "red"})
    assert "Ask the expert" in shown(client, path, **{"fact.nulls": ""})


def test_publishing_verifying_and_retiring_from_the_page(actors: Actors, db_: Database, artifact: int) -> None:
    dan, path = come_as(actors.dan), f"/artifacts/{artifact}"
    assert "Published." in sent(dan, f"{path}/publish/", base=1)
    assert "published already" in sent(dan, f"{path}/publish/", base=1)
    assert "Verified: it holds for 90 days" in sent(dan, f"{path}/verify/", days=90)
    assert "Signed." in sent(dan, f"{path}/sign/", r=1)
    assert "Only the owner" in sent(come_as(actors.bob), f"{path}/retire/", reason="mine now")
    assert "Retired" in sent(dan, f"{path}/retire/", reason="the table is gone")
    assert "the table is gone" in shown(dan, f"{path}/")
    assert "It is back." in sent(dan, f"{path}/restore/")
    assert get_artifact(actors.dan, db_, artifact).state == "published"


def test_editing_shows_what_would_change_before_it_is_saved(actors: Actors, db_: Database, artifact: int) -> None:
    dan, path = come_as(actors.dan), f"/artifacts/{artifact}/edit/"
    text = to_markdown(queries.content(actors.dan, db_, artifact))
    assert "if nulls &gt; 5.2 {#n1}" in shown(dan, path)
    changed = text.replace("nulls > 5.2", "nulls > 7")
    page = sent(dan, path, text=changed, base=1, act="preview")
    assert "missing values &gt; 5.2 %" in page
    assert "missing values &gt; 7 %" in page
    assert get_artifact(actors.dan, db_, artifact).head == 1
    assert "Saved as r2." in sent(dan, path, text=changed, base=1, act="save", message="too many alarms")
    assert "Nothing was different." in sent(dan, path, text=changed, base=2, act="save")
    assert "too many alarms" in shown(dan, f"/artifacts/{artifact}/")
    assert "missing values &gt; 7 %" in shown(dan, f"/artifacts/{artifact}/compare/", after=2)
    assert "As in r1 again" in sent(dan, f"/artifacts/{artifact}/revert/", r=1, base=2)


def test_whoever_saves_second_keeps_the_text_and_sees_what_the_other_changed(
    actors: Actors, db_: Database, artifact: int
) -> None:
    text = to_markdown(queries.content(actors.dan, db_, artifact))
    services.revise(actors.erin, db_, artifact, tree(9.0), base=1)
    page = sent(come_as(actors.dan), f"/artifacts/{artifact}/edit/", text=text + "\n", base=1, act="save")
    assert "Somebody has revised this artifact since" in page
    assert "What was changed meanwhile" in page
    assert "missing values &gt; 9 %" in page
    assert 'name="base" value="2"' in page
    assert "if nulls &gt; 5.2 {#n1}" in page
    assert get_artifact(actors.dan, db_, artifact).head == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The text is empty"),
        ("---\ntype: poem\n---\n", "no type of artifact"),
        ("---\ntype: checklist\npurpose: x\n---\n# T\n\n## Items\n\n- a {#a}\n", "keeps its type|is a decision_tree"),
        ("no front matter at all", "front matter"),
    ],
)
def test_a_text_that_cannot_be_read_is_kept_and_the_fault_is_said(
    actors: Actors, artifact: int, text: str, sentence: str
) -> None:
    import re

    page = sent(come_as(actors.dan), f"/artifacts/{artifact}/edit/", text=text, base=1, act="save")
    assert re.search(sentence, page), page


def test_editing_the_text_cannot_make_the_partners_words_a_persons(actors: Actors, db_: Database) -> None:
    proposed = replace(claim(origin="partner"), status="proposed")
    made = services.create(actors.dan, db_, "decision_tree", "T", tree(), context=FOR_ALL, claims=[proposed])
    text = to_markdown(queries.content(actors.dan, db_, made.id))
    cheat = text.replace("origin: partner", "origin: human").replace("nulls > 5.2", "nulls > 6")
    assert cheat != text
    sent(come_as(actors.dan), f"/artifacts/{made.id}/edit/", text=cheat, base=1, act="save")
    (one,) = claims(actors.dan, db_, made.id)
    assert (one.origin, one.confirmed_by) == ("partner", None)
    assert "waits for a person" in " ".join(queries.obstacles(actors.dan, db_, made.id))
    page = shown(come_as(actors.dan), f"/artifacts/{made.id}/")
    assert "proposed by the partner, waits for a person" in page
    assert "Noted." in sent(come_as(actors.dan), f"/artifacts/{made.id}/claims/c1/", decision="confirm")
    assert "confirmed by a person" in shown(come_as(actors.dan), f"/artifacts/{made.id}/")


def test_claims_are_corrected_contested_and_taken_back_on_the_page(
    actors: Actors, db_: Database, artifact: int
) -> None:
    dan, path = come_as(actors.dan), f"/artifacts/{artifact}/claims/c1/"
    assert "Say why" in sent(dan, path, decision="contest", text=" ")
    assert "contested" in sent(dan, path, decision="contest", text="in the night 8 % is normal")
    sent(dan, path, decision="correct", text="More than 6 %.")
    assert "no longer holds" in sent(dan, path, decision="retract")
    assert [one.status for one in claims(actors.dan, db_, artifact)] == ["corrected", "confirmed"]
    assert "Say confirm" in sent(dan, path.replace("c1", claims(actors.dan, db_, artifact)[1].id), decision="burn")


@pytest.mark.parametrize("type_name", list(STARTERS))
def test_an_artifact_of_every_type_is_written_from_its_starter_and_shown(actors: Actors, type_name: str) -> None:
    bob = come_as(actors.bob)
    assert "{#" in shown(bob, "/artifacts/new/", type=type_name) or type_name == "story"
    page = sent(bob, "/artifacts/new/", text=to_markdown(starter(type_name, f"My {type_name}")))
    assert "Written down as a draft." in page
    assert f"My {type_name}" in page


def test_a_new_text_that_cannot_be_read_is_kept(actors: Actors) -> None:
    page = sent(come_as(actors.bob), "/artifacts/new/", text="---\ntype: poem\n---\nmy verses")
    assert "my verses" in page
    assert "poem" in page


def test_hostile_words_are_shown_as_words(actors: Actors, db_: Database) -> None:
    guide = Guide(HOSTILE, (Section("s1", HOSTILE, HOSTILE + "\n\n[x](javascript:alert(1))"),))
    context = replace(FOR_ALL, who=HOSTILE)
    made = services.create(actors.dan, db_, "guide", HOSTILE, guide, context=context, claims=[claim(text=HOSTILE)])
    services.revise(actors.dan, db_, made.id, replace(guide, purpose="calm"), base=1, message=HOSTILE)
    dan = come_as(actors.dan)
    for path in ("", "edit/", "compare/?after=2"):
        page = shown(dan, f"/artifacts/{made.id}/{path}")
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    assert "<script>alert" not in shown(dan, "/artifacts/")


def test_every_form_of_export_downloads_as_a_file(actors: Actors, artifact: int) -> None:
    bob = come_as(actors.bob)
    for form, _ in queries.formats("decision_tree"):
        answer = bob.get(f"/artifacts/{artifact}/export/{form}/")
        assert answer.status_code == 200, form
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="may-this-table-be-used-r1.')
        assert answer.content
    assert bob.get(f"/artifacts/{artifact}/export/docx/").status_code == 422


@pytest.mark.parametrize("type_name", list(STARTERS))
def test_every_type_leaves_in_every_form_that_it_is_offered_in(actors: Actors, db_: Database, type_name: str) -> None:
    made = services.create_from_text(actors.bob, db_, to_markdown(starter(type_name, "T")))
    forms = dict(queries.formats(type_name))
    assert {"markdown", "csv", "json", "schema"} <= set(forms)
    assert all(queries.export(actors.bob, db_, made.id, form).text.strip() for form in forms)


def test_the_exported_markdown_comes_back_as_the_same_artifact(actors: Actors, db_: Database, artifact: int) -> None:
    text = come_as(actors.bob).get(f"/artifacts/{artifact}/export/markdown/").content.decode()
    again = services.create_from_text(actors.bob, db_, text, imported=True)
    one, two = queries.content(actors.bob, db_, artifact), queries.content(actors.bob, db_, again.id)
    assert isinstance(one, Content)
    assert (one.body, one.context, one.title) == (two.body, two.context, two.title)
    assert [said.text for said in one.claims] == [said.text for said in two.claims]


def test_a_recording_is_attached_played_in_parts_quoted_and_taken_away(
    actors: Actors, db_: Database, artifact: int
) -> None:
    dan, bytes_ = come_as(actors.dan), bytes(range(256)) * 8
    assert "without consent" in sent(
        dan, f"/artifacts/{artifact}/recordings/", title="T", consent=" ", link="https://x.example/1"
    )
    page = sent(
        dan, f"/artifacts/{artifact}/recordings/", title="How I look", consent="Dan agreed.",
        file=SimpleUploadedFile("walk.webm", bytes_), captions=SimpleUploadedFile("walk.vtt", VTT.encode()),
    )  # fmt: skip
    assert "Attached." in page
    (kept,) = recordings(actors.dan, db_, artifact)
    page = shown(dan, f"/artifacts/recordings/{kept.id}/", t=5)
    assert "First I look at the volume." in page
    assert "#t=5" in page
    film = f"/artifacts/recordings/{kept.id}/file/"
    part = dan.get(film, headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, bytes_[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(bytes_)}"
    tail = dan.get(film, headers={"Range": "bytes=-5"})
    assert b"".join(tail.streaming_content) == bytes_[-5:]
    assert dan.get(film, headers={"Range": "bytes=99999-"}).status_code == 416
    whole = dan.get(film)
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, bytes_)
    assert come_as(actors.mallory).get(film).status_code == 403
    sent(dan, f"/artifacts/recordings/{kept.id}/quote/", start=0, end=5, text="The volume first.", kind="cue")
    page = shown(dan, f"/artifacts/{artifact}/")
    assert f"/artifacts/recordings/{kept.id}/?t=5" in page
    assert "are gone" in sent(dan, f"/artifacts/recordings/{kept.id}/withdraw/")
    assert dan.get(film).status_code == 404


def test_five_thousand_artifacts_are_listed_with_as_many_statements_as_five(
    actors: Actors, db_: Database, artifact: int, tmp_path: Path
) -> None:
    bob = come_as(actors.bob)
    bob.get("/artifacts/")
    with CaptureQueriesContext(connection) as few:
        shown(bob, "/artifacts/")
    db_.run_many(
        "INSERT INTO artifacts_artifact (key, type, title, owner_id, state, head, who, situation, exceptions, "
        "unsupported, label, created_at, changed_at) VALUES (?, 'checklist', ?, ?, 'published', 1, '', '', '', 0, "
        "'draft', 0, 0)",
        [(f"k{n}", f"Checklist {n:05}", actors.dan.person) for n in range(5_000)],
    )
    with CaptureQueriesContext(connection) as many:
        page = shown(bob, "/artifacts/", page=100)
    assert len(many) == len(few)
    assert "5,001 artifacts" in page
    assert page.count("<tr>") == 41


def test_an_artifact_with_many_revisions_is_shown_with_as_many_statements_as_one_with_two(
    actors: Actors, db_: Database, artifact: int
) -> None:
    bob, path = come_as(actors.bob), f"/artifacts/{artifact}/"
    services.revise(actors.dan, db_, artifact, tree(6.0), base=1)
    bob.get(path)
    with CaptureQueriesContext(connection) as few:
        shown(bob, path)
    for number in range(2, 12):
        services.revise(actors.dan, db_, artifact, tree(float(number)), base=number)
    with CaptureQueriesContext(connection) as many:
        shown(bob, path)
    assert len(many) == len(few)
