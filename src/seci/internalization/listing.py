"""Cases to practise as a file: CSV with a heading, or one JSON object a line.

Good rows count whatever the others are; a row that cannot be read is set aside with its line and the reason.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from seci.cases.table import Fault, decode
from seci.kit.errors import BadInput
from seci.kit.ids import fingerprint
from seci.kit.records import clean

MOST_ROWS = 20_000
LONGEST = 20_000
MOST_OPTIONS = 12
COLUMNS = ("id", "pattern", "title", "situation", "options", "key", "critical", "source", "pool", "kind")
NEEDED = ("pattern", "situation", "options")
CHOICES = {
    "source": ("real", "incident", "near_miss", "synthetic"),
    "pool": ("practice", "sealed", "retest"),
    "kind": ("case", "shadowbox"),
}
# What time is left for a case is no property of it, but of how far its learner is.
NEVER_TIMED = (
    "no case is timed for good: any is, with a limit and an interruption, once its pattern is practised under pressure "
    "(L4), and in the pressure gate; leave kind empty."
)
YES, NO = ("1", "yes", "true", "x"), ("", "0", "no", "false")
# How many rows go by between two words on how far it is.
STEP = 1_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A case of a file. `pattern` is the node or the name of a pattern, `key` may be "": then a panel gives it."""

    line: int
    code: str
    pattern: str
    title: str
    situation: str
    options: tuple[str, ...]
    key: str
    critical: bool
    source: str
    pool: str
    kind: str


def read(
    data: bytes | str, progress: Callable[[int], None] = lambda rows: None
) -> tuple[tuple[Listed, ...], tuple[Fault, ...]]:
    """The cases of a file and the rows set aside. `progress` is told the rows read, now and then.

    Raises BadInput for what is no such file, wrong columns, or more than 20,000 rows.
    """
    text = decode(data)[0] if isinstance(data, bytes) else data
    if not text.strip():
        raise BadInput("The file holds no case: it needs a heading and a row for each case.")
    found: list[Listed] = []
    faults: list[Fault] = []
    for count, (line, row) in enumerate(_json(text) if text.lstrip().startswith("{") else _csv(text), start=1):
        if count > MOST_ROWS:
            raise BadInput(f"The file has more than {MOST_ROWS:,} rows; split it.")
        try:
            found.append(_listed(line, _object(row)))
        except BadInput as fault:
            faults.append(Fault(line, f"Line {line}: {fault.sentence}"))
        if count % STEP == 0:
            progress(count)
    if not found and not faults:
        raise BadInput("The file holds no case: it needs a heading and a row for each case.")
    return tuple(found), tuple(faults)


def _csv(text: str) -> Iterator[tuple[int, Any]]:
    heading = text.partition("\n")[0]
    separator = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        names = [name.strip().casefold().lstrip("\ufeff") for name in next(reader, [])]
        _right_columns(names)
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, dict(zip(names, row, strict=False)) if len(row) <= len(names) else row
    except csv.Error as error:
        raise BadInput(f"Line {reader.line_num} is no CSV ({error}); save the file as CSV once more.") from error


def _right_columns(names: list[str]) -> None:
    if missing := [name for name in NEEDED if name not in names]:
        raise BadInput(f"The heading lacks {', '.join(missing)}; the columns are {', '.join(COLUMNS)}.")
    if unknown := [name for name in names if name not in COLUMNS]:
        raise BadInput(f"There is no column {unknown[0]!r}; the columns are {', '.join(COLUMNS)}.")
    if len(set(names)) != len(names):
        raise BadInput("The heading names a column twice; keep one of the two.")


def _json(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def _object(row: Any) -> Mapping[str, Any]:
    if isinstance(row, list):
        raise BadInput("it has more cells than the heading; put text with separators into quotes.")
    if not isinstance(row, dict):
        raise BadInput("it is no JSON object.")
    if unknown := [name for name in row if name not in COLUMNS]:
        raise BadInput(f"there is no field {unknown[0]!r}; the fields are {', '.join(COLUMNS)}.")
    return row


def _listed(line: int, row: Mapping[str, Any]) -> Listed:
    options = _options(row.get("options"))
    situation, key = _text(row, "situation", LONGEST), _text(row, "key", 200)
    if not situation:
        raise BadInput("the situation is empty.")
    if key and key not in options:
        raise BadInput(f"the key {key!r} is none of its options ({', '.join(options)}).")
    critical = str(row.get("critical") or "").strip().casefold()
    if critical not in YES + NO:
        raise BadInput(f"critical is yes or no, not {critical!r}.")
    return Listed(
        line=line,
        code=_text(row, "id", 64) or fingerprint(f"{situation}\0{options}")[:16],
        pattern=_text(row, "pattern", 200),
        title=_text(row, "title", 200),
        situation=situation,
        options=options,
        key=key,
        critical=critical in YES,
        source=_choice(row, "source", "real"),
        pool=_choice(row, "pool", "practice"),
        kind=_choice(row, "kind", "case"),
    )


def _options(found: Any) -> tuple[str, ...]:
    parts = found if isinstance(found, list) else str(found or "").split("|")
    options = tuple(dict.fromkeys(" ".join(clean(str(part)).split()) for part in parts if str(part).strip()))
    if not 2 <= len(options) <= MOST_OPTIONS or any(len(one) > 200 for one in options):
        raise BadInput(f"name 2 to {MOST_OPTIONS} options of up to 200 characters, separated by |.")
    return options


def _text(row: Mapping[str, Any], name: str, longest: int) -> str:
    found = row.get(name)
    text = clean("" if found is None else str(found)).strip()
    if len(text) > longest:
        raise BadInput(f"{name} has {len(text):,} characters; {longest:,} are the most.")
    return text


def _choice(row: Mapping[str, Any], name: str, usual: str) -> str:
    found = _text(row, name, 40).casefold().replace(" ", "_") or usual
    if name == "kind" and found == "timed":
        raise BadInput(NEVER_TIMED)
    if found not in CHOICES[name]:
        raise BadInput(f"{name} is one of {', '.join(CHOICES[name])}, not {found!r}.")
    return found
