from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cues import measure, sentences
from seci.externalization.listening.cues import detect, lexicon
from seci.externalization.listening.probes import for_cue, probes
from seci.kit.errors import BadInput


def test_the_thirteen_classes_each_have_their_follow_ups() -> None:
    assert len(lexicon()) == 13
    for cue in lexicon():
        assert 1 <= len(for_cue(cue)) <= 2
        assert all(one.cue == cue for one in for_cue(cue))
    assert {one.cue for one in probes().values()} == set(lexicon())


def test_held_out_sentences_are_read_better_than_requirements_smells_are() -> None:
    precision, recall = measure(sentences()[1::2])
    assert precision.n + recall.n > 150
    assert (precision.low or 0) > 0.59
    assert (recall.low or 0) > 0.82


def test_one_utterance_holds_several_cues_on_their_words() -> None:
    said = "Usually I hold it, unless it is a backfill."
    found = {cue.cue: said[cue.start : cue.end] for cue in detect(said)}
    assert found == {"hedge": "Usually", "exception": "unless it is a backfill"}


OWN = """
[money]
name = "Costs"
kind = "reason"
patterns = ['\\bbudget\\b']
[hedge]
patterns = ['\\bnine times\\b']
"""


def test_a_file_of_ones_own_adds_patterns_and_classes() -> None:
    own = lexicon(OWN)
    assert [cue.cue for cue in detect("The budget is tight", own)] == ["money"]
    assert len(own["hedge"].patterns) == len(lexicon()["hedge"].patterns) + 1
    assert for_cue("money")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[hedge", "not TOML"),
        ("[a]\nname = 'x'", "patterns"),
        ("[a]\nkind='poem'\npatterns=['x']", "poem"),
        ("[a]\npatterns=['(']", "regular expression"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        lexicon(text)


@given(st.text(max_size=300))
def test_every_cue_stands_in_the_text_where_it_says(text: str) -> None:
    for cue in detect(text):
        assert text[cue.start : cue.end] == cue.words
