"""What the pages about sources show. Plain records: queries fill them, templates print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.kit.clock import Micros

RunState = Literal["running", "done", "failed", "undone"]


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import. `rate` is units a second so far; `remaining` seconds, None while it cannot be told.

    `seen` counts what was read; `total` is None until it is known.
    """

    id: int
    source: int
    title: str
    state: RunState
    started_at: Micros
    ended_at: Micros | None = None
    step: str = ""
    seen: int = 0
    total: int | None = None
    unit: str = "commits"
    rate: float | None = None
    remaining: float | None = None
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0
    sentence: str = ""

    @property
    def running(self) -> bool:
        return self.state == "running"


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One repository: what was read of it, and sentences about what could not be."""

    id: int
    title: str
    path: str
    commits: int
    tip: str = ""
    shallow: bool = False
    object_format: str = "sha1"
    notes: tuple[str, ...] = ()
    quarantined: int = 0
    last: RunRow | None = None


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """sources/sources.html. `error` is the one sentence of a refused addition, `path` what was typed."""

    sources: tuple[SourceRow, ...]
    may_edit: bool = False
    error: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A record set aside: where it is, what was wrong and what was expected."""

    locator: str
    code: str
    sentence: str
    seen_at: Micros
    resolved_at: Micros | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """sources/source.html"""

    source: SourceRow
    runs: tuple[RunRow, ...]
    quarantine: tuple[QuarantineRow, ...] = ()
    may_edit: bool = False
