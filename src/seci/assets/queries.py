# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""Reads about assets, one function per question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from seci.accounts.actor import Actor
from seci.assets.access import Asset, get_asset
from seci.assets.access import assets as read_assets
from seci.assets.agreement import Agreement, compare
from seci.assets.likeness import Alike, Named, duplicates
from seci.assets.store import need_facilitator
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json, values
from seci.people import queries as people
from seci.people.views import PersonRef


@dataclass(frozen=True, slots=True)
class Place:
    """A scope in words: the title of its source, the folder or file, the pattern."""

    source: int
    title: str
    prefix: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Happened:
    """A change of state with who and when; `by` is an account, None the owner of the machine."""

    what: Literal["retired", "restored", "merged", "unmerged", "split off"]
    other: str
    reason: str
    by: int | None
    at: Micros


@dataclass(frozen=True, slots=True)
class Nominated:
    """Somebody said that a person knows an asset."""

    id: int
    person: PersonRef
    by: int | None
    at: Micros


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """An asset with its places, aliases, people and history."""

    asset: Asset
    places: tuple[Place, ...]
    aliases: tuple[Asset, ...]
    owner: PersonRef | None
    users: tuple[PersonRef, ...]
    nominations: tuple[Nominated, ...]
    history: tuple[Happened, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """An asset that new files seem to form; nobody has answered yet."""

    id: int
    source: int
    name: str
    topic: str
    languages: tuple[str, ...]
    scopes: tuple[tuple[str, str], ...]
    reason: str


def assets(actor: Actor, db: Database, *, state: str = "", q: str = "", topic: str = "") -> list[Asset]:
    """Assets in use (proposed and kept), or those of one state, in alphabetical order."""
    where, asked = ("WHERE state = ?", [state]) if state else ("WHERE state IN ('proposed', 'kept')", [])
    found = read_assets(db, where, list[object](asked))
    return [
        asset
        for asset in found
        if (not topic or asset.topic == topic) and (not q or q.casefold() in asset.name.casefold())
    ]


def asset(actor: Actor, db: Database, asset: int) -> AssetFacts:
    """All that people said about an asset, and where it lies. A merged one is shown as itself."""
    found = get_asset(actor, db, asset)
    aliases = read_assets(db, "WHERE merged_into_id = ?", [found.id])
    named = people.names(actor, db, [*found.users, *([found.owner] if found.owner else [])])
    return AssetFacts(
        asset=found,
        places=tuple(places(actor, db, [found.id, *(alias.id for alias in aliases)])),
        aliases=tuple(aliases),
        owner=named.get(found.owner) if found.owner else None,
        users=tuple(named[user] for user in found.users if user in named),
        nominations=tuple(nominations(actor, db, found.id)),
        history=tuple(history(actor, db, found.id)),
    )


def places(actor: Actor, db: Database, assets: list[int]) -> list[Place]:
    """The scopes of some assets, by source and path."""
    return [
        Place(source, title, prefix, pattern)
        for source, title, prefix, pattern in db.rows(
            "SELECT s.source, l.title, s.prefix, s.pattern FROM assets_scope s JOIN ledger_source l ON l.id = s.source "
            f"WHERE s.asset_id IN {values(len(assets))} ORDER BY l.title, s.prefix, s.pattern",
            assets,
        )
    ]


def nominations(actor: Actor, db: Database, asset: int) -> list[Nominated]:
    """Who was named for an asset, or for one that was merged into it."""
    rows = db.rows(
        "SELECT n.id, p.id, p.name, p.leaves_on, n.by, n.at FROM assets_nomination n "
        "JOIN people_person q ON q.id = n.person_id JOIN people_person p ON p.id = COALESCE(q.merged_into_id, q.id) "
        "JOIN assets_asset a ON a.id = n.asset_id WHERE n.withdrawn_at IS NULL "
        "AND COALESCE(a.merged_into_id, a.id) = ? ORDER BY LOWER(p.name), n.id",
        [asset],
    )
    return [Nominated(id_, people.ref(person, name, leaves), by, at) for id_, person, name, leaves, by, at in rows]


def agreement(actor: Actor, db: Database, asset: int, held: Mapping[int, float]) -> Agreement:
    """Nominations of an asset against the evidence: `held` is 0 to 1 by person id, as the spiral derives it."""
    return compare((each.person.id for each in nominations(actor, db, asset)), held)


def history(actor: Actor, db: Database, asset: int) -> list[Happened]:
    """Retired, merged, split: what happened to an asset, the newest first."""
    found: list[Happened] = []
    for reason, by, at, back_by, back_at in db.rows(
        "SELECT reason, by, at, restored_by, restored_at FROM assets_retirement WHERE asset_id = ?", [asset]
    ):
        found.append(Happened("retired", "", reason, by, at))
        if back_at is not None:
            found.append(Happened("restored", "", "", back_by, back_at))
    for other, by, at, back_by, back_at in db.rows(
        "SELECT CASE WHEN m.absorbed_id = ? THEN s.name ELSE a.name END, m.by, m.at, m.undone_by, m.undone_at "
        "FROM assets_merger m JOIN assets_asset a ON a.id = m.absorbed_id JOIN assets_asset s ON s.id = m.survivor_id "
        "WHERE m.absorbed_id = ? OR m.survivor_id = ?",
        [asset, asset, asset],
    ):
        found.append(Happened("merged", other, "", by, at))
        if back_at is not None:
            found.append(Happened("unmerged", other, "", back_by, back_at))
    for other, by, at in db.rows(
        "SELECT CASE WHEN d.whole_id = ? THEN p.name ELSE w.name END, d.by, d.at FROM assets_division d "
        "JOIN assets_asset w ON w.id = d.whole_id JOIN assets_asset p ON p.id = d.part_id "
        "WHERE d.whole_id = ? OR d.part_id = ?",
        [asset, asset, asset],
    ):
        found.append(Happened("split off", other, "", by, at))
    return sorted(found, key=lambda happened: (-happened.at, happened.what))


def suggested(actor: Actor, db: Database, source: int | None = None) -> list[Suggested]:
    """Assets that new files seem to form, for whoever may accept them."""
    need_facilitator(actor, "look at suggested assets")
    rows = db.rows(
        "SELECT id, source, name, topic, languages, scopes, reason FROM assets_suggestion "
        "WHERE answered_at IS NULL AND source = COALESCE(?, source) ORDER BY id",
        [source],
    )
    return [
        Suggested(id_, where, name, topic, tuple(from_json(languages)), _pairs(from_json(scopes)), reason)
        for id_, where, name, topic, languages, scopes, reason in rows
    ]


def alike(actor: Actor, db: Database) -> list[Alike]:
    """Pairs of assets in use that may be one."""
    places: dict[int, set[str]] = defaultdict(set)
    for id_, prefix in db.rows("SELECT asset_id, prefix FROM assets_scope WHERE pattern = ''"):
        if prefix.endswith("/"):
            places[id_].add(prefix)
    return duplicates(Named(asset.id, asset.name, frozenset(places[asset.id])) for asset in assets(actor, db))


def _pairs(scopes: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((prefix, pattern) for prefix, pattern in scopes)


def chosen_scopes(
    actor: Actor, db: Database, asset: int, scopes: Sequence[int], prefix: str = ""
) -> list[tuple[int, str, str]]:
    """(source, prefix, pattern) of some scopes of an asset, and of a folder inside them in each of their sources."""
    own = db.rows("SELECT id, source, prefix, pattern FROM assets_scope WHERE asset_id = ?", [asset])
    if prefix.strip():
        return [(source, prefix.strip(), "") for source in sorted({row[1] for row in own})]
    return [(source, place, pattern) for id_, source, place, pattern in own if id_ in scopes]


def hidden_people(actor: Actor, db: Database, asset: int) -> frozenset[int]:
    """People who have hidden or corrected their own entry in the directory of an asset."""
    rows = db.rows("SELECT person_id FROM assets_correction WHERE asset_id = ? AND lifted_at IS NULL", [asset])
    return frozenset(int(person) for (person,) in rows)


def hidden_assets(actor: Actor, db: Database, person: int) -> frozenset[int]:
    """Assets on which a person has hidden or corrected the own entry."""
    rows = db.rows("SELECT asset_id FROM assets_correction WHERE person_id = ? AND lifted_at IS NULL", [person])
    return frozenset(int(asset) for (asset,) in rows)
