"""Everything that an artifact says at one revision, as it stands in its text form."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.bodies import Body
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim


@dataclass(frozen=True, slots=True)
class Content:
    """`type` is one of `body.TYPES`; claims are those that the nodes cite."""

    type: str
    title: str
    body: Body
    context: Context = field(default_factory=Context)
    claims: tuple[Claim, ...] = ()
