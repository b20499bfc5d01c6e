"""The evidence of one repository as numpy columns: what happened, to which files, by whom.

    evidence = Evidence.load(store)
    evidence.touches.file, evidence.roles.role, evidence.commits.landed    # int arrays, read when first asked for
    evidence.files.path[7], evidence.aliases.name[3]

`read(repo, store)` brings a folder of evidence up to date; it imports numpy only where a whole history is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seci.sources.git import discount
from seci.sources.git.bots import is_machine
from seci.sources.git.codes import Reason, Status
from seci.sources.git.reading import Progress, Reading, read
from seci.sources.git.shelf import Manifest, Names, Part, Shelf
from seci.sources.git.tables import TABLES, text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Aliases", "Evidence", "Files", "Progress", "Reading", "Table", "Touches", "read"]


class Table:
    """Columns of a growing table as numpy arrays, each read from disk when it is first asked for."""

    def __init__(self, store: _Store, name: str) -> None:
        self._store, self._name = store, name
        self._columns: dict[str, NDArray[Any]] = {}

    def __getattr__(self, column: str) -> NDArray[Any]:
        if column.startswith("_") or column not in TABLES[self._name]:
            raise AttributeError(f"{self._name} has no column {column}")
        if column not in self._columns:
            whole = self._store.column(self._name, column)
            self._columns[column] = whole if self._kept is None else whole[self._kept]
        return self._columns[column]

    def __len__(self) -> int:
        return len(self.commit)

    @cached_property
    def _kept(self) -> NDArray[Any] | None:
        """Which rows of the parts are wanted, as a mask or in the order wanted; None for all as they are."""
        if not self._store.since:
            return None
        kept: NDArray[np.bool_] = self._store.column(self._name, "commit") >= self._store.since
        return kept


class Roles(Table):
    """Who did what, in order of commits: a merge adds to what it brought in only after that has been written."""

    @cached_property
    def _kept(self) -> NDArray[Any]:
        import numpy as np

        commit = self._store.column("roles", "commit")
        order = np.argsort(commit, kind="stable")
        rows: NDArray[Any] = order[np.searchsorted(commit[order], self._store.since) :]
        return rows


class Touches(Table):
    """One row per file that a commit touched. `worth` and `reason` follow from the commit, the file and the change."""

    def __init__(self, store: _Store, evidence: Evidence) -> None:
        super().__init__(store, "touches")
        self._evidence = evidence

    @property
    def worth(self) -> NDArray[np.int8]:
        """Percent of the full weight, 0..100."""
        return self._discount[0]

    @property
    def reason(self) -> NDArray[np.int8]:
        """`codes.Reason`: why it is worth less."""
        return self._discount[1]

    @cached_property
    def _discount(self) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
        evidence = self._evidence
        row = self.commit - evidence.first
        worth, reason = evidence.commits.worth[row], evidence.commits.reason[row]
        nature = evidence.files.nature[self.file]
        for kind, (percent, why) in discount.BY_NATURE.items():
            less = (nature == kind) & (worth > percent)
            worth[less], reason[less] = percent, why
        percent, why = discount.MOVED
        less = (self.status == Status.MOVED) & (worth > percent)
        worth[less], reason[less] = percent, why
        ignored = evidence.ignored[row]
        worth[ignored], reason[ignored] = 0, Reason.IGNORED_REVISION
        return worth, reason


class Files:
    """One entry per file, by its number."""

    def __init__(self, names: Names) -> None:
        import numpy as np

        self._names = names
        self.live: NDArray[np.bool_] = np.array(names.files.live, dtype=bool)
        self.nature: NDArray[np.int8] = np.array(names.natures, dtype=np.int8)

    def __len__(self) -> int:
        return len(self.live)

    def of(self, numbers: Iterable[int]) -> list[str]:
        """Latest paths of some of them."""
        files = self._names.files
        return [text(files.paths[files.path_of[number]]) for number in numbers]

    @cached_property
    def raw(self) -> list[bytes]:
        """Latest paths as git has them."""
        paths = list(self._names.files.paths)
        return [paths[number] for number in self._names.files.path_of]

    @cached_property
    def path(self) -> list[str]:
        """Latest paths as text that any database takes."""
        return [text(path) for path in self.raw]

    def numbers(self, paths: Iterable[str | bytes]) -> list[int | None]:
        """The file that each path names now, or named last; None for a path never seen."""
        files = self._names.files
        raw = [path.encode("utf-8", "surrogateescape") if isinstance(path, str) else path for path in paths]
        known = [files.paths.find(path) for path in raw]
        return [None if number is None else files.owner[number] for number in known]


class Aliases:
    """One entry per name and address that took part, by its number."""

    def __init__(self, names: Names) -> None:
        self._raw = [_parted(alias) for alias in names.aliases]
        self._mapped = [_parted(alias) for alias in names.mapped]

    def __len__(self) -> int:
        return len(self._raw)

    def of(self, numbers: Iterable[int]) -> list[tuple[str, str]]:
        """(name, address) of some of them."""
        return [(text(name), text(address)) for name, address in (self._mapped[number] for number in numbers)]

    @cached_property
    def name(self) -> list[str]:
        return [text(name) for name, _ in self._mapped]

    @cached_property
    def email(self) -> list[str]:
        return [text(address) for _, address in self._mapped]

    @cached_property
    def raw_name(self) -> list[str]:
        return [text(name) for name, _ in self._raw]

    @cached_property
    def raw_email(self) -> list[str]:
        return [text(address) for _, address in self._raw]

    @cached_property
    def bot(self) -> NDArray[np.bool_]:
        """Whether it is a machine or a writing assistant, not a person."""
        import numpy as np

        return np.array(
            [is_machine(*raw) or is_machine(*m) for raw, m in zip(self._raw, self._mapped, strict=True)], bool
        )


@dataclass(frozen=True)
class Evidence:
    """What a store holds, or the part of it that begins with commit `first`.

    Rows of `commits` are in ordinal order and without gaps: commit c is row c - first. Numbers of files and
    aliases are global. `gone` are ordinals that the history no longer holds: leave them out.
    """

    first: int
    manifest: Manifest
    shelf: Shelf
    names: Names | None = None

    @classmethod
    def load(cls, store: Path, *, since: int = 0, reading: Reading | None = None) -> Evidence:
        """The evidence in the folder `store`, from ordinal `since` on. Nothing but the manifest is read yet.

        reading  what has just been read into it: it knows the names, they are not read back
        """
        shelf = Shelf(store)
        if reading is not None:
            return cls(since, reading.manifest, shelf, reading.names)
        return cls(since, shelf.manifest(), shelf)

    @cached_property
    def commits(self) -> Table:
        return Table(self._store, "commits")

    @cached_property
    def touches(self) -> Touches:
        return Touches(self._store, self)

    @cached_property
    def roles(self) -> Table:
        return Roles(self._store, "roles")

    @cached_property
    def files(self) -> Files:
        return Files(self._names)

    @cached_property
    def aliases(self) -> Aliases:
        return Aliases(self._names)

    @cached_property
    def changes(self) -> list[str]:
        """Names of pull requests and reviews, by the numbers that `commits.change` uses."""
        return [text(change) for change in self._names.changes]

    @cached_property
    def gone(self) -> NDArray[np.int32]:
        """Ordinals of commits that a force push or a repaired shallow clone has taken away."""
        import numpy as np

        return np.array(self.manifest.gone, np.int32)

    @cached_property
    def ignored(self) -> NDArray[np.bool_]:
        """Per row of `commits`: whether `.git-blame-ignore-revs` lists it."""
        import numpy as np

        rows = np.zeros(len(self.commits), bool)
        if self.manifest.ignored:
            listed = {bytes.fromhex(name) for name in self.manifest.ignored}
            rows[:] = [row.tobytes() in listed for row in self.commits.sha]
        return rows

    def sha(self, commit: int) -> str:
        """Hexadecimal name of the commit with this ordinal."""
        return str(self.commits.sha[commit - self.first].tobytes().hex())

    @cached_property
    def _names(self) -> Names:
        return self.names or self.shelf.names(self.manifest)

    @cached_property
    def _store(self) -> _Store:
        return _Store(self.shelf, self.manifest, self.first)


class _Store:
    """Columns over the sealed parts and the tail."""

    def __init__(self, shelf: Shelf, manifest: Manifest, since: int) -> None:
        self.since = since
        self._shelf = shelf
        ends = [*[part.first for part in manifest.parts[1:]], manifest.sealed]
        self._parts = [part for part, end in zip(manifest.parts, ends, strict=False) if end > since]
        self._tail = shelf.tail(manifest)

    def column(self, table: str, column: str) -> NDArray[Any]:
        import numpy as np

        pieces = [self._sealed(part, table, column) for part in self._parts]
        if len(self._tail) or not pieces:
            pieces.append(_array(self._tail.columns[f"{table}.{column}"], len(self._tail)))
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def _sealed(self, part: Part, table: str, column: str) -> NDArray[Any]:
        import numpy as np

        chunk = self._shelf.part(part, table, [column])[column].combine_chunks()
        if column != "sha":
            values: NDArray[Any] = chunk.to_numpy(zero_copy_only=False)
            return values
        width = chunk.type.byte_width
        whole = np.frombuffer(chunk.buffers()[1], np.uint8)
        return whole[chunk.offset * width :][: len(chunk) * width].reshape(-1, width)


def _array(values: array[int] | bytearray, rows: int) -> NDArray[Any]:
    import numpy as np

    if isinstance(values, bytearray):
        return np.frombuffer(bytes(values), np.uint8).reshape(rows, -1) if rows else np.zeros((0, 20), np.uint8)
    return np.frombuffer(values, dtype=values.typecode) if len(values) else np.zeros(0, values.typecode)


def _parted(alias: bytes) -> tuple[bytes, bytes]:
    name, _, address = alias.rpartition(b" <")
    return name.strip(), address[:-1].strip()
