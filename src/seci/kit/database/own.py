"""Connections of our own, to SQLite and to PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from seci.kit.database.protocol import Row, Vendor
from seci.kit.database.sql import BATCH, copy, insert, percent
from seci.kit.database.trouble import BUSY_SECONDS, sentences
from seci.kit.errors import Conflict, Unavailable


class Common:
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

    @property
    def in_transaction(self) -> bool:
        return self._depth > 0

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


class Sqlite(Common):
    vendor: Vendor = "sqlite"

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        with sentences(self.place):
            # Statements are prepared once and kept: a scan repeats few statements very often.
            self.connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False
            )
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=FULL")
            self.connection.execute("PRAGMA foreign_keys=ON")
            self.connection.execute("PRAGMA cache_size=-65536")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with sentences(self.place):
            return self.connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with sentences(self.place):
            cursor = self.connection.execute(sql, parameters)
            while batch := cursor.fetchmany(BATCH):
                yield from batch

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with sentences(self.place):
            return self.connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        with sentences(self.place), self.transaction():
            return max(self.connection.executemany(sql, rows).rowcount, 0)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        return self.run_many(insert(table, columns), rows)

    def close(self) -> None:
        self.connection.close()

    def _begin(self) -> None:
        with sentences(self.place):
            self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        with sentences(self.place):
            self.connection.execute("COMMIT")

    def _rollback(self) -> None:
        # A full disk may have rolled back already; a second ROLLBACK would then hide the real error.
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


class Postgresql(Common):
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
        with sentences(self.place):
            self.connection = psycopg.connect(url, autocommit=True, connect_timeout=int(BUSY_SECONDS))
        # JSON stays text, as it is in SQLite: a caller sees one form.
        for name in ("json", "jsonb"):
            self.connection.adapters.register_loader(name, TextLoader)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with sentences(self.place):
            return self.connection.execute(percent(sql), parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with (
            sentences(self.place),
            self.connection.transaction(),
            self.connection.cursor(name="stream") as cursor,
        ):
            cursor.itersize = BATCH
            cursor.execute(percent(sql), parameters)
            yield from cursor

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with sentences(self.place):
            return self.connection.execute(percent(sql), parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        with sentences(self.place), self.transaction(), self.connection.cursor() as cursor:
            cursor.executemany(percent(sql), rows)
            return max(cursor.rowcount, 0)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        with sentences(self.place), self.transaction(), self.connection.cursor() as cursor:
            return copy(cursor, table, columns, rows)

    def close(self) -> None:
        self.connection.close()

    def _begin(self) -> None:
        self.run("BEGIN")

    def _commit(self) -> None:
        self.run("COMMIT")

    def _rollback(self) -> None:
        if not self.connection.closed:
            self.connection.execute("ROLLBACK")
