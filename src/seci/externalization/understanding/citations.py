"""Which words a node of the artifact rests on: claims that speak of the same attributes."""

from __future__ import annotations

from collections.abc import Iterable

from seci.artifacts.evidence import Claim, ClaimKind
from seci.externalization.state import State
from seci.externalization.understanding import told
from seci.externalization.understanding.learner import kept

_SPEAKING: frozenset[ClaimKind] = frozenset({"rule", "threshold", "exception", "reason", "cue", "definition", "weight"})


def by_attribute(state: State) -> dict[str, tuple[str, ...]]:
    """Ids of the standing claims by the attribute that their words name, at most four each, rules first."""
    key = ("citations", tuple((one.id, one.status) for one in state.claims), state.attributes)
    return kept(state, key, lambda: _by_attribute(state))


def _by_attribute(state: State) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    ranked = sorted(state.standing, key=lambda one: one.kind not in ("rule", "threshold", "exception"))
    for claim in ranked:
        if claim.kind in _SPEAKING:
            for attribute in told.named_in(claim.quote, state.attributes):
                if len(found.setdefault(attribute, [])) < 4:
                    found[attribute].append(claim.id)
    return {attribute: tuple(ids) for attribute, ids in found.items()}


def of_slot(state: State, *slots: str) -> tuple[str, ...]:
    """Ids of the standing claims that were said in answer to one of these slots."""
    return ids(one for one in state.standing if one.slot in slots or one.slot.split(":")[0] in slots)


def of_turn(state: State, turn: str) -> tuple[str, ...]:
    return ids(one for one in state.standing if one.source == f"turn:{turn}")


def of_kind(state: State, *kinds: ClaimKind) -> tuple[Claim, ...]:
    return tuple(one for one in state.standing if one.kind in kinds)


def ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(one.id for one in claims)
