"""Assets and their scopes in bulk, without Django: what a scan needs before it can write one event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from seci.accounts.actor import Actor
from seci.kit.clock import Micros, now
from seci.kit.database import Database, batches, values
from seci.kit.errors import Conflict, NotFound, Refused
from seci.kit.ids import fingerprint

if TYPE_CHECKING:  # they bring numpy, which a command that only looks should not wait for
    from seci.assets.proposal import Proposal
    from seci.assets.scope import Scope

_BATCH = 200
KEY_LENGTH = 200


def ensure_assets(db: Database, source: int, proposals: Iterable[Proposal]) -> list[int]:
    """Makes the proposed assets of a source that has none yet; the ids of the source's assets.

    A source that has assets keeps them as people have shaped them: what is new among the proposals then becomes a
    suggestion, and only where no scope of its own covers it. Ensuring the same again changes nothing.
    """
    wanted = list(proposals)
    with db.transaction():
        uri = _uri(db, source)
        _take_turn(db)
        if not has_assets(db, source):
            _make(db, source, uri, wanted, now())
        else:
            _suggest(db, source, uri, wanted, now())
        return assets_of(db, source)


def has_assets(db: Database, source: int) -> bool:
    """Whether this source has been given assets before, so that a scan need not propose any."""
    return bool(db.rows("SELECT 1 FROM assets_scope WHERE source = ? LIMIT 1", [source]))


def assets_of(db: Database, source: int) -> list[int]:
    """The assets with a scope in this source, by id."""
    return [
        id_ for (id_,) in db.rows("SELECT DISTINCT asset_id FROM assets_scope WHERE source = ? ORDER BY 1", [source])
    ]


def load_scopes(db: Database, source: int) -> list[Scope]:
    """The scopes of a source, for `scope.Map`. Each names its own asset, also where that was merged or retired:
    events stay with the asset they were made for, and `survivors` says as whose they are read."""
    from seci.assets.scope import Scope

    return [
        Scope(prefix, pattern, asset)
        for prefix, pattern, asset in db.rows(
            "SELECT prefix, pattern, asset_id FROM assets_scope WHERE source = ? ORDER BY prefix, pattern", [source]
        )
    ]


def survivors(db: Database) -> dict[int, int]:
    """As which asset each one is read: {asset id: id of the survivor}, itself where it was never merged."""
    into: dict[int, int | None] = dict(db.rows("SELECT id, merged_into_id FROM assets_asset"))
    return {asset: _survivor(asset, into) for asset in into}


def _survivor(asset: int, into: dict[int, int | None]) -> int:
    seen = {asset}
    while (next_ := into.get(asset)) is not None and next_ not in seen:
        asset = next_
        seen.add(asset)
    return asset


def survivor_of(db: Database, asset: int) -> int:
    """As which asset this one is read."""
    return survivors(db).get(asset, asset)


def hidden(db: Database) -> set[tuple[int, int]]:
    """The entries (person, asset) that their person has hidden or called wrong: not shown to anyone else."""
    return {
        (person, asset)
        for person, asset in db.rows("SELECT person_id, asset_id FROM assets_correction WHERE lifted_at IS NULL")
    }


def make(
    db: Database, key: str, name: str, topic: str, languages: Sequence[str], state: str, reason: str, at: Micros
) -> int:
    """One asset; its id. Raises Conflict when there is one of this key."""
    rows = db.rows(
        "INSERT INTO assets_asset (key, name, concept, topic, languages, state, reason, decay, created_at) "
        f"VALUES {values(9)} ON CONFLICT (key) DO NOTHING RETURNING id",
        [key, name, "", topic, json.dumps(list(languages)), state, reason, "mixed", at],
    )
    if not rows:
        raise Conflict(f"There is an asset for this part already; see `seci assets list {name}`.")
    return int(rows[0][0])


def need_facilitator(actor: Actor, deed: str) -> None:
    if not actor.is_at_least("facilitator"):
        raise Refused(f"Only facilitators, leads and admins may {deed}.")


def key_of(uri: str, part: str) -> str:
    """The natural key of an asset: the same part of the same source is the same asset on every instance."""
    text = f"{fingerprint(uri)[:12]}:{part}"
    return text if len(text) <= KEY_LENGTH else f"{text[: KEY_LENGTH - 17]}…{fingerprint(text)[:16]}"


def _uri(db: Database, source: int) -> str:
    found = db.rows("SELECT uri FROM ledger_source WHERE id = ?", [source])
    if not found:
        raise NotFound(f"There is no source {source}; register it first.")
    return str(found[0][0])


def _take_turn(db: Database) -> None:
    if db.vendor == "postgresql":
        db.run("LOCK TABLE assets_asset IN SHARE ROW EXCLUSIVE MODE")


def _make(db: Database, source: int, uri: str, proposals: Sequence[Proposal], at: Micros) -> None:
    taken = {name for (name,) in db.rows("SELECT name FROM assets_asset")}
    title = str(db.rows("SELECT title FROM ledger_source WHERE id = ?", [source])[0][0])

    def name_of(each: Proposal) -> str:
        # Many repositories have a "documentation"; whoever reads both must tell them apart.
        return clean(f"{each.name} ({title})" if each.name in taken else each.name, 120)

    for batch in batches(proposals, _BATCH):
        cells = [
            (
                key_of(uri, each.key), name_of(each), "", each.topic, json.dumps(each.languages), "proposed",
                clean(each.reason), "mixed", at,
            )
            for each in batch
        ]  # fmt: skip
        db.run(
            "INSERT INTO assets_asset (key, name, concept, topic, languages, state, reason, decay, created_at) "
            f"VALUES {values(9, len(cells))} ON CONFLICT (key) DO NOTHING",
            [cell for row in cells for cell in row],
        )
    ids: dict[str, int] = dict(db.rows("SELECT key, id FROM assets_asset"))
    db.run_many(
        "INSERT INTO assets_scope (asset_id, source, prefix, pattern) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (source, prefix, pattern) DO NOTHING",
        [
            (ids[key_of(uri, each.key)], source, clean(prefix), pattern)
            for each in proposals
            for prefix, pattern in each.scopes
        ],
    )


def _suggest(db: Database, source: int, uri: str, proposals: Sequence[Proposal], at: Micros) -> None:
    """Folders that would be an asset today and that no asset has as its own are put to a person once."""
    known = {key for (key,) in db.rows("SELECT key FROM assets_asset")}
    known |= {key for (key,) in db.rows("SELECT key FROM assets_suggestion")}
    covered = {prefix for prefix, pattern, _ in load_scopes(db, source) if prefix}
    fresh = [
        each
        for each in proposals
        if key_of(uri, each.key) not in known and not any(prefix in covered or not prefix for prefix, _ in each.scopes)
    ]
    db.run_many(
        "INSERT INTO assets_suggestion (source, key, name, topic, languages, scopes, reason, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        [
            (
                source, key_of(uri, each.key), clean(each.name, 120), each.topic, json.dumps(each.languages),
                json.dumps(each.scopes), clean(each.reason), at,
            )
            for each in fresh
        ],
    )  # fmt: skip


def clean(text: str, length: int | None = None) -> str:
    """Text that every database takes: sound UTF-8 without NUL, bytes of odd encodings escaped as \\xNN."""
    return text.replace("\0", "").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")[:length]
