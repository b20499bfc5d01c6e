from __future__ import annotations

import pytest

from seci.ledger.kinds import Kind, LoopStep, Mode
from seci.ledger.vocabulary import SCHEME, in_skos, terms

# The table of the domain, word for word: mode, kinds, loop step.
TABLE = [
    ("S", "pair shadow", "practice"),
    ("S", "mentor review answer", "feedback"),
    ("S", "war_story chat ask attend_cross", None),
    ("E", "elicit write record explain_why", "articulation"),
    ("E", "structure revise verify teach_back", "structuring"),
    ("C", "link merge synthesize import_external categorize deduplicate publish retire", "integration"),
    ("I", "practice simulate apply incident own", "practice"),
    ("I", "feedback assess", "feedback"),
    ("I", "read", None),
    (None, "request decline decide hire leave move pulse challenge", None),
]


@pytest.mark.parametrize(
    ("mode", "kind", "step"), [(mode, kind, step) for mode, kinds, step in TABLE for kind in kinds.split()]
)
def test_each_kind_has_the_mode_and_the_loop_step_of_the_domain(mode: str, kind: str, step: str) -> None:
    found = Kind[kind.upper()]
    assert (found.mode.letter if found.mode is not None else None) == mode
    assert (found.step.name.lower() if found.step is not None else None) == step


def test_the_vocabulary_is_closed() -> None:
    assert {kind.name.lower() for kind in Kind} == {kind for _, kinds, _ in TABLE for kind in kinds.split()}


def test_codes_are_stable_because_they_are_stored() -> None:
    assert {kind: code for kind, code in ((k.name, k.value) for k in Kind) if code % 20 in (0, 1, 2)} == {
        "PAIR": 1, "SHADOW": 2, "ELICIT": 20, "WRITE": 21, "RECORD": 22, "LINK": 40, "MERGE": 41, "SYNTHESIZE": 42,
        "PRACTICE": 60, "SIMULATE": 61, "APPLY": 62, "REQUEST": 80, "DECLINE": 81, "DECIDE": 82,
    }  # fmt: skip


def test_refinement_is_derived_and_never_recorded() -> None:
    assert "REFINEMENT" not in LoopStep.__members__


def test_the_list_says_what_the_kinds_say() -> None:
    assert [(term.code, term.kind) for term in terms()] == [(kind.value, kind.name.lower()) for kind in Kind]


def test_the_published_vocabulary_places_each_kind_under_its_mode_and_step() -> None:
    concepts = {node["@id"]: node for node in in_skos()["@graph"]}  # type: ignore[index,attr-defined]
    for kind in Kind:
        concept = concepts[f"{SCHEME}:{kind.name.lower()}"]
        broader = [f"{SCHEME}:mode:{kind.mode.name.lower()}"] if kind.mode is not None else []
        broader += [f"{SCHEME}:step:{kind.step.name.lower()}"] if kind.step is not None else []
        assert concept.get("broader", []) == broader
        assert concept["notation"] == str(kind.value)
        assert concept["inScheme"] == SCHEME
    tops = set(concepts[SCHEME]["hasTopConcept"])
    assert tops == {identity for identity, node in concepts.items() if node.get("topConceptOf") == SCHEME}
    assert all(above in concepts for node in concepts.values() for above in node.get("broader", []))
    assert len([node for node in concepts if ":mode:" in node]) == len(Mode)
