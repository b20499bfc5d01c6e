"""Whether learning shows: behavior against the own baseline, quality of decisions, effect of the response.

Each test has data or says what it waits for. Baseline and now are the first and the second half of real decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from seci.internalization.runs.transfer import Decision

FEWEST = 4
"""Decisions with what a test needs: two before, two after."""


@dataclass(frozen=True, slots=True)
class Test:
    """One of the three. `words` say what there is, or what is waited for; n decisions stand behind them."""

    name: str
    words: str
    n: int
    is_testable: bool


def three_tests(decisions: Sequence[Decision]) -> tuple[Test, Test, Test]:
    """The tests on somebody's real decisions, exercises left aside."""
    real = sorted((one for one in decisions if one.is_eligible), key=lambda one: one.at)
    return _behavior(real), _quality(real), _response(real)


def _behavior(real: Sequence[Decision]) -> Test:
    name = "Behavior against the own baseline"
    if len(real) < FEWEST:
        return _waits(name, real, "real decisions")
    looks = _halves(real, lambda one: float(one.looks))
    asked = _halves(real, lambda one: float(one.consulted))
    words = (
        f"Look-ups {looks[0]:.1f} → {looks[1]:.1f} for a decision; asked somebody in {asked[0]:.0%} → {asked[1]:.0%}."
    )
    return Test(name, words, len(real), True)


def _quality(real: Sequence[Decision]) -> Test:
    name = "Quality of decisions"
    judged = [one for one in real if one.overturned is not None]
    if len(judged) < FEWEST:
        return _waits(name, judged, "decisions judged again by somebody")
    turned = _halves(judged, lambda one: float(bool(one.overturned)))
    blind = sum(bool(one.blind) for one in judged)
    return Test(name, f"Overturned {turned[0]:.0%} → {turned[1]:.0%}; {blind} judged blindly.", len(judged), True)


def _response(real: Sequence[Decision]) -> Test:
    name = "Effect of the response"
    known = [one for one in real if one.went is not None]
    if len(known) < FEWEST:
        return _waits(name, known, "real decisions of which it is known how they turned out")
    bad = _halves(known, lambda one: float(one.went is False))
    timed = [one for one in known if one.seconds is not None]
    words = f"Turned out badly {bad[0]:.0%} → {bad[1]:.0%}."
    if len(timed) >= FEWEST:
        middle = len(timed) // 2
        before, after = (median(one.seconds or 0 for one in part) / 60 for part in (timed[:middle], timed[middle:]))
        words += f" Median minutes {before:.1f} → {after:.1f}."
    return Test(name, words, len(known), True)


def _waits(name: str, there: Sequence[Decision], for_: str) -> Test:
    return Test(name, f"Not testable yet: {len(there)} of {FEWEST} {for_}.", len(there), False)


def _halves(found: Sequence[Decision], value: Callable[[Decision], float]) -> tuple[float, float]:
    middle = len(found) // 2
    return fmean(map(value, found[:middle])), fmean(map(value, found[middle:]))
