"""Numbers as people write them in tables: 7.4 %, 1,204, 1.204,50 €, −3, 2e5."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?P<before>[€$£¥]?)\s*(?P<sign>[-+−]?)(?P<digits>\d[\d.,'’\u00a0\u202f ]*|\.\d+)(?P<power>[eE][-+]?\d{1,3})?"
    r"\s*(?P<unit>[^\d\s.,+−-][^\d]{0,11})?\Z"
)
_GROUPS = "'’\u00a0\u202f "


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes its numbers. `doubt` is a sentence where it could be read both ways, with {} for its name."""

    decimal: str = "."
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    value: float
    unit: str = ""


def style_of(cells: Sequence[str], *, semicolons: bool = False) -> Style:
    """Whether the comma of these cells stands for decimals, by those that can be read only one way."""
    digits = [found["digits"] for found in map(_match, cells) if found]
    comma = point = lone = 0
    for text in digits:
        last_comma, last_point = text.rfind(","), text.rfind(".")
        if last_comma >= 0 and last_point >= 0:
            comma, point = comma + (last_comma > last_point), point + (last_point > last_comma)
        elif last_comma >= 0 and text.count(",") == 1:
            grouped = re.fullmatch(r"[1-9]\d{0,2},\d{3}", text)
            comma, lone = comma + (not grouped), lone + bool(grouped)
        elif last_point >= 0 and text.count(".") == 1:
            point += 1
    if comma > point:
        return Style(",")
    if lone and not point and semicolons:
        return Style(",", "In {} the comma was read as the decimal sign, as usual with semicolons; check one value.")
    if lone and not point:
        return Style(".", "In {} the comma was read as a sign between thousands; check one value.")
    return Style(".")


def read_number(cell: str, style: Style) -> Number | None:
    """The number in a cell with its unit; None where there is none."""
    found = _match(cell)
    if not found:
        return None
    text = found["digits"].strip()
    groups = "," if style.decimal == "." else "."
    if text.count(style.decimal) > 1:
        return None
    whole, _, rest = text.partition(style.decimal)
    if groups in rest or not _grouped(whole, groups):
        return None
    for sign in groups + _GROUPS:
        whole = whole.replace(sign, "")
    sign = "-" if found["sign"] in ("-", "−") else ""
    try:
        value = float(f"{sign}{whole or '0'}.{rest or '0'}{found['power'] or ''}")
    except ValueError:
        return None
    if value in (float("inf"), float("-inf")):
        return None
    return Number(value, found["before"] or (found["unit"] or "").strip())


def _grouped(whole: str, groups: str) -> bool:
    """Whether signs between thousands stand where they belong: 1,204 and 1 204, not 12,04 or 1,2."""
    for sign in groups + _GROUPS:
        if sign in whole:
            return re.fullmatch(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", whole) is not None
    return True


def _match(cell: str) -> re.Match[str] | None:
    return _NUMBER.match(cell.strip())
