"""Words, feedback, fusion and snippets on plain values; the graph of the model against its reference."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seci.search.analysis import stems
from seci.search.bm25 import denominators, packed, query, unpacked
from seci.search.embedding import model, reference, weights
from seci.search.fusion import fused
from seci.search.holding import State
from seci.search.postings import Postings, sealed
from seci.search.ranking import ranked
from seci.search.snippet import snippet

TEXTS = st.lists(st.text("abc de", max_size=30), min_size=1, max_size=12)


def postings(texts: list[str], cuts: int) -> Postings:
    result = Postings()
    for begin in range(0, len(texts), cuts):
        words = [unpacked(packed("", (), one)[0]) for one in texts[begin : begin + cuts]]
        result = result.with_(sealed(begin, words))
    return result


@given(TEXTS, st.integers(1, 5))
def test_passages_score_the_same_in_however_many_parts_they_came(texts: list[str], cuts: int) -> None:
    lengths = np.array([packed("", (), one)[1] for one in texts], np.int32)
    below = denominators(lengths, float(lengths.mean()))
    wanted = query(" ".join(texts))
    whole = postings(texts, len(texts)).scores(wanted, below, len(texts))
    assert np.allclose(whole, postings(texts, cuts).scores(wanted, below, len(texts)))
    assert (whole >= 0).all()


def test_the_word_that_few_passages_have_decides() -> None:
    texts = ["review of code", "review of pumps", "review of trees"]
    below = denominators(np.array([2, 2, 2], np.int32), 2.0)
    scores = postings(texts, 2).scores(query("review pumps"), below, 3)
    assert int(scores.argmax()) == 1


def test_a_thing_that_two_rankings_have_stands_above_the_first_of_one() -> None:
    assert [thing for thing, _ in fused([(1.0, ["a", "b"]), (1.0, ["c", "b"])])] == ["b", "a", "c"]


def test_a_page_below_hundreds_of_passages_of_another_is_found_all_the_same() -> None:
    state = State(owners=np.array([0] * 300 + [1], np.int32), passages=np.arange(301))
    found = ranked(state, {"words": list(range(301))})
    assert [(one.subject, one.slot) for one in found] == [(0, 0), (1, 300)]


@given(st.text(), st.text(max_size=40))
def test_a_snippet_shows_nothing_that_the_text_does_not_say(text: str, asked: str) -> None:
    shown = "".join(piece.text for piece in snippet(text, asked)).strip("… ")
    assert shown in " ".join(text.split()) or not shown


def test_one_stem_stands_for_the_forms_of_a_word() -> None:
    assert stems("Reviews of the reviewed") == stems("review, reviewing")


def test_the_graph_says_what_the_reference_says_and_the_rounded_one_nearly_so() -> None:
    at, exact, rounded = weights.folder(), model.available(), model.rounded()
    assert at is not None, "the lock brings the weights"
    assert exact is not None
    assert rounded is not None
    texts = ["a gear", "who decides on a change?", "Nobody deploys on the Friday before a holiday, not even a fix."]
    values = weights.read(at)
    expected = np.array([reference.vectors(np.array([exact.tokenizer.encode(text).ids]), values)[0] for text in texts])
    assert np.abs(exact.vectors(texts) - expected).max() < 1e-4
    alike = (rounded.vectors(texts) * expected).sum(axis=1)
    assert (alike > 0.99).all()
    assert exact.name != rounded.name


def test_no_texts_are_no_points() -> None:
    worker = model.available()
    assert worker is not None
    assert worker.vectors([]).shape == (0, weights.WIDTH)
