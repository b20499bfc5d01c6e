"""Files that are given to commands."""

from __future__ import annotations

from pathlib import Path

from seci.cases.table import decode
from seci.kit.errors import BadInput


def text_of(file: Path) -> str:
    try:
        return decode(file.read_bytes())[0]
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}); check the path and the permission.") from error
