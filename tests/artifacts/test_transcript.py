from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.artifacts.transcript import LONGEST, Transcript, clock_words, parse
from seci.kit.errors import BadInput

VTT = """WEBVTT

NOTE made by hand

1
00:00:05.000 --> 00:00:09.500
<v Dan Senior>First I look at the <b>volume</b>.

01:02:03.250 --> 01:02:05.000
Dan Senior: Then at the nulls,
and at who sent it.
"""
SRT = """1
00:00:05,000 --> 00:00:09,500
First I look at the volume.

2
00:01:00,000 --> 00:01:02,000
Nulls.
""".replace("\n", "\r\n")
LINES = "[0:05] Dan: First I look at the volume.\nand then again\n(1:00) Nulls.\n"


def said(transcript: Transcript, words: str) -> float | None:
    return transcript.second_at(transcript.text.index(words))


def test_captions_tell_who_said_what_when() -> None:
    found = parse(VTT)
    assert said(found, "First") == 5.0
    assert said(found, "nulls") == 3723.25
    assert {segment.speaker for segment in found.segments} == {"Dan Senior"}
    assert found.text == "First I look at the volume.\nThen at the nulls, and at who sent it.\n"


@pytest.mark.parametrize("text", [SRT, LINES])
def test_subtitles_and_lines_with_times_are_read_alike(text: str) -> None:
    found = parse(text)
    assert (said(found, "First"), said(found, "Nulls")) == (5.0, 60.0)


def test_a_text_without_times_is_kept_and_its_seconds_are_unknown() -> None:
    found = parse("  I look at the volume: always.  ")
    assert (found.text, found.second_at(3)) == ("I look at the volume: always.", None)


def test_an_endless_transcript_is_refused() -> None:
    with pytest.raises(BadInput, match="split the recording"):
        parse("x" * (LONGEST + 1))


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_its_passages_are_the_text(text: str) -> None:
    found = parse(text)
    assert "".join(words for _, words in found.passages()) == found.text
    assert list(found.segments) == sorted(found.segments, key=lambda segment: segment.start)


@given(st.integers(0, 99 * 3600))
def test_a_second_in_words_reads_back(second: int) -> None:
    found = parse(f"[{clock_words(second)}] word")
    assert found.segments[0].second == second
