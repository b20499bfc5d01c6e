"""Where one asset ends and another begins: merged, split, suggested and accepted. No event is rewritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.assets import store
from seci.assets.access import Asset, get_asset, get_changeable
from seci.assets.scope import Map
from seci.assets.services.states import tidy
from seci.assets.whereabouts import holds, near
from seci.kit.clock import now
from seci.kit.database import Database, from_json
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.kinds import Kind
from seci.people.store import record

FILES_BY: list[Callable[[Database, int], Sequence[str] | None]] = []
"""Rooms above say which files a source has ever had, by its number; None where they do not know the source."""


@dataclass(frozen=True, slots=True)
class Split:
    """A part that became an asset of its own, and the sources whose events must be derived again for both."""

    part: Asset
    sources: tuple[int, ...]


def merge(actor: Actor, db: Database, assets: Sequence[int]) -> Asset:
    """Reads several assets as one, the first. The others stay as aliases: their events and scopes are read as the
    survivor's, and `undo_merge` brings each back."""
    survivor, *absorbed = dict.fromkeys(assets) or [0]
    into = get_changeable(actor, db, survivor, "merge")
    if not absorbed:
        raise BadInput("Name at least two different assets to merge.")
    if into.state in ("merged", "retired"):
        raise Conflict(f"{into.name} is {into.state}; merge into one that is in use.")
    with db.transaction():
        for asset in absorbed:
            found = get_changeable(actor, db, asset, "merge")
            if found.state == "merged":
                raise Conflict(f"{found.name} is merged already; undo that first.")
            db.run(
                "INSERT INTO assets_merger (absorbed_id, survivor_id, state_before, by, at) VALUES (?, ?, ?, ?, ?)",
                [found.id, into.id, found.state, actor.account, now()],
            )
            db.run("UPDATE assets_asset SET state = 'merged' WHERE id = ?", [found.id])
            record(db, actor, Kind.MERGE, f"asset {found.id} is read as {into.id}", asset=into.id)
        _point_to_survivors(db)
        return get_asset(actor, db, into.id)


def undo_merge(actor: Actor, db: Database, asset: int) -> Asset:
    """Takes a merger back: the absorbed asset stands on its own again, with all that was ever its own."""
    found = get_changeable(actor, db, asset, "unmerge")
    rows = db.rows(
        "SELECT id, state_before FROM assets_merger WHERE absorbed_id = ? AND undone_at IS NULL ORDER BY id DESC",
        [found.id],
    )
    if found.state != "merged" or not rows:
        raise Conflict(f"{found.name} is not merged into another asset.")
    with db.transaction():
        db.run("UPDATE assets_merger SET undone_at = ?, undone_by = ? WHERE id = ?", [now(), actor.account, rows[0][0]])
        db.run("UPDATE assets_asset SET state = ?, merged_into_id = NULL WHERE id = ?", [rows[0][1], found.id])
        _point_to_survivors(db)
        record(db, actor, Kind.DECIDE, f"asset {found.id} stands on its own again", asset=found.id)
        return get_asset(actor, db, found.id)


def _point_to_survivors(db: Database) -> None:
    """Every merged asset points straight at the one it is read as, however long the chain of mergers."""
    into: dict[int, int] = dict(
        db.rows("SELECT absorbed_id, survivor_id FROM assets_merger WHERE undone_at IS NULL ORDER BY id")
    )
    for absorbed in into:
        survivor, seen = into[absorbed], {absorbed}
        while survivor in into and survivor not in seen:
            seen.add(survivor)
            survivor = into[survivor]
        db.run("UPDATE assets_asset SET merged_into_id = ? WHERE id = ?", [survivor, absorbed])


def split(actor: Actor, db: Database, asset: int, scopes: Sequence[tuple[int, str, str]], name: str) -> Split:
    """Makes a part of an asset one of its own.

    scopes   (source, prefix, pattern) of what leaves; each must lie within the asset, and be there in one source
    The events of the asset stay as they are until the returned sources are derived again.
    """
    whole = get_changeable(actor, db, asset, "split")
    if whole.state in ("merged", "retired"):
        raise Conflict(f"{whole.name} is {whole.state}; split the one that is in use.")
    leaving = [(source, _prefix(prefix), pattern) for source, prefix, pattern in dict.fromkeys(scopes)]
    if not leaving:
        raise BadInput("Name at least one folder or file that becomes the new asset.")
    leaving = _there(db, leaving)
    _inside(db, whole, leaving)
    with db.transaction():
        part = _make(db, leaving[0], tidy(name), whole)
        for source, prefix, pattern in leaving:
            db.run(
                "INSERT INTO assets_scope (asset_id, source, prefix, pattern) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (source, prefix, pattern) DO UPDATE SET asset_id = excluded.asset_id",
                [part, source, prefix, pattern],
            )
        db.run(
            "INSERT INTO assets_division (whole_id, part_id, scopes, by, at) VALUES (?, ?, ?, ?, ?)",
            [whole.id, part, json.dumps(leaving), actor.account, now()],
        )
        record(db, actor, Kind.CATEGORIZE, f"asset {part} split off {whole.id}", asset=part)
        return Split(get_asset(actor, db, part), tuple(sorted({source for source, _, _ in leaving})))


def _prefix(text: str) -> str:
    return text.lstrip("/").removeprefix("./")


def _there(db: Database, leaving: Sequence[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Those of the scopes that a source has files for. Raises BadInput for one that no source has any for."""
    sources = {source for source, _, _ in leaving}
    files = {
        source: next((had for ask in FILES_BY if (had := ask(db, source)) is not None), None) for source in sources
    }
    found = []
    for source, prefix, pattern in leaving:
        had = files[source]
        if had is None or holds(had, prefix, pattern):
            found.append((source, prefix, pattern))
    for source, prefix, pattern in leaving:
        if (prefix, pattern) not in {scope[1:] for scope in found}:
            *others, last = near(files[source] or (), f"{prefix}{pattern}") or [""]
            meant = f"{', '.join(others)} or {last}" if others else last
            raise BadInput(
                f"There is no {prefix}{pattern} in what has been read; "
                + (f"did you mean {meant}?" if meant else "give a path from the root of the repository.")
            )
    return found


def _inside(db: Database, whole: Asset, leaving: Sequence[tuple[int, str, str]]) -> None:
    survivors = store.survivors(db)
    for source, prefix, pattern in leaving:
        scopes = store.load_scopes(db, source)
        within = Map(scopes).asset_of(f"{prefix}any" if prefix.endswith("/") or not prefix else prefix)
        own = any(scope.prefix == prefix and survivors[scope.asset] == whole.id for scope in scopes)
        if not own and survivors.get(within) != whole.id:
            raise BadInput(
                f"{prefix or 'The root'}{pattern} is not part of {whole.name}; see `seci assets show {whole.id}`."
            )
        here = [scope for scope in scopes if scope.asset == whole.id]
        if {(scope.prefix, scope.pattern) for scope in here} <= {(p, q) for s, p, q in leaving if s == source}:
            raise BadInput(f"This is all of {whole.name}; rename it instead, or leave it something.")


def _make(db: Database, first: tuple[int, str, str], name: str, whole: Asset) -> int:
    source, prefix, pattern = first
    uri = db.rows("SELECT uri FROM ledger_source WHERE id = ?", [source])[0][0]
    key = store.key_of(uri, f"{prefix.rstrip('/')}{pattern}" or ".")
    number = 2
    while db.rows("SELECT 1 FROM assets_asset WHERE key = ?", [key]):
        key = store.key_of(uri, f"{prefix.rstrip('/')}{pattern}#{number}")
        number += 1
    return store.make(db, key, name, whole.topic, whole.languages, "kept", f"Split off {whole.name}.", now())


def accept(actor: Actor, db: Database, suggestion: int, name: str = "") -> Split:
    """Makes a suggested asset real; events of its source must be derived again."""
    key, proposed, topic, languages, scopes, reason, source = _open_suggestion(actor, db, suggestion)
    with db.transaction():
        part = store.make(db, key, tidy(name or proposed), topic, from_json(languages), "kept", reason, now())
        db.run_many(
            "INSERT INTO assets_scope (asset_id, source, prefix, pattern) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (source, prefix, pattern) DO NOTHING",
            [(part, source, prefix, pattern) for prefix, pattern in from_json(scopes)],
        )
        _answer(db, suggestion, accepted=True)
        record(db, actor, Kind.CATEGORIZE, f"asset {part} accepted", asset=part)
        return Split(get_asset(actor, db, part), (source,))


def dismiss(actor: Actor, db: Database, suggestion: int) -> None:
    """Turns a suggested asset down; it does not come back."""
    _open_suggestion(actor, db, suggestion)
    with db.transaction():
        _answer(db, suggestion, accepted=False)
        record(db, actor, Kind.DECIDE, f"suggested asset {suggestion} dismissed")


def _open_suggestion(actor: Actor, db: Database, suggestion: int) -> tuple[str, str, str, object, object, str, int]:
    store.need_facilitator(actor, "accept or dismiss assets")
    rows = db.rows(
        "SELECT key, name, topic, languages, scopes, reason, source FROM assets_suggestion "
        "WHERE id = ? AND answered_at IS NULL",
        [suggestion],
    )
    if not rows:
        raise NotFound(f"There is no open suggestion {suggestion} of an asset.")
    key, name, topic, languages, scopes, reason, source = rows[0]
    return key, name, topic, languages, scopes, reason, source


def _answer(db: Database, suggestion: int, *, accepted: bool) -> None:
    db.run("UPDATE assets_suggestion SET answered_at = ?, accepted = ? WHERE id = ?", [now(), accepted, suggestion])
