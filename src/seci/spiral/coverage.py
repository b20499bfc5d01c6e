"""Coverage of an asset by the people who hold it, and the knowledge at risk that is left.

Formulas of the project (docs/measures.md; status: proposal):

    held       s = K / (K + k0),  k0 = 4 + √files
    coverage   C = 1 − Π (1 − a · (1 − h) · s)
    at risk    KaR = V · λ · [½ (1 − C) + ½ (1 − mean over users of (1 − h) · s)]

The factor for what documents keep, (1 − β e), is left out until documents are measured.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from seci.kit.clock import DAY, Micros
from seci.spiral.familiarity import Floats, Holdings, Ints
from seci.spiral.presence import STEADY, WINDOW, Presence

AVAILABILITY = 0.8
"""The chance that someone who is here can be reached when needed."""

HOLDER = 0.5
"""From here on a person holds an asset: as much contact as k0 changes, fresh."""

HOURS_PER_CHANGE = 1.0
"""V: what a change made without the knowledge costs more. An assumption of one hour until criticality is stated."""

USER_DAYS = 365
DRAWS = 64
LEVEL = 0.8


@dataclass(frozen=True, slots=True)
class Readings:
    """One row for each asset asked for, in that order. Coverage is a share, knowledge at risk hours a week.

    people  with any contact, ever;  holders  here now;  by_way  (rows, 5) people by how they came in contact
    """

    asset: Ints
    coverage: Floats
    coverage_low: Floats
    coverage_high: Floats
    at_risk: Floats
    at_risk_low: Floats
    at_risk_high: Floats
    holders: Ints
    people: Ints
    events: Ints
    last_t: Ints
    by_way: Ints


def half_contact(files: Ints | int) -> Floats:
    """k0: how much fresh contact makes someone hold half of an asset with so many live files."""
    k0: Floats = 4.0 + np.sqrt(files)
    return k0


def held(familiarity: Floats, k0: Floats | float) -> Floats:
    """Familiarity on the 0 to 1 scale of the asset."""
    share: Floats = familiarity / (familiarity + k0)
    return share


def point_coverage(asset_row: Ints, contribution: Floats, assets: int) -> Floats:
    """1 − Π (1 − contribution) for each of `assets` rows."""
    log_missing = np.bincount(asset_row, np.log1p(-np.minimum(contribution, 1 - 1e-12)), assets)
    covered: Floats = 0.0 - np.expm1(log_missing)  # not a bare minus: nobody makes 0, never −0
    return covered


def read(
    holdings: Holdings,
    presence: Presence,
    assets: Ints,
    files: Ints,
    demand: Floats,
    at: Micros,
    value: Floats | None = None,
    draws: int = DRAWS,
) -> Readings:
    """Coverage and knowledge at risk of `assets` (sorted, unique) with an 80 % range.

    files    live files of each asset;  demand  changes a week;  value  hours at stake for each change
    The range is over what the formula does not know: how much contact makes a holder (k0, factor with log-normal
    spread 0.5), whether people can be reached (Beta(8, 2)) and stay (normal around months active), in fixed draws;
    with no draws the range closes on the point.
    """
    count = len(assets)
    kept = np.flatnonzero(np.isin(holdings.asset, assets))
    row = np.searchsorted(assets, holdings.asset[kept])
    familiarity, person = holdings.familiarity[kept], holdings.person[kept]
    worth = demand * (HOURS_PER_CHANGE if value is None else value)
    k0 = half_contact(files)
    who = presence.rows(person)
    stay = presence.stay(at)[who]
    is_user = (stay > 0) & (holdings.last_t[kept] > presence.until[who] - USER_DAYS * DAY)
    users = np.bincount(row[is_user], minlength=count)

    def both(factor: float, available: float, here: Floats) -> tuple[Floats, Floats]:
        contribution = here * held(familiarity, (k0 * factor)[row])
        coverage = point_coverage(row, available * contribution, count)
        known = np.bincount(row[is_user], contribution[is_user], count) / np.maximum(users, 1)
        return coverage, worth * (0.5 * (1 - coverage) + 0.5 * (1 - known))

    coverage, at_risk = both(1.0, AVAILABILITY, STEADY * stay)
    drawn = [both(*draw) for draw in _draws(presence, at, who, draws)] or [(coverage, at_risk)]
    edges = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
    low_c, high_c = np.quantile([c for c, _ in drawn], edges, axis=0)
    low_r, high_r = np.quantile([r for _, r in drawn], edges, axis=0)
    holder = (held(familiarity, k0[row]) >= HOLDER) & (stay > 0)
    last_t = np.zeros(count, np.int64)
    np.maximum.at(last_t, row, holdings.last_t[kept])
    return Readings(
        asset=assets,
        coverage=coverage,
        coverage_low=np.minimum(low_c, coverage),
        coverage_high=np.maximum(high_c, coverage),
        at_risk=at_risk,
        at_risk_low=np.minimum(low_r, at_risk),
        at_risk_high=np.maximum(high_r, at_risk),
        holders=np.bincount(row[holder], minlength=count),
        people=np.bincount(row, minlength=count),
        events=np.bincount(row, holdings.events[kept], count).astype(np.int64),
        last_t=last_t,
        by_way=np.stack([np.bincount(row[taken], minlength=count) for taken in (holdings.ways[kept] > 0).T], axis=1),
    )


def _draws(presence: Presence, at: Micros, who: Ints, count: int) -> list[tuple[float, float, Floats]]:
    """Fixed draws of (factor on k0, availability, here for each holding); equal numbers give equal ranges."""
    source = np.random.Generator(np.random.PCG64(20_250_101))
    present = presence.stay(at) > 0
    months = np.where(present, presence.months, 0)
    drawn = []
    for _ in range(count):
        factor = float(np.exp(source.normal(0.0, 0.5)))
        available = float(source.beta(8, 2))
        # One uniform number moves everybody's stay together: a good or a bad year, the cautious assumption.
        mean = (1 + months) / (2 + WINDOW)
        spread = np.sqrt(mean * (1 - mean) / (3 + WINDOW))
        stay = np.clip(months / WINDOW + spread * source.normal(), 0.0, 1.0)
        drawn.append((factor, available, (STEADY * np.where(present, stay, 0.0))[who]))
    return drawn
