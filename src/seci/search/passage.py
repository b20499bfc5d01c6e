"""What can be found: subjects and their passages. Whoever has texts puts them in; this room knows nothing else of them.

subject = Subject("document", 7, "Code review", audience="guest", state="published", owner=3, tags=("review",))
passages.put(db, subject, gather(...))
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from seci.kit.clock import Micros

# A passage is about as long as a paragraph or two; what is longer is cut at the end of a part.
WORDS = 160
LONGEST = 280
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Subject:
    """What passages belong to.

    kind, number  "document" or "artifact" and its id
    audience      who may find it, one or several: a role (and all above it), "person:5",
                  "account:3"; or "nobody"
    state         draft, published, retired, ...
    owner         person who answers for it
    tags          concepts, tags, types: what a reader may filter by
    """

    kind: str
    number: int
    title: str
    audience: str = "guest"
    state: str = ""
    owner: int | None = None
    tags: tuple[str, ...] = ()
    changed_at: Micros = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a subject that answers by itself.

    text     its words alone, without marks
    heading  the headings above it, outermost first, the title left out
    place    anchor on the page of the subject; empty for its top
    """

    text: str
    heading: tuple[str, ...] = ()
    place: str = ""

    def sha(self, title: str) -> str:
        """The same for the same words under the same title."""
        return hashlib.blake2b("\0".join((title, *self.heading, self.text)).encode(), digest_size=16).hexdigest()


def gather(
    parts: Iterable[tuple[str, tuple[str, ...], str]], words: int = WORDS, longest: int = LONGEST
) -> list[Passage]:
    """Passages from the parts of a text in their order: paragraphs and items of one heading are joined up to about
    `words` words; a part of more than `longest` words is cut.

    parts  (place, headings above it, words alone), as paragraphs, items, quotes, table cells and code come
    """
    found: list[Passage] = []
    taken: list[str] = []
    size = 0
    here: tuple[str, tuple[str, ...]] = ("", ())

    def close() -> None:
        nonlocal size
        if taken:
            found.append(Passage("\n".join(taken), here[1], here[0]))
        taken.clear()
        size = 0

    for place, heading, text in parts:
        for piece in cut(text, longest):
            count = len(piece.split())
            if taken and (heading != here[1] or size + count > words):
                close()
            if not taken:
                here = (place, heading)
            taken.append(piece)
            size += count
    close()
    return found


def cut(text: str, longest: int = LONGEST) -> list[str]:
    """The text in pieces of at most `longest` words, without the empty ones."""
    words = text.split()
    if len(words) <= longest:
        return [text.strip()] if words else []
    return [" ".join(words[at : at + longest]) for at in range(0, len(words), longest)]
