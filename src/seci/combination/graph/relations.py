"""Where each sort of edge is kept. A room above the library adds its own when it starts (`RELATIONS.append`)."""

# ruff: noqa: S608 - the codes of kinds are constants

from __future__ import annotations

from dataclasses import dataclass

from seci.combination.graph.graph import NodeKind, Verb
from seci.ledger.kinds import Kind


@dataclass(frozen=True, slots=True)
class Relation:
    """Edges of one sort: `a` and `b` are columns of `table` with the numbers of source and target.

    at     column or expression of the moment, for the order; 0 where there is none
    where  what else has to hold
    one_way  looked up from this side alone ("source" or "target"), because the other has no index; "" is both
    once     a pair is one row, so the latest rows of a node are its latest edges: what an asset has by the 100,000
    """

    verb: Verb
    source: NodeKind
    target: NodeKind
    table: str
    a: str
    b: str
    at: str = "0"
    where: str = "1 = 1"
    one_way: str = ""
    once: bool = False


_OWN = tuple(map(int, (Kind.TEACH_BACK, Kind.PRACTICE, Kind.SIMULATE, Kind.FEEDBACK, Kind.ASSESS, Kind.READ)))

RELATIONS: list[Relation] = [
    Relation("about", "artifact", "asset", "artifacts_artifact", "id", "asset_id", "changed_at"),
    Relation("about", "document", "asset", "library_document", "id", "asset_id", "changed_at"),
    Relation("tagged", "document", "concept", "library_tagging", "document_id", "concept_id", "at"),
    Relation("tagged", "artifact", "concept", "library_tagging", "artifact_id", "concept_id", "at"),
    Relation("links", "document", "document", "library_link", "document_id", "to_document_id"),
    Relation("links", "document", "artifact", "library_link", "document_id", "to_artifact_id"),
    Relation("links", "document", "asset", "library_link", "document_id", "to_asset_id"),
    Relation("owns", "person", "asset", "assets_asset", "owner_id", "id", "created_at"),
    Relation("owns", "person", "artifact", "artifacts_artifact", "owner_id", "id", "changed_at"),
    Relation("owns", "person", "document", "library_document", "owner_id", "id", "changed_at"),
    Relation("wrote", "person", "artifact", "artifacts_revision", "author_id", "artifact_id", "at"),
    Relation("wrote", "person", "document", "library_revision", "author_id", "document_id", "at"),
    Relation("verified", "person", "artifact", "artifacts_artifact", "verified_by_id", "id", "verified_at"),
    Relation("verified", "person", "document", "library_document", "verified_by_id", "id", "verified_at"),
    Relation(
        "derived", "artifact", "artifact",
        "artifacts_parent l JOIN artifacts_revision n ON n.id = l.revision_id "
        "JOIN artifacts_revision o ON o.id = l.parent_id",
        "n.artifact_id", "o.artifact_id", "n.at", "n.artifact_id <> o.artifact_id",
    ),
    Relation(
        "derived", "document", "document",
        "combination_merge m JOIN combination_source s ON s.merge_id = m.id", "m.draft_id", "s.document_id", "m.at",
    ),
    Relation("broader", "concept", "concept", "library_broader", "concept_id", "broader_id"),
    Relation("related", "concept", "concept", "library_related", "concept_id", "related_id"),
    Relation("happened", "event", "asset", "ledger_event", "seq", "asset", "t", one_way="target", once=True),
    Relation(
        "happened", "event", "document", "library_deed d JOIN ledger_event e ON e.seq = d.seq", "d.seq",
        "d.document_id", "e.t", one_way="target", once=True,
    ),
    Relation(
        "did", "event", "person", "ledger_event e JOIN people_identity i ON i.id = e.actor", "e.seq", "i.person_id",
        "e.t",
        # What somebody practises, reads or is tested on, and what they do with an artifact in hand, is theirs alone.
        f"e.artifact IS NULL AND e.kind NOT IN {_OWN} "
        # Whoever has hidden the own entry of an asset is not shown with what happened there either.
        "AND NOT EXISTS (SELECT 1 FROM assets_correction c WHERE c.person_id = i.person_id AND c.asset_id = e.asset "
        "AND c.lifted_at IS NULL)",
        one_way="source",
    ),
]  # fmt: skip
