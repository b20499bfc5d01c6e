"""What to do next: the transfers that lower knowledge at risk most for each hour they take.

Effects follow from the same arithmetic as the risk itself: a transfer adds the contact that the ledger would record
if it took place, and knowledge at risk is read again. Until effects have been measured they are proposals; the
range spans half to one and a half times the contact, and a learner who needs less or more of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from seci.cycle.standing import Standing
from seci.kit.clock import Micros
from seci.kit.ids import seeded
from seci.spiral import coverage
from seci.spiral.familiarity import Floats, Holdings, Ints
from seci.spiral.presence import Presence

HORIZON_WEEKS = 8
PAIRED_CHANGES, REVIEWED_CHANGES = 3, 8
PAIR_CONTACT, REVIEW_CONTACT = 1.0, 0.5
HOURS_PER_PAIRED_CHANGE, HOURS_PER_REVIEW = 1.0, 0.5
"""Extra hours. Pairing took about 15 % more working time than working alone in Cockburn and Williams (The Costs and
Benefits of Pair Programming, 2000): about an hour on a change of a day."""

INTERVIEW_HOURS = 6.0
"""An hour each for the expert and whoever asks, two to write, check and sign, one each for two who read it."""

CODIFIED = 0.5
"""Share of an asset's knowledge that can be written down, until its codifiability is stated."""

DOCUMENT_RELIEF = 0.4
"""β: how much of the loss for want of anyone reachable a complete document takes away. An assumption. The other half
of the risk, that users do not know it themselves, is not relieved by a document before anybody has practised."""

CAP_HOURS = 12.0
"""Hours within the horizon that may be asked of one person."""

ENOUGH_HOLDERS = 3
"""From three holders on an asset is left alone: after an author and a reviewer there are two, and one of them leaves
(measured on files in the replay of `benchmarks.spread`)."""

ENOUGH_EVENTS = 5
NEAR_TIE = 0.1
RANGE = ((0.5, 1.6), (1.0, 1.0), (1.5, 0.6))
"""(factor on contact, factor on the contact a holder needs) at the low end, the point and the high end."""


class Activity(StrEnum):
    PAIR = "pair"
    REVIEW = "review"
    INTERVIEW = "interview"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A concrete proposal.

    hours    what it takes of everybody together within the horizon
    relief   the fall of knowledge at risk, hours a week;  share  the same as a share of the asset's risk
    changes  expected changes it spans;  together  reviews and pairings of the two in the last year
    """

    activity: Activity
    asset: int
    holder: int
    learner: int | None
    hours: float
    relief: float
    relief_low: float
    relief_high: float
    share: float
    changes: int
    together: int

    @property
    def relief_per_hour(self) -> float:
        return self.relief / self.hours

    @property
    def people(self) -> tuple[int, ...]:
        return (self.holder,) if self.learner is None else (self.holder, self.learner)


@dataclass(frozen=True)
class Situation:
    """Everything a proposal is judged by; `files` and `demand` have one row for each of `assets` (sorted).

    partners  for each person, how often they reviewed or paired with whom in the last year, either way round
    answered  (activity, asset, holder, learner) that somebody has accepted or declined already
    """

    holdings: Holdings
    presence: Presence
    assets: Ints
    files: Ints
    demand: Floats
    at: Micros
    partners: Mapping[int, Mapping[int, int]]
    answered: Set[tuple[str, int, int, int | None]] = frozenset()

    @cached_property
    def steady(self) -> frozenset[int]:
        """People active in at least three of the last twelve months, who can be asked for something."""
        return frozenset(self.presence.person[self.presence.stay(self.at) >= 0.25].tolist())


def propose(situation: Situation, limit: int = 10, seed: object = 0) -> list[Transfer]:
    """At most one transfer for each asset, best first, within everybody's hours; near-ties drawn by lot."""
    offers = [
        offer
        for row in range(len(situation.assets))
        for offer in offers_for(situation, row)
        if (offer.activity, offer.asset, offer.holder, offer.learner) not in situation.answered
    ]
    offers.sort(key=lambda o: (-o.relief_per_hour, o.asset, o.people, o.activity))
    return by_lot(list(within_hours(offers)), seed)[:limit]


def within_hours(offers: Sequence[Transfer]) -> Iterator[Transfer]:
    """The best offer for each asset, while nobody is asked for more than `CAP_HOURS`."""
    asked: dict[int, float] = {}
    served: set[int] = set()
    for offer in offers:
        # In an interview the other half is whoever asks and writes, who is not named.
        each = offer.hours / 2
        if offer.asset in served or any(asked.get(person, 0.0) + each > CAP_HOURS for person in offer.people):
            continue
        served.add(offer.asset)
        for person in offer.people:
            asked[person] = asked.get(person, 0.0) + each
        yield offer


def by_lot(ranked: Sequence[Transfer], seed: object) -> list[Transfer]:
    """Draw the order within runs of near-ties: fair, and the control group of a later comparison of effects."""
    drawn: list[Transfer] = []
    rest = list(ranked)
    while rest:
        bar = rest[0].relief_per_hour * (1 - NEAR_TIE)
        tied = [offer for offer in rest if offer.relief_per_hour >= bar]
        rest = rest[len(tied) :]
        seeded("near-tie", seed, len(drawn)).shuffle(tied)
        drawn += tied
    return drawn


def offers_for(situation: Situation, row: int) -> list[Transfer]:
    """Every transfer worth weighing for one asset: pairing or second reviews for some learners, one interview."""
    standing = Standing.of(situation.holdings, situation.presence, int(situation.assets[row]), situation.at)
    if standing is None:
        return []
    k0 = float(coverage.half_contact(situation.files[row]))
    demand = float(situation.demand[row])
    thin = standing.holders(k0) < ENOUGH_HOLDERS and standing.events >= ENOUGH_EVENTS
    if not thin or demand <= 0 or standing.strength(k0) < coverage.HOLDER / 2:
        return []
    return [
        *taught(situation, standing, k0, demand),
        *written(standing, k0, demand),
    ]


def taught(situation: Situation, standing: Standing, k0: float, demand: float) -> Iterator[Transfer]:
    """Pairing and second reviews over the changes that are expected within the horizon."""
    expected = int(demand * HORIZON_WEEKS)
    worth = demand * coverage.HOURS_PER_CHANGE
    brackets = [(more, standing.bracket(k0 * need)) for more, need in RANGE]
    risk = worth * standing.bracket(k0).loss
    plans = (
        (Activity.PAIR, min(PAIRED_CHANGES, expected), PAIR_CONTACT, HOURS_PER_PAIRED_CHANGE),
        (Activity.REVIEW, min(REVIEWED_CHANGES, expected), REVIEW_CONTACT, HOURS_PER_REVIEW),
    )
    for learner, together in standing.learners(k0, situation.steady, situation.partners):
        familiarity, here = standing.contact_of(learner)
        for activity, changes, contact, hours in plans:
            low, relief, high = (
                worth * bracket.relief(familiarity, here, changes * contact * more) for more, bracket in brackets
            )
            if changes and relief > 0:
                yield Transfer(
                    activity=activity,
                    asset=standing.asset,
                    holder=standing.holder,
                    learner=learner,
                    hours=changes * hours,
                    relief=relief,
                    relief_low=min(low, relief),
                    relief_high=max(high, relief),
                    share=relief / risk,
                    changes=changes,
                    together=together,
                )


def written(standing: Standing, k0: float, demand: float) -> Iterator[Transfer]:
    """An interview that ends in an artifact: it relieves what can be written down of what the holder holds."""
    bracket = standing.bracket(k0)
    worth = demand * coverage.HOURS_PER_CHANGE
    relief = worth * 0.5 * bracket.missing * DOCUMENT_RELIEF * CODIFIED * standing.strength(k0)
    if relief > 0:
        yield Transfer(
            activity=Activity.INTERVIEW,
            asset=standing.asset,
            holder=standing.holder,
            learner=None,
            hours=INTERVIEW_HOURS,
            relief=relief,
            relief_low=relief / 3,
            relief_high=relief * 2,
            share=relief / (worth * bracket.loss),
            changes=0,
            together=0,
        )
