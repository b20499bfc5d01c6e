"""Events on their way into the ledger and out of it, a column at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.kit.errors import BadInput

Ints = npt.NDArray[np.int64]
IntColumn = Ints | Sequence[int] | Sequence[int | None]

NOTHING = -1


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Events to append: columns of one length, lists or integer arrays. `None` or -1 is "nothing".

    t           microseconds since the epoch, UTC
    actor       identity ids
    kind        codes of `kinds.Kind`
    source_key  native identity at the source, at most 64 bytes (for git the commit id)
    other       identity ids of the counterpart
    asset       asset ids
    weight      thousandths; 1000 when left out
    role        small numbers that tell apart two events of one kind, actor and asset in one native item
    native      bytes that identify the item; `source_key` when left out
    key         16-byte keys computed before; else they are computed on append
    """

    t: IntColumn
    actor: IntColumn
    kind: IntColumn
    source_key: Sequence[bytes]
    other: IntColumn | None = None
    asset: IntColumn | None = None
    weight: IntColumn | None = None
    artifact: IntColumn | None = None
    revision: IntColumn | None = None
    role: IntColumn | None = None
    native: Sequence[bytes] | None = None
    key: Sequence[bytes] | None = None

    def __post_init__(self) -> None:
        for name, values in self._present():
            if len(values) != len(self.t):
                raise BadInput(
                    f"The column {name} has {len(values)} values where t has {len(self.t)}; "
                    "every column of an append has the same length."
                )

    def __len__(self) -> int:
        return len(self.t)

    def part(self, start: int, stop: int) -> EventColumns:
        """The events from `start` up to `stop`."""
        return replace(self, **{name: column[start:stop] for name, column in self._present()})

    def _present(self) -> Iterator[tuple[str, Any]]:
        for column in fields(self):
            values = getattr(self, column.name)
            if values is not None:
                yield column.name, values


def ints(values: IntColumn | None, length: int, default: int) -> Ints:
    """The column as int64, with `default` throughout when there is none and -1 for each None."""
    if values is None:
        return np.full(length, default, np.int64)
    if isinstance(values, np.ndarray):
        return values.astype(np.int64, copy=False)
    plain: Any = values
    return np.array([NOTHING if value is None else value for value in plain], np.int64)


def nullable(values: Ints) -> list[int | None]:
    """Plain integers for the database, with None for -1."""
    plain: list[int | None] = values.tolist()
    if (values < 0).any():
        return [None if value is not None and value < 0 else value for value in plain]
    return plain
