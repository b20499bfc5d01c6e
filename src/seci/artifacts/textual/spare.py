"""Names for what a person wrote without one, so that a line can be added as anybody would add it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from itertools import count

_NAMES = re.compile(r"\{#([^{}]*)\}")
_KEY = re.compile(r"[a-z_][a-z0-9_]*")
_APART = re.compile(r"[\W_]+")


class Spare:
    """Hands out names that nothing in `text` has.

    A name comes from the words, not from the place: reading a text twice gives the same names, and another line that
    is added later does not get the name of one that was taken out.
    """

    def __init__(self, text: str) -> None:
        self._taken = set(_NAMES.findall(text))

    def name(self, words: str) -> str:
        return self._first(f"n{sha256(f'{turn} {words}'.encode()).hexdigest()[:8]}" for turn in count())

    def key(self, words: str) -> str:
        """A name that reads like the words, for what conditions speak of: `missing_values`."""
        plain = _APART.sub("_", words.lower()).strip("_")
        if not _KEY.fullmatch(plain):
            return self.name(words)
        return self._first(f"{plain}_{turn}" if turn else plain for turn in count())

    def _first(self, names: Iterator[str]) -> str:
        found = next(name for name in names if name not in self._taken)
        self._taken.add(found)
        return found
