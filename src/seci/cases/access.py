"""The only way to hold a bank of cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.cases.attribute import Attribute
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import NotFound, Refused
from seci.kit.records import from_data


@dataclass(frozen=True, slots=True)
class Bank:
    """The cases of one decision.

    decision    what is decided on each case, as a question
    by          account that made it; None for the terminal
    changed_at  moves with every change of attributes, outcomes or cases
    """

    id: int
    title: str
    decision: str
    asset: int | None
    outcomes: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    by: int | None
    created_at: Micros
    changed_at: Micros
    retired_at: Micros | None

    def attribute(self, key: str) -> Attribute | None:
        return next((one for one in self.attributes if one.key == key), None)


_COLUMNS = "id, title, decision, asset_id, outcomes, attributes, by, created_at, changed_at, retired_at"


def get_bank(actor: Actor, db: Database, bank: int) -> Bank:
    """A bank that is in use. Members and above see the cases; raises NotFound, Refused."""
    if not actor.is_at_least("member"):
        raise Refused("Cases are for members of this instance; ask an admin for that role.")
    found = banks(db, "WHERE id = ?", [bank])
    if not found:
        raise NotFound(f"There is no bank of cases {bank}; `seci cases list` shows which there are.")
    return found[0]


def get_changeable(actor: Actor, db: Database, bank: int, deed: str) -> Bank:
    """A bank that the actor may change: whoever made it, the owner of its asset, facilitators. Raises Refused."""
    found = get_bank(actor, db, bank)
    is_own = found.by is not None and found.by == actor.account
    if is_own or actor.is_at_least("facilitator") or _owns_asset(actor, db, found.asset):
        return found
    raise Refused(f"Only whoever made a bank of cases, the asset's owner, and facilitators may {deed} it.")


def _owns_asset(actor: Actor, db: Database, asset: int | None) -> bool:
    if asset is None or actor.person is None:
        return False
    return bool(db.rows("SELECT 1 FROM assets_asset WHERE id = ? AND owner_id = ?", [asset, actor.person]))


def banks(db: Database, where: str = "", asked: Sequence[object] = ()) -> list[Bank]:
    """Banks by a condition of ours, in alphabetical order."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM cases_bank {where} ORDER BY LOWER(title), id", asked)  # noqa: S608
    return [_bank(row) for row in rows]


def _bank(row: tuple[Any, ...]) -> Bank:
    cells = list(row)
    cells[4] = tuple(from_json(cells[4]))
    cells[5] = tuple(from_data(Attribute, one) for one in from_json(cells[5]))
    return Bank(*cells)
