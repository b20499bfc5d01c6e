# allow sizes: two drivers behind one protocol are read side by side
"""The database below the object mapper: for bulk reads and writes, and for commands that must start at once.

    db = connect(Instance.from_environment())   # or a path, "sqlite:///path", "postgresql://user@host/name"
    db = of_django(django.db.connection)        # shares Django's connection and its transaction

SQL is one dialect with `?` for parameters; what differs between vendors stays with the caller, who asks
`db.vendor`. Failures of the means (disk full, locked, unreachable, damaged) arrive as `kit.errors`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self, TypeVar
from urllib.parse import unquote, urlsplit

from seci.kit.errors import BadInput, Conflict, SeciError, Unavailable
from seci.kit.instance import Instance

T = TypeVar("T")
Row = tuple[Any, ...]
Vendor = Literal["sqlite", "postgresql"]

BUSY_SECONDS = 20.0
BATCH = 20_000

_PLACEHOLDERS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\?|%""")


class Database(Protocol):
    """One connection. SQL is written with `?` for parameters on every vendor."""

    @property
    def vendor(self) -> Vendor:
        """Which SQL is spoken."""

    @property
    def place(self) -> str:
        """The file or server, without a password; for sentences to people."""

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, a batch at a time."""

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """One statement; returns the number of rows it changed."""

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        """One statement for each row of parameters; returns the number of rows changed."""

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Append rows in the fastest way the vendor has; a row that breaks a constraint fails them all."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing. Nested use joins the outer transaction."""

    def snapshot(self) -> AbstractContextManager[None]:
        """For reading: everything inside sees one state of the database, and writers are not held up."""

    def close(self) -> None:
        """Let the connection go. A connection shared with Django stays open."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def connect(where: Instance | str | Path) -> Database:
    """A connection of its own: a path or `sqlite:` URL for SQLite, a `postgresql:` URL for PostgreSQL.

    SQLite is opened with write-ahead log, `synchronous=FULL`, `BEGIN IMMEDIATE` and a busy timeout of 20 s:
    a deferred transaction that reads before it writes fails at once when another writer commits in between.
    """
    if isinstance(where, Instance):
        where = where.database or where.data / "seci.sqlite3"
    if isinstance(where, Path):
        return _Sqlite(where)
    scheme = urlsplit(where).scheme if "://" in where or where.startswith("sqlite:") else ""
    if scheme == "":
        return _Sqlite(Path(where))
    if scheme == "sqlite":
        return _Sqlite(Path(unquote(urlsplit(where).path)))
    if scheme in {"postgresql", "postgres"}:
        return _Postgresql(where)
    raise BadInput(
        f"{scheme}: is not a database SECI can use; let SECI_DATABASE_URL be sqlite:///path or "
        "postgresql://user@host/name."
    )


def of_django(connection: Any) -> Database:
    """The database of a Django connection: the same session, the same transaction, the same test rollback."""
    return _Django(connection)


def values(columns: int, rows: int = 1) -> str:
    """The placeholders of `rows` rows of `columns` columns: `(?, ?), (?, ?)`."""
    row = "(" + ", ".join("?" * columns) + ")"
    return ", ".join([row] * rows)


class _Common:
    """What both own connections share: nesting of transactions and the context manager."""

    _depth = 0
    _doomed = False

    _READ = "BEGIN"

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        raise NotImplementedError

    def _begin(self) -> None:
        raise NotImplementedError

    def _commit(self) -> None:
        raise NotImplementedError

    def _rollback(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._depth == 0:
            self._begin()
            self._doomed = False
        self._depth += 1
        try:
            yield
        except BaseException:
            self._doomed = True
            raise
        finally:
            self._depth -= 1
            if self._depth == 0 and self._doomed:
                self._rollback()
        if self._depth == 0:
            if self._doomed:
                raise Conflict("A part of this transaction failed, so none of it was kept; try it again.")
            try:
                self._commit()
            except BaseException:
                self._rollback()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        if self._depth:
            yield
            return
        self._depth += 1
        self.run(self._READ)
        try:
            yield
        finally:
            self._depth -= 1
            self._rollback()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Sqlite(_Common):
    vendor: Vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        with _sentences(self.place):
            # Statements are prepared once and kept: a scan repeats few statements very often.
            self.connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False
            )
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
            self.connection.execute("PRAGMA foreign_keys=ON")
            self.connection.execute("PRAGMA cache_size=-65536")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with _sentences(self.place):
            return self.connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with _sentences(self.place):
            cursor = self.connection.execute(sql, parameters)
            while batch := cursor.fetchmany(BATCH):
                yield from batch

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with _sentences(self.place):
            return self.connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        with _sentences(self.place), self.transaction():
            return max(self.connection.executemany(sql, rows).rowcount, 0)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        return self.run_many(_insert(table, columns), rows)

    def close(self) -> None:
        self.connection.close()

    def _begin(self) -> None:
        with _sentences(self.place):
            self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        with _sentences(self.place):
            self.connection.execute("COMMIT")

    def _rollback(self) -> None:
        # A full disk may have rolled back already; a second ROLLBACK would then hide the real error.
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


class _Postgresql(_Common):
    vendor: Vendor = "postgresql"
    _READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def __init__(self, url: str) -> None:
        try:
            import psycopg
            from psycopg.types.string import TextLoader
        except ImportError as error:
            raise Unavailable("PostgreSQL needs the driver: pip install 'seci[postgresql]'.") from error
        parts = urlsplit(url)
        self.place = f"{parts.hostname or 'local'}/{parts.path.lstrip('/')}"
        with _sentences(self.place):
            self.connection = psycopg.connect(url, autocommit=True, connect_timeout=int(BUSY_SECONDS))
        # JSON stays text, as it is in SQLite: a caller sees one form.
        for name in ("json", "jsonb"):
            self.connection.adapters.register_loader(name, TextLoader)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with _sentences(self.place):
            return self.connection.execute(percent(sql), parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with (
            _sentences(self.place),
            self.connection.transaction(),
            self.connection.cursor(name="stream") as cursor,
        ):
            cursor.itersize = BATCH
            cursor.execute(percent(sql), parameters)
            yield from cursor

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with _sentences(self.place):
            return self.connection.execute(percent(sql), parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        with _sentences(self.place), self.transaction(), self.connection.cursor() as cursor:
            cursor.executemany(percent(sql), rows)
            return max(cursor.rowcount, 0)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        with _sentences(self.place), self.transaction(), self.connection.cursor() as cursor:
            return _copy(cursor, table, columns, rows)

    def close(self) -> None:
        self.connection.close()

    def _begin(self) -> None:
        self.run("BEGIN")

    def _commit(self) -> None:
        self.run("COMMIT")

    def _rollback(self) -> None:
        if not self.connection.closed:
            self.connection.execute("ROLLBACK")


class _Django:
    def __init__(self, connection: Any) -> None:
        self.django = connection
        self.vendor: Vendor = connection.vendor
        self.place = str(connection.settings_dict["NAME"])

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with _sentences(self.place), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            return list(cursor.fetchall())

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with _sentences(self.place), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            while batch := cursor.fetchmany(BATCH):
                yield from batch

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with _sentences(self.place), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            return int(cursor.rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        changed = 0
        with _sentences(self.place), self.transaction(), self.django.cursor() as cursor:
            for batch in batches(rows, BATCH):
                cursor.executemany(percent(sql), batch)
                changed += max(cursor.rowcount, 0)
        return changed

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        if self.vendor == "sqlite":
            return self.run_many(_insert(table, columns), rows)
        with _sentences(self.place), self.transaction():
            self.django.ensure_connection()
            with self.django.connection.cursor() as cursor:
                return _copy(cursor, table, columns, rows)

    def transaction(self) -> AbstractContextManager[None]:
        from django.db.transaction import atomic

        joined: AbstractContextManager[None] = atomic(using=self.django.alias)
        return joined

    def snapshot(self) -> AbstractContextManager[None]:
        return self.transaction()

    def close(self) -> None:
        """Django opened the connection and will close it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


@lru_cache(maxsize=1024)
def percent(sql: str) -> str:
    """The statement with `%s` for each `?` that stands outside quotes and comments, and `%` doubled."""

    def replacement(match: re.Match[str]) -> str:
        text = match.group()
        return "%s" if text == "?" else text.replace("%", "%%")

    return _PLACEHOLDERS.sub(replacement, sql)


def _insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES {values(len(columns))}'  # noqa: S608


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    count = 0
    with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


@contextmanager
def _sentences(place: str) -> Iterator[None]:
    try:
        yield
    except SeciError:
        raise
    except Exception as error:
        if sentence := trouble(error, place):
            raise sentence from error
        raise


def trouble(error: BaseException, place: str) -> SeciError | None:
    """The failure of the means behind a driver's exception, or None when the fault is the caller's."""
    cause = error.__cause__ if error.__cause__ is not None else error
    text = " ".join(str(cause).split())
    low = text.lower()
    if isinstance(cause, sqlite3.Error):
        if "full" in low:
            return Unavailable(f"The disk of {place} is full; nothing half-done was kept. Free space and run again.")
        if "locked" in low or "busy" in low:
            return Conflict(f"Another process has been writing to {place} for {BUSY_SECONDS:.0f} s; try again.")
        if "readonly" in low:
            return Unavailable(f"The database {place} cannot be written; check the owner and mode of the file.")
        if "unable to open" in low:
            return Unavailable(f"The database {place} cannot be opened; check that its folder exists.")
        if "not a database" in low or "malformed" in low:
            return Unavailable(f"The database {place} is damaged ({text}); restore it with: seci restore FILE.")
        if "disk i/o" in low:
            return Unavailable(f"The disk of {place} failed to read or write; check the disk and run again.")
        return None
    if type(cause).__module__.startswith("psycopg"):
        names = {base.__name__ for base in type(cause).__mro__}
        if "DiskFull" in names:
            return Unavailable(f"The disk of {place} is full; nothing half-done was kept. Free space and run again.")
        if names & {"LockNotAvailable", "DeadlockDetected", "SerializationFailure"}:
            return Conflict(f"Another process was writing to {place}; try again.")
        if "ReadOnlySqlTransaction" in names:
            return Unavailable(f"The database {place} can only be read now; try again when it can be written.")
        if "OperationalError" in names:
            return Unavailable(f"The database {place} does not answer ({text}); check that it runs, then try again.")
    return None
