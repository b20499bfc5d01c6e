"""Sections of free Markdown inside an artifact's text: kept as they stand wherever that can be undone.

A text that would swallow what follows it (an unclosed fence, a heading of its own) or would come back changed is
written as one JSON string in a fence instead.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from seci.artifacts.bodies.text import Section
from seci.artifacts.evidence import Evidence
from seci.artifacts.textual.inline import escape, join, split, unescape
from seci.artifacts.textual.spare import Spare
from seci.kit.errors import BadInput

if TYPE_CHECKING:
    from markdown_it.token import Token

LEVEL = "h3"
_COMMENT = re.compile(r"<!--(.*?)-->\s*\Z", re.DOTALL)
_HEAD = re.compile(r"\s*(?<!\\)\{#((?:\\.|[^\\{}])*)\}\s*\Z", re.DOTALL)
_KEYS = {"claims": "claims", "cases for": "cases_for", "cases against": "cases_against", "cornerstone": "cornerstone"}


def parse(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 400}).parse(text)


def write_section(section: Section) -> Iterator[str]:
    """The lines of a section: its heading, what it rests on as a comment, its text."""
    title = escape(section.title)
    yield f"### {title} {{#{section.id}}}"
    yield ""
    if section.evidence != Evidence():
        yield f"<!-- {_rests(section.evidence)} -->"
        yield ""
    if section.text:
        yield from section.text.split("\n") if _is_safe(section.text) else _packed(section.text)
        yield ""


def _rests(evidence: Evidence) -> str:
    parts = []
    for label, key in _KEYS.items():
        found = getattr(evidence, key)
        if found:
            listed = join((found,) if isinstance(found, str) else found)
            parts.append(f"{label}: {listed.replace(';', '&#59;').replace('--', '-&#45;')}")
    return "; ".join(parts)


def _packed(text: str) -> list[str]:
    return ["```json", json.dumps(text, ensure_ascii=True), "```"]


def _is_safe(text: str) -> bool:
    """Whether the text can stand as it is: it ends where it ends, and has no heading as large as ours."""
    if text != text.strip("\n") or not text.strip() or text.lstrip().startswith(("<!--", "```json")):
        return False
    if any(not letter.isprintable() and letter != "\n" for letter in text):
        return False
    tokens = parse(f"{text}\n\n### end\n")
    headings = [
        one for one in tokens if one.type == "heading_open" and one.tag in ("h1", "h2", "h3") and one.level == 0
    ]
    return len(headings) == 1 and headings[0].map == [text.count("\n") + 2, text.count("\n") + 3]


def read_section(head: str, line: int, lines: Sequence[str], spare: Spare) -> Section:
    """A section out of its heading and the lines below it. Raises BadInput with the line."""
    match = _HEAD.search(head)
    name = unescape(match[1]) if match else spare.name(head)
    title = unescape((head[: match.start()] if match else head).strip())
    text = "\n".join(lines).strip("\n")
    evidence = Evidence()
    first, _, rest = text.partition("\n")
    if comment := _COMMENT.match(first):
        evidence, text = _evidence(comment[1], line), rest.strip("\n")
    if text.startswith("```json\n") and text.endswith("\n```"):
        text = _unpacked(text)
    return Section(name, title, text, evidence)


def _unpacked(text: str) -> str:
    try:
        found = json.loads(text.removeprefix("```json\n").removesuffix("\n```"))
    except ValueError:
        return text
    return found if isinstance(found, str) else text


def _evidence(comment: str, line: int) -> Evidence:
    found: dict[str, object] = {}
    for part in comment.strip().split("; "):
        label, _, rest = part.partition(":")
        if label.strip() not in _KEYS:
            raise BadInput(
                f"Line {line}: {label.strip()[:40]!r} is none of {', '.join(_KEYS)}; write what it rests on."
            )
        names = split(rest.strip())
        key = _KEYS[label.strip()]
        found[key] = (names[0] if names else None) if key == "cornerstone" else names
    return Evidence(**found)  # type: ignore[arg-type]
