"""Dialogues by humans alone against dialogues with a language model beside them (R124): what each arm needed and
what came of it. Nobody is compared: an arm below five dialogues is unknown, and the units are dialogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from seci.artifacts.contribution import contribution
from seci.externalization.measuring.restatement import trace
from seci.externalization.state import State
from seci.kit.figures import Figure
from seci.kit.ids import seeded

FEWEST = 5
"""Dialogues of an arm below which nothing is said of it."""

DRAWS, LEVEL = 2_000, 0.8


@dataclass(frozen=True, slots=True)
class Sitting:
    """One signed dialogue.

    minutes     from the first answer to the last; pauses of more than ten minutes are left out
    audits, agreed  cases drawn blindly, and those on which the artifact had said the same
    corrected   share of restatements that were corrected; None where nothing was said back
    distance    of the last restatement to the one before
    claims, from_partner  what stands, and how much of it a partner brought up
    """

    with_partner: bool
    questions: int
    minutes: float
    audits: int
    agreed: int
    corrected: float | None
    distance: float | None
    claims: int
    from_partner: int


PAUSE = 600_000_000


def sitting(state: State, *, with_partner: bool) -> Sitting:
    at = [turn.at for turn in state.turns]
    gaps = [after - before for before, after in pairwise(at)]
    audited = [one for one in state.judgements if one.audit and one.predicted is not None]
    said_back, claims = trace(state), contribution(state.claims)
    return Sitting(
        with_partner,
        len(at),
        sum(gap for gap in gaps if gap <= PAUSE) / 60_000_000,
        len(audited),
        sum(one.predicted == one.outcome for one in audited),
        fmean(one.corrected for one in said_back) if said_back else None,
        said_back[-1].distance if said_back else None,
        claims.n,
        claims.partner,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One measure on both arms, and the difference (with a partner minus alone)."""

    name: str
    alone: Figure
    together: Figure
    difference: Figure


@dataclass(frozen=True, slots=True)
class Comparison:
    """`alone` and `together` count the dialogues of each arm; `rows` are unknown where an arm is below five."""

    alone: int
    together: int
    rows: tuple[Row, ...]


_MEASURES: Mapping[str, tuple[Callable[[Sitting], float | None], str]] = {
    "questions": (lambda one: one.questions, "questions"),
    "minutes": (lambda one: one.minutes, "minutes"),
    "claims": (lambda one: one.claims, "claims"),
    "claims from the partner": (lambda one: one.from_partner, "claims"),
    "agreement on blind cases": (lambda one: one.agreed / one.audits if one.audits else None, "share"),
    "restatements corrected": (lambda one: one.corrected, "share"),
    "change of the last restatement": (lambda one: one.distance, "share"),
}


def compare(sittings: Sequence[Sitting]) -> Comparison:
    """Means over dialogues with bootstrap intervals; differences with theirs."""
    alone = [one for one in sittings if not one.with_partner]
    together = [one for one in sittings if one.with_partner]
    rows = tuple(_row(name, of, unit, alone, together) for name, (of, unit) in _MEASURES.items())
    return Comparison(len(alone), len(together), rows)


def _row(
    name: str, of: Callable[[Sitting], float | None], unit: str, alone: Sequence[Sitting], together: Sequence[Sitting]
) -> Row:
    one, other = ([value for each in arm if (value := of(each)) is not None] for arm in (alone, together))
    return Row(name, _mean(one, unit), _mean(other, unit), _difference(one, other, unit))


def _mean(values: Sequence[float], unit: str) -> Figure:
    if len(values) < FEWEST:
        return Figure.unknown(len(values), of="dialogues", unit=unit)
    low, high = _interval([fmean(draw) for draw in _draws(values)])
    return Figure(fmean(values), len(values), low, high, level=LEVEL, of="dialogues", unit=unit)


def _difference(one: Sequence[float], other: Sequence[float], unit: str) -> Figure:
    n = len(one) + len(other)
    if min(len(one), len(other)) < FEWEST:
        return Figure.unknown(n, of="dialogues", unit=unit)
    pairs = zip(_draws(one), _draws(other), strict=True)
    low, high = _interval([fmean(right) - fmean(left) for left, right in pairs])
    return Figure(fmean(other) - fmean(one), n, low, high, level=LEVEL, of="dialogues", unit=unit)


def _draws(values: Sequence[float]) -> list[list[float]]:
    draw = seeded("arms", tuple(values))
    return [draw.choices(values, k=len(values)) for _ in range(DRAWS)]


def _interval(means: list[float]) -> tuple[float, float]:
    means.sort()
    return means[round((1 - LEVEL) / 2 * (DRAWS - 1))], means[round((1 + LEVEL) / 2 * (DRAWS - 1))]
