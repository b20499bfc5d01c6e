"""Typed columns in memory and in a small checked file, with the standard library alone.

A re-scan of a few commits must not pay for importing an analytics library. The file is a line of JSON that
names the columns and their lengths, followed by their bytes (little-endian), and ends with a CRC-32 of all that.
"""

from __future__ import annotations

import json
import os
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Column: TypeAlias = "array[int] | bytes"
_MAGIC = b"SECI columns 1\n"


class DamagedError(Exception):
    """The file is not what was written."""


def pack(columns: Mapping[str, Column], meta: Mapping[str, Any] | None = None) -> bytes:
    """Columns and JSON-able facts about them as one string of bytes."""
    names, bodies = [], []
    for name, column in columns.items():
        if isinstance(column, array):
            if sys.byteorder == "big":
                column = column[:]
                column.byteswap()
            bodies.append(column.tobytes())
            names.append((name, str(column.typecode), len(bodies[-1])))
        else:
            bodies.append(column)
            names.append((name, "", len(column)))
    head = json.dumps({"columns": names, "meta": dict(meta or {})}, separators=(",", ":")).encode() + b"\n"
    whole = b"".join([_MAGIC, head, *bodies])
    return whole + zlib.crc32(whole).to_bytes(4, "little")


def unpack(data: bytes) -> tuple[dict[str, Column], dict[str, Any]]:
    """The inverse of `pack`; raises `DamagedError` when a single byte differs."""
    whole = memoryview(data)[:-4]
    if not data.startswith(_MAGIC) or zlib.crc32(whole).to_bytes(4, "little") != data[-4:]:
        raise DamagedError
    start = data.index(b"\n", len(_MAGIC)) + 1
    head = json.loads(data[len(_MAGIC) : start])
    columns: dict[str, Column] = {}
    for name, code, length in head["columns"]:
        body = whole[start : start + length]
        start += length
        if code:
            column = array(code)
            column.frombytes(body)
            if sys.byteorder == "big":
                column.byteswap()
            columns[name] = column
        else:
            columns[name] = bytes(body)
    return columns, head["meta"]


def join(items: Iterable[bytes]) -> bytes:
    """Byte strings that hold no NUL, as one."""
    return b"\0".join([*items, b""])


def split(blob: bytes) -> list[bytes]:
    """The inverse of `join`."""
    return blob.split(b"\0")[:-1]


def write(path: Path, data: bytes) -> None:
    """All of it or nothing, whenever the power goes: a temporary file, synced, then renamed."""
    temporary = path.with_name(f".{path.name}.part")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
