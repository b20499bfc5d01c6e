"""The artifact as it grows."""

from __future__ import annotations

from seci.artifacts.bodies import ASK_EXPERT, Leaf, Split, Tree
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Claim, Evidence
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.showing.growth import Seen, grown

NULLS = Attribute("nulls", "missing values", "number", "%")
OUTCOMES = ("Hold", "Ship")


def test_every_node_shows_its_sentences_and_its_cases() -> None:
    body = Tree(
        "When?",
        (NULLS,),
        OUTCOMES,
        Split(
            "s",
            Condition("nulls", ">", 5.0),
            yes=Leaf("y", "Hold", evidence=Evidence(("k1",), ("c1",), ("c2",))),
            no=Leaf("n", "Ship"),
            evidence=Evidence(("k1",)),
        ),
    )
    claims = [Claim("k1", "threshold", "over 5 %", quote="above five percent or so")]
    judged = [Judgement(Case("c1", {}, title="March"), "Hold"), Judgement(Case("c2", {}), "Ship")]
    root, yes, no = grown(body, claims, judged)
    assert (root.depth, yes.depth, yes.branch, no.depth, no.branch) == (0, 1, "yes", 1, "no")
    assert yes.quotes == ("above five percent or so",)
    assert (yes.agree, yes.against) == ((Seen("March", "Hold"),), (Seen("case 2", "Ship"),))
    assert yes.rests_on == "1 sentence · 1 case · 1 against"
    assert not no.supported


def test_words_that_were_taken_back_are_not_shown() -> None:
    body = Tree("When?", (NULLS,), OUTCOMES, Leaf("y", "Hold", evidence=Evidence(("k1",), ("c1",))))
    (node,) = grown(body, [Claim("k1", "rule", "hold", quote="I hold", status="retracted")], [])
    assert node.quotes == ()


def test_an_artifact_that_rests_on_nothing_is_not_drawn() -> None:
    assert grown(Tree("When?", (), OUTCOMES, Leaf("rest", ASK_EXPERT)), [], []) == ()
