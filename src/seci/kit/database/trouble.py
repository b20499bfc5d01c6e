"""Failures of the means, in sentences: what happened, where, how to mend it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from seci.kit.errors import BadInput, Conflict, SeciError, Unavailable

BUSY_SECONDS = 20.0
TOO_LARGE = "A number is larger than any that can be kept or looked for (63 bits); give a smaller one."


@contextmanager
def sentences(place: str = "") -> Iterator[None]:
    """Inside, what a driver raises becomes an error of the house where the means or what was given are to blame.

    place  where the database lies; left out where the sentence may be read by those who are not to know
    """
    try:
        yield
    except SeciError:
        raise
    except Exception as error:
        if sentence := trouble(error, place):
            raise sentence from error
        raise


def trouble(error: BaseException, place: str = "") -> SeciError | None:
    """The failure behind a driver's exception: of the means, or of a value that no database can hold. None when the
    fault is in the program."""
    cause = error.__cause__ if error.__cause__ is not None else error
    text = " ".join(str(cause).split())
    low = text.lower()
    database = f"database {place}".rstrip()
    if isinstance(cause, OverflowError):
        return BadInput(TOO_LARGE)
    if isinstance(cause, UnicodeEncodeError):
        return BadInput(f"A text holds {cause.object[cause.start]!r}, which is half of a character; leave it out.")
    if isinstance(cause, sqlite3.Error):
        if "full" in low:
            return Unavailable(
                f"The disk of the {database} is full; nothing half-done was kept. Free space and run again."
            )
        if "locked" in low or "busy" in low:
            return Conflict(f"Another process has been writing to the {database} for {BUSY_SECONDS:.0f} s; try again.")
        if "readonly" in low:
            return Unavailable(f"The {database} cannot be written; check the owner and mode of the file.")
        if "unable to open" in low:
            return Unavailable(f"The {database} cannot be opened; check that its folder exists.")
        if "not a database" in low or "malformed" in low:
            return Unavailable(f"The {database} is damaged ({text}); restore it with: seci restore FILE.")
        if "too complex" in low or "too big" in low:
            return BadInput("A text is too long to be kept or looked for; give a shorter one.")
        if "disk i/o" in low:
            return Unavailable(f"The disk of the {database} failed to read or write; check the disk and run again.")
        return None
    if type(cause).__module__.startswith("psycopg"):
        names = {base.__name__ for base in type(cause).__mro__}
        if "NumericValueOutOfRange" in names:
            return BadInput(TOO_LARGE)
        if names & {"UntranslatableCharacter", "DataError"} and ("\\u0000" in low or "nul (0x00)" in low):
            return BadInput("A text holds a NUL character, which cannot be kept; leave it out.")
        if "DiskFull" in names:
            return Unavailable(
                f"The disk of the {database} is full; nothing half-done was kept. Free space and run again."
            )
        if names & {"LockNotAvailable", "DeadlockDetected", "SerializationFailure"}:
            return Conflict(f"Another process was writing to the {database}; try again.")
        if "ReadOnlySqlTransaction" in names:
            return Unavailable(f"The {database} can only be read now; try again when it can be written.")
        if "OperationalError" in names:
            return Unavailable(f"The {database} does not answer ({text}); check that it runs, then try again.")
    return None
