"""Cases as a table: CSV as spreadsheets write it, read with types inferred, and written back.

Good rows count whatever the others are; a row that cannot be read is set aside with its line and the reason.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from seci.cases import columns
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case, Judgement
from seci.cases.columns import Column, infer, is_unknown
from seci.cases.numerals import style_of
from seci.kit.errors import BadInput

MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
FORMULA = "=+-@\t\r"
_ROLES = {
    "id": "id", "key": "id", "case": "id", "case id": "id", "nr": "id", "#": "id",
    "title": "title", "name": "title", "summary": "title", "subject": "title", "description": "title",
    "link": "link", "url": "link", "href": "link",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that was set aside: its line in the file and one sentence."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held.

    outcomes  verdict per case id, from the column named as the outcome; a case without one is not in it
    remarks   what a person should know about how columns were read
    """

    attributes: tuple[Attribute, ...]
    cases: tuple[Case, ...]
    outcomes: dict[str, str]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The rows of a file as text, each with its line."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    faults: tuple[Fault, ...]
    delimiter: str


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and a remark about its encoding. Raises BadInput for what is no text."""
    if len(data) > MOST_BYTES:
        raise BadInput(
            f"The file has {len(data) // 1_000_000} MB; up to {MOST_BYTES // 1_000_000} can be read at once."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ""
        except UnicodeDecodeError as error:
            raise BadInput("The file begins as UTF-16 and breaks off; save it as CSV in UTF-8.") from error
    if b"\0" in data[:4096]:
        raise BadInput("The file is not text; save the table as CSV in UTF-8 and choose that.")
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        return text, "The file is not UTF-8; it was read as Western European (Windows-1252). Check umlauts and accents."


def read_table(data: bytes | str, *, known: Sequence[Attribute] = (), outcome: str = "", prefix: str = "row") -> Table:
    """Cases out of CSV: comma, semicolon or tab; the first line names the columns.

    known    attributes that the bank has already: their columns keep type and levels
    outcome  heading of the column that holds the verdict, if there is one
    prefix   ids are `prefix` and the line where no column `id` gives them

    A column `id`, `title`, `link` is taken as such when its values allow it. Raises BadInput where there is no
    table.
    """
    text, remark = decode(data) if isinstance(data, bytes) else (data.removeprefix("\ufeff"), "")
    sheet = _sheet(text)
    roles = _roles(sheet, outcome, known)
    keys = _keys(sheet.header, roles, known)
    by_key = {attribute.key: attribute for attribute in known}
    made: dict[int, Column] = {}
    for at, (key, name, unit) in keys.items():
        cells = [row[at] for _, row in sheet.rows]
        made[at] = (
            _known_column(by_key[key], cells, sheet.delimiter)
            if key in by_key
            else infer(key, name, unit, cells, semicolons=sheet.delimiter == ";")
        )
    used = {at: column for at, column in made.items() if column.attribute}
    if not used:
        raise BadInput("No column holds something to judge by; each is empty or words of its own in every row.")
    cases, outcomes, faults = _cases(sheet, roles, used, prefix)
    remarks = [remark, *(column.remark for column in made.values())]
    return Table(
        tuple(_seen_range(column, cases) for column in used.values() if column.attribute),
        tuple(cases),
        outcomes,
        tuple(sorted((*sheet.faults, *faults), key=lambda fault: fault.line)),
        tuple(one for one in remarks if one),
    )


def _sheet(text: str) -> _Sheet:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise BadInput("The table is empty; its first line names the columns, the next are the cases.")
    delimiter = max(",;\t|", key=lambda sign: _outside_quotes(first, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    faults: list[Fault] = []
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            faults.append(Fault(line, f"Line {line}: this is not CSV ({error}); check its quotation marks."))
            continue
        if row is None:
            break
        if not any(cell.strip() for cell in row):
            continue
        if not header:
            header = _header(row)
        elif len(row) != len(header):
            wanted = f"{len(row)} cells where the heading has {len(header)}"
            faults.append(
                Fault(line, f"Line {line}: {wanted}; put texts that hold a “{delimiter}” in quotation marks.")
            )
        elif len(rows) >= MOST_ROWS:
            raise BadInput(f"The table has more than {MOST_ROWS:,} rows; import the part that the decision is about.")
        else:
            rows.append((line, tuple(_bare(cell) for cell in row)))
    if not rows:
        reason = f" {faults[0].sentence}" if faults else ""
        raise BadInput(f"The table names columns and holds no case that can be read.{reason}")
    return _Sheet(header, tuple(rows), tuple(faults), delimiter)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _header(row: Sequence[str]) -> tuple[str, ...]:
    names = tuple(" ".join(cell.split()) for cell in row)
    if len(names) > MOST_COLUMNS:
        raise BadInput(f"The table has {len(names)} columns; up to {MOST_COLUMNS} can be read, leave some out.")
    for at, name in enumerate(names):
        if not name:
            raise BadInput(f"Column {at + 1} has no name in the first line; name it or take it out.")
        if name in names[:at]:
            raise BadInput(f"Two columns are called {name}; give each its own name.")
    return names


def _roles(sheet: _Sheet, outcome: str, known: Sequence[Attribute]) -> dict[str, int]:
    """Which column is the id, the title, the link, the outcome."""
    roles: dict[str, int] = {}
    if outcome:
        folded = [name.casefold() for name in sheet.header]
        if outcome.strip().casefold() not in folded:
            raise BadInput(f"There is no column {outcome}; the table has {', '.join(sheet.header)}.")
        roles["outcome"] = folded.index(outcome.strip().casefold())
    taken = {attribute.key for attribute in known} | {attribute.name for attribute in known}
    for at, name in enumerate(sheet.header):
        role = _ROLES.get(name.casefold())
        if role is None or role in roles or at in roles.values() or name in taken:
            continue
        cells = [row[at].strip() for _, row in sheet.rows]
        if role != "id" or (all(cells) and 2 * len(set(cells)) > len(cells)):
            roles[role] = at
    return roles


def _keys(header: Sequence[str], roles: dict[str, int], known: Sequence[Attribute]) -> dict[int, tuple[str, str, str]]:
    """(key, name, unit) of each column that is an attribute: `Missing values (%)` is missing_values, in %."""
    by_name = {attribute.name.casefold(): attribute for attribute in known}
    by_name |= {attribute.key.casefold(): attribute for attribute in known}
    found: dict[int, tuple[str, str, str]] = {}
    taken = {attribute.key for attribute in known}
    for at, heading in enumerate(header):
        if at in roles.values():
            continue
        match = re.fullmatch(r"(.+?)\s*[\[(]([^\])]{1,12})[\])]", heading)
        name, unit = (match[1], match[2]) if match else (heading, "")
        attribute = by_name.get(heading.casefold()) or by_name.get(name.casefold())
        if attribute:
            found[at] = (attribute.key, attribute.name, attribute.unit)
            continue
        key = key_of(name, taken)
        taken.add(key)
        found[at] = (key, name, unit)
    return found


def key_of(name: str, taken: Iterable[str] = ()) -> str:
    """A key for a name: `Größe in MB` is grosse_in_mb; with a number where the key is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or "attribute"
    key = f"a_{key}" if key[0].isdigit() else key
    used, count, result = set(taken), 2, key
    while result in used:
        result, count = f"{key}_{count}", count + 1
    return result


def _known_column(attribute: Attribute, cells: Sequence[str], delimiter: str) -> Column:
    style = style_of([cell for cell in cells if not is_unknown(cell)], semicolons=delimiter == ";")
    return Column(attribute, columns.reader(attribute, style=style))


def _cases(
    sheet: _Sheet, roles: dict[str, int], used: dict[int, Column], prefix: str
) -> tuple[list[Case], dict[str, str], list[Fault]]:
    cases: list[Case] = []
    faults: list[Fault] = []
    outcomes: dict[str, str] = {}
    seen: dict[str, int] = {}
    for line, row in sheet.rows:
        name = row[roles["id"]].strip()[:80] if "id" in roles else f"{prefix}{line}"
        if name in seen:
            faults.append(Fault(line, f"Line {line}: the id {name} stands in line {seen[name]} already; keep one."))
            continue
        try:
            values = {column.attribute.key: _value(column, row[at]) for at, column in used.items() if column.attribute}
        except ValueError as error:
            faults.append(Fault(line, f"Line {line}: {error}."))
            continue
        seen[name] = line
        said = {role: row[at].strip() for role, at in roles.items()}
        cases.append(Case(name, values, "real", said.get("title", ""), link=said.get("link", "")))
        if (verdict := said.get("outcome", "")) and not is_unknown(verdict):
            outcomes[name] = " ".join(verdict.split())
    return cases, outcomes, faults


def _value(column: Column, cell: str) -> Value:
    if is_unknown(cell):
        return None
    try:
        return column.read(cell)
    except ValueError as error:
        name = column.attribute.name if column.attribute else ""
        raise ValueError(f"{name} is “{cell.strip()[:40]}”, which {error}") from None


def _seen_range(column: Column, cases: Sequence[Case]) -> Attribute:
    """The attribute with the range that the good rows have; one that was known before keeps its own."""
    attribute = column.attribute
    assert attribute is not None
    if attribute.type != "number" or attribute.how_measured or attribute.low is None:
        return attribute
    seen = [value for case in cases if isinstance(value := case.values.get(attribute.key), float)]
    return replace(attribute, low=min(seen), high=max(seen)) if seen else attribute


def write_table(attributes: Sequence[Attribute], cases: Iterable[Case], judgements: Iterable[Judgement] = ()) -> str:
    """The cases as CSV that `read_table` reads back: id, attributes by name, title, link, and the verdict if any.

    Texts that a spreadsheet would take for a formula get a leading apostrophe.
    """
    verdicts = {judgement.case.id: judgement.outcome for judgement in judgements}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    headings = [f"{one.name} ({one.unit})" if one.unit else one.name for one in attributes]
    writer.writerow(["id", *headings, "title", "link", *(["verdict"] if verdicts else [])])
    for case in cases:
        cells = [_cell(case.values.get(one.key)) for one in attributes]
        verdict = [_plain(verdicts.get(case.id, ""))] if verdicts else []
        writer.writerow([_plain(case.id), *cells, _plain(case.title), _plain(case.link), *verdict])
    return out.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _plain(value)
    return repr(float(value)).removesuffix(".0")


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in FORMULA else cell


def _plain(text: str) -> str:
    """Without a formula in the first letter (OWASP, CSV injection)."""
    return f"'{text}" if text and text[0] in FORMULA else text
