"""Vectors of texts that come again, in a file beside the graph that made them: each text is worked out once for the
instance, whichever process asks. Nothing but time is lost with the file."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import numpy as np

from seci.kit.database import Database, batches, connect, values
from seci.kit.errors import SeciError
from seci.search.embedding.model import Model, Vectors

log = logging.getLogger("seci.search")

AT_MOST = 100_000
"""Texts whose vectors stay in the file, the newest: 150 MB."""
AT_ONCE = 500


def vectors(model: Model, texts: Sequence[str], folder: Path) -> Vectors:
    """What `model` says of texts, len(texts) x 384; what it has said before out of its file in `folder`.

    What is new is kept batch by batch, so that a look that is killed goes on where it was.
    """
    names = [sha256(text.encode()).digest() for text in texts]
    file = folder / f"{model.name}.sqlite3"
    found = _known(file, list(dict.fromkeys(names)))
    fresh = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
    for batch in batches(fresh, AT_ONCE):
        made = dict(zip(batch, model.vectors([fresh[name] for name in batch]), strict=True))
        _keep(file, [(name, vector.tobytes()) for name, vector in made.items()])
        found |= made
    return np.array([found[name] for name in names], np.float32)


def _known(file: Path, names: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    try:
        with _opened(file) as kept:
            for some in batches(names, AT_ONCE):
                asked = f"SELECT name, vector FROM vector WHERE name IN {values(len(some))}"
                found |= {name: np.frombuffer(vector, "<f4") for name, vector in kept.rows(asked, some)}
    except SeciError as error:
        log.warning("Vectors that were kept are worked out again: %s", error.sentence)
    return found


def _keep(file: Path, rows: Sequence[tuple[bytes, bytes]]) -> None:
    try:
        with _opened(file) as kept, kept.transaction():
            kept.run_many("INSERT OR IGNORE INTO vector (name, vector) VALUES (?, ?)", rows)
            kept.run("DELETE FROM vector WHERE id <= (SELECT MAX(id) FROM vector) - ?", [AT_MOST])
    except SeciError as error:
        log.warning("Vectors are not kept, so another process works them out again: %s", error.sentence)


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    with connect(file) as kept:
        kept.run("CREATE TABLE IF NOT EXISTS vector (id INTEGER PRIMARY KEY, name BLOB UNIQUE, vector BLOB)")
        yield kept
