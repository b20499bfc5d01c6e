"""Publication: refused until every statement is borne or marked human; the attribution page; accuracy by sample."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.combination import store
from seci.combination.access import Merge, get_merge, get_opened
from seci.combination.merge.attribution import attribution
from seci.combination.products import requirements
from seci.combination.queries.publishing import obstacles, outcome_of
from seci.combination.queries.texts import pinned
from seci.combination.queries.tracing import head, traced
from seci.combination.services.drafting import keep_traces
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.kit.ids import seeded
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library import store as shelf
from seci.library.access import get_document
from seci.people.store import record

VERIFIED_DAYS = 180
LARGEST_SAMPLE = 50
VERDICTS = ("confirmed", "wrong", "unclear")


def publish(actor: Actor, db: Database, merge: int, *, days: int = VERIFIED_DAYS) -> Merge:
    """The draft as it stands becomes a published page, verified by whoever publishes, with its attribution page.

    days  until somebody should look again

    Raises Conflict that names the first of what stands in the way.
    """
    found = get_opened(actor, db, merge)
    if not 1 <= days <= 3650:
        raise BadInput(f"A verification holds for 1 to 3650 days, not {days}.")
    if lacking := obstacles(actor, db, merge):
        raise Conflict(f"It cannot be published yet: {lacking[0]}", code="not_whole")
    assert found.draft is not None
    with db.transaction():
        store.take(db, merge)
        traces = keep_traces(actor, db, merge)
        end = outcome_of(actor, db, merge)
        page = attribution(found.title, pinned(actor, db, merge), end, traces, _addresses(actor, db, merge))
        named = _named(actor, db, found, page)
        number = head(db, found.draft)
        _open(actor, db, found.draft, end.spdx)
        library.verify(actor, db, found.draft, days=days)
        store.change(
            db, "merge", merge, state="published", published=number, published_at=now(), attribution_id=named,
            owner_id=actor.person, licence=end.spdx, changed_at=now(),
        )  # fmt: skip
        record(db, actor, Kind.PUBLISH, f"merge {merge} published: document {found.draft} r{number}", asset=found.asset)
        return get_merge(actor, db, merge)


def require(
    actor: Actor, db: Database, merge: int, key: str, *, waived: str = "", artifact: int | None = None
) -> Merge:
    """What is decided about a class of requirements: that it does not apply, and why; or which artifact checks it.

    Neither takes back what was said.
    """
    found = get_opened(actor, db, merge)
    if key not in {one.key for one in requirements()}:
        raise NotFound(f"There is no class of requirements {key[:40]!r}.")
    said: dict[str, object] = {}
    if words := clean(waived).strip()[:1000]:
        said["waived"] = words
    if artifact is not None:
        said["artifact"] = get_artifact(actor, db, artifact).id
    with db.transaction():
        store.take(db, merge)
        after = {**found.classes, key: said}
        store.change(db, "merge", merge, classes=after, changed_at=now())
        record(
            db, actor, Kind.DECIDE, f"merge {merge}: {key} {'does not apply' if words else 'noted'}", artifact=artifact
        )
        return get_merge(actor, db, merge)


def sample(actor: Actor, db: Database, merge: int, size: int = 10) -> int:
    """Draws cited statements of the published playbook by lot, to be held against their sources; how many are new.

    The draw depends on the merge and its revision alone, so that nobody can choose.
    """
    found = get_merge(actor, db, merge)
    if found.published is None:
        raise Conflict("Only what is published is sampled; publish the playbook first.")
    if not 1 <= size <= LARGEST_SAMPLE:
        raise BadInput(f"A sample has 1 to {LARGEST_SAMPLE} statements, not {size}.")
    traces = traced(actor, db, merge, found.published).traces
    cited = [number for number, trace in enumerate(traces) if trace.cited and trace.operation != "human"]
    seeded("accuracy", merge, found.published).shuffle(cited)
    with db.transaction():
        made = [
            store.insert_once(
                db, "sample", merge_id=merge, revision=found.published, number=number, verdict="", words="", at=now()
            )
            for number in cited[:size]
        ]
        record(db, actor, Kind.VERIFY, f"merge {merge}: {sum(one is not None for one in made)} statements to check")
    return sum(one is not None for one in made)


def judge(actor: Actor, db: Database, sampled: int, verdict: str, words: str = "") -> Merge:
    """A person's word on a sampled statement: confirmed, wrong or unclear."""
    if verdict not in VERDICTS:
        raise BadInput(f"Say {', '.join(VERDICTS)}.")
    rows = db.rows("SELECT merge_id FROM combination_sample WHERE id = ?", [sampled])
    if not rows:
        raise NotFound(f"There is no sampled statement {sampled}.")
    found = get_merge(actor, db, rows[0][0])
    with db.transaction():
        store.change(
            db, "sample", sampled, verdict=verdict, words=clean(words).strip()[:2000], person_id=actor.person,
            judged_at=now(),
        )  # fmt: skip
        record(db, actor, Kind.VERIFY, f"merge {found.id}: a statement {verdict}", asset=found.asset)
        return get_merge(actor, db, found.id)


def _open(actor: Actor, db: Database, document: int, licence: str) -> None:
    """The document under its licence, and for everybody to read if it is not yet."""
    shelf.change(db, "library_document", document, licence=licence)
    if get_document(actor, db, document).state == "draft":
        library.publish(actor, db, document)


def _named(actor: Actor, db: Database, found: Merge, page: str) -> int:
    """The attribution page, published; its document."""
    title = f"Sources of {found.title}"[:200]
    if found.attribution is None:
        made = library.create(actor, db, title, page, kind="attribution", message="made at publication")
    else:
        made = found.attribution
        library.revise(actor, db, made, page, base=head(db, made), message="made at publication", cause="merge")
    _open(actor, db, made, "")
    return made


def _addresses(actor: Actor, db: Database, merge: int) -> dict[int, str]:
    """Where each source can be read in the library."""
    rows = db.rows("SELECT document_id FROM combination_source WHERE merge_id = ?", [merge])
    return {int(row[0]): f"/library/{row[0]}/" for row in rows}
