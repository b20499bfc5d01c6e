"""What a panel and learners answered, searched for what speaks against an artifact: rows in, findings out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from seci.internalization.challenges.trigger import Answered, Finding, of_drift, of_learners, of_panel, of_panels
from seci.internalization.kappa import kappa

# (case, node, person, sitting, option)
PanelRow = tuple[int, str, int, int, str]
# (case, node, person, option, key)
AttemptRow = tuple[int, str, int, str, str]
# Kappa on fewer cases elsewhere says nothing about a learner.
FEWEST_ELSEWHERE = 10


def findings(panel: Sequence[PanelRow], attempts: Sequence[AttemptRow], keys: Mapping[int, str]) -> list[Finding]:
    """All that speaks against the artifact, in the order of its cases."""
    return [*_panels(panel), *_drifts(panel, keys), *_learners(attempts)]


def _panels(rows: Sequence[PanelRow]) -> Iterator[Finding]:
    by_case: dict[int, dict[int, str]] = defaultdict(dict)
    node_of: dict[int, str] = {}
    for case, node, person, sitting, option in rows:
        node_of[case] = node
        if sitting == 1:
            by_case[case][person] = option
    by_node: dict[str, dict[int, dict[int, str]]] = defaultdict(dict)
    for case, given in by_case.items():
        by_node[node_of[case]][case] = given
        if found := of_panel(case, node_of[case], list(given.values())):
            yield found
    for node, cases in by_node.items():
        if found := of_panels(node, cases):
            yield found


def _drifts(rows: Sequence[PanelRow], keys: Mapping[int, str]) -> Iterator[Finding]:
    first = {(case, person): option for case, _, person, sitting, option in rows if sitting == 1}
    for case, node, person, sitting, option in rows:
        if sitting == 1 or case not in keys or (case, person) not in first:
            continue
        if found := of_drift(case, node, keys[case], first[case, person], option):
            yield found


def _learners(rows: Sequence[AttemptRow]) -> Iterator[Finding]:
    mine: dict[int, list[AttemptRow]] = defaultdict(list)
    by_case: dict[int, list[AttemptRow]] = defaultdict(list)
    for row in rows:
        mine[row[2]].append(row)
        by_case[row[0]].append(row)
    for case, given in by_case.items():
        answers = [Answered(row[3], _elsewhere(mine[row[2]], case)) for row in given]
        if found := of_learners(case, given[0][1], given[0][4], answers):
            yield found


def _elsewhere(rows: Sequence[AttemptRow], case: int) -> float | None:
    others = [row for row in rows if row[0] != case]
    if len(others) < FEWEST_ELSEWHERE:
        return None
    found = kappa([row[3] for row in others], [row[4] for row in others])
    return None if found is None else found.kappa
