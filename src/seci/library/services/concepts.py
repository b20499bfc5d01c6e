"""The concept scheme kept in order, and what is about which concept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.ids import new_id
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library import store
from seci.library.access import Concept, get_concept, get_editable, need_member
from seci.library.marking import Mark, record
from seci.library.queries.concepts import taxonomy
from seci.library.services.finding import let_find
from seci.people.access import get_person
from seci.people.store import record as say

LONGEST = 120


def add_concept(
    actor: Actor,
    db: Database,
    label: str,
    *,
    broader: int | None = None,
    definition: str = "",
    alternatives: Sequence[str] = (),
) -> Concept:
    """A new concept, below `broader` if given. Raises BadInput for a label that is taken, by whatever case."""
    need_member(actor, "add a concept")
    label = tidy(label)
    wider = None if broader is None else get_concept(actor, db, broader).id
    with db.transaction():
        _free(db, label)
        row = {"key": new_id().hex, "label": label, "folded": label.casefold(), "definition": clean(definition.strip()),
               "owner_id": actor.person, "by": actor.account, "at": now()}  # fmt: skip
        concept = store.insert(db, "library_concept", row)
        if wider is not None:
            db.run("INSERT INTO library_broader (concept_id, broader_id) VALUES (?, ?)", [concept, wider])
        _relabel(db, concept, alternatives)
        say(db, actor, Kind.CATEGORIZE, f"concept {concept} is {label}")
        return get_concept(actor, db, concept)


def change_concept(
    actor: Actor,
    db: Database,
    concept: int,
    *,
    label: str | None = None,
    definition: str | None = None,
    alternatives: Sequence[str] | None = None,
    owner: int | None = None,
) -> Concept:
    """Other words for a concept, or somebody who answers for it; what is left out stays."""
    found = _changeable(actor, db, concept)
    columns: dict[str, object] = {}
    with db.transaction():
        if label is not None and tidy(label) != found.label:
            _free(db, tidy(label), but=concept)
            columns |= {"label": tidy(label), "folded": tidy(label).casefold()}
        if definition is not None:
            columns["definition"] = clean(definition.strip())
        if owner is not None:
            columns["owner_id"] = get_person(actor, db, owner).id
        if columns:
            store.change(db, "library_concept", concept, **columns)
        if alternatives is not None:
            _relabel(db, concept, alternatives)
        say(db, actor, Kind.CATEGORIZE, f"concept {concept} is described anew")
        return get_concept(actor, db, concept)


def place_concept(actor: Actor, db: Database, concept: int, broader: Sequence[int]) -> Concept:
    """Says which concepts are wider than this one; none puts it at the top. Raises BadInput for a circle."""
    found, wider = _changeable(actor, db, concept), [get_concept(actor, db, one) for one in dict.fromkeys(broader)]
    scheme = taxonomy(db)
    for one in wider:
        if circle := scheme.circle(concept, one.id):
            way = " → ".join(scheme.labels[step] for step in circle)
            raise BadInput(
                f"{found.label} cannot stand below {one.label}, which stands below it already ({way}); move that first."
            )
    with db.transaction():
        db.run("DELETE FROM library_broader WHERE concept_id = ?", [concept])
        db.run_many(
            "INSERT INTO library_broader (concept_id, broader_id) VALUES (?, ?)", [(concept, one.id) for one in wider]
        )
        words = ", ".join(one.label for one in wider) or "nothing"
        say(db, actor, Kind.CATEGORIZE, f"concept {concept} stands below {words}")
        return get_concept(actor, db, concept)


def relate_concepts(actor: Actor, db: Database, concept: int, other: int, *, related: bool = True) -> Concept:
    """Puts two concepts beside each other, or apart again."""
    found, second = _changeable(actor, db, concept), get_concept(actor, db, other)
    if found.id == second.id:
        raise BadInput(f"{found.label} is itself; name another concept.")
    pair = sorted((found.id, second.id))
    with db.transaction():
        if related:
            db.run("INSERT INTO library_related (concept_id, related_id) VALUES (?, ?) ON CONFLICT DO NOTHING", pair)
        else:
            db.run("DELETE FROM library_related WHERE concept_id = ? AND related_id = ?", pair)
        say(db, actor, Kind.CATEGORIZE, f"concepts {pair[0]} and {pair[1]} are {'' if related else 'not '}related")
        return found


def remove_concept(actor: Actor, db: Database, concept: int) -> None:
    """Takes an empty concept away. Raises Conflict while something is filed under it or is narrower."""
    found = _changeable(actor, db, concept)
    held = db.rows(
        "SELECT (SELECT COUNT(*) FROM library_tagging WHERE concept_id = ?), "
        "(SELECT COUNT(*) FROM library_broader WHERE broader_id = ?)",
        [concept, concept],
    )[0]
    if any(held):
        raise Conflict(f"{found.label} holds {held[0]} documents and {held[1]} narrower concepts; move them first.")
    with db.transaction():
        for table, columns in (
            ("library_label", ("concept_id",)), ("library_broader", ("concept_id",)),
            ("library_related", ("concept_id", "related_id")), ("library_concept", ("id",)),
        ):  # fmt: skip
            for column in columns:
                db.run(f"DELETE FROM {table} WHERE {column} = ?", [concept])  # noqa: S608 - constants of this file
        say(db, actor, Kind.CATEGORIZE, f"concept {concept} ({found.label}) removed")


def tag(actor: Actor, db: Database, concept: int, documents: Iterable[int] = (), artifacts: Iterable[int] = ()) -> int:
    """Files documents and artifacts under a concept; how many were not there yet. Members may."""
    need_member(actor, "file under a concept")
    return _tag(actor, db, get_concept(actor, db, concept), list(documents), list(artifacts), is_on=True)


def untag(
    actor: Actor, db: Database, concept: int, documents: Iterable[int] = (), artifacts: Iterable[int] = ()
) -> int:
    """Takes documents and artifacts from under a concept; how many were there."""
    need_member(actor, "file under a concept")
    return _tag(actor, db, get_concept(actor, db, concept), list(documents), list(artifacts), is_on=False)


def _tag(
    actor: Actor, db: Database, concept: Concept, documents: list[int], artifacts: list[int], *, is_on: bool
) -> int:
    pages = [get_editable(actor, db, one) for one in dict.fromkeys(documents)]
    for artifact in dict.fromkeys(artifacts):
        get_artifact(actor, db, artifact)
    words = f"filed under concept {concept.id}" if is_on else f"no longer under concept {concept.id}"
    n = 0
    with db.transaction():
        marks = [
            Mark(page.id, page.head, page.asset)
            for page in pages
            if _switch(actor, db, concept.id, "document_id", page.id, is_on=is_on)
        ]
        for artifact in dict.fromkeys(artifacts):
            if _switch(actor, db, concept.id, "artifact_id", artifact, is_on=is_on):
                n += 1
                say(db, actor, Kind.CATEGORIZE, f"artifact {artifact} {words}", artifact=artifact)
        for mark in marks:
            let_find(db, mark.document)
        record(actor, db, Kind.CATEGORIZE, f"{len(marks)} documents {words}", marks)
    return n + len(marks)


def _switch(actor: Actor, db: Database, concept: int, column: str, number: int, *, is_on: bool) -> bool:
    """One tagging on or off; whether anything is different."""
    if not is_on:
        sql = f"DELETE FROM library_tagging WHERE concept_id = ? AND {column} = ?"  # noqa: S608 - constants of this file
        return db.run(sql, [concept, number]) > 0
    sql = f"INSERT INTO library_tagging (concept_id, {column}, by, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608
    return db.run(sql, [concept, number, actor.account, now()]) > 0


def tidy(label: str) -> str:
    label = " ".join(clean(label).split())
    if not label or len(label) > LONGEST:
        raise BadInput(f"Give the concept a label of 1 to {LONGEST} characters.")
    return label


def _free(db: Database, label: str, but: int | None = None) -> None:
    rows = db.rows(
        "SELECT id, label FROM library_concept WHERE folded = ? UNION ALL SELECT c.id, c.label FROM library_label l "
        "JOIN library_concept c ON c.id = l.concept_id WHERE l.folded = ?",
        [label.casefold()] * 2,
    )
    taken = [name for id_, name in rows if id_ != but]
    if taken:
        raise BadInput(f"{label} is a name of the concept {taken[0]} already; use that one, or other words.")


def _relabel(db: Database, concept: int, alternatives: Sequence[str]) -> None:
    db.run("DELETE FROM library_label WHERE concept_id = ?", [concept])
    for label in dict.fromkeys(tidy(one) for one in alternatives if one.strip()):
        _free(db, label)
        db.run(
            "INSERT INTO library_label (concept_id, label, folded) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [concept, label, label.casefold()],
        )


def _changeable(actor: Actor, db: Database, concept: int) -> Concept:
    found = get_concept(actor, db, concept)
    owns = actor.person is not None and actor.person == found.owner and actor.is_at_least("member")
    if not owns and not actor.is_at_least("facilitator"):
        raise Refused("Only the owner of a concept, facilitators, leads and admins may change it.")
    return found
