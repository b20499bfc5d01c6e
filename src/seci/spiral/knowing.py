"""Who has worked on what, as an edge of the graph: what the directory shows, no more."""

from __future__ import annotations

from seci.combination.graph.relations import Relation
from seci.spiral.directory import FAMILIAR

NOT_HIDDEN = (
    "NOT EXISTS (SELECT 1 FROM assets_correction c WHERE c.person_id = spiral_holding.person_id "
    "AND c.asset_id = spiral_holding.asset_id AND c.lifted_at IS NULL)"
)
KNOWING = Relation(
    "worked", "person", "asset", "spiral_holding", "person_id", "asset_id", "last_t",
    f"held >= {FAMILIAR} AND {NOT_HIDDEN}",
)  # fmt: skip
