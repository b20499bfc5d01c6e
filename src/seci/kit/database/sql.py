"""Statements: placeholders, inserts, rows in batches."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")

BATCH = 20_000

_PLACEHOLDERS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?|%""")


def values(columns: int, rows: int = 1) -> str:
    """The placeholders of `rows` rows of `columns` columns: `(?, ?), (?, ?)`."""
    row = "(" + ", ".join("?" * columns) + ")"
    return ", ".join([row] * rows)


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


CONTAINS = "LIKE ? ESCAPE '!'"


def containing(words: str) -> str:
    """The parameter of `LOWER(column) CONTAINS`: these words anywhere in it, nothing of them a wildcard."""
    return "%" + re.sub(r"[!%_]", r"!\g<0>", words.lower()) + "%"


@lru_cache(maxsize=1024)
def percent(sql: str) -> str:
    """The statement with `%s` for each `?` that stands outside quotes and comments, and `%` doubled."""

    def replacement(match: re.Match[str]) -> str:
        text = match.group()
        return "%s" if text == "?" else text.replace("%", "%%")

    return _PLACEHOLDERS.sub(replacement, sql)


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that appends one row."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {values(len(columns))}'  # noqa: S608


def copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Appends rows through PostgreSQL's COPY; returns how many."""
    names = ", ".join(f'"{column}"' for column in columns)
    count = 0
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def from_json(value: Any) -> Any:
    """A JSON column, which arrives as text or read already."""
    return json.loads(value) if isinstance(value, str) else value
