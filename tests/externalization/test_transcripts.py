from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.cases.attribute import Attribute
from seci.externalization.transcripts import candidates, segments

CALL = """WEBVTT

00:00:01.000 --> 00:00:04.000
Dan: I never ship a load with too many nulls, unless it is a backfill.
Erin: How do you know?
[00:12] Dan: The file had twelve columns. It failed because the clock was wrong.
> Bob: I always quote others.
```
if nulls > 5: always raise
```
- Hold it when missing values are over 5 %.
"""
ATTRIBUTES = (Attribute("missing", "missing values", "number", "%", 0, 40),)


def test_a_transcript_gives_candidates_with_their_speaker_and_exact_place() -> None:
    found = candidates(CALL, "transcript:1", attributes=ATTRIBUTES, outcomes=("hold", "ship"))
    assert [(one.speaker, one.claim.kind) for one in found] == [
        ("Dan", "exception"),
        ("Dan", "reason"),
        ("Dan", "rule"),
    ]
    assert all(CALL[one.claim.start : one.claim.end] == one.claim.quote for one in found)
    assert found[2].rules[0].outcome == "hold"
    assert {one.claim.origin for one in found} == {"document"}
    assert {one.claim.confirmed_by for one in found} == {None}


def test_questions_quotes_code_and_plain_facts_are_no_candidates() -> None:
    quotes = " ".join(one.claim.quote for one in candidates(CALL, "transcript:1"))
    assert all(words not in quotes for words in ("How do you know", "quote others", "raise", "twelve columns"))


def test_speakers_are_told_apart() -> None:
    assert {one.speaker for one in segments(CALL)} == {"Dan", "Erin"}


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_span_fits(text: str) -> None:
    for one in candidates(text, "document:1", form="document"):
        assert text[one.claim.start : one.claim.end] == one.claim.quote
