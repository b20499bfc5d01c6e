"""What a document was: its revisions, what is different between them, which revision each block came with."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.library.access import (
    Revision,
    get_document,
    get_editable,
    get_revision,
    may_write,
    need_member,
    read,
    readable,
    revisions,
)
from seci.library.difference import origins, stretches
from seci.library.views import Blame, Difference, History, Line, Reminder, RevisionRow, Spot
from seci.people import queries as people

LOOKED_AT = 200
SOON = 30 * DAY


def history(actor: Actor, db: Database, document: int) -> History:
    """The revisions of a document, the newest first. Guests see the latest alone and no people."""
    found = get_document(actor, db, document)
    rows = _rows(actor, db, revisions(actor, db, document))
    return History(found, tuple(rows), found.state != "retired" and may_write(actor, db, found))


def compare(actor: Actor, db: Database, document: int, before: int, after: int) -> Difference:
    """What is different between two revisions. For members."""
    need_member(actor, "compare revisions")
    found, old = read(actor, db, document, before)
    new = get_revision(actor, db, document, after)
    return Difference(found, before, after, _stretches(old.text, new.text), (old.title, new.title))


def preview(actor: Actor, db: Database, document: int, text: str, *, base: int, title: str) -> Difference:
    """What saving a text would change of revision `base`."""
    found = get_editable(actor, db, document)
    old = get_revision(actor, db, document, base)
    return Difference(found, base, None, _stretches(old.text, text), (old.title, title))


def blame(actor: Actor, db: Database, document: int) -> list[Blame]:
    """Each block of the latest revision with the one it came with; of a long history the latest 200."""
    read(actor, db, document)
    past = _rows(actor, db, revisions(actor, db, document)[:LOOKED_AT])[::-1]
    return [Blame(words, kind, past[came]) for words, kind, came in origins([row.revision.text for row in past])]


def reminders(actor: Actor, db: Database, *, person: int | None = None, within: int = SOON) -> list[Reminder]:
    """Documents and artifacts whose verification runs out within a time, or has; the most urgent first. For members,
    of one owner if `person` says so."""
    where, asked = readable(actor)
    seen = "1 = 1" if actor.is_at_least("member") else "a.state = 'published'"
    owned = "" if person is None else " AND s.owner_id = ?"
    at = now()
    rows = db.rows(
        "SELECT s.room, s.id, s.title, s.expires_at, s.owner_id FROM ("
        "SELECT 'library' AS room, d.id AS id, d.title AS title, d.expires_at AS expires_at, d.owner_id AS owner_id "
        f"FROM library_document d WHERE d.state <> 'retired' AND d.expires_at IS NOT NULL AND {where} "
        "UNION ALL SELECT 'artifacts', a.id, a.title, a.expires_at, a.owner_id FROM artifacts_artifact a "
        f"WHERE a.state <> 'retired' AND a.expires_at IS NOT NULL AND {seen}) s "
        f"WHERE s.expires_at <= ?{owned} ORDER BY s.expires_at, s.id LIMIT 500",
        [*asked, at + within, *([] if person is None else [person])],
    )
    owners = list({row[4] for row in rows if row[4]})
    named = people.names(actor, db, owners) if actor.is_at_least("member") else {}
    return [
        Reminder(Spot(room, id_, title), until, named.get(owner) if owner else None, until <= at)
        for room, id_, title, until, owner in rows
    ]


def _rows(actor: Actor, db: Database, past: list[Revision]) -> list[RevisionRow]:
    authors = list({one.author for one in past if one.author})
    named = people.names(actor, db, authors[:400]) if actor.is_at_least("member") else {}
    return [RevisionRow(one, named.get(one.author) if one.author else None) for one in past]


def _stretches(before: str, after: str) -> tuple[tuple[Line, ...], ...]:
    return tuple(tuple(Line(*line) for line in lines) for lines in stretches(before, after))
