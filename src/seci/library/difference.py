"""What is different between two texts, line by line, and which revision each block came with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from seci.library.markdown.reading import blocks

AROUND = 2


def stretches(before: str, after: str) -> list[list[tuple[str, str]]]:
    """(same, gone or new; line) of each stretch that is different, with some lines around it."""
    old, new = before.splitlines(), after.splitlines()
    found = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        lines: list[tuple[str, str]] = []
        for tag, from_, to, start, end in group:
            if tag == "equal":
                lines += [("same", line) for line in old[from_:to]]
                continue
            lines += [("gone", line) for line in old[from_:to]]
            lines += [("new", line) for line in new[start:end]]
        found.append(lines)
    return found


def origins(texts: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """(Markdown, kind, place of the text it came with) of each block of the last of `texts`, the oldest first."""
    if not texts:
        return
    known = [{text[one.start : one.end] for one in blocks(text)} for text in texts]
    last = texts[-1]
    for one in blocks(last):
        words = last[one.start : one.end]
        came = len(texts) - 1
        while came > 0 and words in known[came - 1]:
            came -= 1
        yield words, one.kind, came
