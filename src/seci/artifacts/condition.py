"""A condition on the attributes of a case: the smallest piece of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from seci.cases.attribute import Value, Values

Operator = Literal["<=", ">", "is", "is not", "in"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`attribute operator value`; for "in" the value is a tuple of levels."""

    attribute: str
    operator: Operator
    value: Value | tuple[str, ...]

    def holds(self, values: Values) -> bool | None:
        """Whether it holds for a case; None when the attribute is not known there."""
        found = values.get(self.attribute)
        if found is None:
            return None
        match self.operator:
            case "<=":
                return float(found) <= float(self.value)  # type: ignore[arg-type]
            case ">":
                return float(found) > float(self.value)  # type: ignore[arg-type]
            case "is":
                return found == self.value
            case "is not":
                return found != self.value
            case "in":
                return found in self.value  # type: ignore[operator]
