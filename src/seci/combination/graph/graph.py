"""What the graph is made of: nodes, and typed edges that say in words what one has to do with the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import Micros
from seci.kit.errors import BadInput

NodeKind = Literal["person", "asset", "artifact", "document", "concept", "event"]
Verb = Literal[
    "worked",
    "owns",
    "wrote",
    "verified",
    "about",
    "tagged",
    "links",
    "derived",
    "broader",
    "related",
    "happened",
    "did",
]

KINDS: Mapping[str, str] = {
    "person": "people", "asset": "assets", "artifact": "artifacts", "document": "documents", "concept": "concepts",
    "event": "events",
}  # fmt: skip

# How an edge reads from its source, and from its target.
WORDS: Mapping[str, tuple[str, str]] = {
    "worked": ("has worked on", "is worked on by"),
    "owns": ("answers for", "is answered for by"),
    "wrote": ("wrote", "was written by"),
    "verified": ("verified", "was verified by"),
    "about": ("is about", "is written about in"),
    "tagged": ("is filed under", "holds"),
    "links": ("links to", "is linked from"),
    "derived": ("was made from", "went into"),
    "broader": ("is part of the wider topic", "is the wider topic of"),
    "related": ("is related to", "is related to"),
    "happened": ("happened to", "had the event"),
    "did": ("was done by", "did"),
}

# How far apart an edge sets its ends when a way is looked for: who wrote something is nearer to it than a topic is.
LENGTHS: Mapping[str, float] = {
    "wrote": 1.0, "verified": 1.0, "worked": 1.0, "owns": 1.2, "about": 1.0, "derived": 1.2, "links": 1.5,
    "tagged": 1.5, "broader": 2.0, "related": 2.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """Which node: `asset:12`."""

    kind: NodeKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Node:
    """`here` is false for people who have left; `note` tells nodes of one kind apart."""

    name: Name
    label: str
    note: str = ""
    here: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """`n` events or links stand behind it, the latest at `at` (0 is unknown)."""

    source: Name
    verb: Verb
    target: Name
    n: int = 1
    at: Micros = 0

    def words(self, since: Name) -> str:
        """How the edge reads, begun at one of its ends."""
        return WORDS[self.verb][0 if since == self.source else 1]

    def other(self, end: Name) -> Name:
        return self.target if end == self.source else self.source


@dataclass(frozen=True, slots=True)
class Graph:
    """A part of the whole. `limit`: each node shows so many neighbors of a sort at most; `cut`: some were left out."""

    start: Name
    nodes: Mapping[Name, Node]
    edges: tuple[Edge, ...]
    limit: int
    cut: bool

    def of(self, node: Name) -> list[tuple[Edge, Node]]:
        """The edges of a node, with the node at their other end."""
        return [(edge, self.nodes[edge.other(node)]) for edge in self.edges if node in (edge.source, edge.target)]


def named(text: str) -> Name:
    """The node that `asset:12` names. Raises BadInput."""
    kind, _, number = text.partition(":")
    if kind not in KINDS or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise BadInput(f"“{text[:60]}” names no node; write one of {', '.join(KINDS)} and a number: asset:12.")
    return Name(kind, int(number))  # type: ignore[arg-type]
