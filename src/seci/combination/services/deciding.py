"""Conflicts decided by people, each as a decision record in the library; owners asked, and their answers."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import (
    Merge,
    MergeConflict,
    Request,
    get_changeable,
    get_conflict,
    get_request,
)
from seci.combination.adr import CHOICES, madr
from seci.combination.queries.conflicts import sides
from seci.kit.clock import now, today
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.people.store import record

LONGEST = 4000


def decide(
    actor: Actor, db: Database, conflict: int, choice: str, reason: str, *, when_a: str = "", when_b: str = ""
) -> MergeConflict:
    """What is done about a conflict; kept as a decision record with the reason and who gave it.

    choice  a, b: that sentence; split: each in its context; both: both stay as options; ask: whoever answers for the
            two documents is asked, and both stay until then; none: they do not contradict each other
    when_a, when_b  of a split: when the first holds, and when the second, without the "if"

    A decision may be changed; the record then has another revision. Raises BadInput, Conflict.
    """
    found = get_conflict(actor, db, conflict)
    merge = get_changeable(actor, db, found.merge)
    why = _words(reason, "Give the reason; whoever reads the playbook should understand the decision.")
    when = conditions(choice, when_a, when_b, verb="Decide")
    with db.transaction():
        store.take(db, merge.id)
        adr = _write_down(actor, db, merge, found, choice, why, when)
        store.change(
            db, "conflict", conflict, state="asked" if choice == "ask" else "decided", choice=choice,
            when_a=when[0], when_b=when[1], reason=why, adr_id=adr, decided_by_id=actor.person,
            decided_at=now(),
        )  # fmt: skip
        store.change(db, "merge", merge.id, changed_at=now())
        if choice == "ask":
            _ask(actor, db, merge, found, why)
        record(db, actor, Kind.DECIDE, f"conflict {conflict} of merge {merge.id}: {CHOICES[choice]}", asset=merge.asset)
        return get_conflict(actor, db, conflict)


def answer(actor: Actor, db: Database, request: int, choice: str, words: str) -> Request:
    """The word of somebody who was asked; whoever makes the merge sees it and decides.

    Raises Refused for anybody but the one who was asked (facilitators may write down what was said), BadInput.
    """
    asked = get_request(actor, db, request)
    if asked.person != actor.person and not actor.is_at_least("facilitator"):
        raise Refused("Somebody else was asked; you can say it in the comments of the document.")
    if choice not in ("a", "b", "split", "both", "none"):
        raise BadInput("Answer a, b, split, both or none.")
    if asked.answered_at is not None:
        raise Conflict("This was answered already.")
    said = _words(words, "Say why; whoever decides should understand it.")
    with db.transaction():
        store.change(db, "request", request, answer=choice, words=said, answered_at=now())
        record(db, actor, Kind.ANSWER, f"request {request} of merge {asked.merge}", subject=asked.person)
        return get_request(actor, db, request)


def _ask(actor: Actor, db: Database, merge: Merge, found: MergeConflict, why: str) -> None:
    """A request for each of the two documents, to whoever answers for it; nobody may answer for it yet."""
    owners: dict[int, int | None] = {}
    for one in {found.found["a"]["source"], found.found["b"]["source"]}:
        rows = db.rows("SELECT owner_id FROM library_document WHERE id = ?", [one])
        owners[one] = rows[0][0] if rows else None
    for document, owner in sorted(owners.items()):
        made = store.insert_once(
            db, "request", conflict_id=found.id, document_id=document, person_id=owner, question=why, answer="",
            words="", at=now(),
        )  # fmt: skip
        if made is not None:
            record(db, actor, Kind.REQUEST, f"request {made} of merge {merge.id}", other=owner, asset=merge.asset)


def _write_down(
    actor: Actor, db: Database, merge: Merge, found: MergeConflict, choice: str, reason: str, when: tuple[str, str]
) -> int:
    """The decision record: a document of the library, revised where there is one already."""
    one, two = sides(actor, db, found)
    rows = db.rows("SELECT name FROM people_person WHERE id = ?", [actor.person])
    who = rows[0][0] if rows else "whoever runs this instance"
    title = f"{merge.title}: {found.sentence.rstrip('.')}"[:160]
    text = madr(title, one.side, two.side, found.sentence, choice, reason, who=who, on=today(), when=when)
    if found.adr is not None:
        head = int(db.rows("SELECT head FROM library_document WHERE id = ?", [found.adr])[0][0])
        library.revise(actor, db, found.adr, text, base=head, message=f"decided again: {CHOICES[choice]}")
        return found.adr
    made = library.create(actor, db, title, text, kind="adr", asset=merge.asset, message=CHOICES[choice], cause="merge")
    library.publish(actor, db, made)
    return made


def conditions(choice: str, when_a: str, when_b: str, *, verb: str) -> tuple[str, str]:
    """When each sentence of a split holds; empty for the other choices. Raises BadInput for a choice that there is not
    (`verb` opens the sentence) and for a split that lacks one."""
    if choice not in CHOICES:
        raise BadInput(f"{verb} {', '.join(CHOICES)}; {choice[:30]!r} is none of these.")
    if choice != "split":
        return "", ""
    when = (_when(when_a), _when(when_b))
    if not all(when):
        raise BadInput("A split needs both conditions: say when the first holds and when the second.")
    return when


def _when(text: str) -> str:
    """A condition without the words that lead it in and without a full stop."""
    words = " ".join(clean(text).split())[:500].rstrip(".,;:")
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("if", "when", "else", "otherwise") and rest else words


def _words(text: str, sentence: str) -> str:
    words = clean(text).strip()[:LONGEST]
    if not words:
        raise BadInput(sentence)
    return words
