"""The tables of the evidence and their columns. `docs/architecture.md` says what each means."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from seci.sources.git.columns import Column

# Column -> array type code: b int8, h int16, i int32, q int64. `sha` is bytes of equal length.
COMMITS = {
    "commit": "i",
    "sha": "",
    "authored": "q",
    "committed": "q",
    "landed": "q",
    "author": "i",
    "committer": "i",
    "flags": "h",
    "files": "i",
    "change": "i",
    "worth": "b",
    "reason": "b",
}
TOUCHES = {"commit": "i", "file": "i", "status": "b"}
ROLES = {"commit": "i", "alias": "i", "role": "b"}
TABLES: dict[str, dict[str, str]] = {"commits": COMMITS, "touches": TOUCHES, "roles": ROLES}


@dataclass(slots=True)
class Batch:
    """Rows of the growing tables in memory, without numpy; a column is an `array`, `sha` a bytearray.

    first    ordinal of the first commit
    columns  "commits.landed" and so on
    """

    first: int
    columns: dict[str, array[int] | bytearray] = field(default_factory=dict)

    @classmethod
    def empty(cls, first: int) -> Batch:
        return cls(
            first,
            {
                f"{table}.{name}": array(code) if code else bytearray()
                for table, names in TABLES.items()
                for name, code in names.items()
            },
        )

    @classmethod
    def of(cls, first: int, columns: Mapping[str, Column]) -> Batch:
        batch = cls.empty(first)
        batch.extend(columns)
        return batch

    def extend(self, columns: Mapping[str, Column | bytearray]) -> None:
        for name, column in self.columns.items():
            column += columns[name]  # type: ignore[operator]

    def __len__(self) -> int:
        return len(self.columns["commits.commit"])

    @property
    def touches(self) -> int:
        return len(self.columns["touches.commit"])

    def shas(self) -> list[bytes]:
        names = bytes(self.columns["commits.sha"])
        width = len(names) // max(1, len(self))
        return [names[i * width : (i + 1) * width] for i in range(len(self))]

    def since(self, first: int) -> Batch:
        """The rows of commits from ordinal `first` on."""
        out = Batch.empty(first)
        for table, names in TABLES.items():
            commit = self.columns[f"{table}.commit"]
            keep = [i for i, ordinal in enumerate(commit) if ordinal >= first]
            for name, code in names.items():
                column = self.columns[f"{table}.{name}"]
                out.columns[f"{table}.{name}"] = _picked(column, keep, code, len(commit))
        return out

    def frozen(self) -> dict[str, Column]:
        return {name: bytes(c) if isinstance(c, bytearray) else c for name, c in self.columns.items()}


def _picked(column: array[int] | bytearray, keep: Sequence[int], code: str, rows: int) -> array[int] | bytearray:
    if code:
        return array(code, [column[i] for i in keep])
    width = len(column) // max(1, rows)
    return bytearray().join(bytes(column[i * width : (i + 1) * width]) for i in keep)


def texts(names: Iterable[bytes]) -> list[str]:
    """Names as text that any database takes. What is not UTF-8 is read as Windows-1252, else shown escaped."""
    return [text(name) for name in names]


def text(name: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "backslashreplace")
