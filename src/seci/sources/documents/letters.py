"""Bytes as text: UTF-8 where it is, the likeliest other alphabet where it is not, and said so."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and a sentence on how it was read where that was not plain."""

    text: str
    remark: str = ""


def text_of(raw: bytes) -> Text | None:
    """The text that these bytes are; None when they are none. Ends of lines become newlines."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            try:
                return Text(_lines(raw.decode(name)))
            except UnicodeError:
                return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guessed(raw, error)
    return None if "\0" in text else Text(_lines(text))


def _guessed(raw: bytes, error: UnicodeDecodeError) -> Text | None:
    if b"\0" in raw[:_SAMPLE]:
        return None
    nearly = raw.decode("utf-8", "replace")
    # One torn letter in a text that is UTF-8 otherwise is damage, not another alphabet.
    if raw[: error.start].count(b"\0") == 0 and nearly.count("�") * 200 < sum(byte > 127 for byte in raw[:_SAMPLE]):
        count = nearly.count("�")
        return Text(
            _lines(nearly),
            f"{count} letters are broken (not UTF-8) and stand as �; the first is at byte {error.start:,}.",
        )
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        return None
    try:
        text = raw.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Text(_lines(text), f"It is not UTF-8; it was read as {best.encoding}, which is a guess.")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
