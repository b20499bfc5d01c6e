"""The key of the partner's provider: in a file that only the owner of the instance may read.

It is never in the database, so never in a backup; it is written by `keep`, read by the call that sends it, and shown
to nobody again.
"""

from __future__ import annotations

import os
from pathlib import Path

from seci.kit.errors import BadInput, Unavailable

NAME = "partner.key"
LONGEST = 1000


def keep(data: Path, key: str) -> None:
    """Writes the key with mode 600, in the place of an older one; an empty key takes it away."""
    key = key.strip()
    path = data / NAME
    if len(key) > LONGEST or not key.isascii() or any(letter.isspace() for letter in key):
        raise BadInput(f"A key is one word of at most {LONGEST} plain letters, digits and signs.")
    try:
        if not key:
            path.unlink(missing_ok=True)
            return
        data.mkdir(parents=True, exist_ok=True)
        beside = data / f"{NAME}.new"
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key)
        os.replace(beside, path)
    except OSError as error:
        raise Unavailable(
            f"The key could not be kept in the data folder ({error.strerror}); nothing was changed."
        ) from error


def read(data: Path) -> str:
    """The key in SECI_PARTNER_KEY, else in the file; empty when there is none.

    A partner that the environment names has its key from there alone: the file's was given for another address.
    """
    given = os.environ.get("SECI_PARTNER_KEY")
    if given or os.environ.get("SECI_PARTNER_PROVIDER"):
        return given or ""
    try:
        return (data / NAME).read_text()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise Unavailable(
            f"The file {NAME} of the data folder cannot be read ({error.strerror}); give it to the account of SECI."
        ) from error


def is_there(data: Path) -> bool:
    return bool(read(data))
