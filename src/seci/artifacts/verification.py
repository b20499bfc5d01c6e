"""Whether somebody responsible has confirmed that an artifact holds, which state of it, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import Micros

Standing = Literal["verified", "earlier", "expired", "unverified"]


@dataclass(frozen=True, slots=True)
class Verification:
    """verified: the shown revision, and it still holds. earlier: another revision than the one shown. expired: its
    time is over. unverified: nobody has said that it holds."""

    standing: Standing
    revision: int | None = None
    at: Micros | None = None
    until: Micros | None = None


def verification(
    shown: int, revision: int | None, at: Micros | None, until: Micros | None, now: Micros
) -> Verification:
    """How the revision that is shown stands. `revision`, `at`, `until` are those of the last confirmation."""
    if revision is None or at is None:
        return Verification("unverified")
    if until is not None and until <= now:
        return Verification("expired", revision, at, until)
    return Verification("verified" if revision == shown else "earlier", revision, at, until)
