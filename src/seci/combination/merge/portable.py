"""Passages of Markdown as they can stand in another document: same words, no marks that would lead nowhere."""

from __future__ import annotations

import re
from textwrap import dedent

from seci.combination.merge.provenance import Statement, same, statements

# An image, then a link; a link's target in the first group, if it stands there.
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)[^()]*\)|\[[^\]]*\])")
_ABROAD = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_WRAP = re.compile(r"[ \t]*(?:\\|[ ]{2,})?\r?\n[ \t]*(?:>[ \t]?)*[ \t]*")
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&$])")
_OPENING = re.compile(r"^(\d+)([.)])|^([-+])(?=\s|$)|^(=+|-+)$")


def sentence(markdown: str, words: str) -> str:
    """A sentence in one line: absolute links stay links, others become their label; images go.

    markdown  the characters that it takes in its source
    words     its words alone: where taking it out of its document would change them, they are given without any mark
    """
    line = _WRAP.sub(" ", markdown).strip()
    line = _LINK.sub(lambda one: one[0] if _ABROAD.match(one[2] or "") else one[1], _IMAGE.sub("", line)).strip()
    return line if _reads(line, words) else escaped(words)


def _reads(line: str, words: str) -> bool:
    if line == words and not _MARKS.search(line) and not _OPENING.match(line):
        return True
    found = statements(line)
    return len(found) == 1 and found[0].kind == "sentence" and same(found[0].text, words)


def escaped(words: str) -> str:
    """Words in which nothing is a mark."""
    line = _MARKS.sub(r"\\\1", " ".join(words.split()))
    return _OPENING.sub(lambda one: f"{one[1]}\\{one[2]}" if one[1] else "\\" + one[0], line)


def whole(text: str, statement: Statement) -> str:
    """A block of code or a table, moved to the margin; empty if it cannot stand elsewhere, as a picture by its path."""
    began = text.rfind("\n", 0, statement.start) + 1
    lead = text[began : statement.start]
    block = dedent((" " * len(lead)) + text[statement.start : statement.end]).strip("\n")
    if statement.kind == "image" and not re.search(r"\]\((?:https?):", block):
        return ""
    found = statements(block)
    if len(found) == 1 and found[0].kind == statement.kind and same(found[0].text, statement.text):
        return block
    return f"```\n{statement.text}\n```" if statement.kind == "code" and "```" not in statement.text else ""
