"""The graph around a node, and ways from it, as this actor may see them. Constant in size, however large the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.graph import export, paths, store
from seci.combination.graph.graph import Edge, Graph, Name, Node, NodeKind, named
from seci.combination.graph.paths import Way
from seci.combination.graph.relations import RELATIONS
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound

LIMIT = 8
DEEPEST = 3
NODES_AT_MOST = 150
# A way is looked for in a larger part than is drawn.
WAY_LIMIT = 25
WAY_DEPTH = 4
WAY_NODES_AT_MOST = 1_500
FORMS = ("jsonld", "turtle", "graphml")


@dataclass(frozen=True, slots=True)
class Question:
    """Who can explain this, or how two nodes hang together: `ways` answer it, none where the graph knows none."""

    start: Node
    end: Node | None
    ways: tuple[Way, ...]


def around(actor: Actor, db: Database, start: str, *, depth: int = 1, limit: int = LIMIT) -> Graph:
    """The part of the graph within `depth` steps (1 to 3), with the latest `limit` neighbors of each sort.

    Raises BadInput for what names no node, NotFound for one that is not there for this actor.
    """
    if not (1 <= depth <= DEEPEST and 1 <= limit <= 50):
        raise BadInput(f"Give a depth of 1 to {DEEPEST} and a limit of 1 to 50.")
    return _grow(actor, db, named(start), depth, limit, NODES_AT_MOST, with_events=True)


def who_can_explain(actor: Actor, db: Database, start: str) -> Question:
    """The people here who are nearest to a node, each with the way that leads to them."""
    graph = _grow(actor, db, named(start), WAY_DEPTH, WAY_LIMIT, WAY_NODES_AT_MOST)
    return Question(graph.nodes[graph.start], None, paths.to_people(graph))


def way(actor: Actor, db: Database, start: str, end: str) -> Question:
    """The shortest way from one node to another, within four steps of the first."""
    goal = named(end)
    graph = _grow(actor, db, named(start), WAY_DEPTH, WAY_LIMIT, WAY_NODES_AT_MOST)
    there = store.nodes(db, actor, [goal])
    if goal not in there:
        raise _missing(goal)
    found = paths.between(graph, goal)
    return Question(graph.nodes[graph.start], there[goal], (found,) if found else ())


def find(actor: Actor, db: Database, text: str, limit: int = 6) -> list[Node]:
    """Nodes whose name contains these words."""
    return store.matching(db, actor, text.strip(), limit) if text.strip() else []


def exported(actor: Actor, db: Database, start: str, form: str, base: str, *, depth: int = 2) -> str:
    """The part around a node as `jsonld`, `turtle` or `graphml`; `base` is the address of this instance."""
    graph = around(actor, db, start, depth=depth)
    match form:
        case "jsonld":
            return export.to_jsonld(graph, base)
        case "turtle":
            return export.to_turtle(graph, base)
        case "graphml":
            return export.to_graphml(graph)
    raise BadInput(f"Choose one of {', '.join(FORMS)}.")


def _grow(
    actor: Actor, db: Database, start: Name, depth: int, limit: int, most: int, *, with_events: bool = False
) -> Graph:
    nodes = store.nodes(db, actor, [start])
    if start not in nodes:
        raise _missing(start)
    edges: dict[tuple[Name, str, Name], Edge] = {}
    front, cut = [start], False
    for step in range(depth):
        found, more = _edges(db, front, limit, with_events and step == 0)
        ends = [end for edge in found for end in (edge.source, edge.target) if end not in nodes]
        fresh = store.nodes(db, actor, ends)
        room = most - len(nodes)
        cut = cut or more or len(fresh) > room
        front = list(fresh)[:room]
        nodes |= {name: fresh[name] for name in front}
        shown = [edge for edge in found if edge.source in nodes and edge.target in nodes]
        edges |= {(edge.source, edge.verb, edge.target): edge for edge in shown}
        if not front:
            break
    return Graph(start, nodes, tuple(edges.values()), limit, cut)


def _edges(db: Database, front: Sequence[Name], limit: int, with_events: bool) -> tuple[list[Edge], bool]:
    """The edges at these nodes, and whether any were left out."""
    asked: dict[NodeKind, list[int]] = {}
    for name in front:
        asked.setdefault(name.kind, []).append(name.id)
    found: list[Edge] = []
    cut = False
    for relation in RELATIONS:
        if relation.verb == "happened" and not with_events:
            continue
        for side, kind in (("source", relation.source), ("target", relation.target)):
            if kind not in asked or relation.one_way not in ("", side):
                continue
            edges = store.edges(db, relation, side, asked[kind], limit)
            counts: dict[Name, int] = {}
            for edge in edges:
                own = edge.source if side == "source" else edge.target
                counts[own] = counts.get(own, 0) + 1
                if counts[own] > limit:
                    cut = True
                else:
                    found.append(edge)
    return found, cut


def _missing(name: Name) -> NotFound:
    return NotFound(f"There is no {name.kind} {name.id}; `seci graph find WORDS` shows what there is.")
