"""Markdown with Ruby in it (`.html.md.erb`, as GOV.UK's documentation has it): what can be read is kept, the rest is
left out and said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TAG = re.compile(r"<%(?!%)(?P<mark>[=#-]?)(?P<code>.*?)-?%>", re.DOTALL)
_FIELD = re.compile(r"\s*current_page\.data\.(\w+)\s*\Z")
_CALL = re.compile(r"\s*(\w+)[\s(]*(?P<quote>['\"])(?P<words>.*?)(?P=quote)", re.DOTALL)
_LINK = re.compile(r"\s*link_to[\s(]*(['\"])(?P<words>.*?)\1\s*,\s*(['\"])(?P<where>.*?)\3", re.DOTALL)
SHOWN = 3


def without_ruby(text: str, front: Mapping[str, Any]) -> tuple[str, str]:
    """The Markdown without Ruby, and a sentence on what was left out ("" when nothing was).

    A field of the front matter stands where it is asked for; warnings and links become Markdown. A line that was Ruby
    alone goes as a whole.
    """
    left: list[str] = []

    def said(found: re.Match[str]) -> str:
        if found["mark"] == "#":
            return ""
        field = _FIELD.match(found["code"])
        if field and isinstance(front.get(field[1]), str | int | float):
            return str(front[field[1]])
        link = _LINK.match(found["code"])
        if link:
            return f"[{link['words']}]({link['where']})"
        call = _CALL.match(found["code"])
        if call and call[1] in ("warning_text", "inset_text"):
            words = re.sub(r"<a href=\"([^\"]*)\">(.*?)</a>", r"[\2](\1)", " ".join(call["words"].split()))
            return f"> **Warning:** {words}" if call[1] == "warning_text" else f"> {words}"
        if found["code"].strip() != "end":
            left.append(" ".join(found["code"].split())[:60])
        return "\0"

    marked = _TAG.sub(said, text)
    lines = [
        line.replace("\0", "") for line in marked.split("\n") if "\0" not in line or line.replace("\0", "").strip()
    ]
    if not left:
        return "\n".join(lines).replace("<%%", "<%"), ""
    parts = "1 part of Ruby was" if len(left) == 1 else f"{len(left)} parts of Ruby were"
    named = "; ".join(left[:SHOWN]) + ("; …" if len(left) > SHOWN else "")
    return "\n".join(lines).replace("<%%", "<%"), f"{parts} left out: {named}."
