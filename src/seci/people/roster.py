"""A list of people as other systems export it: CSV read row by row, with a sentence for each row that cannot be."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from seci.kit.errors import BadInput
from seci.people import addresses

COLUMNS = ("name", "email", "unit", "function", "starts_on", "leaves_on", "load_cap")
_ALSO = {
    "e-mail": "email", "mail": "email", "email address": "email", "full name": "name", "team": "unit",
    "department": "unit", "role": "function", "title": "function", "job title": "function", "start": "starts_on",
    "start date": "starts_on", "hired": "starts_on", "end": "leaves_on", "end date": "leaves_on",
    "exit": "leaves_on", "hours": "load_cap",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of a list. Empty text and None mean that the list does not say."""

    line: int
    name: str = ""
    email: str = ""
    unit: str = ""
    function: str = ""
    starts_on: date | None = None
    leaves_on: date | None = None
    load_cap: float | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was set aside: its line in the file, a code, and what was expected."""

    line: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Roster:
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    ignored_columns: tuple[str, ...] = ()


def read(text: str) -> Roster:
    """Reads a list with a header row. Good rows count whatever the others are; raises BadInput where there is no
    header with `name` or `email`."""
    text = text.removeprefix("\ufeff")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = next(reader, [])
    columns = [_ALSO.get(word.strip().lower(), word.strip().lower().replace(" ", "_")) for word in header]
    if "email" not in columns and "name" not in columns:
        raise BadInput(
            "The first line of the list must name its columns, at least `name` or `email`; "
            f"known are {', '.join(COLUMNS)}."
        )
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            faults.append(Fault(line, "csv", f"Line {line}: this is not CSV ({error}); check its quotation marks."))
            continue
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        found = _entry(line, columns, row)
        if isinstance(found, Entry) and found.email and found.email.lower() in seen:
            first = seen[found.email.lower()]
            found = Fault(line, "repeated", f"Line {line}: {found.email} stands in line {first} already; keep one.")
        if isinstance(found, Fault):
            faults.append(found)
        else:
            entries.append(found)
            seen.setdefault(found.email.lower(), line)
    ignored = tuple(word for word in columns if word and word not in COLUMNS)
    return Roster(tuple(entries), tuple(faults), ignored)


def _entry(line: int, columns: list[str], row: list[str]) -> Entry | Fault:
    if len(row) > len(columns):
        return Fault(
            line,
            "columns",
            f"Line {line}: {len(row)} cells where the header has {len(columns)}; quote cells with commas.",
        )
    cells = {column: " ".join(cell.split()) for column, cell in zip(columns, row, strict=False)}
    if not cells.get("name") and not cells.get("email"):
        return Fault(line, "nobody", f"Line {line}: neither name nor e-mail; give at least one.")
    email = cells.get("email", "")
    if email and ("@" not in email or " " in email or not addresses.read(email).domain):
        return Fault(line, "email", f"Line {line}: {email} is not an e-mail address.")
    for column, length in (("name", 200), ("email", 254), ("unit", 120), ("function", 80)):
        if len(cells.get(column, "")) > length:
            return Fault(line, "length", f"Line {line}: {column} is longer than {length} characters.")
    try:
        starts_on, leaves_on = (_day(cells.get(column, "")) for column in ("starts_on", "leaves_on"))
    except ValueError as error:
        return Fault(line, "date", f"Line {line}: {error.args[0]} is not a date; write it as 2026-01-31.")
    if starts_on and leaves_on and leaves_on < starts_on:
        return Fault(line, "order", f"Line {line}: leaves on {leaves_on}, before starting on {starts_on}.")
    try:
        load_cap = float(cells["load_cap"]) if cells.get("load_cap") else None
    except ValueError:
        return Fault(line, "number", f"Line {line}: {cells['load_cap']} is not a number of hours a week.")
    if load_cap is not None and not 0 <= load_cap <= 168:
        return Fault(line, "number", f"Line {line}: {load_cap:g} hours a week for helping; a week has 0 to 168.")
    return Entry(
        line, cells.get("name", ""), email, cells.get("unit", ""), cells.get("function", ""),
        starts_on, leaves_on, load_cap,
    )  # fmt: skip


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(text) from None
