"""The only way to hold an asset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound, Refused

State = Literal["proposed", "kept", "retired", "merged"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A knowledge asset.

    owner            person id, as a person said it
    users            person ids of those who depend on it
    codifiability    0 tacit to 1 codifiable; None is unknown
    criticality_*    ends of the range, 0 to 1; None is unknown
    decay            what fades when it is not used: accuracy, speed, or both
    merged_into      the survivor, for an asset that was merged
    """

    id: int
    key: str
    name: str
    concept: str
    topic: str
    languages: tuple[str, ...]
    state: State
    reason: str
    owner: int | None
    users: tuple[int, ...]
    merged_into: int | None
    task_type: str
    codifiability: float | None
    criticality_low: float | None
    criticality_high: float | None
    decay: str
    created_at: Micros


_COLUMNS = (
    "id, key, name, concept, topic, languages, state, reason, owner_id, merged_into_id, task_type, codifiability, "
    "criticality_low, criticality_high, decay, created_at"
)


def get_asset(actor: Actor, db: Database, asset: int) -> Asset:
    """An asset as it is, merged and retired ones too. Raises NotFound."""
    found = assets(db, "WHERE id = ?", [asset])
    if not found:
        raise NotFound(f"There is no asset {asset}; `seci assets list` shows which there are.")
    return found[0]


def get_changeable(actor: Actor, db: Database, asset: int, deed: str) -> Asset:
    """An asset that the actor may change: a facilitator any, an owner the own. Raises Refused."""
    found = get_asset(actor, db, asset)
    owns = actor.person is not None and actor.person == found.owner
    if not owns and not actor.is_at_least("facilitator"):
        raise Refused(f"Only the owner of an asset, facilitators, leads and admins may {deed} it.")
    return found


def assets(db: Database, where: str = "", asked: list[object] | None = None) -> list[Asset]:
    """Assets by a condition of ours, in alphabetical order."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM assets_asset {where} ORDER BY LOWER(name), id", asked or [])  # noqa: S608
    users: dict[int, list[int]] = {}
    for asset, person in db.rows("SELECT asset_id, person_id FROM assets_asset_users ORDER BY person_id"):
        users.setdefault(asset, []).append(person)
    return [_asset(row, tuple(users.get(row[0], ()))) for row in rows]


@dataclass(frozen=True, slots=True)
class AssetLink:
    """An asset where something else names it."""

    id: int
    name: str


def asset_link(db: Database, asset: int | None) -> AssetLink | None:
    """What an asset is called by now: the one that it was merged into, where it was."""
    rows = db.rows(
        "SELECT s.id, s.name FROM assets_asset a JOIN assets_asset s ON s.id = COALESCE(a.merged_into_id, a.id) "
        "WHERE a.id = ?",
        [asset],
    )
    return AssetLink(*rows[0]) if rows else None


def in_use(db: Database) -> tuple[AssetLink, ...]:
    """The assets in use in alphabetical order, to file something under."""
    rows = db.rows("SELECT id, name FROM assets_asset WHERE state IN ('proposed', 'kept') ORDER BY LOWER(name), id")
    return tuple(AssetLink(*row) for row in rows)


def _asset(row: tuple[Any, ...], users: tuple[int, ...]) -> Asset:
    cells = list(row)
    cells[5] = tuple(from_json(cells[5]))
    cells.insert(9, users)
    return Asset(*cells)
