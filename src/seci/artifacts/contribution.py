"""Whose words an artifact is made of: said by people, proposed by the partner, taken from documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from seci.artifacts.evidence import Claim


def holding(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that still speak for the artifact: not taken back, and no later one in their place."""
    every = list(claims)
    replaced = {claim.supersedes for claim in every if claim.supersedes and claim.status != "retracted"}
    return [claim for claim in every if claim.status != "retracted" and claim.id not in replaced]


def is_waiting(claim: Claim) -> bool:
    """Whether a claim waits for a person: nobody has said it and nobody has confirmed it."""
    return claim.origin != "human" and claim.confirmed_by is None


@dataclass(frozen=True, slots=True)
class Contribution:
    """Counts of the claims that an artifact rests on; each claim counts once.

    human     said by a person
    partner   proposed by the language model and confirmed by a person
    document  read from a document and confirmed by a person
    waiting   proposed, and confirmed by nobody: never published
    """

    human: int = 0
    partner: int = 0
    document: int = 0
    waiting: int = 0

    @property
    def n(self) -> int:
        return self.human + self.partner + self.document + self.waiting


def contribution(claims: Iterable[Claim]) -> Contribution:
    """How the claims that still hold divide by who brought them up."""
    counts = {"human": 0, "partner": 0, "document": 0, "waiting": 0}
    for claim in holding(claims):
        counts["waiting" if is_waiting(claim) else claim.origin] += 1
    return Contribution(**counts)
