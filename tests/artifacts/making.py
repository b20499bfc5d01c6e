"""Artifacts for tests: the senior engineer's judgement on whether a data set may be used."""

from __future__ import annotations

from typing import Any

from seci.artifacts.bodies import ASK_EXPERT, Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim, Evidence
from seci.cases.attribute import Attribute
from seci.kit.database import Database
from tests.ledger.making import ledger_with_names

NULLS = Attribute("nulls", "missing values", "number", "%", 0.0, 100.0)
SOURCE = Attribute("source", "source", "category", levels=("stream", "backfill"))
FOR_ALL = Context("Data engineers on call", "A table arrives from outside", "none known")
SAID = "With more than five percent missing I hold it back."


def people_and_assets(db: Database) -> None:
    """Seven people with an identity each and five assets, numbered from 1."""
    ledger_with_names(db)
    if db.vendor == "postgresql":
        for table in ("people_person", "people_identity", "assets_asset"):
            db.rows(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)")


def claim(id_: str = "c1", text: str = "More than 5 % missing is too much.", **more: Any) -> Claim:
    return Claim(id_, "threshold", text, SAID, "turn:4", 0, len(SAID), status="confirmed", **more)


def tree(limit: float = 5.2, outcome: str = "hold", claims: tuple[str, ...] = ("c1",)) -> Tree:
    return Tree(
        "May this table be used?",
        (NULLS, SOURCE),
        ("use", "hold"),
        Split(
            "n1",
            Condition("nulls", ">", limit),
            Leaf("n2", outcome, "too little to stand on", Evidence(claims=claims, cases_for=("k1", "k2"))),
            Split(
                "n3",
                Condition("source", "is", "backfill"),
                Leaf("n4", ASK_EXPERT, "", Evidence(claims=claims)),
                Leaf("n5", "use", "", Evidence(cases_for=("k3",), cases_against=("k4",))),
                evidence=Evidence(cases_for=("k5",)),
            ),
            evidence=Evidence(claims=claims),
        ),
    )
