"""Names with numbers, of which a read of a few commits looks up a few: the others stay as they lie on disk."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any
from zlib import crc32

from seci.sources.git.columns import Column, join, split


@dataclass(frozen=True, slots=True)
class Kept:
    """Names in one piece, in which one is found by halving.

    joined  the names as `columns.join` has them
    ends    where each ends in it, its NUL included
    sums    CRC-32 of the names in ascending order, and `order` whose each is
    """

    joined: bytes
    ends: array[int]
    sums: array[int]
    order: array[int]

    @classmethod
    def of(cls, names: Iterable[bytes]) -> Kept:
        listed = list(names)
        # One number for both is sorted much faster than pairs are.
        found = sorted([crc32(name) << 32 | number for number, name in enumerate(listed)])
        return cls(
            join(listed),
            array("I", accumulate([len(name) + 1 for name in listed])),
            array("I", [each >> 32 for each in found]),
            array("I", [each & 0xFFFFFFFF for each in found]),
        )

    @classmethod
    def read(cls, columns: Mapping[str, Any], title: str) -> Kept:
        """What `columns` of the same title wrote."""
        return cls(*(columns[f"{title}.{field}"] for field in cls.__slots__))

    def columns(self, title: str) -> dict[str, Column]:
        return {f"{title}.{field}": getattr(self, field) for field in self.__slots__}

    def __len__(self) -> int:
        return len(self.ends)

    def __iter__(self) -> Iterator[bytes]:
        return iter(split(self.joined))

    def __getitem__(self, number: int) -> bytes:
        return self.joined[self.ends[number - 1] if number else 0 : self.ends[number] - 1]

    def find(self, name: bytes) -> int | None:
        """The number of a name; None if it is not here."""
        wanted = crc32(name)
        place = bisect_left(self.sums, wanted)
        while place < len(self.sums) and self.sums[place] == wanted:
            if self[self.order[place]] == name:
                return self.order[place]
            place += 1
        return None


class Register:
    """Byte strings without NUL, numbered 0, 1, 2 ... in the order in which they came: those kept, then those added."""

    def __init__(self, kept: Kept | None = None, added: Iterable[bytes] = ()) -> None:
        self._kept = kept or Kept.of(())
        self._added = list(added)
        self._known = dict(zip(self._added, range(len(self._kept), len(self)), strict=True))

    def __len__(self) -> int:
        return len(self._kept) + len(self._added)

    def __iter__(self) -> Iterator[bytes]:
        return chain(self._kept, self._added)

    def __getitem__(self, number: int) -> bytes:
        first = len(self._kept)
        return self._kept[number] if number < first else self._added[number - first]

    @property
    def added(self) -> list[bytes]:
        """Those that came after the kept ones."""
        return self._added

    def find(self, name: bytes) -> int | None:
        """The number of a name; None if it never came."""
        number = self._known.get(name)
        return self._kept.find(name) if number is None else number

    def unfold(self) -> None:
        """Makes ready for many to be looked up: all of them are read then, and each is found at once."""
        if len(self._kept):
            self._known = dict(zip(self, range(len(self)), strict=True))

    def number(self, name: bytes) -> int:
        """The number of a name, its own from now on if it is new."""
        number = self._known.get(name)
        if number is None:
            number = self._kept.find(name)
            if number is None:
                number = len(self)
                self._added.append(name)
            self._known[name] = number
        return number

    def keep(self) -> Kept:
        """Puts all of them in one piece; no number changes."""
        self._kept, self._added = Kept.of(self), []
        return self._kept
