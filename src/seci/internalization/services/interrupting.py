"""Somebody comes in while a timed case is judged: the card is answered, and what it took is kept."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.internalization.access import get_attempt
from seci.internalization.exercises.interruption import card_of
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.ledger.kinds import Kind
from seci.people.store import record


def answer_card(actor: Actor, db: Database, attempt: int, answer: str) -> int | None:
    """Answers the interruption of a timed case, of a round or of a sitting; how long it took, in ms, by the server's
    clock. None: answered before it came, where no script could bring it in time.

    The first answer counts. Raises Conflict for an untimed case and for one that was committed, BadInput.
    """
    found = get_attempt(actor, db, attempt)
    if found.limit_ms is None:
        raise Conflict("Nobody comes in while an untimed case is judged.")
    card = card_of(found.id, found.limit_ms)
    if answer not in card.options:
        raise BadInput(f"Answer one of these: {', '.join(card.options)}.")
    if found.card_answer is not None:
        return found.away_ms
    if found.committed_at is not None:
        raise Conflict("The case was committed; nobody waits for that answer any more.")
    passed = (now() - found.shown_at) // 1000
    away = passed - card.at_ms if passed >= card.at_ms else None
    with db.transaction():
        db.run(
            "UPDATE internalization_attempt SET card_answer = ?, away_ms = ? WHERE id = ? AND card_answer IS NULL",
            [answer, None if away is None else min(away, 2**31 - 1), attempt],
        )
        record(db, actor, Kind.ANSWER, f"interruption of attempt {attempt} answered", subject=found.person)
    return away
