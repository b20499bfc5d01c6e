"""An organization's artifacts, documents and runs become products: whole, every statement sourced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.artifacts.access import CLOSED_BY, READ_BY, Artifact
from seci.artifacts.bodies import ASK_EXPERT, Body, Check, Checklist, Guide, Leaf, Runbook, Section, Split, Step, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.cases.attribute import Attribute
from seci.combination.access import conflicts_of, get_merge
from seci.combination.merge.outline import unpacked
from seci.combination.queries import drafts
from seci.combination.queries.publishing import obstacles
from seci.combination.services import deciding, drafting, following, publishing, reading, shaping, starting
from seci.combination.services.shaping import Change
from seci.combination.shelving import queries, services
from seci.combination.shelving.page import Used, written
from seci.kit.clock import DAY, now, to_datetime
from seci.kit.database import Database, connect
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.figures import share
from seci.ledger.kinds import Kind
from seci.ledger.outcome import Outcome
from seci.library import services as library
from seci.library.access import get_document
from seci.library.incoming import Page
from seci.library.queries import one as opened
from seci.people.store import record
from seci.site.shelves import shut_pages
from tests.artifacts.making import people_and_assets
from tests.combination.merging.making import DAN, GUEST, OWNER

ON_CALL = Context("whoever is on call", "a model answers requests", "none known")
ERRORS = Attribute("errors", "error rate", "number", "%", 0.0, 100.0)
DRIFT = Attribute("drift", "drift", "category", levels=("none", "strong"))
ROLLBACK = Tree(
    "Is it taken back?", (ERRORS, DRIFT), ("keep", "roll it back"),
    Split(
        "n1", Condition("errors", ">", 5.0), Leaf("n2", "roll it back", "users see it"),
        Split("n3", Condition("drift", "is", "strong"), Leaf("n4", ASK_EXPERT), Leaf("n5", "keep")),
    ),
)  # fmt: skip
READY = Checklist(
    "Nothing goes out that cannot be taken back.",
    (Check("c1", "The recovery was rehearsed"), Check("c2", "Latency stays below 200 ms under load")),
)
DRIFTS = Runbook(
    "Find out whether the model still holds.",
    (Step("s1", "Compare the inputs of a day with the training set", expect="a report"), Step("s2", "Call the owner")),
)
SECRETS = Guide(
    "What nobody may leak.",
    (Section("g1", "Access", "Secrets are kept in the vault. Permission to read data is asked of its owner."),),
)
HANDBOOK = """# Handbook

## Is this a problem for a model?

Choose a baseline without a model first. A model pays when it beats the baseline.

## Data and its labels

Each data set has one owner. Two people label each example.

## Training and tuning

Tune the learning rate first. Keep a log of every experiment.

## Evaluation and its metrics

Measure every model on the same validation set. A metric is chosen before the training.

## Working together on reviews

Every model is reviewed by somebody who did not train it. A decision is documented beside the model.
"""
PIPELINES = """# Pipelines

## What a pipeline has to do

Its freshness is agreed with its consumer. Its volume is measured each week.

## Patterns of design

A batch is right when a day is early enough. A stream is right when an hour is too late.

## Schemas and contracts

A schema has a version. A consumer is told of a change a week before.

## Quality of data and tests

Missing values are tested at the door. A test that fails stops the load.

## Operation and backfill

A run can be repeated without harm. A failure is recovered by a backfill.

## Cost and capacity

Partitions older than a year are moved to cheap storage. The cost of a run is shown to its owner.
"""
LESSONS = """# Incidents of the last year

## Symptoms that users see

The error page shows a number. A slow answer is the first sign.

## First steps in an incident

Stop the rollout first. Say in the channel who leads.

## Diagnosis of causes

Compare the hour before with the hour after. Look at the last change first.

## Remedies and repair

A rollback helps against a bad release. A restart helps against a leak of memory.

## Whom to call

Call the owner of the data when counts differ. Call security when a credential was seen.

## Lessons of postmortems

Every incident is written down within a week. Every lesson has a test that would have caught it.
"""
PRODUCTS = {
    "pipeline_design_guide": ("Pipelines", "Lessons"),
    "deployment_checklist": ("Handbook", "Pipelines"),
    "troubleshooting_guide": ("Lessons", "Handbook"),
}
WORDS = {"Handbook": HANDBOOK, "Pipelines": PIPELINES, "Lessons": LESSONS}


def written_down(db: Database, type_: str, title: str, body: Body) -> int:
    made = artifacts.create(OWNER, db, type_, title, body, context=ON_CALL).id
    artifacts.publish(OWNER, db, made)
    return made


def organization(db: Database) -> list[int]:
    """Four artifacts, the first of which was used seven times."""
    made = [
        written_down(db, "decision_tree", "Rollback in an incident", ROLLBACK),
        written_down(db, "checklist", "Before a release", READY),
        written_down(db, "runbook", "After an alert on drift", DRIFTS),
    ]
    with db.transaction():
        for number in range(7):
            record(
                db, OWNER, Kind.APPLY, "used", subject=1, artifact=made[0], revision=1, t=now() - (9 - number) * DAY,
                outcome=Outcome(score=float(number > 0), pressure=2),
            )  # fmt: skip
    return made


def document(db: Database, name: str) -> int:
    shelf = library.collection(OWNER, db, name, "folder", name.lower(), "CC-BY-4.0")
    library.put(OWNER, db, shelf, Page(f"{name.lower()}.md", name, WORDS[name]))
    return int(db.rows("SELECT id FROM library_document WHERE collection_id = ?", [shelf])[0][0])


def test_what_an_organization_has_becomes_a_playbook_that_names_what_is_missing_until_it_is_whole(
    ledger: Database,
) -> None:
    people_and_assets(ledger)
    pages = services.shelve(OWNER, ledger, organization(ledger))
    made = merged(ledger, "ml_engineering_playbook", [document(ledger, "Handbook"), *pages[:2]])
    lacking = obstacles(OWNER, ledger, made)
    assert [one[:35] for one in lacking] == [
        "the section “Monitoring” is not fil",
        "nothing is said of security (who ma",
    ]
    with pytest.raises(Conflict, match="cannot be published yet: the section “Monitoring”"):
        publishing.publish(OWNER, ledger, made)

    secrets = services.shelve(OWNER, ledger, [written_down(ledger, "guide", "Security and access", SECRETS)])
    starting.add(OWNER, ledger, made, [*pages[2:], *secrets], later=False)
    whole(ledger, made, secrets[0])
    page = drafts.drafted(OWNER, ledger, made)
    assert (page.coverage.bare, page.coverage.human, page.coverage.cited) == (0, 0, len(page.statements))
    assert set(pages) <= {cited.document for one in page.statements for cited in one.citations}
    assert get_document(GUEST, ledger, get_merge(OWNER, ledger, made).draft or 0).state == "published"


@pytest.fixture
def alone(sqlite_ledger: Path) -> Iterator[Database]:
    """SQLite: what the one playbook above shows on both is not shown again."""
    with connect(sqlite_ledger) as db:
        yield db


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_other_products_are_made_of_the_same_organization(alone: Database, product: str) -> None:
    people_and_assets(alone)
    made_of = [*organization(alone), written_down(alone, "guide", "Security and access", SECRETS)]
    pages = services.shelve(OWNER, alone, made_of)
    documents = [document(alone, name) for name in PRODUCTS[product]]
    made = merged(alone, product, [*documents, *pages])
    whole(alone, made, pages[-1])


def merged(db: Database, product: str, documents: list[int]) -> int:
    made = starting.start(OWNER, db, "Ours", documents=documents, product=product, later=False).id
    reading.read_sources(OWNER, db, made)
    drafting.write(OWNER, db, made)
    return made


def whole(db: Database, merge: int, security: int) -> None:
    """Nothing is missing any more; it is published."""
    if get_merge(OWNER, db, merge).state == "reading":
        reading.read_sources(OWNER, db, merge)
    take_in(db, merge, security)
    drafting.write(OWNER, db, merge, again=True)
    assert obstacles(OWNER, db, merge) == ()
    publishing.publish(OWNER, db, merge)


def take_in(db: Database, merge: int, document: int) -> None:
    """What the outline proposed to leave out of a page is taken in; what contradicts is decided."""
    outline = get_merge(OWNER, db, merge).outline
    assert outline is not None
    for section in unpacked(outline).dropped:
        if section.startswith(f"{document}:"):
            shaping.shape(OWNER, db, merge, Change("take", section=section, heading="Security"))
    for one in conflicts_of(OWNER, db, merge):
        deciding.decide(OWNER, db, one.id, "none", "They go together.")


def test_a_page_says_what_the_artifact_says_and_what_came_of_it(ledger: Database) -> None:
    people_and_assets(ledger)
    tree, ready, drifts = services.shelve(OWNER, ledger, organization(ledger))
    text = ledger.rows("SELECT text FROM library_revision WHERE document_id = ?", [tree])[0][0]
    first, last = (to_datetime(now() - days * DAY).date() for days in (9, 3))
    assert text == (
        "# Rollback in an incident\n\nFor: whoever is on call. It holds in this situation: a model answers requests. "
        "Exceptions: none known.\n\n- If error rate \\> 5 %: roll it back, because users see it.\n- If error "
        "rate ≤ 5 % and drift is strong: ask somebody who knows.\n- If error rate ≤ 5 % and drift is not strong: keep."
        f"\n\nIt was used 7 times on real work between {first} and {last}. Of the 7 times of which it is known how "
        "they turned out, 86% went well (62% to 96%, 80% interval).\n"
    )
    said = ledger.rows("SELECT text FROM library_revision WHERE document_id = ?", [drifts])[0][0]
    assert "1. Compare the inputs of a day with the training set; expect a report.\n1. Call the owner.\n" in said
    assert "used" not in ledger.rows("SELECT text FROM library_revision WHERE document_id = ?", [ready])[0][0]
    led = ledger.rows("SELECT kind, to_artifact_id FROM library_link WHERE document_id = ?", [ready])
    assert led == [("derives", 2)]
    content = Content("checklist", "Ready", READY, ON_CALL)
    few = Used(4, first, last, share(4, 4, of="runs"))
    assert "used" not in written(content, few)
    assert "too rarely to tell" in written(content, Used(9, first, last, share(2, 2, of="runs")))
    assert [row.document for row in queries.shelf(OWNER, ledger)] == [drifts, ready, tree]


def test_a_page_follows_its_artifact_and_brings_its_sentence_back_for_review(alone: Database) -> None:
    people_and_assets(alone)
    made = written_down(alone, "checklist", "Before a release", READY)
    (page,) = services.shelve(OWNER, alone, [made])
    assert services.shelve(DAN, alone, [made]) == (page,)
    assert services.renew(OWNER, alone) == 0
    merge = starting.start(
        OWNER,
        alone,
        "Ours",
        documents=[page, document(alone, "Pipelines")],
        everything=True,
        later=False,
    )
    reading.read_sources(OWNER, alone, merge.id)
    drafting.write(OWNER, alone, merge.id)
    publishing.publish(OWNER, alone, merge.id)
    said = artifacts.create(OWNER, alone, "checklist", "A draft", READY).id
    for wanted, error in (([said], Conflict), ([], BadInput)):
        with pytest.raises(error):
            services.shelve(OWNER, alone, wanted)
    with pytest.raises(Refused):
        services.shelve(GUEST, alone, [made])

    changed = Checklist(READY.purpose, (Check("c1", "The recovery was rehearsed this month"), READY.items[1]))
    artifacts.revise(OWNER, alone, made, changed, base=1, context=ON_CALL)
    artifacts.publish(OWNER, alone, made)
    assert services.renew(OWNER, alone) == 1
    following.follow(OWNER, alone, page)
    (row,) = drafts.reviews(OWNER, alone, merge.id).waiting
    assert (row.was, row.now) == ("The recovery was rehearsed.", "The recovery was rehearsed this month.")


def test_a_page_and_a_playbook_that_cites_it_are_read_and_shut_with_the_artifact(alone: Database) -> None:
    people_and_assets(alone)
    made = written_down(alone, "checklist", "Before a release", READY)
    (page,) = services.shelve(OWNER, alone, [made])
    other = document(alone, "Pipelines")
    merge = starting.start(OWNER, alone, "Ours", documents=[page, other], everything=True, later=False)
    reading.read_sources(OWNER, alone, merge.id)
    drafting.write(OWNER, alone, merge.id)
    playbook = get_merge(OWNER, alone, merge.id).draft
    assert playbook is not None
    seen: list[int] = []

    def reader(actor: Actor, db: Database, found: Artifact) -> None:
        seen.append(found.id)

    def tested(actor: Actor, db: Database) -> dict[int, str]:
        return {made: "You are sitting a test on it."}

    READ_BY.append(reader)
    try:
        opened(OWNER, alone, other)
        assert seen == []
        opened(OWNER, alone, page)
        opened(OWNER, alone, playbook)
        drafts.drafted(OWNER, alone, merge.id)
        assert seen == [made] * 3
    finally:
        READ_BY.remove(reader)
    CLOSED_BY.append(tested)
    try:
        with pytest.raises(Conflict, match="sitting a test"):
            get_document(OWNER, alone, playbook)
        assert get_document(OWNER, alone, other).id == other
        assert shut_pages(OWNER, alone) == frozenset({page, playbook})
    finally:
        CLOSED_BY.remove(tested)


def test_the_page_of_an_artifact_is_shut_to_whoever_the_artifact_is_shut_to(alone: Database) -> None:
    made = written_down(alone, "guide", "Security and access", SECRETS)
    (page,) = services.shelve(OWNER, alone, [made])
    other = document(alone, "Handbook")

    def tested(actor: Actor, db: Database) -> dict[int, str]:
        return {made: "You are sitting a test on it."} if actor == DAN else {}

    CLOSED_BY.append(tested)
    try:
        with pytest.raises(Conflict, match="sitting a test"):
            get_document(DAN, alone, page)
        assert get_document(OWNER, alone, page).id == page
        assert get_document(DAN, alone, other).id == other
        assert (shut_pages(DAN, alone), shut_pages(OWNER, alone)) == ({page}, set())
    finally:
        CLOSED_BY.remove(tested)
