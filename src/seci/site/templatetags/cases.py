"""Cases and their attributes in words, for templates."""

from __future__ import annotations

from django import template

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case

register = template.Library()

ORIGINS = {"real": "a real case", "synthetic": "made up, near real ones", "what_if": "a what-if"}


@register.filter
def fact(case: Case, attribute: Attribute) -> str:
    """What a case says of an attribute: "7.4 %", "yes", "not known"."""
    return in_words(case.values.get(attribute.key), attribute.unit)


def in_words(value: Value, unit: str) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{plainly(value)} {unit}".strip()


@register.filter
def plainly(number: float | None) -> str:
    """A number as one would type it; empty when it is not known."""
    return "" if number is None else f"{number:.10g}"


@register.filter
def extent(attribute: Attribute) -> str:
    """The range of a number with its unit, or the levels."""
    if attribute.levels:
        return ", ".join(attribute.levels[:8]) + (" …" if len(attribute.levels) > 8 else "")
    if attribute.type == "boolean":
        return "yes or no"
    if attribute.low is None and attribute.high is None:
        return "not said"
    low, high = plainly(attribute.low), plainly(attribute.high)
    words = f"{low} to {high}" if low and high else f"from {low} up" if low else f"up to {high}"
    return f"{words} {attribute.unit}".strip() if high else f"{words}{f' ({attribute.unit})' if attribute.unit else ''}"


KINDS = {"number": "number", "boolean": "yes or no", "category": "one of several", "ordinal": "a scale, low to high"}


@register.filter
def kind(attribute: Attribute) -> str:
    return KINDS[attribute.type]


@register.filter
def origin(case: Case) -> str:
    return ORIGINS[case.source]


@register.filter
def address(case: Case) -> str:
    """Where the real thing can be looked at, if that is a page; nothing else becomes a link."""
    return case.link if case.link.startswith(("https://", "http://")) else ""
