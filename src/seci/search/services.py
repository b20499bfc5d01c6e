"""What was searched for in vain is kept, without who asked: it says what is not written down yet."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.kit.ids import fingerprint
from seci.search import store
from seci.search.wish import ENOUGH, LONGEST, wish


def note(db: Database, text: str, asker: str, *, answered: bool) -> int | None:  # allow actor: who asked is not kept
    """Counts a finished search; returns the number of the wish, None for words that say nothing.

    asker     a secret of whoever asks; only a mark made of it is kept, until five have asked
    answered  whether anything was found
    """
    key = wish(text)
    if not key:
        return None
    with db.transaction():
        want, marks, askers = store.take_want(db, key, " ".join(text.split())[:LONGEST], now())
        held = marks.split()
        mark = fingerprint(f"{want}:{asker}")[:12]
        if mark not in held and askers < ENOUGH:
            askers += 1
            held.append(mark)
        store.count_want(
            db, want, askers=askers, marks=" ".join(held) if askers < ENOUGH else "", unanswered=not answered, at=now()
        )
        return want


def follow(db: Database, want: int) -> None:  # allow actor: nor is who opened it
    """Counts that something found was opened."""
    store.follow_want(db, want)


def settle(actor: Actor, db: Database, want: int) -> None:
    """Says that a wish is answered by now, or is none. Asked again afterwards, it comes back."""
    if not actor.is_at_least("facilitator"):
        raise Refused("Only facilitators, leads and admins may say that a wish is settled.")
    if not store.settle_want(db, want, now()):
        raise NotFound(f"There is no wish {want}; `seci wanted` shows which there are.")
