"""Findings over the whole library, each decided once; plans for newcomers from what is published."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from seci.combination.curriculum import Step
from seci.combination.queries import shelves
from seci.combination.queries import training as plans
from seci.combination.queries.weaving import proposed_links
from seci.combination.services import looking, training
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.kinds import Kind
from seci.library import queries as documents
from seci.library import services as library
from seci.library.incoming import Page
from tests.artifacts.making import people_and_assets
from tests.cast import Actors
from tests.combination.merging.making import BOB, DAN, OWNER, edit, guides


def look(db: Database) -> int:
    return looking.run(OWNER, db, looking.look(OWNER, db, later=False))


def test_a_finding_is_decided_once_and_comes_back_only_with_other_words(ledger: Database) -> None:
    people_and_assets(ledger)
    there = guides(ledger)
    copied = (
        "# Copied\n\nBefore a release goes out the owner of the service reads the log of the last night once more.\n"
    )
    other = library.create(OWNER, ledger, "Copied", copied)
    again = library.create(OWNER, ledger, "Copied again", copied.replace("# Copied", "# Again"))
    edit(ledger, there.north, "## Names", "See [the handbook](handbook.md).\n\n## Names")
    assert look(ledger) >= 2
    assert not shelves.findings(BOB, ledger, kind="duplicate", document=other).rows, "drafts of somebody else"
    for draft in (other, again):
        library.publish(OWNER, ledger, draft)
    look(ledger)
    page = shelves.findings(BOB, ledger)
    doubled = next(row.finding for row in page.rows if row.finding.kind == "duplicate")
    assert {doubled.document, doubled.other} == {other, again}
    assert any(row.finding.kind == "gap" and "handbook" in row.finding.sentence for row in page.rows)
    looking.decide_finding(BOB, ledger, doubled.id, "apart", "One is for guests.")
    with pytest.raises(Conflict, match="decided"):
        looking.decide_finding(BOB, ledger, doubled.id, "same")
    assert look(ledger) == 0
    edit(ledger, again, "once more", "once more and signs it")
    assert look(ledger) == 1
    assert shelves.last_look(OWNER, ledger).found == 1  # type: ignore[union-attr]


def test_what_is_no_longer_so_leaves_the_list_by_itself(ledger: Database) -> None:
    people_and_assets(ledger)
    there = guides(ledger)
    edit(ledger, there.north, "## Names", "See [the handbook](handbook.md).\n\n## Names")
    look(ledger)
    assert shelves.findings(BOB, ledger, kind="gap").pager.total == 1
    edit(ledger, there.north, "See [the handbook](handbook.md).", "See the handbook.")
    look(ledger)
    assert shelves.findings(BOB, ledger, kind="gap").pager.total == 0
    assert shelves.findings(BOB, ledger, kind="gap", state="gone").pager.total == 1


HOUSE = {
    "calls/README.md": ("On call", "# On call\n\nWhoever is on call answers within five minutes.\n"),
    "calls/handover.md": ("Handover notes", "# Handover notes\n\nWhat the night brought is written down.\n"),
    "calls/night.md": (
        "Nights", "# Nights\n\nRead the handover notes first.\n\n## Quiet\n\nA quiet night is the rule.\n",
    ),
    "other/paint.md": ("Paint", "# Paint\n\nThe walls are painted white with lime.\n"),
    "other/lime.md": ("Slaking", "# Slaking\n\nLime for white walls is slaked for a month.\n"),
}  # fmt: skip


def test_a_missing_link_is_proposed_where_it_would_stand_and_taken_or_refused_for_good(ledger: Database) -> None:
    people_and_assets(ledger)
    shelf = library.collection(OWNER, ledger, "House", "folder", "house")
    library.put_all(OWNER, ledger, shelf, [Page(path, title, text) for path, (title, text) in HOUSE.items()])
    number: dict[str, int] = dict(ledger.rows("SELECT path, id FROM library_document"))
    night, notes = number["calls/night.md"], number["calls/handover.md"]
    draft = library.create(DAN, ledger, "Nights of mine", "I read the handover notes, too.")
    assert looking.link_up(OWNER, ledger) >= 2
    assert looking.link_up(OWNER, ledger) == 0
    assert shelves.findings(BOB, ledger, kind="link", document=draft).rows == (), "a draft of somebody else"
    own = shelves.findings(DAN, ledger, kind="link", document=draft).rows[0].finding
    with pytest.raises(NotFound):
        looking.decide_finding(BOB, ledger, own.id, "apart")

    (one,) = [one for one in proposed_links(BOB, ledger, night) if one.target == notes]
    assert (one.before, one.words, one.after) == ("Read the ", "handover notes", " first.")
    assert "it is named here" in one.because
    looking.decide_finding(BOB, ledger, one.finding, "here")
    page = documents.one(BOB, ledger, night)
    assert "Read the [handover notes](handover.md) first." in page.revision.text
    assert (page.revision.cause, page.revision.number) == ("suggestion", 2)
    assert [each.spot.id for each in page.onward if each.spot] == [notes]
    done = ledger.rows("SELECT kind FROM ledger_event ORDER BY seq DESC LIMIT 2")
    assert done == [(int(Kind.LINK),), (int(Kind.REVISE),)]

    looking.decide_finding(DAN, ledger, own.id, "apart")
    before = shelves.findings(DAN, ledger, kind="link", state="decided").pager.total
    assert before == 2
    library.revise(DAN, ledger, draft, "Every morning I read all handover notes.", base=1)
    looking.link_up(OWNER, ledger)
    assert proposed_links(DAN, ledger, draft) == (), "refused for good, whatever the words"
    library.revise(OWNER, ledger, night, HOUSE["calls/night.md"][1], base=2, cause="import")
    assert looking.link_up(OWNER, ledger) == 1, "it was taken, and an import has brought the old words back"
    assert [one.finding for one in proposed_links(BOB, ledger, night) if one.target == notes] == [one.finding]
    with pytest.raises(BadInput, match="also, apart"):
        looking.decide_finding(OWNER, ledger, _unnamed(ledger), "here")


def test_the_page_of_a_document_proposes_what_the_last_look_found_to_those_who_may_write(
    db: None, actors: Actors
) -> None:
    house = of_django(connection)
    shelf = library.collection(actors.alice, house, "House", "folder", "house")
    library.put_all(actors.alice, house, shelf, [Page(path, title, text) for path, (title, text) in HOUSE.items()])
    night = house.rows("SELECT id FROM library_document WHERE path = 'calls/night.md'")[0][0]
    looking.link_up(actors.alice, house)
    member, guest = Client(), Client()
    for client, actor in ((member, actors.bob), (guest, actors.mallory)):
        client.force_login(get_user_model().objects.get(pk=str(actor.account)))
    html = member.get(f"/library/{night}/").content.decode()
    assert "Perhaps link to" in html
    assert "Read the <mark>handover notes</mark> first." in html
    assert "Perhaps link to" not in guest.get(f"/library/{night}/").content.decode()
    finding = proposed_links(actors.bob, house, night)[0].finding
    done = member.post(f"/findings/{finding}/decide/", {"decision": "here", "document": night})
    assert done["Location"] == f"/library/{night}/"
    assert "Linked, as the next revision" in member.get(f"/library/{night}/").content.decode()


def _unnamed(db: Database) -> int:
    """A proposal that no words of its page name."""
    return next(
        row.finding.id
        for row in shelves.findings(OWNER, db, kind="link").rows
        if not row.finding.data["words"]
    )  # fmt: skip


def test_a_plan_is_made_of_what_is_published_put_right_and_exported_as_a_page(ledger: Database) -> None:
    people_and_assets(ledger)
    with pytest.raises(BadInput, match="an asset or a concept"):
        training.plan_training(BOB, ledger, "")
    with pytest.raises(BadInput, match="Nothing published"):
        training.plan_training(BOB, ledger, "", asset=2)
    for title, kind in (("Why", "explanation"), ("How", "how-to")):
        made = library.create(OWNER, ledger, title, f"# {title}\n\nText.", asset=2, diataxis=kind)
        library.publish(OWNER, ledger, made)
    found = training.plan_training(BOB, ledger, "", asset=2, audience="new colleagues").id
    assert [one["title"] for one in plans.plan(BOB, ledger, found).plan.steps][:2] == ["Why", "How"]
    training.move_step(BOB, ledger, found, 1, 0)
    training.say_step(BOB, ledger, found, 0, "it comes first here", "Done with Dan.")
    training.drop_step(BOB, ledger, found, 2)
    steps: tuple[Step, ...] = plans.plan(BOB, ledger, found).steps
    assert (steps[0].title, steps[0].why) == ("How", "it comes first here")
    assert len(steps) == 2
    document = training.export_plan(BOB, ledger, found)
    text = ledger.rows("SELECT text FROM library_revision WHERE document_id = ?", [document])[0][0]
    assert "- [ ] Done with Dan." in text
    assert training.export_plan(BOB, ledger, found) == document
