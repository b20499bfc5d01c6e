"""The journal of shared texts, in SQL.

Updates of one text are numbered without gaps: whoever appends holds the row of the text until the end of the
transaction, so that a reader who has seen number n has seen all below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seci.accounts.actor import Actor
from seci.combination.live.passage import Passage
from seci.kit.clock import Micros
from seci.kit.database import Database, Row, values
from seci.kit.errors import Conflict

if TYPE_CHECKING:
    from seci.combination.live.access import Page


@dataclass(frozen=True, slots=True)
class Kept:
    """A shared text as it is kept; see `models.Text`."""

    document: int
    title: str
    history: str
    state: bytes
    revision: int
    saved: int
    number: int
    touched_at: Micros


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a shared text and its document are. `head` is None once the document is no more."""

    document: int
    history: str
    number: int
    saved: int
    revision: int
    head: int | None
    state: str
    vanished: bool


_KEPT = "document, title, history, state, revision, saved, number, touched_at"


def text(db: Database, document: int, *, locked: bool = False) -> Kept | None:
    """The shared text of a document; None where none was begun. `locked`: others wait until this transaction ends."""
    lock = " FOR UPDATE" if locked and db.vendor == "postgresql" else ""
    rows = db.rows(f"SELECT {_KEPT} FROM live_text WHERE document = ?{lock}", [document])
    if not rows:
        return None
    document_, title, history, state, revision, saved, number, touched = rows[0]
    return Kept(document_, title, history, bytes(state), revision, saved, number, touched)


def begin(db: Database, document: int, title: str, history: str, state: bytes, revision: int, at: Micros) -> None:
    """Puts a new text in place unless there is one: of two servers at once, one begins it."""
    db.run(
        "INSERT INTO live_text (document, title, history, state, revision, saved, number, opened_at, touched_at) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?) ON CONFLICT (document) DO NOTHING",
        [document, title, history, state, revision, at, at],
    )


def begin_anew(db: Database, old: Kept, history: str, state: bytes, revision: int, at: Micros) -> None:
    """A fresh history for a text that nobody has touched for long; nothing happens if somebody has, meanwhile."""
    db.run(
        "UPDATE live_text SET history = ?, state = ?, revision = ?, saved = number, opened_at = ?, touched_at = ? "
        "WHERE document = ? AND history = ? AND number = ? AND saved = number",
        [history, state, revision, at, at, old.document, old.history, old.number],
    )


def append(db: Database, document: int, updates: Sequence[tuple[bytes, int | None]], at: Micros) -> int | None:
    """Appends (update, account) and returns the number of the last; None where the text is gone. In a transaction."""
    rows = db.rows(
        "UPDATE live_text SET number = number + ?, touched_at = ? WHERE document = ? RETURNING number",
        [len(updates), at, document],
    )
    if not rows:
        return None
    last = int(rows[0][0])
    db.run_many(
        "INSERT INTO live_update (document, number, data, by, at) VALUES (?, ?, ?, ?, ?)",
        [(document, number, data, by, at) for number, (data, by) in enumerate(updates, start=last - len(updates) + 1)],
    )
    return last


def updates(db: Database, document: int, above: int) -> list[bytes]:
    """The updates above a number, in order."""
    rows = db.rows("SELECT data FROM live_update WHERE document = ? AND number > ? ORDER BY number", [document, above])
    return [bytes(data) for (data,) in rows]


def typists(db: Database, document: int, above: int) -> list[int]:
    """The accounts that have typed since, those who typed most first."""
    rows = db.rows(
        "SELECT by FROM live_update WHERE document = ? AND number > ? AND by IS NOT NULL "
        "GROUP BY by ORDER BY SUM(LENGTH(data)) DESC, by",
        [document, above],
    )
    return [int(account) for (account,) in rows]


def settle(db: Database, document: int, state: bytes, revision: int, saved: int, title: str) -> None:
    """`state` is what `revision` reads as, and holds all updates up to `saved`; they are needed no longer."""
    db.run(
        "UPDATE live_text SET state = ?, revision = ?, saved = ?, title = ? WHERE document = ?",
        [state, revision, saved, title, document],
    )
    db.run("DELETE FROM live_update WHERE document = ? AND number <= ?", [document, saved])


def standings(db: Database, documents: Sequence[int]) -> list[Standing]:
    """Where these texts are, in one statement."""
    if not documents:
        return []
    rows = db.rows(
        "SELECT t.document, t.history, t.number, t.saved, t.revision, d.head, COALESCE(d.state, ''), "
        "d.vanished_at IS NOT NULL FROM live_text t LEFT JOIN library_document d ON d.id = t.document "
        f"WHERE t.document IN {values(len(documents))}",
        documents,
    )
    return [
        Standing(document, history, number, saved, revision, head, state, bool(vanished))
        for document, history, number, saved, revision, head, state, vanished in rows
    ]


def names(db: Database, accounts: Sequence[int]) -> dict[int, str]:
    """The name of each account: that of its person, else its own."""
    if not accounts:
        return {}
    rows = db.rows(
        "SELECT u.id, COALESCE(p.name, u.username) FROM auth_user u "
        "LEFT JOIN accounts_membership m ON m.user_id = u.id LEFT JOIN people_person p ON p.id = m.person "
        f"WHERE u.id IN {values(len(accounts))}",
        accounts,
    )
    return dict(rows)


def unsaved(db: Database) -> list[int]:
    """The documents with something typed that no revision holds."""
    rows = db.rows("SELECT document FROM live_text WHERE number > saved ORDER BY document")
    return [int(document) for (document,) in rows]


def actors(db: Database, accounts: Sequence[int]) -> list[Actor]:
    """Those of these accounts that may still write, in the same order."""
    found = {}
    if accounts:
        rows = db.rows(
            "SELECT m.user_id, m.person, m.role FROM accounts_membership m JOIN auth_user u ON u.id = m.user_id "
            f"WHERE u.is_active = ? AND m.role <> 'guest' AND u.id IN {values(len(accounts))}",
            [True, *accounts],
        )
        found = {account: Actor(account, person, role, "page") for account, person, role in rows}
    return [found[account] for account in accounts if account in found]


def insert_comment(
    db: Database, page: Page, spot: Passage | None, text: str, actor: Actor, at: Micros, parent: int | None = None
) -> int:
    rows = db.rows(
        "INSERT INTO library_comment (document_id, parent_id, revision, start, stop, quote, text, author_id, by, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [
            page.document, parent, page.head, spot and spot.start, spot and spot.start + len(spot.quote),
            spot.quote if spot else "", text, actor.person, actor.account, at,
        ],
    )  # fmt: skip
    return int(rows[0][0])


def settle_comment(db: Database, comment: int, person: int | None, at: Micros) -> None:
    db.run("UPDATE library_comment SET settled_by_id = ?, settled_at = ? WHERE id = ?", [person, at, comment])


def insert_suggestion(
    db: Database, page: Page, spot: Passage, text: str, message: str, actor: Actor, at: Micros
) -> int:
    rows = db.rows(
        "INSERT INTO library_suggestion (document_id, revision, start, stop, quote, text, message, state, author_id, "
        "by, at) VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?) RETURNING id",
        [
            page.document, page.head, spot.start, spot.start + len(spot.quote), spot.quote, text, message,
            actor.person, actor.account, at,
        ],
    )  # fmt: skip
    return int(rows[0][0])


def decide_suggestion(db: Database, suggestion: int, state: str, person: int | None, at: Micros) -> None:
    """Raises Conflict where somebody else has decided it meanwhile."""
    changed = db.run(
        "UPDATE library_suggestion SET state = ?, decided_by_id = ?, decided_at = ? WHERE id = ? AND state = 'open'",
        [state, person, at, suggestion],
    )
    if not changed:
        raise Conflict("Somebody else has decided this suggestion meanwhile; load the page again.")


def comments(db: Database, document: int) -> list[Row]:
    """(id, parent, revision, start, stop, text, author, its name, account, at, settled at), oldest first."""
    return db.rows(
        "SELECT c.id, c.parent_id, c.revision, c.start, c.stop, c.text, c.author_id, COALESCE(p.name, u.username), "
        "c.by, c.at, c.settled_at FROM library_comment c LEFT JOIN people_person p ON p.id = c.author_id "
        "LEFT JOIN auth_user u ON u.id = c.by WHERE c.document_id = ? ORDER BY c.id",
        [document],
    )


def suggestions(db: Database, document: int) -> list[Row]:
    """(id, revision, start, stop, text, message, author, name, account, at, state, decider, name, decided at)."""
    return db.rows(
        "SELECT s.id, s.revision, s.start, s.stop, s.text, s.message, s.author_id, "
        "COALESCE(p.name, u.username), s.by, s.at, s.state, "
        "s.decided_by_id, d.name, s.decided_at FROM library_suggestion s "
        "LEFT JOIN people_person p ON p.id = s.author_id LEFT JOIN people_person d ON d.id = s.decided_by_id "
        "LEFT JOIN auth_user u ON u.id = s.by WHERE s.document_id = ? ORDER BY s.id",
        [document],
    )


def texts(db: Database, document: int, revisions: Sequence[int]) -> dict[int, str]:
    """The texts of some revisions."""
    if not revisions:
        return {}
    rows = db.rows(
        f"SELECT number, text FROM library_revision WHERE document_id = ? AND number IN {values(len(revisions))}",
        [document, *revisions],
    )
    return dict(rows)
