"""From one text to another by the smallest sensible edits, so that what others type beside them stays theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pycrdt import Text

# Comparing letter by letter costs the product of both lengths.
LETTERS_AT_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` stands where characters `start` to `end` (exclusive) of the text before stood."""

    start: int
    end: int
    text: str


def edits(before: str, after: str) -> list[Edit]:
    """The edits that make `after` out of `before`, in order, none touching another."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if not old or not new:
        return [Edit(head, head + len(old), new)] if old or new else []
    return list(_by_line(old, new, head))


def apply(text: Text, before: str, changes: list[Edit]) -> None:
    """Makes the edits in a shared text that reads `before`; from its end, so that earlier places stay."""
    for change in reversed(changes):
        start = len(before[: change.start].encode())
        end = start + len(before[change.start : change.end].encode())
        if end > start:
            del text[start:end]
        if change.text:
            text.insert(start, change.text)


def plain(text: str) -> str:
    """As an editor in a browser holds it: lines end with a line feed alone, and nothing is no character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _by_line(old: str, new: str, offset: int) -> Iterator[Edit]:
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in ours:
        starts.append(starts[-1] + len(line))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _by_letter("".join(ours[i1:i2]), "".join(theirs[j1:j2]), offset + starts[i1])


def _by_letter(old: str, new: str, offset: int) -> Iterator[Edit]:
    if len(old) + len(new) > LETTERS_AT_MOST:
        yield Edit(offset, offset + len(old), new)
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(offset + i1, offset + i2, new[j1:j2])
