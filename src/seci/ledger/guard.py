"""The database itself refuses to change or remove what the ledger holds, except while an erasure is open.

A migration that rebuilds `ledger_event` or `ledger_outcome` drops the triggers with the old table: it must call
`raise_guard` afterwards. `seci doctor` looks whether they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from seci.kit.clock import Micros
from seci.kit.database import Database, Vendor

TABLES = ("ledger_event", "ledger_outcome")
SENTENCE = "The ledger is never changed; append an event that supersedes this one."

_OPEN = "EXISTS (SELECT 1 FROM ledger_erasure WHERE closed_at IS NULL)"


def raising(vendor: Vendor) -> list[str]:
    """The statements that put the guard up."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN NOT {_OPEN} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for table in TABLES
            for verb in ("UPDATE", "DELETE")
        ]
    function = (
        "CREATE OR REPLACE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT {_OPEN} THEN RAISE EXCEPTION '{SENTENCE}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_guard()"
            for table in TABLES
        ),
        *(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard()"
            for table in TABLES
        ),
    ]


def lowering(vendor: Vendor) -> list[str]:
    """The statements that take the guard down, whether it stands or not."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in ("update", "delete")]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{what} ON {table}" for table in TABLES for what in ("change", "truncate")
    ]


def stands(db: Database) -> bool:
    """Whether every trigger is in place."""
    found = db.rows(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%_no_%'"
        if db.vendor == "sqlite"
        else "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'ledger_%_no_%' AND tgenabled <> 'D'"
    )
    return int(found[0][0]) == 4


@contextmanager
def erasing(db: Database, scope: str, at: Micros) -> Iterator[int]:
    """Opens the erasure procedure for one transaction; what it did stays on record as `scope` and a number of rows.

    Nobody else sees it open: it is opened and closed in the same transaction. Yields the id of the record.
    """
    with db.transaction():
        record = int(
            db.rows("INSERT INTO ledger_erasure (scope, rows, opened_at) VALUES (?, 0, ?) RETURNING id", [scope, at])[
                0
            ][0]
        )
        yield record
        db.run("UPDATE ledger_erasure SET closed_at = ? WHERE id = ?", [at, record])
