"""Vectors for passages that have none yet: a batch at a time, each kept at once, so that a kill loses one batch."""

from __future__ import annotations

from collections.abc import Callable

from seci.kit.database import Database
from seci.search import store
from seci.search.embedding import model

BATCH = 128
# A passage of more words than this gets a vector for each piece of it as well.
WHOLE, PIECE = 150, 120


def pieces(title: str, heading: str, text: str) -> list[str]:
    """What is embedded of a passage: all of it, then, if it is long, its pieces; each under its title and headings."""
    body = text.removeprefix(title).strip() if title else text
    above = ". ".join([title, *heading.splitlines()]) if title or heading else ""
    words = body.split()
    parts = [body] if len(words) <= WHOLE else [body, *cut(words)]
    return [f"{above}. {part}" if above else part for part in parts]


def cut(words: list[str]) -> list[str]:
    """Pieces of about equal length, none longer than `PIECE` words."""
    count = -(-len(words) // PIECE)
    size = -(-len(words) // count)
    return [" ".join(words[at : at + size]) for at in range(0, len(words), size)]


def embed(db: Database, *, say: Callable[[int, int], None] | None = None, most: int | None = None) -> int:
    """Works through all passages without vectors; returns how many got them. Nothing without the model.

    say   is told (how many are done, how many there are) after each batch
    most  stops after so many
    """
    worker = model.rounded()
    if worker is None:
        return 0
    store.made_by(db, worker.name)
    done = 0
    while most is None or done < most:
        rows = store.open_passages(db, BATCH if most is None else min(BATCH, most - done))
        if not rows:
            break
        parts = [(int(row[0]), part, text) for row in rows for part, text in enumerate(pieces(*map(str, row[2:])))]
        values = worker.vectors([text for _, _, text in parts])
        vectors = [(id_, part, one.tobytes()) for (id_, part, _), one in zip(parts, values, strict=True)]
        with db.transaction():
            store.add_vectors(db, vectors, [int(row[0]) for row in rows])
            store.touch(db, sorted({int(row[1]) for row in rows}))
        done += len(rows)
        if say:
            say(done, done + store.waiting(db))
    return done
