"""The words of a recording with the second at which they were said: WebVTT, SubRip, or text with times in it.

The words are one text, so that a claim can point into it by characters; the times stand beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from seci.kit.errors import BadInput

LONGEST = 2_000_000

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_CUE = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}")
_LINE = re.compile(rf"^\s*[\[(]?{_CLOCK}[\])]?\s*[-–:]?\s+(\S.*)$")
_VOICE = re.compile(r"^<v(?:\.[^ >]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<\d[\d:.]*>")
_SPEAKER = re.compile(r"^([^\s:][^:]{0,40}):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Segment:
    """From character `start` of the text on, from `second` of the recording on, `speaker` speaks ("" is unknown)."""

    start: int
    second: float
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    text: str
    segments: tuple[Segment, ...] = ()

    def second_at(self, position: int) -> float | None:
        """The second at which the words at this character were said; None is unknown."""
        at = bisect_right([segment.start for segment in self.segments], position) - 1
        return self.segments[at].second if at >= 0 else None

    def passages(self) -> list[tuple[Segment | None, str]]:
        """The text in pieces, each with its segment."""
        if not self.segments:
            return [(None, self.text)] if self.text else []
        starts = [segment.start for segment in self.segments]
        ends = [*starts[1:], len(self.text)]
        before = [(None, self.text[: starts[0]])] if starts[0] else []
        return before + [
            (segment, self.text[start:end]) for segment, start, end in zip(self.segments, starts, ends, strict=True)
        ]


def parse(text: str) -> Transcript:
    """A transcript from WebVTT, SubRip or lines that begin with a time; any other text has no times.

    Raises BadInput for a text that is too long.
    """
    if len(text) > LONGEST:
        raise BadInput(f"This transcript has more than {LONGEST:,} characters; split the recording.")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    cues = _cues(lines) if any(_CUE.match(line) for line in lines) else _timed_lines(lines)
    if not cues:
        return Transcript(text.strip())
    return _joined(cues)


def _cues(lines: list[str]) -> list[tuple[float, str, str]]:
    """(second, speaker, words) of each cue of WebVTT or SubRip; numbers, notes and styles are passed over."""
    found: list[tuple[float, str, str]] = []
    second: float | None = None
    words: list[str] = []

    def finish() -> None:
        nonlocal second
        if second is not None and (said := " ".join(words)):
            found.append((second, *_spoken(said)))
        second = None
        words.clear()

    for line in lines:
        if match := _CUE.match(line):
            finish()
            second = _seconds(match.groups()[:4])
        elif not line.strip():
            finish()
        elif second is not None:
            words.append(line.strip())
    finish()
    return found


def _timed_lines(lines: list[str]) -> list[tuple[float, str, str]]:
    found: list[tuple[float, str, str]] = []
    for line in lines:
        if match := _LINE.match(line):
            found.append((_seconds(match.groups()[:4]), *_spoken(match.group(5).strip())))
        elif found and line.strip():
            second, speaker, words = found[-1]
            found[-1] = (second, speaker, f"{words} {line.strip()}")
    return found


def _spoken(words: str) -> tuple[str, str]:
    """Who speaks, and what is said, without the markup of a caption."""
    voice = _VOICE.match(words)
    plain = _TAG.sub("", words).strip()
    if voice:
        return voice.group(1).strip(), plain
    named = _SPEAKER.match(plain)
    return (named.group(1).strip(), plain[named.end() :]) if named else ("", plain)


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + (float(f"0.{rest}") if rest else 0.0)


def _joined(cues: list[tuple[float, str, str]]) -> Transcript:
    segments, parts, at = [], [], 0
    for second, speaker, words in sorted(cues, key=lambda cue: cue[0]):
        segments.append(Segment(at, second, speaker))
        parts.append(words + "\n")
        at += len(words) + 1
    return Transcript("".join(parts), tuple(segments))


def clock_words(second: float) -> str:
    """`1:23`, `1:02:03`."""
    whole = int(second)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
