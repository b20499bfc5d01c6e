"""What pages, the terminal and programs show of imports."""

from __future__ import annotations

from dataclasses import dataclass

from seci.kit.clock import Micros
from seci.kit.pager import Pager
from seci.sources.documents.store import Outcome


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import. `counts` has the files of each result; `rate` is files a second, `remaining` seconds, None while
    either cannot be told."""

    id: int
    collection: int
    name: str
    format: str
    path: str
    upload: bool
    state: str
    started_at: Micros
    ended_at: Micros | None
    done: int
    total: int | None
    rate: float | None
    remaining: float | None
    counts: dict[str, int]
    same: int
    sentence: str
    stopping: bool
    undone_at: Micros | None

    @property
    def running(self) -> bool:
        return self.state == "running"

    @property
    def indexed(self) -> int:
        """Files that are pages of the library after it."""
        return self.counts["new"] + self.counts["changed"] + self.counts["moved"] + self.same


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import and a page of what became of its files; `result` is the one that is looked at, "" all."""

    row: ImportRow
    outcomes: tuple[Outcome, ...]
    result: str
    pager: Pager
    may_change: bool
    may_undo: bool

    @property
    def results(self) -> tuple[tuple[str, int], ...]:
        """Results that files have, with their numbers."""
        return tuple((result, count) for result, count in self.row.counts.items() if count)

    @property
    def files(self) -> int:
        return sum(self.row.counts.values())


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The latest imports, and what the form was filled with."""

    rows: tuple[ImportRow, ...]
    collections: tuple[str, ...]
    may_read_folders: bool
    error: str = ""
    said: dict[str, str] | None = None
