"""What somebody has at hand in practice: rounds gone through, artifacts to begin with, to prepare, to judge for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seci.accounts.actor import Actor
from seci.artifacts.access import may_change
from seci.internalization import store
from seci.internalization.access import attempts_in, get_round
from seci.internalization.gates import BLOCK
from seci.internalization.revealing import reveal
from seci.internalization.views import RoundView
from seci.kit.clock import now
from seci.kit.database import Database


@dataclass(frozen=True, slots=True)
class Offer:
    """A published artifact as something to practise. `fresh` are its cases with a key in the pool for practice."""

    artifact: int
    title: str
    patterns: int
    cases: int
    fresh: int
    practises: bool
    may_prepare: bool


def offers(actor: Actor, db: Database) -> tuple[Offer, ...]:
    """All published artifacts, by their title."""
    return tuple(
        Offer(id_, title, patterns, cases, fresh, bool(stands), may_change(actor, owner))
        for id_, title, owner, patterns, cases, fresh, stands in store.offers(db, actor.person or 0)
    )


def round_progress(actor: Actor, db: Database, round_: int) -> RoundView:
    """How far a round of one's own is; nothing of what came of it. Raises NotFound."""
    found = get_round(actor, db, round_)
    done = sum(one.committed_at is not None for one in attempts_in(db, found.id))
    return RoundView(found.id, found.day, found.kind, found.state, done, len(found.picks))


def round_view(actor: Actor, db: Database, round_: int) -> RoundView:
    """A round of one's own, with what came of the cases committed so far. Raises NotFound, and Conflict while an
    artifact of it is shut."""
    done = [one for one in attempts_in(db, round_) if one.committed_at is not None]
    return replace(round_progress(actor, db, round_), reveals=tuple(reveal(actor, db, one) for one in done))


def resting(db: Database, me: int) -> tuple[tuple[int, str, str], ...]:
    """What somebody practises and does not meet now, with the reason."""
    found = []
    for artifact, title, state, sitting, paused in store.practised(db, me, now() - BLOCK):
        why = (
            "It was retired, so there is nothing to practise; what you did with it stays."
            if state == "retired"
            else "It is not published now; practice goes on when it is."
            if state != "published"
            else "You are sitting a test on it: it is shut, and practice of it rests, until that has ended."
            if sitting
            else "Its patterns rest for the gate of delay; take them up again at its gates."
            if paused
            else ""
        )
        found += [(artifact, title, why)] if why else []
    return tuple(found)
