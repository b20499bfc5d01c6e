"""Nothing that a partner hands in is believed: what is not in the human's words does not come in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.partner import checking
from seci.partner.proposal import AnalogyProposal, ClaimProposal, Column, ProbeProposal, Raw

WORDS = "I reject the table when  more than 5 %\nof the values are missing, unless it is a backfill."
RATE = Column("nulls", "share of missing values", "number", "%", 0.0, 10.0)
KIND = Column("kind", "kind of load", "category", levels=("daily", "backfill"))
LATE = Column("late", "late", "boolean")


def claim(quote: str, text: str = "Reject it.", kind: str = "rule") -> Raw:
    return Raw(claims=({"quote": quote, "text": text, "kind": kind},))


def test_a_quote_stands_where_it_stands_whatever_the_white_space() -> None:
    (found,) = checking.heard(claim("when more than 5 % of the values"), WORDS).claims
    assert found.quote == WORDS[found.start : found.end] == "when  more than 5 %\nof the values"


@pytest.mark.parametrize("quote", ["", "   ", "more than 6 %", "More than 5 %", "I reject … backfill", "x" * 700])
def test_words_that_were_not_said_are_dropped_and_counted(quote: str) -> None:
    heard = checking.heard(claim(quote), WORDS)
    assert (heard.claims, heard.dropped) == ((), 1)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("More than 5 % missing is a reject.", True),
        ("More than 5.0 % missing is a reject.", True),
        ("More than 7 % missing is a reject.", False),
        ("More than 5 % of 1,000 rows is a reject.", False),
        ("", False),
        ("x" * 301, False),
    ],
)
def test_a_number_that_was_not_said_is_dropped(text: str, kept: bool) -> None:
    assert bool(checking.heard(claim("more than 5 %", text), WORDS).claims) is kept


def test_numbers_in_words_count_as_said() -> None:
    assert checking.invented("more than 5 or 10 rows", "more than five, or ten, rows") == set()
    assert checking.invented("1000 rows", "1,000 rows") == set()
    assert checking.invented("0.05", "5 %") == {"0.05"}


def test_an_unknown_kind_of_claim_does_not_come_in() -> None:
    assert not checking.heard(claim("5 %", kind="confirmed"), WORDS).claims


def test_a_probe_is_a_question_on_words_that_were_said() -> None:
    raw = Raw(
        probes=(
            {"quote": "unless it is a backfill", "text": "Which other loads are let through?"},
            {"quote": "unless it is a backfill", "text": "Tell me more."},
            {"quote": "unless it is urgent", "text": "What is urgent?"},
            {"quote": "more than 5 %", "text": "Why not 8 %?"},
        )
    )
    heard = checking.heard(raw, WORDS)
    assert [probe.text for probe in heard.probes] == ["Which other loads are let through?"]
    assert heard.dropped == 3


def test_the_same_proposal_twice_counts_once() -> None:
    twice = {"quote": "backfill", "like": "a second harvest", "breaks": "nothing grows"}
    heard = checking.heard(Raw(analogies=(twice, twice)), WORDS)
    assert len(heard.analogies) == heard.dropped == 1


def test_no_more_than_a_handful_comes_in_however_much_is_sent() -> None:
    many = tuple({"quote": "backfill", "text": f"Sentence {'x' * n}", "kind": "rule"} for n in range(500))
    heard = checking.heard(Raw(claims=many), WORDS)
    assert (len(heard.claims), heard.dropped) == (checking.MOST_CLAIMS, 500 - checking.MOST_CLAIMS)


@pytest.mark.parametrize(
    ("wording", "kept"),
    [
        ('From how many missing values on is "5 %" too many?', True),
        ("From how many missing values on is it too many?", False),
        ('Is it not so that above "5 %" you always reject?  Or 6 %?', False),
        ('Is "5 %" the border? Yes?', False),
        ('Confirm "5 %".', False),
        ("", False),
    ],
)
def test_a_wording_asks_what_was_asked(wording: str, kept: bool) -> None:
    made = checking.wording(Raw(wording=wording), 'You said "5 %": is it never below?')
    assert bool(made.wording) is kept


def test_a_case_has_values_that_can_be() -> None:
    raw = Raw(
        cases=(
            {"values": {"nulls": 5.1, "kind": "backfill", "late": True}, "why": "just above the border"},
            {"values": {"nulls": 900.0}},
            {"values": {"nulls": float("nan")}},
            {"values": {"nulls": True}},
            {"values": {"kind": "weekly"}},
            {"values": {"late": "yes"}},
            {"values": {"person": "Dan"}},
            {"values": {}},
            {"values": "nulls"},
        )
    )
    made = checking.edge_cases(raw, (RATE, KIND, LATE), 3)
    assert [case.values for case in made.cases] == [{"nulls": 5.1, "kind": "backfill", "late": True}]
    assert made.dropped == 8


def test_a_sentence_says_again_what_its_claims_say() -> None:
    claims = {"1.0": "Reject above 5 %.", "2.0": "Backfills are let through."}
    raw = Raw(
        sentences=(
            {"text": "Above 5 % it is rejected, but backfills are let through.", "claims": ["1.0", "2.0"]},
            {"text": "Above 5 % it is rejected.", "claims": []},
            {"text": "Above 5 % it is rejected.", "claims": ["9.9"]},
            {"text": "Above 9 % it is rejected.", "claims": ["1.0"]},
        )
    )
    made = checking.sentences(raw, claims)
    assert [sentence.claims for sentence in made.sentences] == [("1.0", "2.0")]
    assert made.dropped == 3


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.dictionaries(st.sampled_from(["quote", "text", "kind", "like", "values", "claims", "why"]), ANYTHING)


@given(st.lists(FIELDS, max_size=5), st.text(max_size=200))
def test_whatever_comes_is_checked_without_a_stumble(things: list[dict[str, Any]], words: str) -> None:
    raw = Raw(tuple(things), tuple(things), tuple(things), tuple(things), tuple(things), wording=words)
    heard = checking.heard(raw, words)
    for each in (*heard.claims, *heard.probes, *heard.analogies):
        assert words[each.start : each.end] == each.quote
    assert heard.kept + heard.dropped == 3 * len(things)
    checking.edge_cases(raw, (RATE, KIND, LATE), 3)
    checking.sentences(raw, {"1": words})
    checking.wording(raw, words)


@given(st.text(min_size=1, max_size=300).filter(str.strip), st.data())
def test_every_piece_of_what_was_said_is_found_in_it(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    quote = words[start : data.draw(st.integers(start + 1, len(words)))]
    if quote.strip():
        place = checking.locate(quote, words)
        assert place is not None
        assert words[slice(*place)].split() == quote.split()


def test_no_proposal_can_say_that_it_is_confirmed_or_done() -> None:
    """By the types: there is no field to say it in, and no method to do it with."""
    from seci.partner.proposal import EdgeCase, Partner, Sentence

    fields = {
        name
        for kind in (ClaimProposal, ProbeProposal, AnalogyProposal, EdgeCase, Sentence)
        for name in kind.__dataclass_fields__
    }
    assert not fields & {"status", "confirmed", "confirmed_by", "origin", "score", "outcome", "judgement", "id"}
    verbs = {name for name in vars(Partner) if not name.startswith("_")}
    assert verbs == {"listen", "word", "edge_cases", "draft"}
