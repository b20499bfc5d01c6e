"""Turning the wheel: from what the ledger says to what to do next, and what people answer."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from seci.accounts.actor import Actor
from seci.cycle import store
from seci.cycle.transfers import Situation, propose
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from seci.sources.git import services as git
from seci.sources.git import store as git_store
from seci.sources.git.evidence import Progress
from seci.sources.git.services import Scanned
from seci.spiral import services as spiral
from seci.spiral import store as projections
from seci.spiral.derivation import State
from seci.spiral.services import Refreshed


class Tell(Protocol):
    """Where a scan stands: step, commits done, of how many, commits a second, seconds left."""

    def __call__(
        self, step: str, done: int, total: int | None, rate: float | None, remaining: float | None
    ) -> None: ...


PROPOSALS = 40
VERDICTS = ("accepted", "declined")


def default_paths(actor: Actor, db: Database) -> list[Path]:
    """The repositories this instance reads, or the folder at hand when it reads none yet."""
    return [Path(each.path) for each in git_store.repositories(db)] or [Path()]


def scan(actor: Actor, db: Database, path: Path, shelves: Path, tell: Tell | None = None) -> Scanned:
    """Read what is new in the repository at `path`; `refresh` then brings the projections up to date."""
    source = git.add(actor, db, path)

    def pass_on(step: str, progress: Progress) -> None:
        if tell is not None:
            tell(step, progress.done, progress.total, progress.rate, progress.remaining)

    return git.scan(actor, db, source, shelves, pass_on)


def refresh(actor: Actor, db: Database, shelves: Path, at: Micros, *, force: bool = False) -> Refreshed:
    """Bring projections and proposals up to date with the ledger and the day, in one transaction."""
    with db.transaction():
        refreshed = spiral.refresh(actor, db, shelves, at, force=force)
        if refreshed.state is not None:
            rank(actor, db, refreshed.state)
        return refreshed


def rebuild(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Throw projections and proposals away and make them again from the first event."""
    with db.transaction():
        refreshed = spiral.rebuild(actor, db, shelves, at)
        if refreshed.state is not None:
            rank(actor, db, refreshed.state)
        return refreshed


def rank(actor: Actor, db: Database, state: State) -> None:
    """Propose the transfers that lower knowledge at risk most for each hour, without those answered already."""
    day = state.at // DAY
    situation = Situation(
        holdings=state.holdings,
        presence=state.presence,
        assets=state.assets,
        files=state.files,
        demand=state.demand,
        at=state.at,
        partners=projections.partners(db, since=state.at - 365 * DAY),
        answered=frozenset(store.answered(db)),
    )
    # The lot is drawn anew each week, so that a list does not change under a reader's eyes.
    store.write_proposals(db, propose(situation, limit=PROPOSALS, seed=day // 7), day)


def answer(actor: Actor, db: Database, proposal: int, verdict: str) -> None:
    """Accept or decline a proposal; it is then not proposed again.

    Raises NotFound when it is no longer there (a second click, or the ranking has moved on).
    """
    if verdict not in VERDICTS:
        raise BadInput(f"A proposal is answered with one of {', '.join(VERDICTS)}, not with {verdict!r}.")
    with db.transaction():
        if not store.take(db, proposal, verdict, actor.account, now()):
            raise NotFound("This proposal is no longer there: it was answered, or the ranking has moved on.")
