"""The artifact as it grows, node by node, each with the sentences and cases that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.artifacts.bodies import Body
from seci.artifacts.evidence import Claim
from seci.artifacts.scales import lines
from seci.cases.case import Judgement


@dataclass(frozen=True, slots=True)
class Seen:
    """A case behind a node, and what its expert said of it."""

    name: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Grown:
    """One node. `depth` counts from 0; `quotes` are the expert's words, or the statement where none were quoted."""

    id: str
    words: str
    branch: str
    depth: int
    quotes: tuple[str, ...]
    agree: tuple[Seen, ...]
    against: tuple[Seen, ...]
    supported: bool

    @property
    def rests_on(self) -> str:
        """`2 sentences · 5 cases · 1 against`."""
        counted = (
            (len(self.quotes), "sentence", "sentences"),
            (len(self.agree), "case", "cases"),
            (len(self.against), "against", "against"),
        )
        return " · ".join(f"{n} {one if n == 1 else many}" for n, one, many in counted if n)


def grown(body: Body, claims: Sequence[Claim], judgements: Sequence[Judgement]) -> tuple[Grown, ...]:
    """Every node in the order of reading; empty while nothing in the body rests on anything."""
    quotes = {claim.id: claim.quote or claim.text for claim in claims if claim.status != "retracted"}
    seen = {one.case.id: Seen(one.case.title or f"case {at}", one.outcome) for at, one in enumerate(judgements, 1)}
    depths: dict[str, int] = {}
    found = []
    for node in lines(body, steps=False):
        depths[node.id] = depths.get(node.parent, -1) + 1
        evidence = node.evidence
        found.append(
            Grown(
                node.id,
                node.words,
                node.branch,
                depths[node.id],
                tuple(quotes[claim] for claim in evidence.claims if claim in quotes),
                tuple(seen[case] for case in evidence.cases_for if case in seen),
                tuple(seen[case] for case in evidence.cases_against if case in seen),
                evidence.is_supported,
            )
        )
    return tuple(found) if any(one.supported for one in found) else ()
