"""The instance's own secret key, made on first use and kept beside its data; and what a log may not say."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

from seci.kit.errors import Unavailable
from seci.kit.ids import new_secret

KEYS = re.compile(r"(/enter/|/practice/calendar/)[^/\s]+")


class KeysUnsaid(logging.Filter):
    """Cuts addresses that are keys by themselves out of the log: sign-in links and calendars."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEYS.sub(r"\1...", record.getMessage()), ()
        return True


def instance_secret(data: Path) -> str:
    """The secret in SECI_SECRET_KEY, else in `data`/secret, which is made with mode 600 when missing."""
    given = os.environ.get("SECI_SECRET_KEY")
    if given:
        return given
    path = data / "secret"
    try:
        data.mkdir(parents=True, exist_ok=True)
        # Exclusive creation: of two processes that start at once, one makes the key and both use it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new_secret() + new_secret())
    except FileExistsError:
        pass
    except OSError as error:
        raise Unavailable(
            f"The data folder {data} cannot be written ({error.strerror}); set SECI_DATA_DIR to one that can."
        ) from error
    return path.read_text()
