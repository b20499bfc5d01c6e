"""Scorecards that fit the verdicts: small whole weights on attributes, and cuts of their sum.

A few attributes count, with weights from -4 to 4 (few and small weights predict as well as fine ones; Dawes 1979);
which outcome is the middle one of three is drawn too. Gibbs sampling on several chains at once, one weight at a time.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from seci.externalization.induction.grid import Coding, Floats, Ints
from seci.externalization.induction.likelihood import Evidence
from seci.externalization.induction.lists import Noise

LARGEST = 4
WEIGHTS = np.arange(-LARGEST, LARGEST + 1)
COUNTS = np.log(0.15)
"""Log prior that an attribute has a weight at all, where no board tells; each of its values is as likely."""

AGAINST = np.log(4.0)
"""How much less likely a weight is that runs against what was said."""

STEEPNESS = np.array([0.6, 1.2, 2.5, 5.0])
"""How sharply the verdict turns at a cut, per standard deviation of one weight."""

SLIP = 0.05
CUTS = 24
MOST = 14
"""Features that take part: those that say most by themselves, or were looked at most."""


FARTHEST = 3.0
"""Spreads from the middle beyond which more of an attribute counts no more."""

LONG_TAIL = 3.0
"""How much wider than its middle half a column must be (as standard deviations) to count as long-tailed."""


def _middle_and_spread(known: Floats) -> tuple[float, float]:
    low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
    span, spread = float(high - low) / 1.349, float(known.std())
    if span > 0 and spread > LONG_TAIL * span:
        return float(middle), 2 * span
    return float(known.mean()), spread


@dataclass(frozen=True, slots=True)
class Features:
    """What is weighed: each number or scale by its standard score, each level of a category as 0 or 1.

    attribute, level  column of the table; level is -1 for numbers and scales
    middle, spread    of the judged cases; of a number with a long tail the median and what the middle half spans, so
                      that one huge case does not make all others look alike
    """

    attribute: Ints
    level: Floats
    middle: Floats
    spread: Floats

    @classmethod
    def of(cls, coding: Coding, table: Floats) -> Features:
        rows: list[tuple[int, float, float, float]] = []
        for j in range(table.shape[1]):
            known = table[:, j][~np.isnan(table[:, j])]
            seen = np.unique(known)
            if len(seen) < 2:
                continue
            if coding.is_scale(j):
                rows.append((j, -1.0, *_middle_and_spread(known)))
            else:
                rows += [(j, float(level), 0.0, 1.0) for level in (seen[1:] if len(seen) == 2 else seen)]
        columns = np.array(rows, dtype=float).reshape(-1, 4).T
        return cls(columns[0].astype(np.int64), columns[1], columns[2], columns[3])

    def measure(self, table: Floats) -> Floats:
        """cases × features; what is not known counts as the mean, or as not being of the level."""
        x = table[:, self.attribute]
        scaled = np.where(
            self.level < 0, np.clip((x - self.middle) / self.spread, -FARTHEST, FARTHEST), x == self.level
        )
        return np.where(np.isnan(x), 0.0, scaled)


@dataclass(slots=True)
class Cards:
    """Chains. weights: chains × features; cuts: chains × (outcomes - 1), ascending; order: chains × outcomes."""

    weights: Ints
    cuts: Floats
    order: Ints
    steepness: Floats

    def copy(self) -> Cards:
        return Cards(*(getattr(self, name).copy() for name in Cards.__slots__))

    @classmethod
    def joined(cls, several: list[Cards]) -> Cards:
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in cls.__slots__))

    def answers(self, measured: Floats) -> Ints:
        """chains × cases."""
        total = self.weights @ measured.T
        place = (total[:, :, None] >= self.cuts[:, None, :]).sum(axis=2)
        return np.take_along_axis(self.order, place, axis=1)


class CardSampler:
    def __init__(
        self, features: Features, evidence: Evidence, generator: np.random.Generator, chains: int, favor: Floats,
        directions: Ints,
    ) -> None:  # fmt: skip
        """directions: by attribute, +1 or -1 where more of it was said to speak for the last or the first outcome."""
        self.features, self.evidence, self.generator = features, evidence, generator
        self.noise = Noise(generator)
        self.measured = features.measure(evidence.table)
        looked = evidence.looks.sum(axis=0)[features.attribute]
        count = COUNTS + looked + (favor - favor.mean())[features.attribute]
        self.prior = np.where(WEIGHTS == 0, 0.0, count[:, None] - np.log(2 * LARGEST))
        against = WEIGHTS * np.where(features.level < 0, directions[features.attribute], 0)[:, None] < 0
        self.prior = np.where(against, self.prior - AGAINST, self.prior)
        self.looked, self.active = looked, self._strongest(looked)
        m = evidence.outcomes
        orders = [one for one in itertools.permutations(range(m)) if one[0] < one[-1]] if m <= 4 else [tuple(range(m))]
        self.orders = np.array(orders if m > 1 else [(0,)])
        shape = (chains, len(features.attribute))
        self.state = Cards(
            np.zeros(shape, np.int64),
            np.tile(np.linspace(-0.5, 0.5, m - 1), (chains, 1)) if m > 1 else np.zeros((chains, 0)),
            self.orders[generator.integers(len(self.orders), size=chains)],
            np.full(chains, STEEPNESS[1]),
        )

    def _strongest(self, looked: Floats) -> Ints:
        classes = np.eye(self.evidence.outcomes)[self.evidence.verdict]
        centered = self.measured - self.measured.mean(axis=0)
        apart = np.abs(centered.T @ (classes - classes.mean(axis=0))).max(axis=1)
        apart = apart / np.maximum(1e-9, np.sqrt((centered**2).sum(axis=0)))
        found: Ints = np.argsort(-(looked + 3 * apart), kind="stable")[:MOST]
        return found

    def fit(self, total: Floats, cuts: Floats, order: Ints, steepness: Floats) -> Floats:
        """Log likelihood of the verdicts; total: chains × candidates × cases, the others broadcast over candidates."""
        if self.evidence.outcomes == 2:
            return self._fit_two(total, cuts, order, steepness)
        verdict = self.evidence.verdict
        place = (order[:, :, None] == verdict[None, None, :]).argmax(axis=1)
        edges = np.concatenate(
            [np.full((*cuts.shape[:-1], 1), -np.inf), cuts, np.full((*cuts.shape[:-1], 1), np.inf)], -1
        )
        flat = place[:, None, :]
        low = np.take_along_axis(edges, np.broadcast_to(flat, (*edges.shape[:-1], len(verdict))), axis=-1)
        high = np.take_along_axis(edges, np.broadcast_to(flat + 1, (*edges.shape[:-1], len(verdict))), axis=-1)
        steep = steepness[..., None]
        chance = np.maximum(0.0, _logistic(steep * (total - low)) - _logistic(steep * (total - high)))
        outcomes = self.evidence.outcomes
        found: Floats = np.log(SLIP / max(1, outcomes - 1) + (1 - SLIP * outcomes / max(1, outcomes - 1)) * chance)
        summed: Floats = found.sum(axis=-1)
        return summed

    def _fit_two(self, total: Floats, cuts: Floats, order: Ints, steepness: Floats) -> Floats:
        side = np.where(order[:, 1, None] == self.evidence.verdict, 0.5, -0.5)[:, None, :]
        reach = ((total - cuts) * (steepness[..., None] * side)).astype(np.float32)
        summed: Floats = np.log(0.5 + (0.5 - SLIP) * np.tanh(reach)).sum(axis=-1)
        return summed

    def sweep(self, heat: float = 1.0) -> None:
        state = self.state
        total = state.weights @ self.measured.T
        for f in self.generator.permutation(self.active):
            tried = total[:, None, :] + (WEIGHTS[None, :] - state.weights[:, f, None])[:, :, None] * self.measured[:, f]
            score = heat * self.fit(tried, state.cuts[:, None, :], state.order, state.steepness[:, None])
            drawn = self._draw(score + heat * self.prior[f])
            state.weights[:, f] = WEIGHTS[drawn]
            total = tried[np.arange(len(drawn)), drawn]
        for c in range(state.cuts.shape[1]):
            self._draw_cut(c, total, heat)
        scores = heat * self.fit(
            total[:, None, :], np.repeat(state.cuts[:, None, :], len(STEEPNESS), 1), state.order,
            np.tile(STEEPNESS, (len(total), 1)),
        )  # fmt: skip
        state.steepness = STEEPNESS[self._draw(scores)]
        if len(self.orders) > 1:
            self._draw_order(total, heat)

    def _draw_cut(self, c: int, total: Floats, heat: float) -> None:
        state = self.state
        ends = np.sort(total, axis=1)
        at = self.generator.random((len(total), CUTS)) * (total.shape[1] - 1)
        below = at.astype(np.int64)
        tried = np.take_along_axis(ends, below, 1)
        tried = tried + (at - below) * (np.take_along_axis(ends, np.minimum(below + 1, total.shape[1] - 1), 1) - tried)
        tried[:, 0] = state.cuts[:, c]
        cuts = np.repeat(state.cuts[:, None, :], CUTS, axis=1)
        cuts[:, :, c] = tried
        score = heat * self.fit(total[:, None, :], cuts, state.order, state.steepness[:, None])
        score = np.where((np.diff(cuts, axis=2) < 0).any(axis=2), -np.inf, score)
        state.cuts[:, c] = np.take_along_axis(tried, self._draw(score)[:, None], 1)[:, 0]

    def _draw_order(self, total: Floats, heat: float) -> None:
        state, sharp = self.state, self.state.steepness[:, None]
        alike = [np.tile(order, (len(total), 1)) for order in self.orders]
        score = np.stack(
            [self.fit(total[:, None, :], state.cuts[:, None, :], one, sharp)[:, 0] for one in alike], axis=1
        )
        state.order = self.orders[self._draw(heat * score)]

    def _draw(self, score: Floats) -> Ints:
        found: Ints = (score + self.noise(score.shape)).argmax(axis=1)
        return found


def _logistic(x: Floats) -> Floats:
    found: Floats = 0.5 * (1 + np.tanh(0.5 * x))
    return found
