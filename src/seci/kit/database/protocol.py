"""What every database can do, whichever connection stands behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Literal, Protocol, Self

Row = tuple[Any, ...]
Vendor = Literal["sqlite", "postgresql"]


class Database(Protocol):
    """One connection. SQL is written with `?` for parameters on every vendor."""

    @property
    def vendor(self) -> Vendor:
        """Which SQL is spoken."""

    @property
    def place(self) -> str:
        """The file or server, without a password; for sentences to people."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open, whose rows others may never see."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, a batch at a time."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """One statement; returns the number of rows it changed."""

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """One statement for each row of parameters; returns the number of rows changed."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Append rows in the fastest way the vendor has; a row that breaks a constraint fails them all."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing. Nested use joins the outer transaction."""

    def snapshot(self) -> AbstractContextManager[None]:
        """For reading: everything inside sees one state of the database, and writers are not held up."""

    def close(self) -> None:
        """Let the connection go. A connection shared with Django stays open."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
