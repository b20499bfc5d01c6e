"""Restatements: the artifact said in sentences, and how far one version is from the next (R123)."""

from __future__ import annotations

from collections.abc import Mapping


def distance(before: Mapping[str, str], after: Mapping[str, str]) -> float:
    """The share of statements that are not in both (Jaccard distance): 0 nothing changed, 1 nothing stayed."""
    one, other = set(before.values()), set(after.values())
    return 1 - len(one & other) / len(one | other) if one | other else 0.0
