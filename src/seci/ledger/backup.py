"""The whole instance in one file, and back, between SQLite and PostgreSQL as one likes.

    line 1    SECI backup 1 sha256:<of all that follows> size:<bytes that follow>
    the rest  a zip: manifest.json, tables/<name>.parquet, evidence/<path>

Values are written in one neutral form (whole numbers, floats, bytes, text; moments as UTC text), whichever database
they came from. A file is read through and its checksum compared before anything is touched; all rows are replaced in
one transaction, which ends only when the digest of the restored ledger equals the one in the file.

Left out: sign-in sessions, queued jobs (both are signed with the secret of this machine) and that secret itself.
"""
# ruff: noqa: S608 - names of tables and columns come from the models; values are always parameters

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from seci import __version__
from seci.kit.clock import Micros
from seci.kit.database import Database, batches
from seci.kit.errors import BadInput, Conflict, Unavailable
from seci.ledger.digest import Digest, digest
from seci.ledger.guard import erasing
from seci.ledger.store import last_seq

Form = Literal["whole", "float", "bytes", "text", "moment"]

MAGIC = b"SECI backup 1 "
_HEADER = len(MAGIC) + len("sha256:") + 64 + len(" size:") + 20 + 1
_CHUNK = 1 << 20
_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Table:
    """A table and its columns, each with the neutral form of its values."""

    name: str
    columns: tuple[tuple[str, Form], ...]
    primary: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup, and what the ledger in it says."""

    version: str
    made_at: Micros
    migrations: list[list[str]]
    tables: dict[str, int]
    evidence: dict[str, int]
    digest: str
    events: int

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def write(db: Database, tables: list[Table], evidence: Path, file: Path, *, at: Micros) -> Manifest:
    """Writes a backup beside `file` and puts it in place when it is whole; an older one stays until then."""
    partial = file.with_name(file.name + ".partial")
    try:
        with partial.open("w+b") as out:
            out.write(bytes(_HEADER))
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive, db.snapshot():
                manifest = _fill(db, tables, evidence, archive, at)
            _seal(out)
        os.replace(partial, file)
    except OSError as error:
        raise Unavailable(
            f"The backup {file} could not be written ({error.strerror}); nothing was left of it."
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def restore(
    db: Database, tables: list[Table], evidence: Path, file: Path, *, at: Micros, replace: bool = False
) -> tuple[Manifest, Digest]:
    """Puts a backup in the place of what the instance holds. Raises BadInput for a damaged or foreign file,
    Conflict when the instance holds events already and `replace` is not given; then nothing has changed."""
    with _opened(file) as archive:
        manifest = read_manifest(archive, file)
        _same_schema(db, manifest, file)
        if not replace and (events := last_seq(db)):
            raise Conflict(
                f"This instance holds {events:,} events already; add --replace to put the backup in their place."
            )
        with _evidence_beside(archive, manifest, evidence) as put_in_place, db.transaction():
            _replace_rows(db, tables, archive, manifest, at)
            found = digest(db)
            if found.digest != manifest.digest:
                raise BadInput(
                    f"The ledger restored from {file} does not say what the backup says it should; nothing was changed."
                )
            put_in_place()
    return manifest, found


def inspect(file: Path) -> Manifest:
    """What is in a backup; the whole file is read and its checksum compared."""
    with _opened(file) as archive:
        return read_manifest(archive, file)


def read_manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        return Manifest(**json.loads(archive.read("manifest.json")))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput(f"{file} has no readable table of contents; it was not made by `seci backup`.") from error


def _fill(db: Database, tables: list[Table], evidence: Path, archive: zipfile.ZipFile, at: Micros) -> Manifest:
    counts = {}
    for table in tables:
        with archive.open(f"tables/{table.name}.parquet", "w", force_zip64=True) as member:
            counts[table.name] = _export(db, table, member)
    sizes = {}
    for path in sorted(path for path in evidence.rglob("*") if path.is_file()) if evidence.is_dir() else []:
        name = path.relative_to(evidence).as_posix()
        with path.open("rb") as source, archive.open(f"evidence/{name}", "w", force_zip64=True) as member:
            shutil.copyfileobj(source, member, _CHUNK)
            sizes[name] = source.tell()
    said = digest(db)
    manifest = Manifest(__version__, at, _migrations(db), counts, sizes, said.digest, said.events)
    archive.writestr("manifest.json", json.dumps(asdict(manifest), indent=1))
    return manifest


def _seal(out: IO[bytes]) -> None:
    out.seek(_HEADER)
    checksum = sha256()
    size = 0
    while block := out.read(_CHUNK):
        checksum.update(block)
        size += len(block)
    out.seek(0)
    out.write(MAGIC + f"sha256:{checksum.hexdigest()} size:{size:020d}\n".encode())
    out.flush()
    os.fsync(out.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with file.open("rb") as source:
            _check(source, file)
            with zipfile.ZipFile(source) as archive:
                yield archive
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {file}; give the path of a file that `seci backup` wrote.") from error
    except IsADirectoryError as error:
        raise BadInput(f"{file} is a folder; give the path of a file that `seci backup` wrote.") from error
    except PermissionError as error:
        raise BadInput(f"{file} may not be read by this account; change its mode or owner.") from error
    except zipfile.BadZipFile as error:
        raise BadInput(f"{file} is damaged; nothing was changed. Use another copy.") from error


def _check(source: IO[bytes], file: Path) -> None:
    header = source.read(_HEADER)
    if not header.startswith(MAGIC[:-2]):
        raise BadInput(f"{file} is not a SECI backup; give a file that `seci backup` wrote.")
    if not header.startswith(MAGIC):
        raise BadInput(f"{file} is a backup of another format; restore it with the version of SECI that made it.")
    checksum = sha256()
    size = 0
    while block := source.read(_CHUNK):
        checksum.update(block)
        size += len(block)
    if header != MAGIC + f"sha256:{checksum.hexdigest()} size:{size:020d}\n".encode():
        raise BadInput(f"{file} is damaged or cut short; nothing was changed. Use another copy.")
    source.seek(0)


def _same_schema(db: Database, manifest: Manifest, file: Path) -> None:
    here, there = set(map(tuple, _migrations(db))), set(map(tuple, manifest.migrations))
    if here != there:
        age = "newer" if there - here else "older"
        raise Conflict(
            f"{file} was made by SECI {manifest.version} with an {age} layout of the database than this "
            f"{__version__}; restore it with SECI {manifest.version}, then change the version."
        )


def _migrations(db: Database) -> list[list[str]]:
    return [[app, name] for app, name in db.rows("SELECT app, name FROM django_migrations ORDER BY app, name")]


def _export(db: Database, table: Table, member: IO[bytes]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "whole": pa.int64(),
        "float": pa.float64(),
        "bytes": pa.binary(),
        "text": pa.string(),
        "moment": pa.string(),
    }
    schema = pa.schema([(name, types[form]) for name, form in table.columns])
    neutral = [_NEUTRAL[form] for _, form in table.columns]
    names = ", ".join(f'"{name}"' for name, _ in table.columns)
    count = 0
    with pq.ParquetWriter(member, schema, compression="zstd") as writer:
        rows = db.stream(f'SELECT {names} FROM "{table.name}" ORDER BY "{table.primary}"')
        for batch in batches(rows, _ROWS):
            columns = [
                pa.array([None if cell is None else form(cell) for cell in column], field.type)
                for column, form, field in zip(zip(*batch, strict=True), neutral, schema, strict=True)
            ]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(batch)
    return count


def _replace_rows(db: Database, tables: list[Table], archive: zipfile.ZipFile, manifest: Manifest, at: Micros) -> None:
    with erasing(db, "restored from a backup", at):
        db.run("DELETE FROM ledger_outcome")
        db.run("DELETE FROM ledger_event")
    for table in tables:
        db.run(f'DELETE FROM "{table.name}"')
    for table in tables:
        if table.name in manifest.tables:
            _import(db, table, archive)
            _go_on_counting(db, table)


def _import(db: Database, table: Table, archive: zipfile.ZipFile) -> None:
    import pyarrow.parquet as pq

    names = [name for name, _ in table.columns]
    with archive.open(f"tables/{table.name}.parquet") as member:
        file = pq.ParquetFile(member)
        for batch in file.iter_batches(batch_size=_ROWS, columns=names):
            columns = [batch.column(name).to_pylist() for name in names]
            if db.vendor == "postgresql":
                columns = [
                    [None if cell is None else f"{cell}+00" for cell in column] if form == "moment" else column
                    for column, (_, form) in zip(columns, table.columns, strict=True)
                ]
            db.load(table.name, names, zip(*columns, strict=True))


def _go_on_counting(db: Database, table: Table) -> None:
    """PostgreSQL does not look at numbers that were given by hand when it hands out the next one."""
    if db.vendor != "postgresql" or (table.primary, "whole") not in table.columns:
        return
    sequence = db.rows("SELECT pg_get_serial_sequence(?, ?)", [f'"{table.name}"', table.primary])[0][0]
    if sequence is not None:
        db.rows(
            f'SELECT setval(CAST(? AS text)::regclass, COALESCE(MAX("{table.primary}"), 0) + 1, false) '
            f'FROM "{table.name}"',
            [sequence],
        )


@contextmanager
def _evidence_beside(archive: zipfile.ZipFile, manifest: Manifest, evidence: Path) -> Iterator[Callable[[], None]]:
    """Unpacks the evidence beside its place; the function it gives moves it in, and an error moves it out again."""
    fresh, old = evidence.with_name("evidence.restoring"), evidence.with_name("evidence.replaced")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    moved = False

    def put_in_place() -> None:
        nonlocal moved
        if evidence.exists():
            evidence.rename(old)
        moved = True
        fresh.rename(evidence)

    try:
        fresh.mkdir(parents=True)
        for name in manifest.evidence:
            _unpack(archive, name, fresh)
        yield put_in_place
    except BaseException as error:
        if moved:
            shutil.rmtree(evidence, ignore_errors=True)
            if old.exists():
                old.rename(evidence)
        if isinstance(error, OSError):
            raise Unavailable(f"The evidence could not be unpacked ({error.strerror}); nothing was changed.") from error
        raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise BadInput(f"The backup holds a file that would lie outside the instance ({name}); nothing was changed.")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(f"evidence/{name}") as member, target.open("wb") as out:
        shutil.copyfileobj(member, out, _CHUNK)


def _text(value: Any) -> str:
    return str(getattr(value, "hex", value)) if not isinstance(value, str) else value


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return str(value)


_NEUTRAL: dict[Form, Callable[[Any], Any]] = {
    "whole": int,
    "float": float,
    "bytes": bytes,
    "text": _text,
    "moment": _moment,
}


def tables_of(models: Iterable[Any]) -> list[Table]:
    """The tables of Django models, with the neutral form of each column."""
    tables = [
        Table(
            model._meta.db_table,
            tuple((field.column, _form(field)) for field in model._meta.concrete_fields),
            model._meta.pk.column,
        )
        for model in models
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(tables, key=lambda table: table.name)


def _form(field: Any) -> Form:
    kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
    if kind.endswith(("IntegerField", "AutoField", "BooleanField")):
        return "whole"
    forms: dict[str, Form] = {"FloatField": "float", "BinaryField": "bytes", "DateTimeField": "moment"}
    return forms.get(kind, "text")
