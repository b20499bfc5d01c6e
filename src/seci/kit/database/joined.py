"""The connection that Django has opened, joined with its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

from seci.kit.database.protocol import Row, Vendor
from seci.kit.database.sql import BATCH, batches, copy, insert, percent
from seci.kit.database.trouble import sentences


class Joined:
    """The same session, the same transaction, the same rollback as Django's."""

    def __init__(self, connection: Any) -> None:
        self.django = connection
        self.vendor: Vendor = connection.vendor
        self.place = str(connection.settings_dict["NAME"])

    @property
    def in_transaction(self) -> bool:
        return bool(self.django.in_atomic_block)

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        with sentences(), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            return list(cursor.fetchall())

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with sentences(), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            while batch := cursor.fetchmany(BATCH):
                yield from batch

    def run(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with sentences(), self.django.cursor() as cursor:
            cursor.execute(percent(sql), tuple(parameters))
            return int(cursor.rowcount)

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> int:
        changed = 0
        with sentences(), self.transaction(), self.django.cursor() as cursor:
            for batch in batches(rows, BATCH):
                cursor.executemany(percent(sql), batch)
                changed += max(cursor.rowcount, 0)
        return changed

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        if self.vendor == "sqlite":
            return self.run_many(insert(table, columns), rows)
        with sentences(), self.transaction():
            self.django.ensure_connection()
            with self.django.connection.cursor() as cursor:
                return copy(cursor, table, columns, rows)

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
