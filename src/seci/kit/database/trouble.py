"""Failures of the means, in sentences: what happened, where, how to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from seci.kit.errors import Conflict, SeciError, Unavailable

BUSY_SECONDS = 20.0


@contextmanager
def sentences(place: str) -> Iterator[None]:
    """Inside, what a driver raises becomes an error of the house where the means are to blame."""
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
