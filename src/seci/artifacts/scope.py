"""Whether a value lies within what was seen or said; outside it an artifact asks the expert."""

from __future__ import annotations

import math

from seci.artifacts.words import number_words, value_words
from seci.cases.attribute import Attribute, Value


def known(value: Value) -> Value:
    """The value; None for what is no value: an empty text, not a number."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return None if value == "" else value


def outside(value: Value, attribute: Attribute) -> str:
    """Why the value lies outside what was elicited; empty when it lies within. An unknown value lies within."""
    value, name = known(value), attribute.name
    if value is None:
        return ""
    if attribute.type == "number":
        return _outside_range(value, attribute)
    if attribute.type == "boolean":
        return "" if isinstance(value, bool) else f"{name} is {value_words(value)}, neither yes nor no"
    if not isinstance(value, str):
        return f"{name} is {value_words(value)}, which is none of its levels"
    if attribute.levels and value not in attribute.levels:
        return f"{name} is {value}, which nobody has judged"
    return ""


def _outside_range(value: Value, attribute: Attribute) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{attribute.name} is {value_words(value)}, not a number"
    shown = value_words(value, attribute)
    if attribute.low is not None and value < attribute.low:
        return f"{attribute.name} {shown} lies below {number_words(attribute.low)}, the lowest that was judged"
    if attribute.high is not None and value > attribute.high:
        return f"{attribute.name} {shown} lies above {number_words(attribute.high)}, the highest that was judged"
    return ""
