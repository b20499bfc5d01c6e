"""What type the column of a table has, and what its words mean as values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from seci.cases.attribute import Attribute, AttributeType, Value
from seci.cases.numerals import Style, read_number, style_of

NOT_KNOWN = frozenset(
    {"", "-", "–", "—", "?", "n/a", "na", "nan", "null", "none", "nil", "unknown", "not known", "#n/a"}
)
YES = frozenset({"yes", "true", "y", "t", "ja", "oui", "sí", "si", "x", "✓", "wahr"})
NO = frozenset({"no", "false", "n", "f", "nein", "non", "falsch"})
SCALES = (
    ("none", "very low", "low", "medium", "high", "very high", "critical"),
    ("none", "minor", "moderate", "major", "severe"),
    ("trivial", "minor", "major", "critical", "blocker"),
    ("xs", "s", "m", "l", "xl", "xxl"),
    ("tiny", "small", "medium", "large", "huge"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("p5", "p4", "p3", "p2", "p1", "p0"),
)
# A column of words is a category when its levels come again; else it is prose, which no rule can look at.
MOST_LEVELS = 40
# From this share on, a column is numbers with some slips, and not words.
MOSTLY = 0.9
SINCE = "days since "


@dataclass(frozen=True, slots=True)
class Column:
    """What was made of a column.

    attribute  None for a column of prose, which is left out
    read       one cell to its value; raises ValueError for what cannot be one
    remark     what a person should know about the choice; empty when it is plain
    """

    attribute: Attribute | None
    read: Callable[[str], Value]
    remark: str = ""


def infer(key: str, name: str, unit: str, cells: Sequence[str], *, semicolons: bool = False) -> Column:
    """The type of a column by its cells.

    unit        what the heading says in brackets
    semicolons  whether the table is separated by semicolons: then a lone comma more likely stands for decimals
    """
    known = [cell for cell in cells if not is_unknown(cell)]
    if not known:
        return Column(None, _text, f"{name} is empty in every row and was left out.")
    if len({_yes_or_no(cell) for cell in known} - {None}) >= 1 and all(_yes_or_no(cell) is not None for cell in known):
        return Column(Attribute(key, name, "boolean"), _flag)
    if all(_day(cell) is not None for cell in known):
        return _dates(key, name, known)
    style = style_of(known, semicolons=semicolons)
    numbers = [read_number(cell, style) for cell in known]
    good = [one for one in numbers if one is not None]
    if len(good) == len(known) or (len(known) >= 10 and len(good) >= MOSTLY * len(known)):
        return _numbers(key, name, unit, known, style)
    return _words(key, name, known, len(good))


def is_unknown(cell: str) -> bool:
    return cell.strip().casefold() in NOT_KNOWN


def reader(attribute: Attribute, *, style: Style | None = None) -> Callable[[str], Value]:
    """Reads cells of a known attribute. A level that is new to it is refused when the attribute declares its levels."""

    def read_level(cell: str) -> Value:
        text = " ".join(cell.split())
        if not attribute.levels or text in attribute.levels:
            return text
        folded = {level.casefold(): level for level in attribute.levels}
        if (level := folded.get(text.casefold())) is not None:
            return level
        raise ValueError(f"is none of {', '.join(attribute.levels[:6])}")

    if attribute.type == "boolean":
        return _flag
    if attribute.type != "number":
        return read_level
    since = _day(attribute.how_measured.removeprefix(SINCE))
    return _number_reader(style or Style(), since)


def _numbers(key: str, name: str, unit: str, known: Sequence[str], style: Style) -> Column:
    found = [one for one in (read_number(cell, style) for cell in known) if one is not None]
    units = {one.unit for one in found} - {""}
    if len(units) > 1:
        shown = ", ".join(sorted(units))
        return _words(key, name, known, len(found), f"{name} mixes the units {shown}; write one unit for numbers.")
    values = [one.value for one in found]
    remark = f"In {name} a comma was read as the decimal sign." if style.decimal == "," else style.doubt.format(name)
    if strange := len(known) - len(found):
        rows = "1 row was" if strange == 1 else f"{strange} rows were"
        remark = " ".join([remark, f"{name} is numbers but for words in some cells: {rows} set aside."]).strip()
    attribute = Attribute(key, name, "number", unit or "".join(units), min(values), max(values))
    return Column(attribute, _number_reader(style), remark)


def _number_reader(style: Style, since: date | None = None) -> Callable[[str], Value]:
    """Reads numbers, and days as the time `since` one where that is how the attribute counts."""

    def read(cell: str) -> Value:
        if since and (day := _day(cell)):
            return float((day - since).days)
        found = read_number(cell, style)
        if found is None:
            raise ValueError("is not a number")
        return found.value

    return read


def _words(key: str, name: str, known: Sequence[str], numeric: int, remark: str = "") -> Column:
    tidy = [" ".join(cell.split()) for cell in known]
    levels = list(Counter(tidy))
    if len(levels) > MOST_LEVELS or (len(known) > 8 and len(levels) > 0.6 * len(known)):
        return Column(None, _text, f"{name} is prose or a name of its own in each row and was left out.")
    if not remark and numeric:
        share = f"{numeric} of {len(known)} cells are numbers"
        remark = f"{name} mixes numbers and words ({share}), so it was read as a category; mend the table for numbers."
    kind: AttributeType = "category"
    for scale in SCALES:
        if len(levels) > 1 and {level.casefold() for level in levels} <= set(scale):
            kind, levels = "ordinal", sorted(levels, key=lambda level: scale.index(level.casefold()))
            remark = remark or f"{name} was read as a scale from {levels[0]} to {levels[-1]}."
            break
    attribute = Attribute(key, name, kind, levels=tuple(levels if kind == "ordinal" else sorted(levels)))
    return Column(attribute, reader(attribute), remark)


# Yes and no, days


def _yes_or_no(cell: str) -> bool | None:
    word = cell.strip().casefold()
    return True if word in YES else False if word in NO else None


def _flag(cell: str) -> Value:
    found = _yes_or_no(cell)
    if found is None:
        raise ValueError("is neither yes nor no")
    return found


_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")


def _day(cell: str) -> date | None:
    """The day of `2026-01-31`, `2026-01-31 14:05` or `31.1.2026`; other ways are ambiguous between countries."""
    text = cell.strip()
    try:
        if found := _DAY.match(text):
            return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
        if found := _DOTTED.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None


def _dates(key: str, name: str, known: Sequence[str]) -> Column:
    days = [day for day in map(_day, known) if day is not None]
    first = min(days)

    since = f"{SINCE}{first.isoformat()}"
    attribute = Attribute(key, name, "number", "days", 0.0, float((max(days) - first).days), how_measured=since)
    return Column(attribute, _number_reader(Style(), first), f"{name} holds dates; they were read as {since}.")


def _text(cell: str) -> Value:
    return cell
