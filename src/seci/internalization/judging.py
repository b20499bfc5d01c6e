"""What an answer moves: skill, memory and level of its learner, and how hard the case is."""

from __future__ import annotations

from seci.internalization import store
from seci.internalization.access import Attempt, PracticeCase
from seci.internalization.memory import grade, review
from seci.internalization.placement import start_levels
from seci.internalization.scaffold import BEGINS, Level, standing
from seci.internalization.store import Stand
from seci.internalization.tracing.elo import STEP, probability
from seci.kit.clock import Micros
from seci.kit.database import Database


def moved(db: Database, case: PracticeCase, attempt: Attempt, at: Micros) -> float:
    """Brings the ratings, the memory and the level up to date after a committed attempt; the case's difficulty 0..1.

    A worked case moves no rating and no memory: its answer stood beside it. Nothing moves where the artifact was taken
    out of use meanwhile.
    """
    stand = next(iter(store.stands(db, attempt.person, attempt.pattern, lock=True)), None)
    if stand is None:
        return probability(store.ratings(db, attempt.person, case.id, attempt.pattern)[1].value)
    right = bool(attempt.correct)
    changes: dict[str, object] = {}
    difficulty = _rated(db, case, attempt, stand, right, changes)
    if attempt.level > Level.WORKED:
        mark = grade(
            right,
            looked_up=attempt.looked_up,
            over_time=attempt.over_time,
            confidence=attempt.confidence,
            latency=attempt.latency_ms / case.median_ms if attempt.latency_ms and case.median_ms else None,
        )
        memory = review(stand.memory, mark, at, critical=case.critical)
        changes |= {
            "stability": memory.stability, "difficulty": memory.difficulty, "last_at": memory.last,
            "due_at": memory.due,
        }  # fmt: skip
        store.change_attempt(db, attempt.id, grade=int(mark))
    if stand.since:
        changes |= levelled(db, attempt.person, stand)
    store.change_standing(db, stand.id, **changes)
    return difficulty


def levelled(db: Database, person: int, stand: Stand) -> dict[str, object]:
    """The columns of a standing that follow from the attempts since it was placed."""
    steps = store.steps(db, person, stand.pattern, stand.since)
    if not steps:
        return {}  # a test moves no level, and what put the learner there stays said
    found = standing(steps, stand.placed)
    why = stand.why if found.level == stand.placed and found.why == BEGINS else found.why
    return {"level": int(found.level), "why": why, "missing": found.missing, "coach": found.coach}


def placed(db: Database, person: int, attempts: list[Attempt], at: Micros) -> None:
    """Gives every pattern that was never placed the level it begins at: by a placement, or without one (no attempts)
    where everybody begins."""
    waiting = [one for one in store.stands(db, person, lock=True) if one.since == 0]
    answers = [(one.pattern, bool(one.correct), one.confidence) for one in attempts]
    levels = start_levels([one.pattern for one in waiting], answers)
    for one in waiting:
        begun = standing((), levels[one.pattern])
        store.change_standing(
            db, one.id, level=int(begun.level), placed=int(begun.level), since=at,
            why="This is where the placement put you." if attempts else begun.why, missing=begun.missing,
        )  # fmt: skip


def _rated(
    db: Database, case: PracticeCase, attempt: Attempt, stand: Stand, right: bool, changes: dict[str, object]
) -> float:
    skill, item, home = store.ratings(db, attempt.person, case.id, attempt.pattern)
    difficulty = probability(item.value)
    if attempt.level < Level.ON_REQUEST or attempt.looked_up:
        return difficulty
    surprise = right - probability(skill.value + stand.elo.value - item.value)
    skill.move(surprise, STEP / 2)
    stand.elo.move(surprise, STEP / 2)
    item.move(-surprise)
    home.move(-surprise)
    store.write_ratings(db, attempt.person, case.id, attempt.pattern, skill, item, home)
    changes |= {"elo": stand.elo.value, "elo_count": stand.elo.count}
    return difficulty
