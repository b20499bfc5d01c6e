"""How well what is written is brought together: metrics 7 to 9 of measures 2.4, and how far published statements hold.

Figures on what was made, not on who made it. What lacks a field is left out: unknown is never 0. Intervals are at 80 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from seci.kit.clock import DAY
from seci.kit.figures import Figure, share
from seci.spiral.resampling import LEVEL, interval

WINDOW = 180 * DAY

ORIGINS = ("internal", "other team", "vendor", "standard", "research")
OUTSIDE = frozenset(ORIGINS[2:])


@dataclass(frozen=True, slots=True)
class Parent:
    """What a product was made from.

    author, team  keys of whom it comes from; empty where nobody knows
    origin        one of `ORIGINS`; empty where nobody has said
    """

    author: str
    team: str
    origin: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something made from others; `uses` since it was published."""

    parents: tuple[Parent, ...]
    uses: int

    @property
    def is_joined(self) -> bool | None:
        """Whether it has parents of different authors and teams; None where what is unknown could decide it."""
        if all(len({getattr(one, field) for one in self.parents} - {""}) > 1 for field in ("author", "team")):
            return True
        return None if any(not (one.author and one.team) for one in self.parents) else False

    @property
    def is_from_outside(self) -> bool | None:
        """Whether a parent comes from outside and the product is used; None where no origin can decide it."""
        if not self.uses:
            return False
        if any(one.origin in OUTSIDE for one in self.parents):
            return True
        return None if any(not one.origin for one in self.parents) else False


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that was asked for or happened `times`, and whether something written answered it."""

    times: int
    is_answered: bool


def integration(products: Sequence[Product], found: int, unresolved: int) -> Figure:
    """Metric 7: share of products with parents of different authors and teams, times the share of the contradictions
    found between sources that have been resolved."""
    known = [one.is_joined for one in products if one.is_joined is not None]
    figure = share(sum(known), len(known), of="products of several sources")
    if not figure.known or not found:
        return figure
    resolved = 1 - unresolved / found
    value, low, high = ((end or 0.0) * resolved for end in (figure.value, figure.low, figure.high))
    return replace(figure, value=value, low=low, high=high)


def outside(products: Sequence[Product]) -> Figure:
    """Metric 8: share of products that rest on something from outside and are used."""
    known = [one.is_from_outside for one in products if one.is_from_outside is not None]
    return share(sum(known), len(known), of="products whose sources have an origin")


def variety(products: Sequence[Product]) -> Figure:
    """Beside metric 8: entropy of the origins of sources over its maximum, 0 (all of one) to 1 (all alike often)."""
    origins = [one.origin for product in products for one in product.parents if one.origin]
    if not origins:
        return Figure.unknown(of="sources with an origin")
    value, (low, high) = _evenness(origins), interval(origins, _evenness)
    # A sample is never more varied than what it is drawn from, so the interval may lie below the value.
    return Figure(value, len(origins), low, max(high, value), LEVEL, "sources with an origin")


def coverage(demands: Sequence[Demand]) -> Figure:
    """Metric 9: of what was asked for or happened, weighted by how often, the share that something written answers."""
    if not demands:
        return Figure.unknown(of="kinds of demand", unit="share")
    low, high = interval(demands, _answered)
    return Figure(_answered(demands), len(demands), low, high, LEVEL, "kinds of demand", "share")


def unseen(demands: Sequence[Demand]) -> Figure:
    """Beside metric 9: how likely the next demand is of a kind not met before, n1/n (Good 1953, with Turing)."""
    times = sum(one.times for one in demands)
    return share(sum(one.times == 1 for one in demands), times, of="demands", status="established part")


def _answered(demands: Sequence[Demand]) -> float:
    return sum(one.times for one in demands if one.is_answered) / sum(one.times for one in demands)


def _evenness(origins: Sequence[str]) -> float:
    shares = [count / len(origins) for count in Counter(origins).values()]
    return -sum(one * log(one) for one in shares) / log(len(ORIGINS)) + 0.0
