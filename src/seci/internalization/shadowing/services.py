"""Ranking a case: before seeing how the experts rank it, and once more after."""

from __future__ import annotations

from collections.abc import Sequence

from seci.accounts.actor import Actor
from seci.artifacts.access import get_artifact
from seci.internalization.access import case_of, learner, published_body
from seci.internalization.exercises.shadowbox import FEWEST, MOST, SMALLEST_PANEL, Shadow, score
from seci.internalization.shadowing import store
from seci.internalization.shadowing.access import Ranking, get_ranking
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.records import clean, to_data
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people.store import record

LONGEST = 2000


def next_ranking(actor: Actor, db: Database, artifact: int) -> int:
    """The ranking that waits, or one of a case never met, begun now; its id. That it was shown is written down.

    Raises Conflict where no case is left, or none whose panel has two experts' rankings.
    """
    person, (found, _) = learner(actor), published_body(actor, db, artifact)
    open_ = store.waiting(db, artifact, person)
    for case in open_:
        if len(store.of_panel(db, case)) >= SMALLEST_PANEL and FEWEST <= len(case_of(db, case).options) <= MOST:
            with db.transaction():
                return store.shown(db, case, person, now())
    if open_:
        raise Conflict(
            f"{len(open_)} cases of {found.title!r} wait for rankings of {SMALLEST_PANEL} experts or more; "
            "nobody is compared with one."
        )
    raise Conflict(f"There is no case to rank left of {found.title!r}; whoever prepares practice brings more.")


def rank(actor: Actor, db: Database, ranking: int, order: Sequence[str], reason: str) -> Shadow:
    """Ranks all options, best first, and says why; then, and only then, how the experts rank them.

    The same ranking sent twice counts once. Raises BadInput for one that does not name each option once or has no
    reason, Conflict for another one.
    """
    found, words = get_ranking(actor, db, ranking), _words(reason, "Say why, in a sentence; it is compared too.")
    case = case_of(db, found.case)
    panel = store.of_panel(db, case.id)
    cues = tuple(dict.fromkeys(one.cue for one in panel if one.cue))
    told = score(case.options, order, [one.order for one in panel], reason=words, cues=cues)
    if found.first is not None:
        return _again(found, order, told)
    with db.transaction():
        at, data = now(), to_data(told)
        columns = {"first": list(order), "reason": words, "first_at": at, "result": data}
        if not store.write(db, ranking, columns, while_="first_at"):
            raise Conflict("This case was ranked in another tab just now; load the page again.")
        artifact = get_artifact(actor, db, case.artifact)
        seq = record(
            db, actor, Kind.PRACTICE, f"case {case.id} ranked", subject=found.person, asset=artifact.asset,
            artifact=artifact.id, revision=artifact.published,
            outcome=Outcome(None if told.tau is None else (told.tau + 1) / 2, CALM, "none"),
        )  # fmt: skip
        store.write(db, ranking, {"seq": seq}, while_="seq")
    return told


def rerank(actor: Actor, db: Database, ranking: int, order: Sequence[str], why: str) -> None:
    """Ranks once more after seeing the experts' ranking, and says what moved it, or why it stays. It changes no score.

    Raises Conflict before the first ranking and for a second revision, BadInput.
    """
    found, words = get_ranking(actor, db, ranking), _words(why, "Say what moved you, or why yours stays.")
    case = case_of(db, found.case)
    if found.first is None:
        raise Conflict("Rank it first; how the experts rank it shows afterwards.")
    if sorted(order) != sorted(case.options):
        raise BadInput(f"Rank every option once, best first: {', '.join(case.options)}.")
    if found.second is not None:
        if found.second == tuple(order):
            return
        raise Conflict("You have ranked it a second time already.")
    with db.transaction():
        store.write(db, ranking, {"second": list(order), "why": words, "second_at": now()}, while_="second_at")
        record(db, actor, Kind.FEEDBACK, f"case {case.id} ranked once more", subject=found.person)


def _again(found: Ranking, order: Sequence[str], told: Shadow) -> Shadow:
    if found.first != tuple(order):
        raise Conflict("You have ranked this case already, and the first ranking counts; now you may revise it.")
    return told


def _words(said: str, ask: str) -> str:
    tidy = clean(said).strip()
    if not tidy:
        raise BadInput(ask)
    if len(tidy) > LONGEST:
        raise BadInput(f"Keep it to {LONGEST:,} characters; this has {len(tidy):,}.")
    return tidy
