"""Edges and nodes out of the tables, in SQL: for many nodes at once, so many for each at most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seci.accounts.actor import Actor
from seci.combination.graph.graph import Edge, Name, Node, NodeKind
from seci.combination.graph.relations import Relation
from seci.kit.clock import to_datetime, today
from seci.kit.database import CONTAINS, Database, batches, containing, values
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library.access import readable
from seci.people.access import day

_BATCH = 400


def edges(db: Database, relation: Relation, side: str, nodes: Sequence[int], limit: int) -> list[Edge]:
    """The edges of a relation at some nodes on one side: the latest `limit` of each node, and one more if there is."""
    own, other = (relation.a, relation.b) if side == "source" else (relation.b, relation.a)
    where = f"{other} IS NOT NULL AND {relation.where}"
    rows: list[tuple[int, int, int | None, int]] = []
    if relation.once:
        latest = (
            f"SELECT {relation.a}, {relation.b}, {relation.at} AS at, 1 FROM {relation.table} "
            f"WHERE {own} = ? AND {where} ORDER BY at DESC, {other} LIMIT ?"
        )
        rows = [row for node in nodes for row in db.rows(latest, [node, limit + 1])]
    else:
        for batch in batches(nodes, _BATCH):
            rows += db.rows(
                "SELECT a, b, at, n FROM ("
                f"SELECT {relation.a} AS a, {relation.b} AS b, MAX({relation.at}) AS at, COUNT(*) AS n, "
                f"ROW_NUMBER() OVER (PARTITION BY {own} ORDER BY MAX({relation.at}) DESC, {other}) AS place "
                f"FROM {relation.table} WHERE {own} IN {values(len(batch))} AND {where} "
                f"GROUP BY {relation.a}, {relation.b}) ranked WHERE place <= ? ORDER BY place, a, b",
                [*batch, limit + 1],
            )
    return [
        Edge(Name(relation.source, a), relation.verb, Name(relation.target, b), int(n), int(at or 0))
        for a, b, at, n in rows
    ]


def nodes(db: Database, actor: Actor, names: Iterable[Name]) -> dict[Name, Node]:
    """The nodes that the actor may see, of those named."""
    asked: dict[NodeKind, list[int]] = {}
    for name in dict.fromkeys(names):
        asked.setdefault(name.kind, []).append(name.id)
    found: dict[Name, Node] = {}
    for kind, ids in asked.items():
        sql, parameters = _reading(actor, kind)
        for batch in batches(ids, _BATCH) if sql else ():
            for id_, label, note in db.rows(sql.format(ids=values(len(batch))), [*batch, *parameters]):
                found[Name(kind, id_)] = _node(Name(kind, id_), label, note)
    return found


def matching(db: Database, actor: Actor, text: str, limit: int) -> list[Node]:
    """Nodes whose name contains these words, to begin at."""
    found = []
    for kind, (table, column) in _NAMED.items():
        sql = f"SELECT id FROM {table} WHERE LOWER({column}) {CONTAINS} ORDER BY LENGTH({column}), id LIMIT ?"
        ids = [Name(kind, id_) for (id_,) in db.rows(sql, [containing(clean(text)), limit])]
        there = nodes(db, actor, ids)
        found += [there[name] for name in ids if name in there]
    return found


_NAMED: dict[NodeKind, tuple[str, str]] = {
    "asset": ("assets_asset", "name"),
    "document": ("library_document", "title"),
    "artifact": ("artifacts_artifact", "title"),
    "concept": ("library_concept", "label"),
    "person": ("people_person", "name"),
}


def _reading(actor: Actor, kind: NodeKind) -> tuple[str, list[object]]:
    """The statement that reads nodes of a kind as the actor may see them; "" where that is none.

    Guests do not see the directory, nor what happened in it, nor the assets, as on their pages.
    """
    is_member = actor.is_at_least("member")
    match kind:
        case "person":
            sql = "SELECT id, name, leaves_on FROM people_person WHERE id IN {ids} AND nature = 'person' " \
                  "AND merged_into_id IS NULL"  # fmt: skip
            return (sql if is_member else ""), []
        case "asset":
            sql = "SELECT id, name, topic FROM assets_asset WHERE id IN {ids} AND state IN ('proposed', 'kept')"
            return (sql if is_member else ""), []
        case "artifact":
            sql = "SELECT id, title, type FROM artifacts_artifact WHERE id IN {ids} AND state <> 'retired'"
            return sql + ("" if is_member else " AND state = 'published'"), []
        case "document":
            where, parameters = readable(actor)
            sql = "SELECT d.id, d.title, d.kind FROM library_document d WHERE d.id IN {ids} AND d.state <> 'retired'"
            return f"{sql} AND {where}", parameters
        case "concept":
            return "SELECT id, label, '' FROM library_concept WHERE id IN {ids}", []
        case "event":
            return ("SELECT seq, kind, t FROM ledger_event WHERE seq IN {ids}" if is_member else ""), []


def _node(name: Name, label: object, note: object) -> Node:
    match name.kind:
        case "person":
            last = day(note)
            here = last is None or last >= today()
            return Node(name, str(label), "" if here else "has left", here)
        case "event":
            kind = Kind(int(str(label))).name.lower().replace("_", " ")
            return Node(name, kind, f"{to_datetime(int(str(note))):%Y-%m-%d}")
        case _:
            return Node(name, str(label), str(note).replace("_", " "))
