"""What could be meant, given the verdicts: decision lists and scorecards drawn from their posterior, with weights.

How much lists and cards count beside each other follows from how well each foretells a verdict left out (leave-one-out
by importance sampling, pseudo-Bayesian model averaging; Yao et al. 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from seci.cases.attribute import Attribute
from seci.cases.case import Judgement
from seci.externalization.induction.grid import ALWAYS, NEVER, Coding, Floats, Grid, Ints, fires, grid
from seci.externalization.induction.likelihood import Evidence, looks
from seci.externalization.induction.lists import NO_RULE, Lists, Sampler
from seci.externalization.induction.prior import Prior
from seci.externalization.induction.weights import Cards, CardSampler, Features
from seci.kit.ids import seeded

CHAINS = 16
HEATING = (0.2, 0.4, 0.6, 0.8)
KEPT = 3
TURNS = 200
"""Turning points tried, over all attributes."""

COLUMNS = 16

STUCK = 6.0
"""A list or card this much less likely (log) than the best of its kind comes from a chain that got stuck, and counts
no more."""
BELIEVED = np.log(3.0)
"""How much the expert's word on the structure counts beside the verdicts, as log odds."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rules of the drawn lists, as conditions on columns: (draws × rules × 2) each; `answer`, `rest` as in `Lists`;
    `prior`: log prior of each draw."""

    attribute: Ints
    kind: Ints
    low: Floats
    high: Floats
    value: Floats
    lists: Lists
    prior: Floats


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws with their weights (summing to 1): first the lists, then the cards."""

    coding: Coding
    outcomes: tuple[str, ...]
    drawn: Drawn
    features: Features
    cards: Cards
    weight: Floats
    evidence: Evidence

    def votes(self, table: Floats) -> Ints:
        """draws × cases: number of the outcome that each draw answers."""
        return np.concatenate([list_answers(self.drawn, table), self.cards.answers(self.features.measure(table))])

    def chances(self, votes: Ints) -> Floats:
        """cases × outcomes: how much of the posterior answers each outcome."""
        return np.stack([self.weight @ (votes == o) for o in range(len(self.outcomes))], axis=1)


def list_answers(drawn: Drawn, table: Floats) -> Ints:
    held = fires(table, drawn.attribute.ravel(), drawn.kind.ravel(), drawn.value.ravel())
    draws, rules, _ = drawn.attribute.shape
    both = held.reshape(draws, rules, 2, -1)
    return drawn.lists.answers(both[:, :, 0] & both[:, :, 1])


def posterior(
    attributes: Sequence[Attribute],
    outcomes: Sequence[str],
    judgements: Sequence[Judgement],
    *,
    prior: Prior | None,
    seed: object,
) -> Posterior:
    """The same for the same judgements, prior and seed."""
    told = prior or Prior()
    key = _Key(tuple(attributes), tuple(outcomes), tuple(judgements), told, repr(seed))
    return _kept(key)


class _Key:
    """What a posterior follows from; equal where the judged values, verdicts and looks are."""

    def __init__(
        self, attributes: tuple[Attribute, ...], outcomes: tuple[str, ...], judgements: tuple[Judgement, ...],
        prior: Prior, seed: str,
    ) -> None:  # fmt: skip
        self.attributes, self.outcomes, self.judgements = attributes, outcomes, judgements
        self.prior, self.seed = prior, seed
        cases = tuple(
            (one.outcome, one.looked, tuple(one.case.values.get(a.key) for a in attributes)) for one in judgements
        )
        self.same = (attributes, outcomes, cases, repr(prior), seed)
        self.hashed = hash(self.same)

    def __hash__(self) -> int:
        return self.hashed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.same == other.same


@lru_cache(maxsize=32)
def _kept(key: _Key) -> Posterior:
    judged = [one for one in key.judgements if one.outcome in key.outcomes]
    coding = Coding.of(key.attributes, [one.case for one in judged])
    table = coding.table([one.case for one in judged])
    verdict = np.array([key.outcomes.index(one.outcome) for one in judged], dtype=np.int64)
    evidence = Evidence(table, verdict, len(key.outcomes), looks(key.attributes, judged))
    generator = np.random.Generator(np.random.PCG64(seeded("posterior", key.seed, len(judged)).getrandbits(64)))
    favor = _favor(key.attributes, key.prior)
    drawn = _draw_lists(coding, evidence, favor, generator, key.prior)
    features = Features.of(coding, table)
    directions = np.array([key.prior.directions.get(one.key, 0) for one in key.attributes])
    cards = _draw_cards(CardSampler(features, evidence, generator, CHAINS, favor, directions))
    unweighted = Posterior(coding, key.outcomes, drawn, features, cards, np.empty(0), evidence)
    weight = _weigh(unweighted, key.prior)
    return Posterior(coding, key.outcomes, drawn, features, cards, weight, evidence)


def _favor(attributes: Sequence[Attribute], prior: Prior) -> Floats:
    """Log prior of each attribute: what was named counts as three looks beside one of each."""
    count = max(1, len(attributes))
    named = np.array([prior.first_looks.get(one.key, 0.0) for one in attributes])
    named += np.array([0.3 * any(told.attribute == one.key for told in prior.thresholds) for one in attributes])
    share = (1 / count + 3 * named) / (1 + 3 * named.sum()) if count else named
    found: Floats = np.log(share)
    return found


def _draw_lists(
    coding: Coding, evidence: Evidence, favor: Floats, generator: np.random.Generator, prior: Prior
) -> Drawn:
    promising = _promising(evidence, favor)
    each = max(6, TURNS // max(1, len(promising)))
    most = [each if j in promising else 0 for j in range(evidence.table.shape[1])]
    tried = grid(coding, evidence.table, favor, most)
    tried.doubt[:] += _told(coding, tried, evidence, prior)
    sampler = Sampler(tried, evidence, generator, CHAINS)
    kept = []
    for heat in HEATING:
        sampler.sweep(heat)
    for _ in range(KEPT):
        sampler.sweep()
        kept.append(sampler.state.copy())
    lists = Lists.joined(kept)
    at = np.stack([lists.first, lists.second], axis=2)
    at[lists.first == tried.never, 1] = tried.always
    low, high = tried.low[at], tried.high[at]
    value = low + (high - low) * generator.random(low.shape)
    acting = lists.first != tried.never
    chance = np.where(acting, sampler.first_prior[at[:, :, 0]] + sampler.second_prior[at[:, :, 1]], NO_RULE)
    return Drawn(tried.attribute[at], tried.kind[at], low, high, value, lists, chance.sum(axis=1))


def _told(coding: Coding, tried: Grid, evidence: Evidence, prior: Prior) -> Floats:
    """Log prior of conditions that turn near a told value: up to e times as likely there, where the doubt is known."""
    found = np.zeros(len(tried.doubt))
    keys = [one.key for one in coding.attributes]
    for told in prior.thresholds:
        if told.attribute not in keys:
            continue
        j = keys.index(told.attribute)
        doubt = told.doubt if told.doubt else max(1e-9, float(np.nanstd(evidence.table[:, j])) / 4)
        away = ((tried.low + tried.high) / 2 - told.value) / doubt
        found += np.where(tried.attribute == j, np.exp(-0.5 * np.minimum(away**2, 50.0)), 0.0)
    return found


def _promising(evidence: Evidence, favor: Floats) -> set[int]:
    """The columns that lists are made of: all, unless there are many; then those looked at most or that say most."""
    if evidence.table.shape[1] <= COLUMNS:
        return set(range(evidence.table.shape[1]))
    unseen = np.isnan(evidence.table).all(axis=0)
    table = np.where(unseen, 0.0, evidence.table)
    filled = np.where(np.isnan(table), np.nanmedian(table, axis=0), table)
    rank = filled.argsort(axis=0).argsort(axis=0) - (len(filled) - 1) / 2
    classes = np.eye(evidence.outcomes)[evidence.verdict]
    apart = np.abs(rank.T @ (classes - classes.mean(axis=0))).max(axis=1) / max(1.0, np.sqrt(evidence.n**3 / 12))
    score = evidence.looks.sum(axis=0) + 3 * apart + 3 * favor
    return {int(j) for j in np.argsort(-score, kind="stable")[:COLUMNS]}


def _draw_cards(sampler: CardSampler) -> Cards:
    kept = []
    for heat in HEATING:
        sampler.sweep(heat)
    for _ in range(KEPT):
        sampler.sweep()
        kept.append(sampler.state.copy())
    return Cards.joined(kept)


def _weigh(drawn: Posterior, prior: Prior) -> Floats:
    """Weight of each draw: within lists and within cards alike, between them by foretelling left-out verdicts."""
    lists = len(drawn.drawn.lists.rest)
    evidence = drawn.evidence
    wrong = drawn.votes(evidence.table) != evidence.verdict
    # A draw is as sure of itself as its own errors allow.
    slips = (wrong.sum(axis=1, keepdims=True) + 1) / (evidence.n + 18)
    log = np.where(wrong, np.log(slips / max(1, evidence.outcomes - 1)), np.log1p(-slips))
    log = log + path_looks(drawn)
    likely = log[:lists].sum(axis=1) + drawn.drawn.prior
    near = likely >= likely.max() - STUCK
    fits = log[lists:].sum(axis=1)
    close = fits >= fits.max() - STUCK
    left_out = [-np.log(np.exp(-part).mean(axis=0)).sum() for part in (log[:lists][near], log[lists:][close])]
    odds = left_out[0] - left_out[1] + {"tree": BELIEVED, "weights": -BELIEVED, None: 0.0}[prior.structure]
    share = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return np.concatenate([share * near / near.sum(), (1 - share) * close / close.sum()])


def path_looks(drawn: Posterior) -> Floats:
    """draws × cases: log odds of what was opened on the board, given what each draw needs of each case."""
    looks, table, one = drawn.evidence.looks, drawn.evidence.table, drawn.drawn
    needs = np.zeros((len(drawn.weight) or len(one.lists.rest) + len(drawn.cards.cuts), *looks.T.shape), bool)
    if not looks.any():
        return np.zeros((len(needs), len(looks)))
    draws, rules, _ = one.attribute.shape
    held = fires(table, one.attribute.ravel(), one.kind.ravel(), one.value.ravel()).reshape(draws, rules, 2, -1)
    here = np.ones((draws, len(table)), bool)
    for k in range(rules):
        for row in np.flatnonzero(one.kind[:, k, 0] != NEVER):
            needs[row, one.attribute[row, k, 0]] |= here[row]
            if one.kind[row, k, 1] != ALWAYS:
                needs[row, one.attribute[row, k, 1]] |= here[row] & held[row, k, 0]
        here &= ~held[:, k].all(axis=1)
    for f, a in enumerate(drawn.features.attribute):
        needs[draws:, a] |= (drawn.cards.weights[:, f] != 0)[:, None]
    found: Floats = np.einsum("dan,na->dn", needs, looks)
    return found
