"""A text that goes into a merge, pinned to one revision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seci.library.markdown.block import Block, Sentence
from seci.library.markdown.reading import blocks, sentences

# Texts to their vectors, one row each, of length 1. Everything here is complete without it.
Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Source:
    """One document at one revision.

    id        its number in the library
    licence   as it was stated there, empty if nothing was
    date      when this revision was written; None if unknown
    verified  until when somebody vouches for it; None if nobody does
    guide     what it is a page of: pages of one guide are never held against each other; empty stands alone
    owner     who answers for it, in words; empty if nobody does
    """

    id: int
    title: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    licence: str = ""
    revision: int = 1
    date: datetime | None = None
    verified: datetime | None = None
    guide: str = ""
    owner: str = ""

    @property
    def origin(self) -> str:
        """What it must differ in from another source to be held against it."""
        return self.guide or f"#{self.id}"


def read(id: int, title: str, text: str, **rest: Any) -> Source:  # noqa: A002
    """A source from its Markdown; `rest` as the fields of `Source`."""
    return Source(id, title, text, blocks(text), sentences(text), **rest)
