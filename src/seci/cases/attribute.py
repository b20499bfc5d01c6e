"""What can be said of a case: attributes, their types and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

AttributeType = Literal["number", "category", "ordinal", "boolean"]

# A number, a level of a category or an ordinal scale, yes or no; None is "not known", never 0 or "no".
Value = float | str | bool | None
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One column of a case.

    key           short, stable, of letters, digits and underscores
    name          as the expert calls it
    unit          of a number ("%", "days"); empty when it has none
    low, high     the range seen or said; None is unknown
    levels        of a category in any order, of an ordinal scale from low to high
    how_measured  how somebody else would find the value out
    """

    key: str
    name: str
    type: AttributeType
    unit: str = ""
    low: float | None = None
    high: float | None = None
    levels: tuple[str, ...] = ()
    how_measured: str = ""
