"""How well what is written hangs together, and whether its links are used."""
# ruff: noqa: S608 - statements are put together from constants; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.figures import Figure, share
from seci.library.access import readable
from seci.library.queries.shelf import SINCE, linked
from seci.library.views import Spot

DAYS = 90


@dataclass(frozen=True, slots=True)
class Weave:
    """R035 and R033. integrated: share of what is in use that has a link in or out; followed: share of links that
    somebody went along in the last days. Both carry their n; without any they are unknown."""

    integrated: Figure
    followed: Figure
    isolated: tuple[Spot, ...]
    broken: int
    days: int = DAYS


def weave(actor: Actor, db: Database, *, asset: int | None = None, days: int = DAYS) -> Weave:
    """How documents and artifacts in use hang together, and which do not. `asset` narrows it to documents about one."""
    spots = linked(actor, db, asset)
    alone = tuple(spot for spot, is_linked in spots if not is_linked)
    where, asked = readable(actor)
    about = "" if asset is None else " AND d.asset_id = ?"
    more: list[object] = [*asked, *([] if asset is None else [asset])]
    links = (
        "FROM library_link l JOIN library_document d ON d.id = l.document_id "
        f"WHERE d.state <> 'retired' AND {where}{about}"
    )
    leads = "(l.to_document_id IS NOT NULL OR l.to_artifact_id IS NOT NULL OR l.to_asset_id IS NOT NULL)"
    went = (
        "EXISTS (SELECT 1 FROM library_follow f WHERE f.document_id = l.document_id AND f.target = l.target "
        "AND f.at >= ?)"
    )
    since = now() - days * DAY
    total, broken = db.rows(
        f"SELECT SUM(CASE WHEN {leads} THEN 1 ELSE 0 END), SUM(CASE WHEN {leads} THEN 0 ELSE 1 END) {links}", more
    )[0]
    used = db.rows(f"SELECT COUNT(*) {links} AND {leads} AND {went}", [*more, since])[0][0]
    return Weave(
        integrated=share(len(spots) - len(alone), len(spots), of="documents and artifacts"),
        followed=share(used, int(total or 0), of="links"),
        isolated=alone,
        broken=int(broken or 0),
        days=days,
    )


def changed_below(db: Database, artifact: int) -> list[str]:
    """What the page of an artifact says of code that it speaks of and that changed since somebody verified it."""
    rows = db.rows(
        "SELECT b.path, b.symbol FROM library_binding b JOIN artifacts_artifact a ON a.id = b.artifact_id "
        f"WHERE a.id = ? AND {SINCE} ORDER BY b.path, b.symbol",
        [artifact],
    )
    return [f"To be looked at again: {f'{path} {symbol}'.strip()} has changed." for path, symbol in rows]
