"""Ways through the graph, each explained step by step.

The shortest way by Dijkstra (1959), as networkx has it; the lengths of edges are a proposal (`graph.LENGTHS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from seci.combination.graph.graph import LENGTHS, Edge, Graph, Name, Node

MOST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a way: "Intake is worked on by Dan"."""

    source: Node
    words: str
    target: Node
    edge: Edge

    @property
    def sentence(self) -> str:
        return f"{self.source.label} {self.words} {self.target.label}"


@dataclass(frozen=True, slots=True)
class Way:
    """From a node to another; `length` is the sum of its edges' lengths."""

    start: Node
    end: Node
    steps: tuple[Step, ...]
    length: float

    @property
    def sentence(self) -> str:
        """The whole way in words."""
        rest = (f"{step.words} {step.target.label}" for step in self.steps[1:])
        return ", which ".join([self.steps[0].sentence, *rest])


def to_people(graph: Graph) -> tuple[Way, ...]:
    """The people here whom a way leads to from the start: the nearest first, by name where equally near.

    No way goes through a person: that somebody has worked on something else says nothing of this.
    """
    people = [name for name, node in graph.nodes.items() if name.kind == "person" and node.here and name != graph.start]
    ways = _ways(graph, people, through_people=False)
    return tuple(sorted(ways, key=lambda way: (way.length, way.end.label))[:MOST])


def between(graph: Graph, end: Name) -> Way | None:
    """The shortest way from the start to `end`; None where the graph at hand has none."""
    return next(_ways(graph, [end]), None)


def _ways(graph: Graph, ends: Iterable[Name], *, through_people: bool = True) -> Iterator[Way]:
    import networkx

    net = _net(graph, through_people)
    if graph.start not in net:
        return
    lengths, ways = networkx.single_source_dijkstra(net, graph.start)
    for end in ends:
        if end not in ways or end == graph.start:
            continue
        steps = []
        for source, target in pairwise(ways[end]):
            edge: Edge = net[source][target]["edge"]
            steps.append(Step(graph.nodes[source], edge.words(source), graph.nodes[target], edge))
        yield Way(graph.nodes[graph.start], graph.nodes[end], tuple(steps), lengths[end])


def _net(graph: Graph, through_people: bool) -> Any:
    import networkx

    net = networkx.DiGraph()
    for edge in graph.edges:
        length = LENGTHS.get(edge.verb)
        if length is None:
            continue
        for source, target in ((edge.source, edge.target), (edge.target, edge.source)):
            if source.kind == "person" and source != graph.start and not through_people:
                continue
            known = net.get_edge_data(source, target)
            if known is None or length < known["weight"]:
                net.add_edge(source, target, weight=length, edge=edge)
    return net
