"""A ledger that many tests share: each runs in one transaction that is undone, so none sees what another wrote.

Transactions of the code under test become savepoints inside it; what they promise towards other connections and a
kill is tested on ledgers of their own (`test_durability`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from seci.kit.database.own import Postgresql, Sqlite

SEQUENCES = (
    "SELECT setval(c.oid::regclass, 1, false) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind = 'S' AND n.nspname = 'public'"
)


class UndoneSqlite(Sqlite):
    def _begin(self) -> None:
        self.connection.execute("SAVEPOINT inside")

    def _commit(self) -> None:
        self.connection.execute("RELEASE inside")

    def _rollback(self) -> None:
        self.connection.execute("ROLLBACK TO inside")
        self.connection.execute("RELEASE inside")


class UndonePostgresql(Postgresql):
    _READ = "SAVEPOINT inside"

    def _begin(self) -> None:
        self.run("SAVEPOINT inside")

    def _commit(self) -> None:
        self.run("RELEASE inside")

    def _rollback(self) -> None:
        self.connection.execute("ROLLBACK TO inside")
        self.connection.execute("RELEASE inside")


def opened(where: str | Path) -> UndoneSqlite | UndonePostgresql:
    return UndoneSqlite(where) if isinstance(where, Path) else UndonePostgresql(where)


@contextmanager
def undone(db: UndoneSqlite | UndonePostgresql) -> Iterator[UndoneSqlite | UndonePostgresql]:
    """The ledger, empty and numbered from 1, as it is again afterwards."""
    if isinstance(db, UndonePostgresql):
        db.rows(SEQUENCES)
    db.connection.execute("BEGIN")
    try:
        yield db
    finally:
        db._depth = 0
        db.connection.execute("ROLLBACK")
