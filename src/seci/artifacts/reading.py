"""The values of a case as people and programs give them, read as its attributes want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from seci.artifacts.bodies import Body, Matrix
from seci.artifacts.walk import attributes_of
from seci.cases.attribute import Attribute, Value
from seci.kit.errors import BadInput

YES = frozenset({"yes", "y", "true", "1", "on"})
NO = frozenset({"no", "n", "false", "0", "off"})


def asked(body: Body) -> tuple[Attribute, ...]:
    """What has to be said of a case: the attributes of the body; of a matrix its criteria with their levels."""
    if isinstance(body, Matrix):
        return tuple(
            Attribute(one.id, one.name, "category", levels=tuple(level.name for level in one.levels))
            for one in body.criteria
        )
    return attributes_of(body)


def read_values(body: Body, said: Mapping[str, Any]) -> dict[str, Value]:
    """By attribute key; empty text and None are "not known". Raises BadInput with the attribute and what fits it."""
    known = {attribute.key: attribute for attribute in asked(body)}
    if strange := sorted(set(said) - set(known)):
        raise BadInput(f"There is no attribute {strange[0]!r}; this artifact asks for {', '.join(known) or 'nothing'}.")
    return {key: read_value(known[key], value) for key, value in said.items()}


def read_value(attribute: Attribute, said: Any) -> Value:
    if said is None or (isinstance(said, str) and not said.strip()):
        return None
    if attribute.type == "number":
        return _number(attribute, said)
    text = ("yes" if said else "no") if isinstance(said, bool) else str(said).strip()
    if attribute.type == "boolean":
        if text.casefold() not in YES | NO:
            raise BadInput(f"{attribute.name} is yes or no; {text[:60]!r} is neither.")
        return text.casefold() in YES
    for level in attribute.levels:
        if level.casefold() == text.casefold():
            return level
    raise BadInput(f"{attribute.name} is one of {', '.join(attribute.levels)}; {text[:60]!r} is none of them.")


def _number(attribute: Attribute, said: Any) -> float:
    text = str(said).strip().removesuffix(attribute.unit).strip() if isinstance(said, str) else said
    try:
        found = float(text.replace(",", ".") if isinstance(text, str) and text.count(",") == 1 else text)
    except (TypeError, ValueError) as error:
        raise BadInput(f"{attribute.name} is a number{_in_unit(attribute)}; {str(said)[:60]!r} is none.") from error
    if isinstance(said, bool) or found != found or found in (float("inf"), float("-inf")):
        raise BadInput(f"{attribute.name} is a number{_in_unit(attribute)}; {str(said)[:60]!r} is none.")
    return found


def _in_unit(attribute: Attribute) -> str:
    return f" in {attribute.unit}" if attribute.unit else ""
