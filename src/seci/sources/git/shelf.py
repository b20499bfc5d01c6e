"""Where the evidence of one repository lies on disk, and how it grows without ever being half written.

    manifest.json        what counts; replaced last, in one step
    000001.commits.parquet, .touches.parquet, .roles.parquet     sealed parts
    tail-7.columns       commits since the last sealed part
    names-7.columns      people and files, and the paths and changes that came since the last register
    register-5.columns   the paths and changes before, in a form in which a few are found without reading all

A part that no manifest names was left by a killed read and is written again. Ordinals are never reused.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seci.kit.errors import Unavailable
from seci.kit.lock import exclusive
from seci.sources.git.columns import Column, DamagedError, join, pack, split, unpack, write
from seci.sources.git.register import Kept, Register
from seci.sources.git.renames import Files
from seci.sources.git.tables import TABLES, Batch

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
FEW = 16_384  # paths or changes that may wait for the next register


@dataclass(frozen=True, slots=True)
class Part:
    """A sealed part: its name, the ordinal of its first commit, and rows per table."""

    name: str
    first: int
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What has been read.

    target    the tip that is being read or was read last, "" before the first read
    complete  whether everything the target reaches has been read
    commits   ordinals given so far
    sealed    how many of them lie in `parts`; the others lie in the tail
    gone      ordinals of commits that the history no longer holds
    edges     where a shallow clone ended
    landed    seconds at which the last main-line commit landed, None before the first read
    register  number of the file that holds the most paths and changes, 0 if there is none
    blobs     fingerprints of the files at the tip that rule names and natures
    """

    format: int = FORMAT
    object_format: str = "sha1"
    target: str = ""
    complete: bool = False
    commits: int = 0
    sealed: int = 0
    generation: int = 0
    parts: tuple[Part, ...] = ()
    gone: tuple[int, ...] = ()
    edges: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unpaired: int = 0
    submodules: int = 0
    landed: int | None = None
    register: int = 0
    blobs: dict[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """The small tables. Aliases are `Name <address>` as recorded; `mapped` is what `.mailmap` makes of them.

    changes, paths (of files)  the long ones: what of them is kept lies in a file of its own
    natures                    one per file, of its latest path
    """

    aliases: dict[bytes, int] = field(default_factory=dict)
    mapped: list[bytes] = field(default_factory=list)
    changes: Register = field(default_factory=Register)
    files: Files = field(default_factory=Files)
    natures: array[int] = field(default_factory=lambda: array("b"))

    @property
    def added(self) -> int:
        """How many are read back one by one."""
        return max(len(self.changes.added), len(self.files.paths.added))

    def keep(self) -> bytes:
        """The long tables as `of` takes them; `pack` leaves them out from now on."""
        return pack(self.changes.keep().columns("changes") | self.files.paths.keep().columns("paths"))

    def pack(self) -> bytes:
        files = self.files
        columns: dict[str, Column] = {
            "aliases": join(self.aliases),
            "mapped": join(self.mapped),
            "changes": join(self.changes.added),
            "paths": join(files.paths.added),
            "owner": files.owner,
            "path_of": files.path_of,
            "live": files.live,
            "natures": self.natures,
        }
        return pack(columns)

    @classmethod
    def of(cls, columns: dict[str, Column], kept: dict[str, Column]) -> Names:
        c: dict[str, Any] = dict(columns)
        changes, paths = (
            Register(Kept.read(kept, name) if kept else None, split(c[name])) for name in ("changes", "paths")
        )
        files = Files(paths, c["owner"], c["path_of"], c["live"])
        aliases = {alias: number for number, alias in enumerate(split(c["aliases"]))}
        return cls(aliases, split(c["mapped"]), changes, files, c["natures"])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of one repository's evidence."""

    folder: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One reader at a time. The system lets go of the lock when its holder dies."""
        busy = "Another process is reading this history; wait until it is done."
        with exclusive(self.folder / "lock", wait=False, busy=busy):
            yield

    def manifest(self) -> Manifest:
        try:
            data = json.loads((self.folder / "manifest.json").read_bytes())
        except FileNotFoundError:
            return Manifest()
        except (OSError, ValueError) as error:
            raise self.unreadable("manifest.json") from error
        if data.get("format") != FORMAT:
            return Manifest()
        data["parts"] = tuple(Part(**part) for part in data["parts"])
        for name in ("gone", "edges", "notes", "ignored"):
            data[name] = tuple(data[name])
        return Manifest(**data)

    def names(self, manifest: Manifest) -> Names:
        if not manifest.generation:
            return Names()
        kept = self._columns(f"register-{manifest.register}.columns") if manifest.register else {}
        return Names.of(self._columns(f"names-{manifest.generation}.columns"), kept)

    def tail(self, manifest: Manifest) -> Batch:
        """Commits that no sealed part holds."""
        if manifest.sealed == manifest.commits:
            return Batch.empty(manifest.sealed)
        return Batch.of(manifest.sealed, self._columns(f"tail-{manifest.generation}.columns"))

    def part(self, part: Part, table: str, columns: list[str]) -> pa.Table:
        """Columns of a table of a sealed part."""
        import pyarrow.parquet as pq

        try:
            # `pq.read_table` would first import a library that scans whole folders: longer than the columns take.
            with pq.ParquetFile(self.folder / f"{part.name}.{table}.parquet") as file:
                return file.read(columns=columns, use_threads=False)
        except (OSError, ValueError) as error:
            raise self.unreadable(f"{part.name}.{table}.parquet") from error

    def seal(self, manifest: Manifest, batch: Batch) -> Manifest:
        """Writes a batch that follows the sealed parts as the next one. It counts once `commit` has run."""
        name = f"{len(manifest.parts) + 1:06d}"
        rows = {}
        for table in TABLES:
            rows[table] = len(batch.columns[f"{table}.commit"])
            self._write_parquet(f"{name}.{table}.parquet", table, batch)
        part = Part(name, batch.first, rows)
        sealed = manifest.sealed + len(batch)
        return replace(manifest, parts=(*manifest.parts, part), sealed=sealed, commits=sealed)

    def commit(self, manifest: Manifest, names: Names, tail: Batch | None = None) -> Manifest:
        """Makes a state the one that counts, and clears away what no longer does."""
        before, manifest = manifest, replace(manifest, generation=manifest.generation + 1)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if manifest.complete and names.added > FEW:
                manifest = replace(manifest, register=manifest.generation)
                write(self.folder / f"register-{manifest.generation}.columns", names.keep())
            write(self.folder / f"names-{manifest.generation}.columns", names.pack())
            if tail is not None and len(tail):
                write(self.folder / f"tail-{manifest.generation}.columns", pack(tail.frozen()))
            text = json.dumps(asdict(manifest), separators=(",", ":")).encode()
            write(self.folder / "manifest.json", text)
        except OSError as error:
            raise self._unwritable(error) from error
        self._sweep(manifest, before)
        return manifest

    def unreadable(self, name: str) -> Unavailable:
        return Unavailable(
            f"The file evidence/{self.folder.name}/{name} of the data folder is missing or damaged; "
            f"remove evidence/{self.folder.name} there and scan the repository again.",
            code="damaged_evidence",
        )

    def _sweep(self, *states: Manifest) -> None:
        # The generation before stays for readers that opened its manifest a moment ago.
        kept = {f"{kind}-{each.generation}.columns" for kind in ("names", "tail") for each in states}
        kept |= {f"register-{each.register}.columns" for each in states}
        for path in self.folder.glob("*-*.columns"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def _columns(self, name: str) -> dict[str, Column]:
        try:
            return unpack((self.folder / name).read_bytes())[0]
        except (OSError, DamagedError, ValueError) as error:
            raise self.unreadable(name) from error

    def _write_parquet(self, name: str, table: str, batch: Batch) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        arrays, schema = [], []
        for column, code in TABLES[table].items():
            values = batch.columns[f"{table}.{column}"]
            kind = _ARROW[code](pa) if code else pa.binary(len(values) // max(1, len(batch)) or 1)
            arrays.append(
                pa.Array.from_buffers(kind, len(batch.columns[f"{table}.commit"]), [None, pa.py_buffer(values)])
            )
            schema.append(pa.field(column, kind, nullable=False))
        path = self.folder / name
        temporary = path.with_name(f".{name}.part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as file:
                pq.write_table(
                    pa.Table.from_arrays(arrays, schema=pa.schema(schema)),
                    file,
                    compression="zstd",
                    use_dictionary=False,
                )
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> Unavailable:
        why = error.strerror or str(error)
        return Unavailable(
            f"The evidence cannot be written ({why}); make room in the data folder or set SECI_DATA_DIR to another "
            "disk, then scan again: it goes on where it stopped.",
            code="disk",
        )


_ARROW: dict[str, Any] = {
    "b": lambda pa: pa.int8(),
    "h": lambda pa: pa.int16(),
    "i": lambda pa: pa.int32(),
    "q": lambda pa: pa.int64(),
}
