"""What tells a case from its cornerstone: the features to make an exception by (ripple-down rules; Compton and Jansen
1990). A rule that errs on a case is not rebuilt: the expert picks the feature that makes the difference."""

from __future__ import annotations

from collections.abc import Sequence

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.induction.grid import round_between


def tells_apart(attributes: Sequence[Attribute], case: Case, cornerstones: Sequence[Case]) -> list[Condition]:
    """Conditions that hold of the case and of none of the cornerstones: the features to choose the exception by."""
    found: list[Condition] = []
    for attribute in attributes:
        value = case.values.get(attribute.key)
        others = [one.values.get(attribute.key) for one in cornerstones]
        if value is None or not others or None in others or value in others:
            continue
        if attribute.type != "number":
            found.append(Condition(attribute.key, "is", value))
            continue
        numbers = [float(one) for one in others if one is not None]
        x = float(value)
        if x > max(numbers):
            found.append(Condition(attribute.key, ">", round_between(max(numbers), x)))
        elif x < min(numbers):
            found.append(Condition(attribute.key, "<=", round_between(x, min(numbers))))
    return found
