"""What scored events say of what somebody can do: skill, independence, understanding, and the gap between the two.

Skill is estimated from what was done without help; real and alone counts more than an exercise. Understanding is
estimated from exercises and from what was done with help. Somebody can know and not do yet. An event without a score,
a pressure or an aid says nothing here: unknown is never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.kit.clock import DAY, Micros
from seci.kit.figures import Figure
from seci.ledger.kinds import Kind
from seci.ledger.outcome import ALONE, SUPERVISED, Aid

HALF_LIFE_DAYS = 197.0
"""Of scored evidence on tasks of accuracy (Tatel & Ackerman: half of a gain is gone by then; 395 for speed, 335 for
both). Using it for evidence is a proposal."""

STRENGTH = 2.0
"""Of the prior: what everybody reaches on the asset counts like two events (partial pooling, a proposal)."""

GOOD, SURE = 0.7, 0.8
"""Independent: at least 80 % sure that seven of ten succeed. Four straight successes suffice, three for six of ten."""

DONE = frozenset({Kind.APPLY, Kind.ASSESS, Kind.INCIDENT, Kind.OWN})
EXERCISED = frozenset({Kind.PRACTICE, Kind.SIMULATE, Kind.TEACH_BACK})


@dataclass(frozen=True, slots=True)
class Scored:
    """One event that was scored: score 0 to 1, pressure 0 (calm) to 3 (high stakes), with what help."""

    t: Micros
    kind: Kind
    score: float
    pressure: int
    aid: Aid

    @property
    def shows_skill(self) -> bool:
        return self.kind in DONE and self.aid == "none"

    @property
    def shows_independence(self) -> bool:
        return self.shows_skill and self.pressure >= ALONE

    @property
    def shows_understanding(self) -> bool:
        return self.kind in DONE | EXERCISED and (self.pressure <= SUPERVISED or self.aid != "none")


@dataclass(frozen=True, slots=True)
class Posterior:
    """Beta(a, b) of the share of successes, from n events."""

    a: float
    b: float
    n: int

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def above(self, share: float) -> float:
        """P(share of successes >= `share`)."""
        from scipy.stats import beta

        return float(beta.sf(share, self.a, self.b))

    def figure(self, level: float = 0.8) -> Figure:
        """The mean with its central interval; unknown without any event, whatever the prior says."""
        if self.n == 0:
            return Figure.unknown(of="scored events", unit="share")
        from scipy.stats import beta

        low, high = (float(beta.ppf(at, self.a, self.b)) for at in ((1 - level) / 2, (1 + level) / 2))
        return Figure(self.mean, self.n, low, high, level, "scored events", "share")


@dataclass(frozen=True, slots=True)
class Ability:
    """What is known of one person on one asset.

    independent  None while nothing was done alone on real work without help
    gap          mean understanding minus mean skill; None while either is unknown. Above 0: knows, does not yet do
    """

    skill: Figure
    understanding: Figure
    gap: float | None
    independent: bool | None
    alone: int


def posterior(events: Sequence[Scored], now: Micros, *, mean: float = 0.5, by_pressure: bool = True) -> Posterior:
    """Decayed successes and failures on top of the prior.

    Weight of an event: 2^(-age / half-life) · (1 + pressure) / 2; `by_pressure` False leaves the second factor out.
    mean  what the prior expects; .5 with the usual strength is the uniform prior
    """
    good = bad = 0.0
    for event in events:
        weight = 2.0 ** (-max(0, now - event.t) / (HALF_LIFE_DAYS * DAY))
        weight *= (1 + event.pressure) / 2 if by_pressure else 1
        good, bad = good + weight * event.score, bad + weight * (1 - event.score)
    return Posterior(STRENGTH * mean + good, STRENGTH * (1 - mean) + bad, len(events))


def is_independent(events: Sequence[Scored], now: Micros) -> bool | None:
    """Whether somebody succeeds alone: P(s >= .7) >= .8 from real work without help, uniform prior.

    Pressure chooses the events and does not weigh them again, so that four straight successes suffice and three do
    not. None while there is no such event.
    """
    alone = [event for event in events if event.shows_independence]
    return posterior(alone, now, by_pressure=False).above(GOOD) >= SURE if alone else None


def ability(events: Sequence[Scored], now: Micros, *, skill: float = 0.5, understanding: float = 0.5) -> Ability:
    """What one person's events on one asset say. `skill` and `understanding` are what everybody reaches on it."""
    does = posterior([event for event in events if event.shows_skill], now, mean=skill)
    knows = posterior([event for event in events if event.shows_understanding], now, mean=understanding)
    return Ability(
        skill=does.figure(),
        understanding=knows.figure(),
        gap=knows.mean - does.mean if knows.n and does.n else None,
        independent=is_independent(events, now),
        alone=sum(event.shows_independence for event in events),
    )


def pooled(events: Sequence[Scored], now: Micros) -> tuple[float, float]:
    """(skill, understanding) that all these events together show, for the prior; .5 where there is none."""
    return (
        posterior([event for event in events if event.shows_skill], now).mean,
        posterior([event for event in events if event.shows_understanding], now).mean,
    )
