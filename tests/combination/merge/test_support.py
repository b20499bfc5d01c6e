from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.combination.merge.support import supported

SAID = [
    "Reviewers should answer within two business days.",
    "Do not merge a change on Friday unless two people approve it.",
    "Run the tests before you merge.",
    "Small changes may skip the design review.",
]


@pytest.mark.parametrize("said", SAID)
def test_a_sentence_supports_itself(said: str) -> None:
    assert supported(said, [said]).ok


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Within two business days, reviewers should answer.", SAID[0]),
        ("Before you merge, run the tests.", SAID[2]),
        ("Reviewers should answer within 2 business days.", SAID[0]),
    ],
)
def test_the_same_in_another_order_is_supported(sentence: str, cited: str) -> None:
    assert supported(sentence, [cited]).ok


@pytest.mark.parametrize(
    ("sentence", "cited", "why"),
    [
        ("Reviewers should answer within three business days.", SAID[0], "three"),
        ("Reviewers should answer within two weeks.", SAID[0], "weeks"),
        ("Reviewers should not answer within two business days.", SAID[0], "den"),
        ("Reviewers must answer within two business days.", SAID[0], "must"),
        ("Reviewers answer within two business days.", SAID[0], "no more"),
        ("Merge a change on Friday unless two people approve it.", SAID[1], "den"),
        ("Do not merge a change on Friday.", SAID[1], "unless"),
        ("Merge before you run the tests.", SAID[2], "before"),
        ("All small changes may skip the design review.", SAID[3], "all"),
        ("Small changes may skip the security review.", SAID[3], "security"),
        ("Anything.", "", "none of"),
    ],
)
def test_what_the_citation_does_not_say_is_rejected(sentence: str, cited: str, why: str) -> None:
    found = supported(sentence, [cited])
    assert not found.ok
    assert why in found.why.lower()


def test_nothing_supports_nothing() -> None:
    assert supported("Run the tests.", []).why == "It cites nothing."


@given(st.sampled_from(SAID), st.sampled_from(["quokka", "7 hours", "never", "must not", "only"]), st.integers(0, 6))
def test_whatever_is_put_in_is_noticed(said: str, new: str, at: int) -> None:
    words = said.split()
    assert not supported(" ".join([*words[:at], new, *words[at:]]), [said]).ok
