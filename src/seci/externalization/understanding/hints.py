"""What words say before the verdicts do: where it turns, which way, what is looked at first.

Rules that were told answer by themselves while they hold up; here their numbers serve the learner as a hint, also
where the rule itself fell. All of it is overruled by verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from seci.artifacts.condition import Condition
from seci.externalization.state import State
from seci.externalization.understanding import told

if TYPE_CHECKING:
    from seci.externalization.induction import Prior, Told


def prior(state: State) -> Prior:
    """What was said, as a prior of the learner."""
    from seci.externalization.induction import Prior

    return Prior(
        structure=state.structure,
        first_looks=_first_looks(state),
        thresholds=tuple(_thresholds(state)),
        directions=_directions(state),
    )


def _thresholds(state: State) -> Iterator[Told]:
    """Numbers as they were said: in rules, and alone ("above five percent") where an attribute is named with them."""
    from seci.externalization.induction import Told

    said = [one for rule in state.rules for one in rule.conditions]
    for claim in state.standing:
        if claim.kind == "threshold":
            said += told.conditions(claim.quote, state.attributes)
    for one in dict.fromkeys(said):
        if one.operator in ("<=", ">") and isinstance(one.value, int | float):
            yield Told(one.attribute, float(one.value))


def _directions(state: State) -> dict[str, int]:
    """Which end of a number speaks for the last outcome, from rules on that number alone; what is said both ways
    says nothing."""
    if len(state.outcomes) != 2:
        return {}
    found: dict[str, set[int]] = {}
    for rule in state.rules:
        if len(rule.conditions) == 1 and not rule.exception and rule.outcome in state.outcomes:
            key, way = _way(rule.conditions[0], state.outcomes.index(rule.outcome))
            found.setdefault(key, set()).add(way)
    return {key: ways.pop() for key, ways in found.items() if len(ways) == 1 and 0 not in ways}


def _way(one: Condition, outcome: int) -> tuple[str, int]:
    sign = {"<=": -1, ">": 1}.get(one.operator, 0)
    return one.attribute, sign * (1 if outcome else -1)


def _first_looks(state: State) -> dict[str, float]:
    """Shares of what is looked at first, as it was said."""
    named = told.named_in(state.words("first_look"), state.attributes)
    return {key: 1 / len(named) for key in named}
