"""The key of an event: the same thing that happened has the same 16 bytes, whoever imports it and however often.

    key       = milliseconds of the event (6 bytes, big-endian) + BLAKE2b-80(record)
    record    = BLAKE2b-128(source uri) + kind (int16 LE) + role (int16 LE)
                + BLAKE2b-128(natural key of the actor) + BLAKE2b-128(natural key of the asset, or empty)
                + native identity at the source (for git the commit id)
    successor = the first 6 bytes of the key it supersedes + BLAKE2b-80(that key)

The time comes first so that an import in the order of time appends to the end of the index instead of writing
everywhere in it. An event has at most one successor, because the successor's key follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

KEY_BYTES = 16
_HEAD = np.dtype([("source", "V16"), ("kind", "<i2"), ("role", "<i2"), ("actor", "V16"), ("asset", "V16")])

Ints = npt.NDArray[np.int64]


def fingerprint(name: str) -> bytes:
    """16 bytes that stand for a natural key."""
    return blake2b(name.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def fingerprints(names: Mapping[int, str]) -> npt.NDArray[np.void]:
    """The fingerprints of names by id, as an array of V16 that is indexed by id; absent ids are zero bytes.

    Index -1 (nothing) lands on the last element, which is the fingerprint of the empty name.
    """
    table = np.zeros((max(names, default=0) + 2, 16), np.uint8)
    for number, name in names.items():
        table[number] = np.frombuffer(fingerprint(name), np.uint8)
    table[-1] = np.frombuffer(fingerprint(""), np.uint8)
    return table.view("V16").ravel()


def natural_keys(
    source: str,
    t: Ints,
    kind: Ints,
    role: Ints,
    actor: npt.NDArray[np.void],
    asset: npt.NDArray[np.void],
    native: Sequence[bytes],
) -> list[bytes]:
    """Keys of `n` events. `actor` and `asset` are V16 fingerprints per event, `native` bytes per event."""
    n = len(t)
    if n == 0:
        return []
    head = np.empty(n, _HEAD)
    head["source"] = np.void(fingerprint(source))
    head["kind"], head["role"], head["actor"], head["asset"] = kind, role, actor, asset
    return _join(t, records(head, native))


def successor_key(key: bytes) -> bytes:
    return key[:6] + blake2b(key, digest_size=10).digest()


def records(head: npt.NDArray[Any], native: Sequence[bytes]) -> list[bytes]:
    """For each row the bytes of `head`, a packed structured array, followed by those of `native`."""
    width = head.dtype.itemsize
    length = len(native[0])
    joined = b"".join(native)
    if length and set(map(len, native)) == {length}:
        # One width for all, as git has it: the records are laid out at once.
        record = np.empty((len(native), width + length), np.uint8)
        record[:, :width] = head.view(np.uint8).reshape(-1, width)
        record[:, width:] = np.frombuffer(joined, np.uint8).reshape(-1, length)
        return record.view(f"V{width + length}").ravel().tolist()
    return [first + rest for first, rest in zip(head.view(f"V{width}").tolist(), native, strict=True)]


def hashes(records: Iterable[bytes], size: int) -> list[bytes]:
    """BLAKE2b of each record, `size` bytes of it. Copying a hash is a third cheaper than beginning one."""
    begin = blake2b(digest_size=size).copy
    found = []
    for record in records:
        one = begin()
        one.update(record)
        found.append(one.digest())
    return found


def _join(t: Ints, records: list[bytes]) -> list[bytes]:
    n = len(records)
    keys = np.empty((n, KEY_BYTES), np.uint8)
    keys[:, :6] = (t // 1000).astype(">u8").view(np.uint8).reshape(n, 8)[:, 2:]
    keys[:, 6:] = np.frombuffer(b"".join(hashes(records, 10)), np.uint8).reshape(n, 10)
    return keys.view("V16").ravel().tolist()
