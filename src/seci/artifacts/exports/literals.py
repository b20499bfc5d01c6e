"""Numbers and texts as the expression languages of rule engines write them: FEEL of DMN, and ZEN's own."""

from __future__ import annotations

import json
import re
from decimal import Decimal


def number(value: float) -> str:
    """Every digit, and no exponent: `5.2`, `0.00001`."""
    return format(Decimal(repr(float(value))).normalize(), "f")


def feel(value: float | str | bool) -> str:
    """A literal of FEEL: texts in double quotes with the escapes that it shares with JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else number(value)


def zen(value: float | str | bool) -> str:
    """A literal of ZEN. Its texts know no escapes, so one that holds both quotes is put together from parts."""
    if not isinstance(value, str):
        return feel(value)
    if '"' not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    parts = [f'"{part}"' if part != '"' else "'\"'" for part in re.split('(")', value) if part]
    return f"({' + '.join(parts)})"
