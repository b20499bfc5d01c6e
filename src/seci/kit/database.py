"""The database below the object mapper: for bulk reads and writes, and for commands that must start at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

Row = tuple[Any, ...]


class Database(Protocol):
    """One connection. SQL is written with `?` for parameters on every vendor."""

    vendor: Literal["sqlite", "postgresql"]

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, a batch at a time."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """One statement; returns the number of rows it changed."""

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """One statement for each row of parameters; returns the number of rows changed."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing. Nested use joins the outer transaction."""
