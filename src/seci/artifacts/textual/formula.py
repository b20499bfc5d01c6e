"""Conditions as they stand in text: `missing > 5.2`, `source is "backfill"`, `changed is yes`, `load in "a", "b"`."""

from __future__ import annotations

import re

from seci.artifacts.condition import Condition, Operator
from seci.artifacts.textual.inline import escape, unescape
from seci.kit.errors import BadInput

_SHAPE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\s*(<=|≤|>|is not|is|in)\s*(.+)\Z", re.DOTALL)
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_SIGNS: dict[str, Operator] = {"≤": "<=", "<=": "<=", ">": ">", "is": "is", "is not": "is not", "in": "in"}


def formula(condition: Condition) -> str:
    """The condition in one line."""
    sign = "≤" if condition.operator == "<=" else condition.operator
    value = condition.value
    parts = [_value(one) for one in value] if isinstance(value, tuple) else [_value(value)]
    return f"{condition.attribute} {sign} {', '.join(parts)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f'"{_quoted(value)}"' if isinstance(value, str) else number(value)


def _quoted(text: str) -> str:
    return escape(text, also='"') if text else ""


def number(value: object) -> str:
    return repr(float(value)).removesuffix(".0")  # type: ignore[arg-type]


def read_formula(text: str) -> Condition:
    """The condition in a line. Raises BadInput that says how one is written."""
    found = _SHAPE.match(text.strip())
    if not found:
        raise _unreadable(text)
    key, sign, rest = found[1], _SIGNS[found[2]], found[3].strip()
    quoted = [unescape(one) if one else "" for one in _QUOTED.findall(rest)]
    if quoted and re.fullmatch(r"[,\s]*", _QUOTED.sub("", rest)):
        if sign == "in":
            return Condition(key, sign, tuple(quoted))
        if len(quoted) == 1:
            return Condition(key, sign, quoted[0])
    if sign != "in" and rest.lower() in ("yes", "true", "no", "false"):
        return Condition(key, sign, rest.lower() in ("yes", "true"))
    try:
        return Condition(key, sign, float(rest.replace("−", "-")))
    except ValueError:
        raise _unreadable(text) from None


def _unreadable(text: str) -> BadInput:
    shown = text if len(text) <= 60 else f"{text[:59]}…"
    if re.search(r"≥|>=|<(?!=)", text):
        return BadInput(f"“{shown}” compares by a sign that is not known here; write it with > or ≤.")
    return BadInput(f'“{shown}” is no condition; write it as: missing > 5.2, source is "backfill", changed is yes.')
