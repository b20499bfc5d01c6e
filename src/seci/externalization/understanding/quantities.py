"""Numbers as people say them: "5 %", "two weeks", "10k rows", "about a third"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a dozen": 12, "half": 0.5, "a third": 1 / 3,
    "a quarter": 0.25, "a tenth": 0.1,
}  # fmt: skip
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6, "bn": 1e9}
_DIGITS = r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|-?\d+(?:[.,]\d+)?|-?\.\d+"
_NAMED = "|".join(sorted((word.replace(" ", r"\s+") for word in _UNITS), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<digits>{_DIGITS})\s*(?P<scale>k|m|bn|hundred|thousand|million|billion)?(?![\w])"
    rf"(?:\s*(?P<percent>%|per\s?cent|percent|percentage points))?"
    rf"|(?<![\w.])(?P<glued>{_DIGITS})(?P<unit>[a-zµ]{{1,4}})(?!\w)"
    rf"|\b(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?P<ones>one|two|three|four|five|six|"
    rf"seven|eight|nine)\b(?:\s*(?P<percent3>%|per\s?cent|percent))?"
    rf"|\b(?P<named>{_NAMED})\b(?:\s+(?P<scale2>hundred|thousand|million|billion))?"
    rf"(?:\s*(?P<percent2>%|per\s?cent|percent))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number said in a text; `unit` is "%" for shares in percent, else the letters glued to it ("ms"), else empty."""

    value: float
    unit: str
    start: int
    end: int


def quantities(text: str) -> list[Quantity]:
    """Every number of the text, in order. "10k" is 10,000; "5,000" is five thousand; "5,2" is 5.2."""
    return [Quantity(*_read(found), found.start(), found.end()) for found in _NUMBER.finditer(text)]


def _read(found: re.Match[str]) -> tuple[float, str]:
    parts = found.groupdict()
    percent = "%" if parts["percent"] or parts["percent2"] or parts["percent3"] else ""
    if parts["digits"]:
        return _figure(parts["digits"]) * _SCALES.get((parts["scale"] or "").lower(), 1.0), percent
    if parts["glued"]:
        unit = parts["unit"].lower()
        scale = _SCALES.get(unit)
        return _figure(parts["glued"]) * (scale or 1.0), "" if scale else unit
    if parts["tens"]:
        return float(_UNITS[parts["tens"].lower()] + _UNITS[parts["ones"].lower()]), percent
    named = re.sub(r"\s+", " ", parts["named"].lower())
    return float(_UNITS[named]) * _SCALES.get((parts["scale2"] or "").lower(), 1.0), percent


def _figure(digits: str) -> float:
    grouped = re.fullmatch(r"-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", digits)
    return float(re.sub(r"[, ]", "", digits) if grouped else digits.replace(",", "."))
