"""The front matter: plain fields in YAML between two lines of dashes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from seci.kit.errors import BadInput

_EDGE = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)


def write_front(fields: Mapping[str, Any]) -> str:
    from frontmatter.default_handlers import YAMLHandler

    text: str = YAMLHandler().export(dict(fields), sort_keys=False, allow_unicode=True, width=10_000)
    return f"---\n{text.strip()}\n---"


def read_front(text: str) -> tuple[dict[str, Any], int, str]:
    """The fields, the number of lines they take, and the rest of the text. Raises BadInput with the line."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    edges = list(_EDGE.finditer(text))
    if len(edges) < 2 or text[: edges[0].start()].strip():
        raise BadInput(
            "Line 1: the text has no front matter; begin with a line ---, fields such as type: guide, and ---."
        )
    inside = text[edges[0].end() : edges[1].start()]
    before = text.count("\n", 0, edges[0].end())
    try:
        # An alias can make a small text stand for an endless one.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(inside)):
            raise BadInput("The front matter refers to itself (*); write each value out.")
        found = YAMLHandler().load(inside)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = before + (mark.line if mark else 0) + 1
        problem = getattr(error, "problem", None) or "it is no YAML"
        raise BadInput(f"Line {line}: the front matter cannot be read ({problem}).") from error
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise BadInput(f"Line {before + 1}: the front matter holds no fields; write them as name: value.")
    return found, text.count("\n", 0, edges[1].end()), text[edges[1].end() :]
