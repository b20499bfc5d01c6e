"""The concept scheme: names that are told apart, no circles, what is filed where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.library import queries, services
from seci.library.scheme import Taxonomy
from seci.library.views import Wanted
from tests.library.test_services import EXPERT, FACILITATOR, GUEST, OTHER, house, page  # noqa: F401 - fixtures

# ruff: noqa: F811


def test_a_concept_has_one_name_whatever_its_case_and_other_words_for_it(house: Database) -> None:
    review = services.add_concept(EXPERT, house, "Code review", alternatives=["Peer review"])
    for taken in ("code  REVIEW", "peer review"):
        with pytest.raises(BadInput, match="Code review already"):
            services.add_concept(OTHER, house, taken)
    assert queries.named_concept(GUEST, house, "PEER review") == review
    with pytest.raises(Refused):
        services.change_concept(OTHER, house, review.id, label="Mine")
    services.change_concept(EXPERT, house, review.id, alternatives=["Inspection"], definition="Reading each other")
    row = queries.concept(GUEST, house, review.id)
    assert (row.alternatives, row.concept.definition) == (("Inspection",), "Reading each other")


def test_a_circle_is_refused_in_one_sentence_that_names_the_way(house: Database) -> None:
    a = services.add_concept(EXPERT, house, "A").id
    b = services.add_concept(EXPERT, house, "B", broader=a).id
    c = services.add_concept(EXPERT, house, "C", broader=b).id
    with pytest.raises(BadInput, match="C → B → A"):
        services.place_concept(EXPERT, house, a, [c])
    with pytest.raises(BadInput):
        services.place_concept(EXPERT, house, a, [a])
    services.place_concept(EXPERT, house, c, [a, b])
    assert [(one.concept.label, one.depth) for one in queries.tree(GUEST, house)] == [
        ("A", 0), ("B", 1), ("C", 2), ("C", 1),
    ]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_placing_what_closes_no_circle_never_makes_one(pairs: list[tuple[int, int]]) -> None:
    broader: dict[int, frozenset[int]] = {}
    for concept, wider in pairs:
        scheme = Taxonomy({n: str(n) for n in range(8)}, broader)
        if not scheme.circle(concept, wider):
            broader[concept] = broader.get(concept, frozenset()) | {wider}
    scheme = Taxonomy({n: str(n) for n in range(8)}, broader)
    for concept in range(8):
        for wider in broader.get(concept, ()):
            assert concept in scheme.below(wider)
            assert wider not in scheme.below(concept)
    assert {one for one, _ in scheme.walk()} == set(range(8))


def test_what_is_filed_below_counts_above_and_is_found_there(house: Database, page: int) -> None:
    services.publish(EXPERT, house, page)
    assert "unfiled" not in queries.one(EXPERT, house, page).marks
    assert not any("unfiled" in row.marks for row in queries.library(EXPERT, house).rows)
    top = services.add_concept(EXPERT, house, "Review").id
    assert any("unfiled" in row.marks for row in queries.library(EXPERT, house).rows)
    below = services.add_concept(EXPERT, house, "Size", broader=top).id
    assert "unfiled" in queries.one(EXPERT, house, page).marks
    assert services.tag(OTHER, house, below, [page]) == 1
    assert services.tag(OTHER, house, below, [page]) == 0
    assert "unfiled" not in queries.one(EXPERT, house, page).marks
    assert [one.n for one in queries.tree(GUEST, house)] == [1, 1]
    assert queries.library(GUEST, house, Wanted(concept=top)).pager.total == 1
    with pytest.raises(Conflict, match="move them first"):
        services.remove_concept(FACILITATOR, house, below)
    assert services.untag(OTHER, house, below, [page]) == 1
    services.remove_concept(FACILITATOR, house, below)
    with pytest.raises(NotFound):
        queries.concept(GUEST, house, below)
    with pytest.raises(Refused):
        services.tag(GUEST, house, top, [page])


def test_the_scheme_leaves_as_skos(house: Database) -> None:
    a = services.add_concept(EXPERT, house, "A", alternatives=["First"]).id
    b = services.add_concept(EXPERT, house, "B", broader=a).id
    services.relate_concepts(EXPERT, house, b, services.add_concept(EXPERT, house, "C").id)
    graph = queries.skos(GUEST, house)["@graph"]
    by_label = {one.get("skos:prefLabel"): one for one in graph}
    assert by_label["A"]["skos:altLabel"] == ["First"]
    assert by_label["B"]["skos:broader"] == [{"@id": by_label["A"]["@id"]}]
    assert by_label["C"]["skos:related"] == [{"@id": by_label["B"]["@id"]}]
    assert len(graph[0]["skos:hasTopConcept"]) == 2
