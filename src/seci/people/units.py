"""Units seen in who works with whom. A proposal: how people work is not how they are organized."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seci.kit.ids import seeded

SEED = "units"
SMALLEST = 3
"""Two people who work together are a pair, not a unit."""


@dataclass(frozen=True, slots=True)
class WorkingGroup:
    """People who work together more than with others.

    people   ids, most connected within the group first
    inside   part of all their ties that stay within the group, 0 to 1
    ties     how often they worked together within it
    """

    people: tuple[int, ...]
    inside: float
    ties: float


def working_groups(ties: Mapping[tuple[int, int], float], *, smallest: int = SMALLEST) -> list[WorkingGroup]:
    """Groups by the Louvain method (Blondel et al. 2008) on ties weighted by how often two people worked together.

    ties   {(person, person): times}, either order, both are added up; a person with oneself is ignored
    The same ties give the same groups in any order. Largest groups first; people in no group are left out.
    """
    import networkx

    graph = networkx.Graph()
    for one, two in sorted({(min(pair), max(pair)) for pair in ties}):
        times = ties.get((one, two), 0) + ties.get((two, one), 0)
        if one != two and times > 0:
            graph.add_edge(one, two, weight=float(times))
    if not graph:
        return []
    found = networkx.community.louvain_communities(graph, weight="weight", seed=seeded(SEED))
    groups = [_group(graph, people) for people in found if len(people) >= smallest]
    return sorted(groups, key=lambda group: (-len(group.people), group.people))


def _group(graph: object, people: set[int]) -> WorkingGroup:
    within: dict[int, float] = {}
    total = 0.0
    for person in sorted(people):
        ties = {other: edge["weight"] for other, edge in graph[person].items()}  # type: ignore[index]
        within[person] = sum(weight for other, weight in ties.items() if other in people)
        total += sum(ties.values())
    order = sorted(people, key=lambda person: (-within[person], person))
    return WorkingGroup(tuple(order), sum(within.values()) / total, sum(within.values()) / 2)
