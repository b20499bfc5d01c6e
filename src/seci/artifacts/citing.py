"""Which claims and cases the nodes of a body cite, and a body whose nodes no longer cite some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from seci.artifacts.bodies import Body
from seci.artifacts.walk import nodes


def cited_claims(body: Body) -> frozenset[str]:
    return frozenset(claim for node in nodes(body) for claim in node.evidence.claims)


def unsupported(body: Body, gone: Collection[str] = ()) -> list[str]:
    """Ids of the nodes that rest on no case and on no claim, those in `gone` not counted."""
    return [
        node.id
        for node in nodes(body)
        if not node.evidence.cases_for and not set(node.evidence.claims).difference(gone)
    ]


def replaced(data: Any, claim: str, by: str | None) -> Any:
    """The plain data of a body in which nodes cite `by` where they cited `claim`; nothing in its place for None."""
    if isinstance(data, Mapping):
        return {
            name: _evidence(inside, claim, by) if name == "evidence" else replaced(inside, claim, by)
            for name, inside in data.items()
        }
    if isinstance(data, list):
        return [replaced(one, claim, by) for one in data]
    return data


def _evidence(evidence: Any, claim: str, by: str | None) -> Any:
    if not isinstance(evidence, Mapping) or claim not in evidence.get("claims", ()):
        return evidence
    kept = [by if one == claim else one for one in evidence["claims"]]
    return {**evidence, "claims": list(dict.fromkeys(one for one in kept if one is not None))}
