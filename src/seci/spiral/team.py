"""What a team does with what was written down: metrics 10 to 12, time to the right call, tasks that needed an expert.

Figures on the behavior of people: each is unknown while fewer than five people stand behind it, and none names or ranks
anybody. What lacks a field is left out: unknown is never 0. Formulas: measures 2.4; intervals are at 80 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from seci.kit.clock import DAY, Micros
from seci.kit.figures import Figure, Status, share
from seci.ledger.kinds import Kind
from seci.spiral.resampling import LEVEL, interval
from seci.spiral.skill import Scored, is_independent, posterior

WINDOW = 91 * DAY
FLOOR = 5

USES = frozenset({Kind.APPLY, Kind.INCIDENT})
SHOWN = "(shown from five on)"

# What was scored of each person on each asset.
Abilities = Mapping[tuple[int, int], Sequence[Scored]]


@dataclass(frozen=True, slots=True)
class Application:
    """Metric 10. reach: those who apply, of the audience. depth: median uses of each of them. read_to_use: uses for
    each time that something was read."""

    reach: Figure
    depth: Figure
    read_to_use: Figure


@dataclass(frozen=True, slots=True)
class Growth:
    """Metric 11. change: mean change of skill over learners. normalized: of what was left to gain, how much was."""

    change: Figure
    normalized: Figure


def application(done: Sequence[tuple[int, Kind]], audience: Collection[int]) -> Application:
    """Practical application, from (person, read or a use) with artifacts within the window."""
    uses = Counter(person for person, kind in done if kind in USES and person in audience)
    reads = Counter(person for person, kind in done if kind == Kind.READ and person in audience)
    met = sorted({*uses, *reads})
    reach = Figure.unknown(of=f"people of the unit {SHOWN}", unit="share")
    if met and len(audience) >= FLOOR:
        reach = share(len(uses), len(audience), of="people of the unit", status="proposal")
    ratio = Figure.unknown(of=f"people who read or use {SHOWN}", unit="uses a read")
    if len(met) >= FLOOR and reads:
        low, high = interval(met, lambda drawn: _ratio(sum(uses[p] for p in drawn), sum(reads[p] for p in drawn)))
        ratio = Figure(
            uses.total() / reads.total(), len(met), low, high, LEVEL, "people who read or use", "uses a read"
        )
    return Application(reach, middle([*uses.values()], len(uses), of="people who apply it", unit="uses"), ratio)


def growth(scored: Abilities, now: Micros) -> Growth:
    """Skill development over the window, of the learners who were scored unaided before it and within it.

    Both skills with the uniform prior, so that a gain is of the learner's own doing; a learner of several assets
    counts once. The interval is Student's over learners; of the normalized gain (Hake 1998: of means) by bootstrap.
    """
    of, then = "learners scored before and since", now - WINDOW
    pairs: dict[int, list[tuple[float, float]]] = {}
    for (person, _), events in scored.items():
        skill = [event for event in events if event.shows_skill]
        before = [event for event in skill if event.t <= then]
        if before and len(before) < len(skill):
            pairs.setdefault(person, []).append((posterior(before, then).mean, posterior(skill, now).mean))
    if len(pairs) < FLOOR:
        unknown = Figure.unknown(of=f"{of} {SHOWN}", unit="share")
        return Growth(unknown, unknown)
    each = [(fmean(pre for pre, _ in of_one), fmean(post for _, post in of_one)) for of_one in pairs.values()]
    gains = [post - pre for pre, post in each]
    reach = _student(len(gains)) * stdev(gains) / sqrt(len(gains))
    mean = fmean(gains)
    low, high = interval(each, _normalized)
    return Growth(
        Figure(mean, len(each), mean - reach, mean + reach, LEVEL, of, "share"),
        Figure(_normalized(each), len(each), low, high, LEVEL, of, "share"),
    )


def independence(scored: Abilities, sources: Collection[tuple[int, int]], now: Micros) -> Figure:
    """Metric 12: of the learners of assets, the share who do it alone; whom it was learned from does not count.

    scored   a learner of an asset is whoever was scored on it; who has done nothing alone yet is not independent
    sources  (person, asset) of those it comes from
    """
    of, known = "learners of an asset", set(sources)
    learners = {pair: is_independent(events, now) for pair, events in scored.items() if pair not in known}
    if len({person for person, _ in learners}) < FLOOR or all(alone is None for alone in learners.values()):
        return Figure.unknown(of=f"{of} {SHOWN}", unit="share")
    return share(sum(bool(alone) for alone in learners.values()), len(learners), of=of)


def escalation(tasks: Sequence[tuple[int, bool]]) -> Figure:
    """Expert dependence: of tasks of real work, (person, asked), the share for which somebody was asked."""
    if len({person for person, _ in tasks}) < FLOOR:
        return Figure.unknown(of="real tasks (shown from five people on)", unit="share")
    return share(sum(asked for _, asked in tasks), len(tasks), of="real tasks")


def speed(calls: Sequence[tuple[int, float]]) -> Figure:
    """Time to the right call on one pattern, in seconds, from (person, seconds) of right calls without help.

    The median over people of each one's median, so that who practises most does not set it.
    """
    by_person: dict[int, list[float]] = {}
    for person, seconds in calls:
        by_person.setdefault(person, []).append(seconds)
    each = [median(taken) for taken in by_person.values()]
    return middle(each, len(each), of="people with right calls", unit="s", status="established part")


def middle(values: Sequence[float], people: int, *, of: str, unit: str, status: Status = "proposal") -> Figure:
    """The median with the interval between two of the ordered values (binomial, free of a distribution)."""
    if people < FLOOR:
        return Figure.unknown(of=f"{of} {SHOWN}", unit=unit, status=status)
    from scipy.stats import binom

    ordered = sorted(values)
    # The largest rank whose two tails together leave at least LEVEL between them.
    rank = int(binom.ppf((1 - LEVEL) / 2, len(ordered), 0.5))
    return Figure(
        float(median(ordered)), people, float(ordered[rank - 1]), float(ordered[-rank]), LEVEL, of, unit, status
    )


def _normalized(each: Sequence[tuple[float, float]]) -> float:
    pre, post = fmean(pre for pre, _ in each), fmean(post for _, post in each)
    return (post - pre) / (1 - pre)


def _ratio(uses: int, reads: int) -> float | None:
    return uses / reads if reads else None


def _student(n: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + LEVEL) / 2, n - 1))
