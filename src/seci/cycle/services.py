"""Turning the wheel: from what the ledger says to what to do next, and what people answer."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from seci.accounts.actor import Actor
from seci.cycle import store
from seci.cycle.keeping import looked
from seci.cycle.transfers import Situation, propose
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from seci.ledger.store import Appended
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
PROPOSED = "proposed"
VERDICTS = ("accepted", "declined")


def default_paths(actor: Actor, db: Database) -> list[Path]:
    """The repositories this instance reads, or the folder at hand when it reads none yet."""
    return [Path(each.path) for each in git_store.repositories(db)] or [Path()]


def scan(actor: Actor, db: Database, path: Path, shelves: Path, tell: Tell | None = None) -> Scanned:
    """Read what is new in the repository at `path`; `refresh` then brings the projections up to date. Pages that speak
    of code that is different now are re-opened."""
    source = git.add(actor, db, path)

    def pass_on(step: str, progress: Progress) -> None:
        if tell is not None:
            tell(step, progress.done, progress.total, progress.rate, progress.remaining)

    scanned = git.scan(actor, db, source, shelves, pass_on)
    looked(actor, db, source)
    return scanned


def make_anew(actor: Actor, db: Database, source: int, shelves: Path) -> Appended:
    """Make the events of a repository again after its assets were split; `refresh` then reads them."""
    return git.make_anew(actor, db, source, shelves)


def refresh(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Bring projections and proposals up to date with the ledger, the day and what people decided, in one go."""
    with db.transaction():
        return _ranked(actor, db, spiral.refresh(actor, db, shelves, at), at)


def rebuild(actor: Actor, db: Database, shelves: Path, at: Micros) -> Refreshed:
    """Throw projections and proposals away and make them again from the first event."""
    with db.transaction():
        return _ranked(actor, db, spiral.rebuild(actor, db, shelves, at), at)


def _ranked(actor: Actor, db: Database, refreshed: Refreshed, at: Micros) -> Refreshed:
    if refreshed.state is not None or projections.mark(db, PROPOSED) != refreshed.mark:
        rank(actor, db, refreshed.state or spiral.state(actor, db, at))
        projections.set_mark(db, PROPOSED, refreshed.mark)
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
