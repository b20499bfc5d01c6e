"""Conditions, values and findings in words, as the expert calls things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute, Value

Named = Mapping[str, Attribute]


def by_key(attributes: Sequence[Attribute]) -> dict[str, Attribute]:
    return {attribute.key: attribute for attribute in attributes}


def number_words(value: float) -> str:
    """Up to ten digits and no needless zeros: `5.2`, `7`, `1200`; a true minus sign."""
    return f"{value:.10g}".replace("-", "−")


def signed(points: float) -> str:
    """Points with their sign: `+2`, `−1.5`."""
    return f"+{number_words(points)}" if points > 0 else number_words(points)


def value_words(value: Value | tuple[str, ...], attribute: Attribute | None = None) -> str:
    """`7.4 %`, `yes`, `backfill`, `low or medium`, `not known`."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return listed(value)
    if isinstance(value, str):
        return value
    unit = attribute.unit if attribute else ""
    return f"{number_words(value)} {unit}" if unit else number_words(value)


def listed(words: Sequence[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def condition_words(condition: Condition, named: Named) -> str:
    """The condition as a statement: `missing values > 5.2 %`, `source is backfill`, `severity is low or medium`."""
    attribute = named.get(condition.attribute)
    name = attribute.name if attribute else condition.attribute
    value = value_words(condition.value, attribute)
    match condition.operator:
        case "<=":
            return f"{name} ≤ {value}"
        case ">":
            return f"{name} > {value}"
        case "is not":
            return f"{name} is not {value}"
        case _:
            return f"{name} is {value}"


def question_words(condition: Condition, named: Named) -> str:
    """The condition as a question: `missing values > 5.2 %?`, `source changed?`."""
    if condition.operator == "is" and condition.value is True:
        attribute = named.get(condition.attribute)
        return f"{attribute.name if attribute else condition.attribute}?"
    return f"{condition_words(condition, named)}?"


def opposite_words(condition: Condition, named: Named) -> str:
    """What holds where the condition does not: `missing values ≤ 5.2 %`."""
    attribute = named.get(condition.attribute)
    name = attribute.name if attribute else condition.attribute
    value = value_words(condition.value, attribute)
    match condition.operator:
        case "<=":
            return f"{name} > {value}"
        case ">":
            return f"{name} ≤ {value}"
        case "is not":
            return f"{name} is {value}"
        case "is" if isinstance(condition.value, bool):
            return f"{name} is {value_words(not condition.value)}"
        case _:
            return f"{name} is not {value}"


def all_words(conditions: Sequence[Condition], named: Named) -> str:
    return listed([condition_words(one, named) for one in conditions], "and")


def fact_words(condition: Condition, found: Value, named: Named) -> str:
    """What was found, against the condition: `missing values 7.4 % > 5.2 %`, `source is upstream, not backfill`."""
    attribute = named.get(condition.attribute)
    name = attribute.name if attribute else condition.attribute
    if found is None:
        return f"{name} is not known"
    value, limit = value_words(found, attribute), value_words(condition.value, attribute)
    if condition.operator in ("<=", ">"):
        sign = "≤" if bool(condition.holds({condition.attribute: found})) == (condition.operator == "<=") else ">"
        return f"{name} {value} {sign} {limit}"
    matches = bool(condition.holds({condition.attribute: found})) != (condition.operator == "is not")
    if matches or isinstance(found, bool):
        return f"{name} is {value}"
    return f"{name} is {value}, not {limit}"
