"""Decision lists that fit the verdicts: rules in order, each of one or two conditions, the first that holds answers.

Fast-and-frugal trees (one exit per question) and rules with exceptions are such lists. Gibbs sampling on several
chains at once, as in Bayesian rule lists (Letham et al. 2015; Yang, Rudin, Seltzer 2017), with two changes: each
condition is drawn from all conditions in one step, since the errors of all of them are one matrix product; and what
was opened on the reveal board counts, since whoever follows a list reads only as far as the rule that answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

from seci.externalization.induction.grid import Bools, Grid, Ints
from seci.externalization.induction.likelihood import Evidence

Singles = npt.NDArray[np.float32]
RULES = 5
NO_RULE = np.log(0.5)
ONE_CONDITION = np.log(0.7)


@dataclass(slots=True)
class Lists:
    """Chains. first, second: chains × rules, numbers of conditions of the grid (never = no rule, always = one only);
    answer: chains × rules; rest: the answer where no rule holds."""

    first: Ints
    second: Ints
    answer: Ints
    rest: Ints

    def copy(self) -> Lists:
        return Lists(self.first.copy(), self.second.copy(), self.answer.copy(), self.rest.copy())

    @classmethod
    def joined(cls, several: list[Lists]) -> Lists:
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in cls.__slots__))

    def answers(self, held: Bools) -> Ints:
        """chains × cases. held: (chains, rules) × cases, whether both conditions of a rule hold."""
        found = np.repeat(self.rest[:, None], held.shape[2], axis=1)
        for k in range(self.first.shape[1] - 1, -1, -1):
            found = np.where(held[:, k], self.answer[:, k, None], found)
        return found


class Noise:
    """Gumbel noise in any shape, cut from one long draw at a place drawn each time: drawing all of it anew is slow."""

    def __init__(self, generator: np.random.Generator, length: int = 1 << 17) -> None:
        self.generator = generator
        self.bank = self._draw(length)

    def _draw(self, length: int) -> Singles:
        drawn: Singles = -np.log(np.maximum(self.generator.standard_exponential(length, dtype=np.float32), 1e-30))
        return drawn

    def __call__(self, shape: tuple[int, ...]) -> Singles:
        size = prod(shape)
        if size > len(self.bank) // 2:
            self.bank = self._draw(4 * size)
        at = int(self.generator.integers(len(self.bank) - size))
        return self.bank[at : at + size].reshape(shape)


class Sampler:
    def __init__(self, grid: Grid, evidence: Evidence, generator: np.random.Generator, chains: int) -> None:
        self.grid, self.evidence, self.generator = grid, evidence, generator
        self.table = evidence.slips().astype(np.float32)
        self.noise = Noise(generator)
        self.wrong = (evidence.verdict[None, :] != np.arange(evidence.outcomes)[:, None]).astype(np.float32)
        # Rows of the attributes that have conditions; the last row stands for "always" and "never".
        columns = np.unique(grid.attribute[grid.attribute >= 0])
        self.looks = (
            np.concatenate([evidence.looks[:, columns], np.zeros((evidence.n, 1))], axis=1).astype(np.float32).T
        )
        self.place = np.where(grid.attribute >= 0, np.searchsorted(columns, grid.attribute), len(columns))
        self.has_looks = bool(evidence.looks.any())
        common = np.bincount(evidence.verdict, minlength=evidence.outcomes).argmax()
        shape = (chains, RULES)
        self.state = Lists(
            np.full(shape, grid.never), np.full(shape, grid.always), np.zeros(shape, int), np.full(chains, common)
        )
        self.first_prior = grid.doubt + np.log1p(-np.exp(NO_RULE)) - np.log(evidence.outcomes)
        self.first_prior = self.first_prior.astype(np.float32)
        self.first_prior[grid.always], self.first_prior[grid.never] = -np.inf, NO_RULE
        self.second_prior = grid.doubt + np.log1p(-np.exp(ONE_CONDITION))
        self.second_prior = self.second_prior.astype(np.float32)
        self.second_prior[grid.always], self.second_prior[grid.never] = ONE_CONDITION, -np.inf

    def sweep(self, heat: float = 1.0) -> None:
        """Draws every rule anew once, in a random order. heat: below 1 the verdicts count less."""
        for k in self.generator.permutation(RULES):
            self._draw(int(k), heat, second=False)
            self._draw(int(k), heat, second=True)
        self._draw_rest(heat)

    def _draw(self, k: int, heat: float, *, second: bool) -> None:
        state, grid = self.state, self.grid
        if second:
            acting = np.flatnonzero(state.first[:, k] != grid.never)
            if not len(acting):
                return
        else:
            acting = np.arange(len(state.rest))
        walk = Walk(self, k, acting)
        fixed = grid.holds[(state.first if second else state.second)[acting, k]]
        weight = walk.reach * fixed
        gain = weight[None] * (self.wrong[:, None, :] - walk.tail_wrong[None])
        outcomes = len(gain)
        errors = grid.holds @ gain.reshape(-1, self.evidence.n).T
        errors = errors.reshape(len(grid.kind), outcomes, len(acting)) + walk.errors
        score = np.take(np.float32(heat) * self.table, np.rint(errors).astype(np.int16), mode="clip")
        score += (self.second_prior if second else self.first_prior)[:, None, None]
        if not second:
            score[grid.never, 1:] = -np.inf
        if self.has_looks:
            score += np.float32(heat) * walk.look_score(weight, second=second)[:, None, :]
        score += self.noise(score.shape)
        drawn = score.reshape(-1, len(acting)).argmax(axis=0)
        (state.second if second else state.first)[acting, k] = drawn // outcomes
        state.answer[acting, k] = drawn % outcomes

    def _draw_rest(self, heat: float) -> None:
        walk = Walk(self, RULES, np.arange(len(self.state.rest)))
        errors = (walk.before + self.wrong @ walk.reach.T).round().astype(np.int64)
        score = heat * self.table[np.clip(errors, 0, self.evidence.n)]
        self.state.rest = (score + self.generator.gumbel(size=score.shape)).argmax(axis=0)


class Walk:
    """How the cases come to rule k of each chain, and what would become of them if that rule did not hold."""

    def __init__(self, sampler: Sampler, k: int, acting: Ints) -> None:
        self.sampler, self.k, self.acting = sampler, k, acting
        state, grid = sampler.state, sampler.grid
        self.first, self.second = state.first[acting], state.second[acting]
        self.one = grid.holds[self.first]
        self.held = self.one * grid.holds[self.second]
        answer, n = state.answer[acting], sampler.evidence.n
        self.reach: Singles = np.ones((len(acting), n), np.float32)
        self.before: Singles = np.zeros(len(acting), np.float32)
        for j in range(k):
            taken = self.reach * self.held[:, j]
            self.before += (taken * sampler.wrong[answer[:, j]]).sum(axis=1)
            self.reach = self.reach - taken
        self.tail_wrong: Singles = sampler.wrong[state.rest[acting]]
        for j in range(RULES - 1, k, -1):
            held = self.held[:, j]
            self.tail_wrong = held * sampler.wrong[answer[:, j]] + (1 - held) * self.tail_wrong
        self.errors: Singles = self.before + (self.reach * self.tail_wrong).sum(axis=1)

    def look_score(self, weight: Singles, *, second: bool) -> Singles:
        """conditions × chains: log odds of the looks along the ways of the cases that reach the rule."""
        grid, looks = self.sampler.grid, self.sampler.looks
        read = self._read_before(second=second)
        gains = looks[None] * (1 - read)
        tail_read = self._read_after()
        tail = (gains * tail_read).sum(axis=1)
        change = -weight * tail
        if not second:
            # Where a first condition holds, the second one is read too.
            rows, at = np.arange(len(weight)), self.sampler.place[self.second[:, self.k]]
            change += (gains * np.maximum(weight[:, None], self.reach[:, None] * (1 - tail_read)))[rows, at]
        base = grid.holds @ change.T
        here = self.reach if not second else self.reach * self.one[:, self.k]
        own = (here[:, None, :] * gains * (1 - tail_read)).sum(axis=2)
        own_always = (weight[:, None, :] * gains * tail_read).sum(axis=2)
        score: Singles = base + own[:, self.sampler.place].T
        used = np.flatnonzero(own_always[:, :-1].any(axis=0))
        for a in used:
            rows = np.flatnonzero(self.sampler.place == a)
            if len(rows):
                score[rows] += grid.holds[rows] @ (weight * gains[:, a] * tail_read[:, a]).T
        score[[grid.always, grid.never]] = base[[grid.always, grid.never]]
        return score

    def _read_before(self, *, second: bool) -> Singles:
        """chains × attributes × cases: 1 where the attribute was read on the way to the rule."""
        attribute = self.sampler.place
        read: Singles = np.zeros((len(self.acting), *self.sampler.looks.shape), np.float32)
        rows = np.arange(len(self.acting))
        for j in range(self.k):
            read[rows, attribute[self.first[:, j]]] = 1
            at = attribute[self.second[:, j]]
            read[rows, at] = np.maximum(read[rows, at], self.one[:, j])
        if second:
            read[rows, attribute[self.first[:, self.k]]] = 1
        return read

    def _read_after(self) -> Singles:
        """chains × attributes × cases: 1 where the attribute would be read after the rule, did it not hold."""
        attribute = self.sampler.place
        read: Singles = np.zeros((len(self.acting), *self.sampler.looks.shape), np.float32)
        rows = np.arange(len(self.acting))
        open_: Singles = np.ones_like(self.reach)
        for j in range(self.k + 1, RULES):
            there = (self.first[:, j] != self.sampler.grid.never).astype(np.float32)[:, None] * open_
            at = attribute[self.first[:, j]]
            read[rows, at] = np.maximum(read[rows, at], there)
            at = attribute[self.second[:, j]]
            read[rows, at] = np.maximum(read[rows, at], there * self.one[:, j])
            open_ = open_ * (1 - self.held[:, j])
        return read
