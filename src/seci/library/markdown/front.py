"""The front matter: fields between two lines of dashes at the very top of a text."""

from __future__ import annotations

import re
from typing import Any

_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n?|\n)((?:(?!---|\.\.\.).*(?:\r\n?|\n))*?)(?:---|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)"
)
# Two rules with a paragraph between them are no front matter: it begins with a field or a comment.
_FIELD = re.compile(r"\A\s*(?:#|[\w.\"'-][\w .\"'-]*:(?:\s|\Z)|\Z)")


def body_start(text: str) -> int:
    """The character at which the text begins below its front matter; 0 where there is none."""
    found = _FRONT.match(text)
    return found.end() if found and _FIELD.match(found[1]) else 0


def fields(text: str) -> dict[str, Any]:
    """The fields of the front matter; none where there is none or where it is no YAML of names and values."""
    import yaml

    found = _FRONT.match(text)
    if not found or not _FIELD.match(found[1]):
        return {}
    try:
        # An alias can make a small text stand for an endless one.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(found[1])):
            return {}
        data = yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return {str(name): value for name, value in data.items()} if isinstance(data, dict) else {}
