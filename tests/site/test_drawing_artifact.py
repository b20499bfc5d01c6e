from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given, settings

from seci.artifacts.bodies import Body, Flowchart, Leaf, Symbol, Tree
from seci.artifacts.evidence import Evidence
from seci.artifacts.walk import nodes
from seci.site.drawing.artifact import draw, figure, outline
from seci.site.drawing.measure import width, wrap
from tests.artifacts.inventing import bodies
from tests.artifacts.samples import CARD, HOLD


def test_a_tree_shows_its_questions_answers_and_what_they_rest_on() -> None:
    svg = draw(HOLD)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert {"Source changed?", "hold", "ship", "2 cases · 1 sentence · 1 against", "not known"} <= set(words)
    assert "Missing values &gt; 5.2\u00a0%?" in words or "Missing values &gt;" in words
    assert 'role="img" aria-label="Decision tree with 8 nodes; the same as a nested list below"' in svg


def test_what_was_said_once_is_dashed_and_what_rests_on_nothing_stands_out() -> None:
    def css(evidence: Evidence) -> str:
        tree = Tree("?", (), ("hold",), Leaf("n1", "hold", evidence=evidence))
        return re.search(r'<g class="([^"]*)"', draw(tree)).group(1)  # type: ignore[union-attr]

    assert css(Evidence((), ("c1",))) == "card end"
    assert css(Evidence(("k1",))) == "card end said"
    assert css(Evidence()) == "card end bare"


def test_the_list_says_what_the_drawing_says() -> None:
    text = re.sub(r"<[^>]+>", " ", outline(HOLD))
    for word in ("Source changed?", "yes", "not known", "said once, no case yet", "hold"):
        assert word in text
    assert outline(HOLD).count("<li>") == 8


def test_a_body_that_is_a_list_is_not_drawn() -> None:
    assert draw(CARD) == outline(CARD) == figure(CARD) == ""


def test_words_of_people_cannot_become_markup() -> None:
    chart = Flowchart("?", "a", (Symbol("a", "<script>alert(1)</script>", "end"),))
    assert "<script>" not in figure(chart)


@given(bodies())
@settings(max_examples=40, deadline=None)
def test_every_drawing_is_well_formed_and_has_a_card_per_node(body: Body) -> None:
    if svg := draw(body):
        root = ElementTree.fromstring(svg)
        assert len(root.findall("g")) == len(list(nodes(body)))
        assert ElementTree.fromstring(f"<div>{outline(body)}</div>") is not None


def test_words_are_wrapped_to_their_width_and_cut_with_an_ellipsis() -> None:
    lines = wrap("a rather long question about one thing and another " * 4, 13.5, 168)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width(line, 13.5) <= 168 for line in lines)
    assert all(width(line, 13.5) <= 100 for line in wrap("W" * 60, 13.5, 100))
