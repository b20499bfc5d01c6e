from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from seci.artifacts.bodies import Body
from seci.artifacts.body import TYPES, from_data, to_data, type_of
from seci.artifacts.walk import nodes
from seci.kit.errors import BadInput
from tests.artifacts.inventing import bodies
from tests.artifacts.samples import CARD, HOLD


@given(bodies())
@settings(max_examples=60, deadline=None)
def test_a_body_survives_json(body: Body) -> None:
    data = json.loads(json.dumps(to_data(body)))
    assert from_data(type_of(body), data) == body


@given(bodies())
@settings(max_examples=50, deadline=None)
def test_every_node_has_an_id_of_its_own(body: Body) -> None:
    found = [node.id for node in nodes(body)]
    assert len(found) == len(set(found))


def test_every_type_that_can_be_used_has_a_class() -> None:
    wanted = (
        "decision_tree scorecard checklist flowchart runbook template matrix guide story recording playbook training"
    )
    assert set(TYPES) == set(wanted.split())


def card(**changes: Any) -> dict[str, Any]:
    return {**to_data(CARD), **changes}


def item(**changes: Any) -> dict[str, Any]:
    return {"id": "i1", "condition": {"attribute": "missing", "operator": ">", "value": 5}, "points": 1, **changes}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "The data must be an object with named fields, not nothing."),
        ([], "The data must be an object with named fields, not a list."),
        ({}, "decision is missing; every scorecard needs it."),
        (card(itmes=[]), 'The data has no field "itmes"; it knows decision, attributes, outcomes, items, cuts.'),
        (card(items=[item(points="three")]), 'items[0].points must be a number, not "three".'),
        (card(items=[item(points=float("nan"))]), "items[0].points must be a finite number, not nan."),
        (card(items=[item(points=True)]), "items[0].points must be a number, not true."),
        (card(items=[item(), item()]), "Two nodes have the id i1; give each its own."),
        (card(items=[item(id="a b")]), '"a b" is no id of a node; use up to 64 letters, digits and . : _ -.'),
        (card(items="none"), 'items must be a list, not "none".'),
        (card(decision="a\0"), "decision has a character at place 2 that no text can hold; take it out."),
        (card(cuts=[3]), "3 outcomes need 2 cuts between them, not 1."),
        (card(cuts=[3, 3]), "The cuts must ascend; sort them from low to high."),
        (
            card(items=[item(condition={"attribute": "x", "operator": ">", "value": 5})]),
            'Node i1: there is no attribute "x"; add it or choose another.',
        ),
        (
            card(items=[item(condition={"attribute": "missing", "operator": "~", "value": 5})]),
            'items[0].condition.operator must be one of <=, >, is, is not, in, not "~".',
        ),
        (
            card(items=[item(condition={"attribute": "missing", "operator": "is", "value": "x"})]),
            'Node i1: missing is "x" does not fit, missing is a number; compare a number with <= or >, and a number.',
        ),
    ],
)
def test_malformed_data_is_refused_with_the_place_and_what_belongs_there(data: Any, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        from_data("scorecard", data)
    assert refused.value.sentence == sentence


def test_a_tree_says_where_it_is_broken() -> None:
    data = to_data(HOLD)
    data["root"]["yes"]["no"] = {"id": "n7"}
    with pytest.raises(BadInput) as refused:
        from_data("decision_tree", data)
    assert refused.value.sentence == 'root.yes.no must be an object with "kind" set to split or leaf, not an object.'


def test_an_endless_tree_is_refused() -> None:
    leaf = {"kind": "leaf", "id": "x", "outcome": "ship"}
    data = to_data(HOLD)
    node: dict[str, Any] = leaf
    for at in range(300):
        condition = {"attribute": "changed", "operator": "is", "value": True}
        node = {"kind": "split", "id": f"s{at}", "condition": condition, "yes": node, "no": {**leaf, "id": f"l{at}"}}
    with pytest.raises(BadInput, match="nested more than"):
        from_data("decision_tree", {**data, "root": node})


def test_an_outcome_that_is_not_declared_is_refused() -> None:
    data = {**to_data(HOLD), "outcomes": ["ship"]}
    with pytest.raises(BadInput, match='"hold" is not among the outcomes'):
        from_data("decision_tree", data)


def test_an_unknown_type_names_those_there_are() -> None:
    with pytest.raises(BadInput, match="'poem' is no type of artifact with a body; choose decision_tree"):
        from_data("poem", {})
