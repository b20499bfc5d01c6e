"""The texts of a merge's sources as they were pinned, ready for the merge's own parts."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from seci.accounts.actor import Actor
from seci.combination.access import MergeSource, sources_of
from seci.combination.merge.source import Embed, Source, read
from seci.kit.clock import to_datetime
from seci.kit.database import Database
from seci.kit.errors import NotFound
from seci.kit.instance import Instance
from seci.search.embedding import store
from seci.search.embedding.model import rounded

KEPT_AT_MOST = 20_000
"""Texts whose vectors stay in memory: 31 MB."""

_kept: dict[bytes, NDArray[np.float32]] = {}


def pinned(actor: Actor, db: Database, merge: int) -> tuple[Source, ...]:
    """The sources of a merge at the revisions it holds, in their order."""
    return tuple(source_at(db, one, one.revision) for one in sources_of(actor, db, merge))


def source_at(db: Database, one: MergeSource, revision: int) -> Source:
    """One source at one of its revisions."""
    rows = db.rows(
        "SELECT r.text, r.at, d.expires_at, p.name FROM library_revision r "
        "JOIN library_document d ON d.id = r.document_id LEFT JOIN people_person p ON p.id = d.owner_id "
        "WHERE r.document_id = ? AND r.number = ?",
        [one.document, revision],
    )
    if not rows:
        raise NotFound(f"{one.title} has no revision {revision} any more.")
    text, at, expires, owner = rows[0]
    return read(
        one.document, one.title, text, licence=one.licence, revision=revision, date=to_datetime(at),
        verified=None if expires is None else to_datetime(expires), guide=one.guide, owner=owner or "",
    )  # fmt: skip


def embedding() -> Embed | None:
    """What turns texts into vectors, where the instance has it; each text once, whichever process asks, so that sources
    that are read again, or one more of them, cost what is new in them."""
    model = rounded()
    if model is None:
        return None
    folder = Instance.from_environment().data / "models"

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        names = [sha256(text.encode()).digest() for text in texts]
        # Asked for once: another thread may empty it in between.
        found = {name: vector for name in names if (vector := _kept.get(name)) is not None}
        fresh = {name: text for name, text in zip(names, texts, strict=True) if name not in found}
        if fresh:
            found.update(zip(fresh, store.vectors(model, list(fresh.values()), folder), strict=True))
        if len(_kept) + len(fresh) > KEPT_AT_MOST:
            _kept.clear()
        _kept.update(found)
        return np.stack([found[name] for name in names])

    return embed
