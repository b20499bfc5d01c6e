"""A look through the whole library: what stands twice, what contradicts, what is missing, what has gone stale,
which pages should lead to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seci import jobs
from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import LibraryFinding, get_finding, need_member
from seci.combination.placing import address, with_line, with_link
from seci.combination.queries.shelves import found_in_library
from seci.combination.queries.weaving import missing_links
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, SeciError
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.library.access import Document, get_document, get_revision
from seci.people.store import record

TASK = "seci.combination.tasks:look"
KINDS = ("duplicate", "conflict", "gap", "stale", "link")
DECISIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "duplicate": (("same", "they are the same: one goes"), ("apart", "both stay: they are for different readers")),
    "conflict": (("merge", "to be merged"), ("fine", "no conflict")),
    "gap": (("write", "somebody writes it"), ("none", "it is not missed")),
    "link": (
        ("here", "the words that name it become the link"),
        ("also", "a line under See also leads there"),
        ("apart", "no link"),
    ),
    "stale": (("renew", "somebody looks at it"), ("fine", "it still holds")),
}


def look(actor: Actor, db: Database, *, later: bool = True) -> int:
    """Queues a look through the library; its number. While one waits or runs, that one's."""
    need_member(actor)
    with db.transaction():
        rows = db.rows("SELECT id FROM combination_look WHERE state IN ('waiting', 'running') ORDER BY id LIMIT 1")
        if rows and later:
            return int(rows[0][0])
        made = store.insert(
            db, "look", state="waiting", step="", done=0, total=0, sentence="", by=actor.account, at=now()
        )
        record(db, actor, Kind.DEDUPLICATE, f"look {made} through the library")
        if later:
            jobs.enqueue(TASK, made, key="look", database=db)
        return made


def run(actor: Actor, db: Database, look: int) -> int:
    """Does a look; how many findings are new. What was decided is not found again."""
    store.change(db, "look", look, state="running")

    def tell(step: str, done: int, total: int) -> None:
        store.change(db, "look", look, step=step, done=done, total=total)

    try:
        found = found_in_library(actor, db, tell)
    except SeciError as error:
        store.change(db, "look", look, state="failed", sentence=error.sentence, ended_at=now())
        raise
    with db.transaction():
        fresh = _kept(db, KINDS, found)
        store.change(db, "look", look, state="done", found=fresh, ended_at=now(), step="")
        record(db, actor, Kind.DEDUPLICATE, f"look {look}: {fresh} new findings of {len(found)}")
    return fresh


def link_up(actor: Actor, db: Database) -> int:
    """Looks through the library for links that pages lack, and for nothing else; how many are new."""
    need_member(actor)
    found = list(missing_links(db))
    with db.transaction():
        fresh = _kept(db, ("link",), found)
        if fresh:
            record(db, actor, Kind.DEDUPLICATE, f"{fresh} new links proposed of {len(found)}")
    return fresh


def decide_finding(actor: Actor, db: Database, finding: int, decision: str, reason: str = "") -> LibraryFinding:
    """What is done about a finding. It is decided once: it never comes back while its words are the same, and a link
    between two pages not at all.

    Taking a link (here, also) makes the page's next revision. Raises Conflict when its words have changed since.
    """
    found = get_finding(actor, db, finding)
    if found.kind not in DECISIONS:
        raise BadInput(f"Finding {finding} is a sentence that came back; decide it with `seci merge settle`.")
    known = [key for key, _ in DECISIONS[found.kind] if key != "here" or found.data["words"]]
    if decision not in known:
        raise BadInput(f"Decide {', '.join(known)}; {decision[:30]!r} is none of these.")
    if found.state != "open":
        raise Conflict(f"Finding {finding} is {found.state} already.")
    with db.transaction():
        revised = _linked(actor, db, found, decision) if decision in ("here", "also") else None
        store.change(
            db, "finding", finding, state="decided", decision=decision, reason=clean(reason).strip()[:4000],
            decided_by_id=actor.person, decided_at=now(),
        )  # fmt: skip
        if revised is None:
            record(db, actor, Kind.DECIDE, f"finding {finding}: {decision}")
        else:
            sentence = f"finding {finding}: document {revised.id} leads to document {found.other}"
            record(db, actor, Kind.LINK, sentence, asset=revised.asset)
        return get_finding(actor, db, finding)


def _kept(db: Database, kinds: Sequence[str], found: Sequence[Mapping[str, object]]) -> int:
    """Writes what a look found, and lets what it did not find again go; how many are new. Needs a transaction."""
    store.lost_links(db, [str(one["fingerprint"]) for one in found if one["kind"] == "link"])
    made = [store.write_finding(db, one, now()) for one in found]
    store.settle_gone(db, kinds, (str(one["fingerprint"]) for one in found), now())
    return sum(one is not None for one in made)


def _linked(actor: Actor, db: Database, found: LibraryFinding, decision: str) -> Document:
    """The page with the link that was proposed for it, as its next revision."""
    assert found.document is not None
    assert found.other is not None
    page, target = get_document(actor, db, found.document), get_document(actor, db, found.other)
    to = address((page.collection, page.path), (target.collection, target.path), target.id)
    text = get_revision(actor, db, page.id, page.head).text
    if decision == "here":
        text = with_link(text, found.data["said"], found.data["words"], to)
    else:
        text = with_line(text, target.title, to)
    message = f"leads to {target.title}"
    return library.revise(actor, db, page.id, text, base=page.head, message=message, cause="suggestion")
