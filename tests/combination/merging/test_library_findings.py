"""Findings over the whole library, each decided once; plans for newcomers from what is published."""

from __future__ import annotations

import pytest

from seci.combination.curriculum import Step
from seci.combination.queries import shelves
from seci.combination.queries import training as plans
from seci.combination.services import looking, training
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.library import services as library
from tests.artifacts.making import people_and_assets
from tests.combination.merging.making import BOB, OWNER, edit, guides


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
