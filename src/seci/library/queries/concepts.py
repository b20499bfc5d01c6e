"""The concept scheme: as a tree with counts, one concept with its neighbors, all of it as SKOS."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from collections import defaultdict
from typing import Any

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.library.access import Concept, get_concept, readable
from seci.library.scheme import Taxonomy
from seci.library.views import Branch, ConceptRef, ConceptRow
from seci.people import queries as people

SCHEME = "urn:seci:concepts"


def taxonomy(db: Database) -> Taxonomy:
    """The whole scheme: labels and what is broader than what."""
    labels: dict[int, str] = dict(db.rows("SELECT id, label FROM library_concept"))
    broader: dict[int, set[int]] = defaultdict(set)
    for concept, wider in db.rows("SELECT concept_id, broader_id FROM library_broader"):
        broader[concept].add(wider)
    return Taxonomy(labels, {concept: frozenset(found) for concept, found in broader.items()})


def tree(actor: Actor, db: Database) -> tuple[Branch, ...]:
    """The concepts as a tree, each with how much in use is about it or about what is narrower."""
    scheme = taxonomy(db)
    if not scheme.labels:
        return ()
    about = _about(actor, db)
    return tuple(
        Branch(
            ConceptRef(id_, scheme.labels[id_]),
            len(frozenset[tuple[str, int]]().union(*(about[one] for one in scheme.below(id_)))),
            depth,
        )
        for id_, depth in scheme.walk()
    )


def concepts(actor: Actor, db: Database) -> list[ConceptRow]:
    """All concepts in alphabetical order, with their labels and neighbors."""
    about, scheme = _about(actor, db), taxonomy(db)
    others: dict[int, list[str]] = defaultdict(list)
    for id_, label in db.rows("SELECT concept_id, label FROM library_label ORDER BY folded"):
        others[id_].append(label)
    related: dict[int, list[int]] = defaultdict(list)
    for one, two in db.rows("SELECT concept_id, related_id FROM library_related"):
        related[one].append(two)
        related[two].append(one)
    rows = [
        Concept(*row)
        for row in db.rows("SELECT id, key, label, definition, owner_id FROM library_concept ORDER BY folded")
    ]
    named = people.names(actor, db, [one.owner for one in rows if one.owner]) if actor.is_at_least("member") else {}
    return [
        ConceptRow(
            concept=one,
            alternatives=tuple(others[one.id]),
            broader=_refs(scheme, scheme.broader.get(one.id, frozenset())),
            narrower=_refs(scheme, scheme.narrower.get(one.id, frozenset())),
            related=_refs(scheme, related[one.id]),
            owner=named.get(one.owner) if one.owner else None,
            n=len(about[one.id]),
        )
        for one in rows
    ]


def concept(actor: Actor, db: Database, concept: int) -> ConceptRow:
    """One concept. Raises NotFound."""
    wanted = get_concept(actor, db, concept).id
    return next(row for row in concepts(actor, db) if row.concept.id == wanted)


def named_concept(actor: Actor, db: Database, name: str) -> Concept:
    """The concept of this label, preferred or other. Raises NotFound."""
    folded = " ".join(name.split()).casefold()
    rows = db.rows(
        "SELECT id FROM library_concept WHERE folded = ? UNION SELECT concept_id FROM library_label WHERE folded = ?",
        [folded, folded],
    )
    if not rows:
        raise NotFound(f"There is no concept called {name!r}; `seci library concepts` lists them.")
    return get_concept(actor, db, rows[0][0])


def skos(actor: Actor, db: Database) -> dict[str, Any]:
    """The scheme as JSON-LD in the words of SKOS (W3C, 2009)."""
    rows = concepts(actor, db)
    keys = {row.concept.id: f"{SCHEME}:{row.concept.key}" for row in rows}
    graph: list[dict[str, Any]] = [
        {
            "@id": SCHEME,
            "@type": "skos:ConceptScheme",
            "skos:hasTopConcept": [{"@id": keys[row.concept.id]} for row in rows if not row.broader],
        }
    ]
    graph += [_skos(row, keys) for row in rows]
    return {"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@graph": graph}


def _skos(row: ConceptRow, keys: dict[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": keys[row.concept.id],
        "@type": "skos:Concept",
        "skos:inScheme": {"@id": SCHEME},
        "skos:prefLabel": row.concept.label,
    }
    more = {
        "skos:altLabel": list(row.alternatives),
        "skos:definition": row.concept.definition,
        "skos:broader": [{"@id": keys[one.id]} for one in row.broader],
        "skos:related": [{"@id": keys[one.id]} for one in row.related],
    }
    return found | {name: value for name, value in more.items() if value}


def _about(actor: Actor, db: Database) -> dict[int, set[tuple[str, int]]]:
    """What in use is filed directly under each concept."""
    where, asked = readable(actor)
    seen = "a.state <> 'retired'" if actor.is_at_least("member") else "a.state = 'published'"
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for id_, document in db.rows(
        "SELECT t.concept_id, d.id FROM library_tagging t JOIN library_document d ON d.id = t.document_id "
        f"WHERE d.state <> 'retired' AND {where}",
        asked,
    ):
        found[id_].add(("library", document))
    for id_, artifact in db.rows(
        "SELECT t.concept_id, a.id FROM library_tagging t JOIN artifacts_artifact a ON a.id = t.artifact_id "
        f"WHERE {seen}"
    ):
        found[id_].add(("artifacts", artifact))
    return found


def _refs(scheme: Taxonomy, ids: Any) -> tuple[ConceptRef, ...]:
    found = [ConceptRef(one, scheme.labels[one]) for one in ids]
    return tuple(sorted(found, key=lambda ref: ref.label.casefold()))
