"""The cases of a learner's next round, from what the database holds of them."""

from __future__ import annotations

from collections.abc import Sequence

from seci.internalization import store
from seci.internalization.coaching.access import habit
from seci.internalization.load import length_of
from seci.internalization.maintenance import LENGTH as CHECK
from seci.internalization.maintenance import WEIGHT, is_check
from seci.internalization.memory import recalls
from seci.internalization.placement import chosen
from seci.internalization.round import Candidate, Need, compose
from seci.internalization.store import Fresh, Stand
from seci.internalization.tracing.elo import Rating, probability
from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.kit.ids import seeded

Picks = list[tuple[int, int, bool]]


def next_picks(db: Database, person: int, number: int, at: Micros) -> tuple[str, Picks]:
    """(kind, picks as (case, pattern, natural)) of the round `number` of that day: of a placement while patterns were
    never placed and there are cases enough for one, of a short check where all that is practised has passed,
    else composed; half as long on an easy day. The same for the same day and number."""
    fresh = store.fresh_cases(db, person)
    stands = {one.pattern: one for one in store.stands(db, person, with_cases=True)}
    fresh = [one for one in fresh if one.pattern in stands]
    weights = store.pattern_weights(db, person)
    draw = seeded("round", person, at // DAY, number)
    unplaced: dict[int, list[int]] = {}
    for one in fresh:
        if stands[one.pattern].since == 0:
            unplaced.setdefault(one.pattern, []).append(one.case)
    for cases in unplaced.values():
        draw.shuffle(cases)
    if placing := chosen(unplaced, {pattern: weights[pattern][1] for pattern in unplaced}):
        return "placement", [(case, pattern, False) for case, pattern in placing]
    skill, told, passed = store.skill(db, person), store.forecasts(db, person), store.passed_patterns(db, person)
    needs = _needs(fresh, stands, weights, skill, passed, at)
    candidates = [
        Candidate(
            str(one.case), str(one.pattern),
            told[one.case] if one.case in told else chance(skill, stands[one.pattern], one.difficulty),
        )
        for one in fresh
    ]  # fmt: skip
    length = length_of(at // DAY, habit(db, person).easy)
    checks = bool(fresh) and all(one.pattern in passed for one in fresh)
    picks = compose(needs, candidates, draw, length=min(length, CHECK) if checks else length)
    kind = "maintenance" if checks else "daily"
    return kind, [(int(pick.case), int(pick.pattern), pick.natural) for pick in picks]


def chance(skill: Rating, stand: Stand, difficulty: float) -> float:
    """Predicted probability of success on a case, by Elo."""
    return probability(skill.value + stand.elo.value - difficulty)


def _needs(
    fresh: Sequence[Fresh],
    stands: dict[int, Stand],
    weights: dict[int, tuple[float, float, tuple[int, ...]]],
    skill: Rating,
    passed: dict[int, Micros],
    at: Micros,
) -> list[Need]:
    """The patterns that have a case left; the others cannot be practised, however many they are."""
    total: dict[int, tuple[float, int]] = {}
    for one in fresh:
        before, n = total.get(one.pattern, (0.0, 0))
        total[one.pattern] = (before + one.difficulty, n + 1)
    found = []
    remembered = recalls([stands[pattern].memory for pattern in total], at)
    for (pattern, (difficulty, n)), known in zip(total.items(), remembered, strict=True):
        frequency, stake, near = weights[pattern]
        stand = stands[pattern]
        if is_check(passed.get(pattern), stand.memory.last if stand.memory else None, at):
            stake *= WEIGHT
        found.append(
            Need(
                str(pattern), frequency, known, chance(skill, stand, difficulty / n), stake,
                tuple(str(one) for one in near),
            )
        )  # fmt: skip
    return found
