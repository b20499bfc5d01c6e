"""What a block showed, worked out once it has ended: pure, from answers and the keys frozen at its opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from seci.internalization.gates import Critical, Gate, Profile, Result, SealedAnswer, judge
from seci.internalization.sittings.access import Asked, Given
from seci.internalization.sittings.views import GateResult

# A ceiling from fewer cases than this that two experts judged says too little to move the bar.
CEILING_CASES = 20


def marked(
    gate: Gate,
    profile: Profile,
    asked: Sequence[Asked],
    given: Mapping[int, Given],
    keys: Mapping[int, tuple[str, float | None, bool]],
    medians: Mapping[int, int | None],
    *,
    ceiling: float | None = None,
    cold: float | None = None,
    natural: int = 0,
) -> tuple[GateResult, Result]:
    """The result of a block. Shown and not answered in time counts as missed; never shown does not count.

    cold     kappa of the cold gate, for what is lost under pressure or with time
    natural  how many of the cases were met in rounds, before the block
    """
    shown = [one for one in asked if one.case in given and one.case in keys]
    answers = [_answer(given[one.case], keys[one.case], medians.get(one.case)) for one in shown]
    found = judge(gate, answers, profile, ceiling=ceiling)
    agreed, sure = found.kappa, found.calibration
    result = GateResult(
        met=found.met,
        reasons=found.reasons,
        n=agreed.n if agreed else 0,
        agreement=agreed.agreement if agreed else None,
        kappa=agreed.kappa if agreed else None,
        lower=agreed.lower if agreed else None,
        bound=found.bound,
        ceiling=ceiling,
        bias=sure.bias if sure else None,
        brier=sure.brier if sure else None,
        latency=found.latency,
        kept=_kept(shown, given),
        critical=_critical(answers),
        drop=None if cold is None or agreed is None or agreed.kappa is None else agreed.kappa - cold,
        timed_out=sum(not one.answer for one in answers),
        undecided=found.undecided,
        unseen=len(asked) - len(shown),
        natural=natural,
        away=_away(shown, given),
    )
    return result, found


def as_data(result: GateResult) -> dict[str, Any]:
    return asdict(result)


def _answer(given: Given, key: tuple[str, float | None, bool], median: int | None) -> SealedAnswer:
    right, agreement, critical = key
    return SealedAnswer(
        answer=given.option or "",
        key=right,
        agreement=0.0 if agreement is None else agreement,
        confidence=given.confidence,
        latency=given.latency_ms / median if given.latency_ms is not None and median else None,
        critical=critical,
    )


def _kept(shown: Sequence[Asked], given: Mapping[int, Given]) -> tuple[int, int] | None:
    """(numbers told back rightly, of how many told back): whoever answers before the interruption is told none."""
    loaded = [given[one.case] for one in shown if one.number and given[one.case].kept_number is not None]
    return (sum(bool(one.kept_number) for one in loaded), len(loaded)) if loaded else None


def _away(shown: Sequence[Asked], given: Mapping[int, Given]) -> tuple[float, int] | None:
    """(median seconds that interruptions took, how many were answered when they came); None for none."""
    took = [away for one in shown if (away := given[one.case].away_ms) is not None]
    return (median(took) / 1000, len(took)) if took else None


def _critical(answers: Sequence[SealedAnswer]) -> tuple[int, int, float | None] | None:
    """(missed, of how many, one-sided 95 % upper bound of the share missed)."""
    found = [one for one in answers if one.critical]
    if not found:
        return None
    so_far = Critical(len(found), sum(one.answer != one.key for one in found))
    return so_far.misses, so_far.n, so_far.upper
