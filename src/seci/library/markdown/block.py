"""Parts of a Markdown text, each with the exact place it stands at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "quote", "code", "table", "html", "image", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a text.

    place       its number in the text, from 0
    level       1 to 6 of a heading; depth of nesting of an item, from 1; else 0
    path        the headings above it, outermost first
    start, end  characters of the Markdown that it takes, end exclusive
    text        its words alone: without marks, hard-wrapped lines joined
    """

    place: int
    kind: BlockKind
    level: int
    path: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a paragraph, item or quote.

    block       number of the block it belongs to
    path        the headings above it, outermost first
    start, end  characters of the Markdown that it takes, end exclusive
    text        its words alone, in one line
    """

    block: int
    path: tuple[str, ...]
    start: int
    end: int
    text: str
