"""Did the tacit become explicit? Novices with the artifact, novices alone and the expert on the same unseen cases.

The gain is the share of the way from novice to expert that the artifact alone goes:

    A = (P[novice with artifact] - P[novice alone]) / (P[expert] - P[novice alone])

clipped to 0..1 and undefined where expert and novice are less than 0.1 apart: then there was nothing to convert. The
normalized gain is established in education (Hake 1998); its use for artifacts is a proposal of ours, and so is
calling 0.5 useful.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from seci.kit.errors import BadInput
from seci.kit.figures import Figure
from seci.kit.ids import seeded

Group = Literal["alone", "aided", "expert"]
GROUPS: tuple[Group, ...] = get_args(Group)
LEAST_APART = 0.1
USEFUL = 0.5
DRAWS = 2_000
DEFINED_AT_LEAST = 0.9
"""Share of the draws in which the gain must be defined, for an interval to be given."""

FEWEST_CASES = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """One answer to one held-out case: by a novice alone, by a novice with the artifact, by the expert."""

    case: str
    group: Group
    right: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The gain as a figure over cases, and what it rests on: right answers and answers of each group."""

    gain: Figure
    counts: Mapping[Group, tuple[int, int]]
    sentence: str


def conversion(trials: Sequence[Trial], *, seed: int = 0, level: float = 0.8) -> Result:
    """The gain with a bootstrap interval over cases; several answers to one case are drawn together (clusters).

    Raises BadInput when a group has no answer.
    """
    table = _table(trials)
    counts = {group: (int(table[:, at, 0].sum()), int(table[:, at, 1].sum())) for at, group in enumerate(GROUPS)}
    if missing := [group for group in GROUPS if counts[group][1] == 0]:
        raise BadInput(f"Nobody answered as {missing[0]!r}; a conversion test needs all of {', '.join(GROUPS)}.")
    cases = len(table)
    value = float(_gain(table.sum(axis=0)[None])[0])
    if np.isnan(value):
        gain = Figure.unknown(cases, of="cases", unit="share")
        return Result(gain, counts, "Unknown: expert and novice are too close for anything to be converted.")
    low, high = _interval(table, seed, level) if cases >= FEWEST_CASES else (None, None)
    gain = Figure(value, cases, low, high, level=level, of="cases", unit="share")
    return Result(gain, counts, _sentence(gain))


def _table(trials: Iterable[Trial]) -> npt.NDArray[np.int64]:
    """Right answers and answers of each group, shape (cases, groups, 2)."""
    places: dict[str, int] = {}
    listed = [(places.setdefault(one.case, len(places)), GROUPS.index(one.group), one.right) for one in trials]
    table = np.zeros((len(places), len(GROUPS), 2), np.int64)
    for case, group, right in listed:
        table[case, group] += (right, 1)
    return table


def _gain(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The gain of each draw, shape (draws,); nan where it is not defined. `counts` is (draws, groups, 2)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counts[:, :, 0] / counts[:, :, 1]
        alone, aided, expert = shares[:, 0], shares[:, 1], shares[:, 2]
        apart = expert - alone
        gain = np.clip((aided - alone) / apart, 0.0, 1.0)
    gain[~(apart >= LEAST_APART - 1e-12)] = np.nan
    return gain


def _interval(table: npt.NDArray[np.int64], seed: int, level: float) -> tuple[float, float] | tuple[None, None]:
    """Percentiles of the gain over draws of cases; none where too many draws leave it undefined."""
    drawn = seeded("conversion test", seed).choices(range(len(table)), k=DRAWS * len(table))
    gains = _gain(table[np.array(drawn).reshape(DRAWS, -1)].sum(axis=1))
    defined = gains[~np.isnan(gains)]
    if len(defined) < DEFINED_AT_LEAST * DRAWS:
        return None, None
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _sentence(gain: Figure) -> str:
    assert gain.value is not None
    share = f"The artifact alone goes {gain.value:.0%} of the way from novice to expert"
    if gain.low is None or gain.high is None:
        return f"{share}; too few cases for an interval."
    verdict = "useful" if gain.low >= USEFUL else "not useful yet" if gain.high < USEFUL else "not settled"
    return f"{share} ({gain.low:.0%} to {gain.high:.0%}): {verdict}."


def read_trials(text: str) -> tuple[Trial, ...]:
    """Trials from CSV with the columns case, group and right. Raises BadInput with the line that is wrong."""
    reader = csv.DictReader(io.StringIO(text))
    if not {"case", "group", "right"} <= {name.strip().lower() for name in reader.fieldnames or ()}:
        raise BadInput("The first line must name the columns case, group and right.")
    found = []
    for row in reader:
        cells = {str(name).strip().lower(): (value or "").strip() for name, value in row.items() if name is not None}
        group, right = cells["group"].lower(), cells["right"].lower()
        if group not in GROUPS:
            raise BadInput(f"Line {reader.line_num}: the group is one of {', '.join(GROUPS)}, not {group[:20]!r}.")
        if right not in _YES and right not in _NO:
            raise BadInput(f"Line {reader.line_num}: right is yes or no, not {right[:20]!r}.")
        if not cells["case"]:
            raise BadInput(f"Line {reader.line_num}: the case has no name.")
        found.append(Trial(cells["case"], cast(Group, group), right in _YES))
    return tuple(found)


_YES = frozenset({"yes", "true", "1", "right"})
_NO = frozenset({"no", "false", "0", "wrong"})
