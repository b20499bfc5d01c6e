"""What every command shares: data to stdout as a table or as JSON, progress and remarks to stderr."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from seci.kit.figures import Figure

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Adds `--json`; the command receives `as_json: bool`."""
    return click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")(command)


def show(value: object) -> None:
    """Prints one JSON document to stdout. Dataclasses become objects, instants and ids stay integers."""
    click.echo(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def as_data(value: object) -> Any:
    """What `show` prints, as plain lists, objects, strings and numbers: for another door to send."""
    return json.loads(json.dumps(value, default=plain, ensure_ascii=False))


def plain(value: Any) -> Any:
    """The JSON form of what `json` does not know: dataclasses, dates, paths, bytes (hex), sets, numpy values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints rows under a head, columns aligned: numbers to the right, words to the left, None as "unknown"."""
    # A row is a line: the end of a line within a name is a space here.
    cells = [["unknown" if cell is None else str(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in [list(head), *cells]) for column in range(len(head))]
    numeric = [
        all(isinstance(row[column], int | float) or row[column] is None for row in rows) and bool(rows)
        for column in range(len(head))
    ]
    for line in [list(head), *cells]:
        laid = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        click.echo("  ".join(laid).rstrip())


def interval(figure: Figure, form: str) -> str:
    """What follows a value: its interval, as in `62% [41%, 79%]`, each end in `form`; one end alone is called so."""
    low, high = (None if end is None else format(end, form) for end in (figure.low, figure.high))
    if low is not None and high is not None:
        return f" [{low}, {high}]"
    return f" [at least {low}]" if low is not None else f" [at most {high}]" if high is not None else ""


def remark(line: str) -> None:
    """One line for the person at the terminal, on stderr, so that a pipe carries data only."""
    click.echo(line, err=True)


def is_watched() -> bool:
    """Whether a person sees stderr, so that a progress line may be redrawn in place."""
    return sys.stderr.isatty()
