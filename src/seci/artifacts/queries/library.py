"""The list of artifacts: three statements, however many there are."""

from __future__ import annotations

from typing import Any

from seci.accounts.actor import Actor
from seci.artifacts.body import TYPES
from seci.artifacts.verification import verification
from seci.artifacts.views import TYPE_WORDS, ArtifactRow, LibraryPage, Wanted
from seci.assets.access import AssetLink
from seci.kit.clock import Micros, now
from seci.kit.database import CONTAINS, Database, containing
from seci.kit.errors import BadInput
from seci.kit.pager import Pager
from seci.people import queries as people

PER_PAGE = 40
MARKS = ("unverified", "expired", "unsupported")
STATES = ("draft", "published", "retired")

# An asset that was merged is shown as the one that took it in, a person who was joined as the one they are.
_FROM = (
    "FROM artifacts_artifact a LEFT JOIN assets_asset o ON o.id = a.asset_id "
    "LEFT JOIN assets_asset s ON s.id = COALESCE(o.merged_into_id, o.id) "
    "LEFT JOIN people_person q ON q.id = a.owner_id "
    "LEFT JOIN people_person p ON p.id = COALESCE(q.merged_into_id, q.id)"
)
_ROW = (
    "a.id, a.title, a.type, a.state, a.head, a.published, a.label, a.verified_revision, a.verified_at, a.expires_at, "
    "a.unsupported, a.changed_at, s.id, s.name, p.id, p.name, p.leaves_on"
)


def library(
    actor: Actor,
    db: Database,
    wanted: Wanted | None = None,
    *,
    page: int = 1,
    size: int = PER_PAGE,
) -> LibraryPage:
    """A page of the library in alphabetical order. Guests see what is published, and no people.

    Raises BadInput for a type, state or mark that does not exist.
    """
    wanted, at = wanted or Wanted(), now()
    where, asked = _where(actor, wanted, at)
    total = int(db.rows(f"SELECT COUNT(*) {_FROM} WHERE {where}", asked)[0][0])
    pager = Pager(min(max(page, 1), max(1, -(-total // size))), size, total)
    rows = db.rows(
        f"SELECT {_ROW} {_FROM} WHERE {where} ORDER BY LOWER(a.title), a.id LIMIT ? OFFSET ?",
        [*asked, size, (pager.page - 1) * size],
    )
    seen, seen_asked = _where(actor, Wanted(), at)
    kinds = db.rows(f"SELECT DISTINCT a.type, s.id, s.name {_FROM} WHERE {seen}", seen_asked)
    assets = {AssetLink(id_, name) for _, id_, name in kinds if id_ is not None}
    return LibraryPage(
        rows=tuple(_row(actor, row, at) for row in rows),
        pager=pager,
        wanted=wanted,
        assets=tuple(sorted(assets, key=lambda link: (link.name.casefold(), link.id))),
        types=tuple((type_, TYPE_WORDS[type_]) for type_ in TYPES if any(type_ == row[0] for row in kinds)),
        may_write=actor.is_at_least("member"),
    )


def asset_artifacts(actor: Actor, db: Database, asset: int, *, limit: int = 20) -> list[ArtifactRow]:
    """The artifacts in use of an asset, and of those that were merged into it."""
    where, asked = _where(actor, Wanted(asset=asset), now())
    rows = db.rows(f"SELECT {_ROW} {_FROM} WHERE {where} ORDER BY LOWER(a.title), a.id LIMIT ?", [*asked, limit])
    return [_row(actor, row, now()) for row in rows]


def _where(actor: Actor, wanted: Wanted, at: Micros) -> tuple[str, list[object]]:
    for what, value, choices in (
        ("type", wanted.type, tuple(TYPES)),
        ("state", wanted.state, STATES),
        ("mark", wanted.mark, MARKS),
    ):
        if value and value not in choices:
            raise BadInput(f"{value[:40]!r} is no {what} of artifacts; choose one of {', '.join(choices)}.")
    parts, asked = ["a.state <> 'retired'"], list[object]()
    if wanted.state:
        parts, asked = ["a.state = ?"], [wanted.state]
    if not actor.is_at_least("member"):
        parts.append("a.state = 'published'")
    if wanted.type:
        parts.append("a.type = ?")
        asked.append(wanted.type)
    if wanted.asset is not None:
        parts.append("s.id = ?")
        asked.append(wanted.asset)
    for word in wanted.q.split():
        parts.append(f"LOWER(a.title) {CONTAINS}")
        asked.append(containing(word))
    if wanted.mark == "unverified":
        parts.append("(a.verified_revision IS NULL OR a.verified_revision <> a.head)")
    elif wanted.mark == "expired":
        parts.append("a.expires_at <= ?")
        asked.append(at)
    elif wanted.mark == "unsupported":
        parts.append("a.unsupported > 0")
    return " AND ".join(parts), asked


def _row(actor: Actor, row: tuple[Any, ...], at: Micros) -> ArtifactRow:
    id_, title, type_, state, head, published, label, verified, verified_at, expires_at = row[:10]
    unsupported, changed_at, asset, asset_name, person, person_name, leaves_on = row[10:]
    is_member = actor.is_at_least("member")
    number = head if is_member else published
    return ArtifactRow(
        id=id_,
        title=title,
        type=type_,
        state=state,
        number=number,
        label=label,
        verification=verification(number, verified, verified_at, expires_at, at),
        unsupported=unsupported,
        changed_at=changed_at,
        asset=None if asset is None else AssetLink(asset, asset_name),
        owner=people.ref(person, person_name, leaves_on) if person is not None and is_member else None,
    )
