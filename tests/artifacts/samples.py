"""Bodies that the tests of this room share: the hold decision of a data team, and random ones of every kind."""

from __future__ import annotations

from seci.artifacts.bodies import Item, Leaf, Scorecard, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute

MISSING = Attribute("missing", "missing values", "number", "%", 0, 40)
CHANGED = Attribute("changed", "source changed", "boolean")
KIND = Attribute("load", "kind of load", "category", levels=("daily", "backfill", "replay"))

HOLD = Tree(
    "When does this data need a hold?",
    (MISSING, CHANGED, KIND),
    ("ship", "hold"),
    Split(
        "n1",
        Condition("changed", "is", True),
        yes=Split(
            "n2",
            Condition("missing", ">", 5.2),
            yes=Split(
                "n3",
                Condition("load", "is", "backfill"),
                yes=Leaf("n4", "ship", "a backfill is checked twice anyway", Evidence(cases_for=("c23",))),
                no=Leaf("n5", "hold", evidence=Evidence(("k1",), ("c1", "c2"), ("c17",))),
                unknown=Leaf("n6", "hold", evidence=Evidence(("k2",))),
                exception=True,
                evidence=Evidence(("k2",), cornerstone="c23"),
            ),
            no=Leaf("n7", "ship", evidence=Evidence(cases_for=("c3",))),
            evidence=Evidence(("k1",)),
        ),
        no=Leaf("n8", "ship", evidence=Evidence(cases_for=("c4", "c5"))),
        evidence=Evidence(("k1",)),
    ),
)
CARD = Scorecard(
    "When does this data need a hold?",
    (MISSING, CHANGED, KIND),
    ("ship", "look", "hold"),
    (
        Item("i1", Condition("missing", ">", 5.2), 2, evidence=Evidence(("k1",))),
        Item("i2", Condition("changed", "is", True), 1.5, evidence=Evidence(("k2",))),
        Item("i3", Condition("load", "in", ("backfill", "replay")), -1, evidence=Evidence(("k3",))),
    ),
    (1.5, 3),
)
