"""Small readings of plain text: sentences, listed things, keys and names. Spans are (start, end) in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_READ = 20_000
"""Characters of one answer that are read for cues and claims; the rest is kept, unread."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|[\n\r]+")
_BETWEEN_ITEMS = re.compile(
    r"\s*(?:[\n\r;·•]+|,(?!\d)\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s+then\s+)\s*", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:[-*\d.)\s]*)(?:(?:first|then|finally|also|mostly|usually|maybe|i (?:would )?(?:look at|check|use|see)|"
    r"look at|check|whether|if|how (?:many|much|often|old|big|large)|the|a|an|its|it's|my|our|and|or)\s+)*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text`, without the white space around them."""
    at = 0
    for gap in _SENTENCE_END.finditer(text):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def listed(text: str) -> list[str]:
    """The things that an answer lists, without articles and question words: "the size, and whether it drifts"."""
    found: list[str] = []
    for piece in _BETWEEN_ITEMS.split(text[:LONGEST_READ]):
        name = _LEADING.sub("", piece).strip(" .!?:\"'“”()-")
        if _WORD.search(name) and name.casefold() not in {one.casefold() for one in found}:
            found.append(name[:80])
    return found


def key_of(name: str) -> str:
    """A key of lower-case letters, digits and underscores; "attribute" when nothing of the name can be kept."""
    return "_".join(_WORD.findall(name.casefold()))[:40].strip("_") or "attribute"


def has_words(text: str) -> bool:
    """Whether anything was said: a letter or a digit, not only signs, spaces or pictures."""
    return _WORD.search(text) is not None


def short(text: str, most: int = 60) -> str:
    """The words on one line, cut at a word end where they are long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: line.rfind(" ", 0, most) if " " in line[:most] else most].rstrip(" ,;:") + " …"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def either(names: tuple[str, ...] | list[str]) -> str:
    """ "hold", "hold or ship", "hold, ask or ship"."""
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def counted(n: int, noun: str) -> str:
    """ "1 case", "3 cases"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


_THAT_WAS_ALL = re.compile(r"^\W*(?:no|nothing|none|done|that(?:'?s| was| is) (?:it|all)|end)\b", re.IGNORECASE)


def says_that_was_all(said: str) -> bool:
    return _THAT_WAS_ALL.match(said) is not None and len(said.split()) <= 5
