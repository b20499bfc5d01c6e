"""The database below the object mapper: for bulk reads and writes, and for commands that must start at once.

    db = connect(Instance.from_environment())   # or a path, "sqlite:///path", "postgresql://user@host/name"
    db = of_django(django.db.connection)        # shares Django's connection and its transaction

SQL is one dialect with `?` for parameters; what differs between vendors stays with the caller, who asks
`db.vendor`. Failures of the means (disk full, locked, unreachable, damaged) arrive as `kit.errors`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from seci.kit.database.own import Postgresql, Sqlite
from seci.kit.database.protocol import Database, Row, Vendor
from seci.kit.database.sql import BATCH, CONTAINS, batches, containing, from_json, percent, values
from seci.kit.database.trouble import trouble
from seci.kit.errors import BadInput
from seci.kit.instance import Instance

__all__ = [
    "BATCH",
    "CONTAINS",
    "Database",
    "Row",
    "Vendor",
    "batches",
    "connect",
    "containing",
    "from_json",
    "of_django",
    "percent",
    "trouble",
    "values",
]


def connect(where: Instance | str | Path) -> Database:
    """A connection of its own: a path or `sqlite:` URL for SQLite, a `postgresql:` URL for PostgreSQL.

    SQLite is opened with write-ahead log, `synchronous=FULL`, `BEGIN IMMEDIATE` and a busy timeout of 20 s:
    a deferred transaction that reads before it writes fails at once when another writer commits in between.
    """
    if isinstance(where, Instance):
        where = where.database or where.data / "seci.sqlite3"
    if isinstance(where, Path):
        return Sqlite(where)
    scheme = urlsplit(where).scheme if "://" in where or where.startswith("sqlite:") else ""
    if scheme == "":
        return Sqlite(Path(where))
    if scheme == "sqlite":
        return Sqlite(Path(unquote(urlsplit(where).path)))
    if scheme in {"postgresql", "postgres"}:
        return Postgresql(where)
    raise BadInput(
        f"{scheme}: is not a database SECI can use; let SECI_DATABASE_URL be sqlite:///path or "
        "postgresql://user@host/name."
    )


def of_django(connection: Any) -> Database:
    """The database of a Django connection: the same session, the same transaction, the same test rollback."""
    from seci.kit.database.joined import Joined

    return Joined(connection)
