"""A merge from its sources to its publication, and after: each sentence knows where it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from seci.combination.access import conflicts_of, get_merge
from seci.combination.merge.provenance import statements
from seci.combination.queries import conflicts as contradictions
from seci.combination.queries import drafts, outlines, picking
from seci.combination.queries import publishing as looked
from seci.combination.queries.tracing import traced
from seci.combination.services import deciding, drafting, following, publishing, reading, shaping, starting
from seci.combination.services.shaping import Change
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library.access import get_document
from seci.partner.proposal import Raw
from tests.artifacts.making import people_and_assets
from tests.combination.merging.making import BOB, DAN, GUEST, OWNER, Guides, edit, guides, merged


@pytest.fixture
def there(ledger: Database) -> Guides:
    people_and_assets(ledger)
    return guides(ledger)


def threshold(db: Database, merge: int) -> int:
    """The conflict about the size of a change."""
    rows = [one for one in conflicts_of(OWNER, db, merge) if "100" in str(one.found) and "300" in str(one.found)]
    assert rows, "the planted contradiction is not found"
    return rows[0].id


def settled(db: Database, merge: int, choice: str = "split") -> None:
    """Every conflict decided, the planted one by `choice`."""
    deciding.decide(
        OWNER, db, threshold(db, merge), choice, "Reviews of long changes are shallow.", when_a="If it is a service.",
        when_b="it is generated code",
    )  # fmt: skip
    for one in conflicts_of(OWNER, db, merge):
        if one.state == "open":
            deciding.decide(OWNER, db, one.id, "none", "They go together.")


def test_the_licence_is_told_before_anything_is_made_and_incompatible_sources_are_refused(
    ledger: Database, there: Guides
) -> None:
    found = picking.picking(OWNER, ledger, documents=[there.north, there.south])
    assert found.outcome.spdx == "CC-BY-4.0"
    ledger.run("UPDATE library_collection SET licence = 'CC-BY-ND-4.0' WHERE name = 'South'")
    with pytest.raises(Conflict, match=r"How we review.*CC-BY-ND"):
        starting.start(OWNER, ledger, "Code review", documents=[there.north, there.south])
    assert ledger.rows("SELECT COUNT(*) FROM combination_merge") == [(0,)]
    with pytest.raises(BadInput, match="two documents or more"):
        picking.picking(OWNER, ledger, documents=[there.north])
    with pytest.raises(Refused):
        picking.picking(GUEST, ledger, documents=[there.north, there.south])


def test_a_merge_goes_from_sources_to_a_published_page_whose_every_sentence_has_a_checked_source(
    ledger: Database, there: Guides
) -> None:
    made = merged(ledger, there)
    assert made.state == "open"
    kinds = {Kind(row[0]) for row in ledger.rows("SELECT kind FROM ledger_event")}
    assert Kind.MERGE in kinds
    with pytest.raises(Conflict, match="wait"):
        publishing.publish(OWNER, ledger, made.id)

    settled(ledger, made.id)
    adr = conflicts_of(OWNER, ledger, made.id)[0].adr
    assert adr is not None
    record = get_document(OWNER, ledger, adr)
    assert (record.kind, record.state) == ("adr", "published")

    drafting.write(OWNER, ledger, made.id)
    page = drafts.drafted(OWNER, ledger, made.id)
    said = {one.text: one for one in page.statements}
    assert page.coverage.bare == 0
    twice = said["Every change must come with tests that would fail without it."]
    assert {one.document for one in twice.citations} == {there.north, there.south}
    assert "If it is a service:" in said or "If a service:" in said or any("service" in one for one in said)
    assert not any("logs" in one for one in said), "what one guide alone speaks of is left out at first"

    published = publishing.publish(OWNER, ledger, made.id, days=30)
    document = get_document(GUEST, ledger, published.draft or 0)
    assert (document.state, document.licence, document.verified_revision) == ("published", "CC-BY-4.0", 1)
    attribution = ledger.rows("SELECT text FROM library_revision WHERE document_id = ?", [published.attribution])[0][0]
    assert "CC-BY-3.0" in attribution
    assert "How we review" in attribution
    assert Kind.SYNTHESIZE in {Kind(row[0]) for row in ledger.rows("SELECT kind FROM ledger_event")}


@pytest.mark.parametrize("choice", ["a", "b", "split", "both"])
def test_a_decision_that_comes_after_the_draft_is_not_left_out_of_what_is_published(
    ledger: Database, there: Guides, choice: str
) -> None:
    made = merged(ledger, there)
    drafting.write(OWNER, ledger, made.id)
    settled(ledger, made.id, choice)
    with pytest.raises(Conflict, match="decision is not in the draft: “A change should have fewer than"):
        publishing.publish(OWNER, ledger, made.id)
    drafting.write(OWNER, ledger, made.id, again=True)
    assert publishing.publish(OWNER, ledger, made.id).published == 2


def test_exactly_the_sentence_whose_source_changed_comes_back_and_once(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there)
    settled(ledger, made.id, "a")
    drafting.write(OWNER, ledger, made.id)
    publishing.publish(OWNER, ledger, made.id)

    edit(ledger, there.north, "would fail without it", "fail without it and pass with it")
    job = ledger.rows("SELECT task, arguments FROM jobs_job ORDER BY id DESC LIMIT 1")
    assert job in ([("seci.combination.tasks:follow", f"[{there.north}]")], []), job
    assert len(following.follow(OWNER, ledger, there.north)) == 1
    assert following.follow(OWNER, ledger, there.north) == ()
    (row,) = drafts.reviews(OWNER, ledger, made.id).waiting
    assert row.was == "Every change must come with tests that would fail without it."
    assert row.now == "Every change must come with tests that fail without it and pass with it."
    following.settle(OWNER, ledger, row.finding.id, "take")
    after = drafts.drafted(OWNER, ledger, made.id)
    assert row.now in {one.text for one in after.statements}
    assert after.coverage.bare == 0
    assert get_merge(OWNER, ledger, made.id).published == after.revision

    edit(ledger, there.north, "pass with it", "pass together with it")
    (again,) = following.look_again(OWNER, ledger, made.id)
    following.settle(OWNER, ledger, again, "keep")
    assert following.follow(OWNER, ledger, there.north) == ()
    assert drafts.reviews(OWNER, ledger, made.id).waiting == ()
    with pytest.raises(Conflict, match="decided already"):
        following.settle(OWNER, ledger, again, "take")


def test_a_decided_conflict_comes_back_only_when_one_of_its_two_sentences_changed(
    ledger: Database, there: Guides
) -> None:
    made = merged(ledger, there)
    settled(ledger, made.id, "a")
    about = threshold(ledger, made.id)
    drafting.write(OWNER, ledger, made.id)
    publishing.publish(OWNER, ledger, made.id)

    def state() -> str:
        return contradictions.conflict(OWNER, ledger, about).row.conflict.state

    edit(ledger, there.south, "is rehearsed", "is tried out")
    following.follow(OWNER, ledger, there.south)
    assert state() == "decided"
    edit(ledger, there.south, "300 lines", "400 lines")
    following.follow(OWNER, ledger, there.south)
    page = contradictions.conflict(OWNER, ledger, about)
    assert page.row.conflict.state == "open"
    assert page.row.conflict.before is not None
    assert page.row.conflict.before["choice"] == "a"
    assert "400 lines" in page.one.now + page.two.now
    deciding.decide(OWNER, ledger, about, "b", "The number has changed.")
    reading.read_sources(OWNER, ledger, made.id)
    assert state() == "decided"


def test_a_sentence_edited_by_hand_keeps_its_source_or_becomes_human(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there)
    settled(ledger, made.id, "a")
    draft = drafting.write(OWNER, ledger, made.id).draft or 0
    edit(ledger, draft, "easier to understand and easier to undo", "easier to undo")
    edit(ledger, draft, "## Tests", "We do this since the outage of May.\n\n## Tests")
    found = {one.text: one.operation for one in traced(OWNER, ledger, made.id).traces}
    assert found["We do this since the outage of May."] == "human"
    assert [how for text, how in found.items() if "easier to undo" in text] == ["trimmed"]
    assert looked.publishing(OWNER, ledger, made.id).coverage.bare == 0


def test_sections_and_groups_are_put_right_by_hand(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there).id
    page = outlines.outlined(OWNER, ledger, made)
    logs = next(one for one in page.left_out if one.heading == "Logs")
    shaping.shape(OWNER, ledger, made, Change("take", section=logs.key, heading="Incidents"))
    page = outlines.outlined(OWNER, ledger, made)
    last, first = page.chapters[-1], page.chapters[0]
    assert (last.heading, [one.key for one in last.sections]) == ("Incidents", [logs.key])
    shaping.shape(OWNER, ledger, made, Change("chapter", last.id, at=0))
    shaping.shape(OWNER, ledger, made, Change("section", first.id, logs.key, at=0))
    page = outlines.outlined(OWNER, ledger, made)
    assert (page.chapters[0].id, page.chapters[0].sections) == (last.id, ())
    assert next(one for one in page.chapters if one.id == first.id).sections[0].key == logs.key
    group = outlines.same(OWNER, ledger, made).groups[0]
    other = next(one for one in group if not one.is_kept)
    shaping.regroup(OWNER, ledger, made, "keep", [(other.document, other.number)])
    kept = next(one for one in outlines.same(OWNER, ledger, made).groups[0] if one.is_kept)
    assert kept.key == other.key
    shaping.regroup(OWNER, ledger, made, "split", [(other.document, other.number)])
    before = len(outlines.same(OWNER, ledger, made).groups)
    places = [(other.document, other.number), (group[0].document, group[0].number)]
    shaping.regroup(OWNER, ledger, made, "join", places)
    assert len(outlines.same(OWNER, ledger, made).groups) == before + 1


def test_owners_are_asked_and_their_answers_stand_with_the_conflict(ledger: Database, there: Guides) -> None:
    library.hand_over(OWNER, ledger, there.north, 4)
    made = merged(ledger, there).id
    about = threshold(ledger, made)
    deciding.decide(BOB, ledger, about, "ask", "Which of the two do you follow?")
    (mine,) = contradictions.requests(DAN, ledger, mine=True, open_only=True)
    with pytest.raises(Refused):
        deciding.answer(BOB, ledger, mine.request.id, "a", "I say so.")
    deciding.answer(DAN, ledger, mine.request.id, "a", "We measured it.")
    page = contradictions.conflict(BOB, ledger, about)
    assert page.row.conflict.state == "asked"
    assert {(row.request.person, row.request.answer) for row in page.requests} == {(4, "a"), (None, "")}


def test_a_recipe_refuses_to_close_and_names_what_is_missing(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there, recipe="internal_external_vendor").id
    starting.classify(OWNER, ledger, made, [there.north], "internal")
    starting.classify(OWNER, ledger, made, [there.south], "external")
    settled(ledger, made, "a")
    drafting.write(OWNER, ledger, made)
    with pytest.raises(Conflict, match="vendor documentation"):
        publishing.publish(OWNER, ledger, made)
    starting.classify(OWNER, ledger, made, [there.east], "vendor")
    assert publishing.publish(OWNER, ledger, made).state == "published"


def test_a_product_is_whole_only_with_its_sections_and_its_requirements(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there, product="deployment_checklist", everything=True).id
    settled(ledger, made, "a")
    drafting.write(OWNER, ledger, made)
    lacking = " ".join(looked.obstacles(OWNER, ledger, made))
    assert "“Security” is not filled" in lacking
    assert "nothing is said of security" in lacking
    publishing.require(OWNER, ledger, made, "security", waived="Nothing secret is touched.")
    assert "nothing is said of security" not in " ".join(looked.obstacles(OWNER, ledger, made))


class Voice:
    """A partner that says what it was given to say."""

    def __init__(self, text: str) -> None:
        self.text = text

    async def draft(self, claims: Any, about: Any) -> Raw:
        return Raw(sentences=({"text": self.text, "claims": list(claims)},))


def test_the_partner_may_rephrase_what_its_sources_bear_and_nothing_else(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there).id
    settled(ledger, made, "a")
    drafting.write(OWNER, ledger, made)
    found = traced(OWNER, ledger, made)
    wanted = "Every change must come with tests that would fail without it."
    number = next(one.place for one in statements(found.text) if one.text == wanted)
    rejected = Voice("Every change must come with tests and a security review.")
    changed, why = drafting.rephrase(OWNER, ledger, made, [number], voice=rejected)  # type: ignore[arg-type]
    assert (changed, "rejected" in why) == (0, True)
    better = "With every change must come tests that would fail without it."
    changed, _ = drafting.rephrase(OWNER, ledger, made, [number], voice=Voice(better))  # type: ignore[arg-type]
    after = drafts.drafted(OWNER, ledger, made)
    assert changed == 1
    assert next(one.operation for one in after.statements if one.text == better) == "rephrased"
    assert after.coverage.bare == 0
    drafting.mark_human(OWNER, ledger, made, [number])
    assert drafting.rephrase(OWNER, ledger, made, [number])[1].startswith("The partner was not asked")


def test_accuracy_is_the_share_of_sampled_statements_that_people_confirmed(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there).id
    settled(ledger, made, "a")
    drafting.write(OWNER, ledger, made)
    publishing.publish(OWNER, ledger, made)
    drawn = publishing.sample(OWNER, ledger, made, 3)
    page = looked.accuracy(OWNER, ledger, made)
    assert (len(page.rows), page.accuracy.value) == (drawn, None)
    assert drawn == 3
    for row, verdict in zip(page.rows, ("confirmed", "wrong", "confirmed"), strict=True):
        publishing.judge(BOB, ledger, row.id, verdict)
    figure = looked.accuracy(OWNER, ledger, made).accuracy
    assert (round(figure.value or 0, 2), figure.n) == (0.67, 3)
    assert publishing.sample(OWNER, ledger, made, 3) == 0


def test_a_merge_may_be_left_and_takes_no_further_work(ledger: Database, there: Guides) -> None:
    made = merged(ledger, there).id
    starting.leave(OWNER, ledger, made)
    with pytest.raises(Conflict, match="was left"):
        shaping.shape(OWNER, ledger, made, Change("add", heading="More"))
