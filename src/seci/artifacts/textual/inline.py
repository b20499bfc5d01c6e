"""Words inside a line of Markdown: written so that they render as they are and come back as they were.

CommonMark's own means are used: a backslash before punctuation, numeric character references, `<br>` for a new line.
"""

from __future__ import annotations

import html
import re

# Written for an empty text, where nothing at all would be lost.
EMPTY = '""'
_ALWAYS = "\\`*{}[<"
_ESCAPED = re.compile(
    r"\\([!-/:-@\[-`{-~])|<br\s*/?>|&#(\d{1,7});|&#[xX]([0-9a-fA-F]{1,6});|&[A-Za-z][A-Za-z0-9]{1,31};"
)
_REFERENCE = re.compile(r"&#?\w+;")
_OPENING = re.compile(r"\A(\d{1,9}(?=[.)])|(?=[-+=#>~|]))")


def escape(text: str, also: str = "") -> str:
    """One line of Markdown that shows the text. `also` names further characters to escape, such as commas in a list."""
    if not text:
        return EMPTY
    if text == EMPTY:
        return '\\"\\"'
    shown = "".join(_letter(text, at, also) for at in range(len(text)))
    return _OPENING.sub(r"\1\\", shown, count=1)


def _letter(text: str, at: int, also: str) -> str:
    letter = text[at]
    if letter == "\n":
        return "<br>"
    if letter == " ":
        return "&#32;" if at in (0, len(text) - 1) else " "
    if not letter.isprintable():
        return f"&#{ord(letter)};"
    if letter == "_" and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum():
        return letter
    if letter in _ALWAYS or letter in also or letter == "_" or (letter == "&" and _REFERENCE.match(text, at)):
        return f"\\{letter}"
    return letter


def unescape(text: str) -> str:
    """The text that a line shows."""
    return "" if text == EMPTY else _ESCAPED.sub(_found, text)


def _found(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if number := match[2] or match[3]:
        code = int(number, 10 if match[2] else 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "\n" if match[0].startswith("<") else html.unescape(match[0])


def join(texts: tuple[str, ...]) -> str:
    """Several texts in one line, with commas between them."""
    return ", ".join(escape(text, also=",") for text in texts)


def split(line: str) -> tuple[str, ...]:
    """The texts of a line with commas between them."""
    if not line.strip():
        return ()
    parts = re.split(r"(?<!\\)((?:\\\\)*),", line)
    # Backslashes before a comma are caught by the pattern and belong to the text on its left.
    texts = ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]
    return tuple(unescape(text.strip()) for text in texts)
