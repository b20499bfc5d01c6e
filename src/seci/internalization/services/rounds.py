"""What a learner does: begin, open today's round, see the next case, commit, learn what came of it."""

from __future__ import annotations

from typing import NamedTuple

from seci.accounts.actor import Actor
from seci.artifacts.access import Artifact, get_artifact
from seci.internalization import store
from seci.internalization.access import (
    Attempt,
    PracticeCase,
    Round,
    attempt_in,
    attempts_in,
    case_of,
    current_key,
    get_attempt,
    get_round,
    learner,
    open_round,
    patterns_of,
    published_body,
    rounds_of_day,
    waiting_on,
)
from seci.internalization.at_hand import resting
from seci.internalization.choosing import chance, next_picks
from seci.internalization.exercises.interruption import number_of
from seci.internalization.feedback import Reveal
from seci.internalization.gates import SLOWEST
from seci.internalization.judging import moved, placed
from seci.internalization.revealing import reveal, shown
from seci.internalization.scaffold import Level
from seci.internalization.views import RoundView, Shown
from seci.kit.clock import DAY, Micros, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.ledger.outcome import CALM, Outcome
from seci.people.store import record

# Of a timed case whose panel left no times, and what the way through the network may take beyond any limit.
LIMIT_MS, GRACE_MS = 60_000, 2_000
LONGEST_LINE = 500


def begin(actor: Actor, db: Database, artifact: int) -> int:
    """The actor begins to practise a published artifact; how many of its patterns are new to them.

    Raises Conflict for a draft and for an artifact without patterns.
    """
    person = learner(actor)
    found, _ = published_body(actor, db, artifact)
    patterns = patterns_of(db, artifact)
    if not patterns:
        raise Conflict(f"Nobody has prepared practice for {found.title!r} yet; ask its owner for cases.")
    with db.transaction():
        new = store.ensure_standings(db, person, [one.id for one in patterns])
        if new:
            record(
                db, actor, Kind.READ, f"practice of artifact {artifact} begun", subject=person, asset=found.asset,
                artifact=artifact, revision=found.published,
            )  # fmt: skip
    return new


def today(actor: Actor, db: Database, *, more: bool = False) -> RoundView:
    """The open round; else today's, made now; else the finished one, unless `more` is asked for."""
    person, at = learner(actor), now()
    found = open_round(db, person)
    if found is None:
        of_day = rounds_of_day(db, person, at // DAY)
        if of_day and not more:
            return _view(actor, db, of_day[-1])
        found = _opened(actor, db, person, len(of_day) + 1, at)
    if found is None:
        return RoundView(0, at // DAY, "daily", "finished", 0, 0, empty=_why_empty(db, person))
    return _view(actor, db, found)


def _view(actor: Actor, db: Database, found: Round) -> RoundView:
    """A round with what came of the cases committed so far."""
    done = [one for one in attempts_in(db, found.id) if one.committed_at is not None]
    reveals = tuple(reveal(actor, db, one) for one in done)
    return RoundView(found.id, found.day, found.kind, found.state, len(done), len(found.picks), reveals)


def _opened(actor: Actor, db: Database, person: int, number: int, at: Micros) -> Round | None:
    kind, picks = next_picks(db, person, number, at)
    if not picks:
        return None
    with db.transaction():
        # Where another tab was first, its round is today's.
        if store.insert_round(db, person, at // DAY, number, kind, picks, at):
            if kind != "placement":
                # Too few cases for a placement: everybody begins at the worked ones then.
                placed(db, person, [], at)
            record(db, actor, Kind.DECIDE, f"{kind} round of {len(picks)} cases opened", subject=person)
    return open_round(db, person)


def next_case(actor: Actor, db: Database, round_: int) -> Shown | None:
    """The case that waits in a round of one's own; None when the round is finished.

    That it was shown is written down first: it is never shown again, and the time of a timed one runs from then on.
    """
    found = get_round(actor, db, round_)
    with db.transaction():
        known = {one.case: one for one in attempts_in(db, found.id)}
        for pick in found.picks:
            attempt = known.get(pick[0]) or _show(db, found, pick)
            if attempt is not None and _waits(db, attempt):
                return shown(actor, db, found, attempt, now())
        if found.state == "open":
            _finish(actor, db, found)
    return None


def look_up(actor: Actor, db: Database, attempt: int) -> tuple[int, int]:
    """Opens the artifact for a case on which that is allowed; (artifact, revision). The look is counted, once.

    Raises Conflict where the case is to be judged unaided.
    """
    found = get_attempt(actor, db, attempt)
    case = case_of(db, found.case)
    artifact = get_artifact(actor, db, case.artifact)
    if found.committed_at is None and found.level != Level.ON_REQUEST:
        raise Conflict("This case is judged without the artifact; it is open again once you have committed.")
    if found.committed_at is None and not found.looked_up:
        _looked(actor, db, found, artifact)
    return artifact.id, artifact.published or artifact.head


def read_beside(actor: Actor, db: Database, artifact: Artifact) -> None:
    """Counts a look where somebody opens an artifact, by whichever door, while a case on it waits to be judged."""
    for waiting in waiting_on(db, actor.person, artifact.id) if actor.person else ():
        _looked(actor, db, waiting, artifact)


def _looked(actor: Actor, db: Database, found: Attempt, artifact: Artifact) -> None:
    with db.transaction():
        store.change_attempt(db, found.id, looked_up=True, looked_at=now())
        record(
            db, actor, Kind.READ, f"artifact looked up for case {found.case}", subject=found.person,
            asset=artifact.asset, artifact=artifact.id, revision=artifact.published,
        )  # fmt: skip


class Answer(NamedTuple):
    """What a learner commits to. confidence 0 to 1; cue is what decided it for them; latency by their own clock; number
    is the one kept in mind meanwhile, of a timed case."""

    option: str
    confidence: float | None = None
    cue: str = ""
    latency_ms: int | None = None
    number: str = ""


def commit(actor: Actor, db: Database, round_: int, case: int, answer: Answer) -> Reveal:
    """Commits to an answer, and only then tells what came of it.

    The same answer again, from a double click or another tab, tells the same and counts once. Raises Conflict for
    another answer to a case that was committed, for a case not shown yet, and for one whose key was taken away;
    BadInput for an option it does not have.
    """
    found = get_round(actor, db, round_)
    with db.transaction():
        attempt = attempt_in(db, found.id, case, lock=True)
        if attempt is None:
            raise Conflict("This case was not shown in this round; open the round, and it brings the case that waits.")
        if attempt.committed_at is None:
            _commit(actor, db, attempt, _checked(case_of(db, case), answer))
            if len(attempts_in(db, found.id)) == len(found.picks):
                _finish(actor, db, found)
        elif attempt.option != answer.option:
            raise Conflict(f"You have committed to {attempt.option!r} on this case; the first answer counts.")
        return reveal(actor, db, get_attempt(actor, db, attempt.id))


def note(actor: Actor, db: Database, attempt: int, line: str) -> None:
    """The learner's own line: "next time I look at ...". For their eyes only. Raises Conflict before they commit."""
    found = get_attempt(actor, db, attempt)
    if found.committed_at is None:
        raise Conflict("Commit to an answer first; what to look at next time shows afterwards.")
    tidy = " ".join(clean(line).split())
    if len(tidy) > LONGEST_LINE:
        raise BadInput(f"Keep the line to {LONGEST_LINE} characters; this one has {len(tidy)}.")
    with db.transaction():
        store.change_attempt(db, found.id, next_time=tidy)
        record(db, actor, Kind.FEEDBACK, f"a line noted on attempt {found.id}", subject=found.person)


def _show(db: Database, found: Round, pick: tuple[int, int, bool]) -> Attempt | None:
    """Shows a case at the level of its learner; None where it was taken out of use or met elsewhere meanwhile."""
    case = case_of(db, pick[0])
    key, stand = current_key(db, case.id), next(iter(store.stands(db, found.person, pick[1])), None)
    if key is None or stand is None or case.retired_at is not None:
        return None
    level = Level.CLOSED if found.kind == "placement" else Level(min(stand.level, Level.PRESSURE))
    limit = round((case.p75_ms or LIMIT_MS / SLOWEST) * SLOWEST) if level is Level.PRESSURE else None
    skill, item, _ = store.ratings(db, found.person, case.id, pick[1])
    told = store.forecast(db, found.person, case.id)
    store.show_case(
        db, found.id, found.person, pick, level=int(level), limit_ms=limit,
        predicted=chance(skill, stand, item.value) if told is None else told, at=now(),
    )  # fmt: skip
    return attempt_in(db, found.id, case.id)


def _checked(case: PracticeCase, answer: Answer) -> Answer:
    if answer.option not in case.options:
        raise BadInput(f"{answer.option!r} is none of the options of this case: {', '.join(case.options)}.")
    if answer.confidence is not None and not 0 <= answer.confidence <= 1:
        raise BadInput(f"Confidence goes from 0 to 1; {answer.confidence:g} is outside.")
    return answer._replace(cue=" ".join(clean(answer.cue).split())[:200])


def _commit(actor: Actor, db: Database, attempt: Attempt, answer: Answer) -> None:
    case, key, at = case_of(db, attempt.case), current_key(db, attempt.case), now()
    if key is None:
        raise Conflict("What counts as right on this case was taken back meanwhile; open the round for the next one.")
    spent = max(0, at - attempt.shown_at) // 1000
    latency = spent if answer.latency_ms is None else max(0, min(answer.latency_ms, spent))
    store.change_attempt(
        db, attempt.id, option=answer.option, confidence=answer.confidence, cue=answer.cue, committed_at=at,
        latency_ms=min(latency, 2**31 - 1), correct=answer.option == key.option, key_id=key.id,
        over_time=attempt.limit_ms is not None and spent > attempt.limit_ms + GRACE_MS,
        kept_number=answer.number.strip() == number_of(attempt.id) if attempt.limit_ms and answer.number else None,
    )  # fmt: skip
    done = get_attempt(actor, db, attempt.id)
    difficulty = moved(db, case, done, at)
    artifact = get_artifact(actor, db, case.artifact)
    aided = done.looked_up or done.level <= Level.COMPLETION
    seq = record(
        db, actor, Kind.PRACTICE, f"case {case.id} judged", subject=attempt.person, asset=artifact.asset,
        artifact=artifact.id, revision=key.revision or artifact.published,
        outcome=Outcome(float(bool(done.correct)), CALM, "artifact" if aided else "none", difficulty),
    )  # fmt: skip
    store.change_attempt(db, attempt.id, seq=seq)


def _finish(actor: Actor, db: Database, found: Round) -> None:
    """Ends a round once nothing of it waits; a placement then says where each pattern begins."""
    attempts = attempts_in(db, found.id)
    if found.state != "open" or any(_waits(db, one) for one in attempts):
        return
    at, done = now(), [one for one in attempts if one.committed_at is not None]
    if found.kind == "placement":
        placed(db, found.person, done, at)
    store.finish_round(db, found.id, at)
    record(db, actor, Kind.DECIDE, f"{found.kind} round of {len(done)} cases finished", subject=found.person)


def _waits(db: Database, attempt: Attempt) -> bool:
    """Whether a case that was shown can still be answered: a panel that is even by now has taken its key away."""
    return attempt.committed_at is None and current_key(db, attempt.case) is not None


def _why_empty(db: Database, person: int) -> str:
    if not store.stands(db, person):
        return "You practise nothing yet: begin with an artifact that is published and has cases."
    if rests := resting(db, person):
        return " ".join(f"{title}: {why}" for _, title, why in rests)
    return "There is no case left that you have not met; ask whoever prepares practice for more."
