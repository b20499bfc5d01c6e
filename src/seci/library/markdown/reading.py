"""A Markdown text as blocks and sentences, each with the exact characters that it takes.

Characters are counted in the text as it is given, with whatever ends of lines and front matter it has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from seci.library.markdown.block import Block, BlockKind, Sentence
from seci.library.markdown.front import body_start
from seci.library.markdown.splitting import ends
from seci.library.markdown.tracing import Piece, pieces, reader

if TYPE_CHECKING:
    from markdown_it.token import Token

_NEWLINE = re.compile(r"\r\n?|\n")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
# What kramdown and Pandoc set behind a heading, `{#place .class}`: a name for links, not words of it.
NAMED = re.compile(r"[ \t]*\{:?[ \t]*(?:#([\w:.-]+)|\.)[^{}\n]*\}[ \t]*\Z")
_AROUND = {"list_item_open": "list_item_close", "blockquote_open": "blockquote_close", "alert_open": "alert_close"}
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order; no two of them share a character. Front matter is none of them."""
    return tuple(one.block for one in read(text))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of paragraphs, items and quotes, in order.

    A sentence ends where prose ends it, at a forced line break and with its block; a line that is merely wrapped goes
    on. Its place holds all of its marks: a link or a stretch of code is never cut.
    """
    return tuple(_trimmed(text, found) for one in read(text) for found in _sentences(one))


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the stretches of its prose, by place in the whole text; none where it is no prose."""

    block: Block
    prose: tuple[Piece, ...] = ()


@lru_cache(maxsize=32)
def read(text: str) -> tuple[Part, ...]:
    """The blocks with their prose. The last texts are remembered: many ask for blocks, sentences and links at once."""
    body = body_start(text)
    # Blank lines in place of the front matter keep the numbers of lines.
    source = "\n" * len(_NEWLINE.findall(text, 0, body)) + text[body:]
    env: dict[str, Any] = {}
    tokens = reader().parse(source, env)
    return tuple(_Reading(text, env).parts(tokens))


class _Reading:
    """One pass over the tokens of a text."""

    def __init__(self, text: str, env: dict[str, Any]) -> None:
        self.text, self.env = text, env
        found = [match.span() for match in _NEWLINE.finditer(text)]
        self.starts = [0, *(end for _, end in found)]
        self.stops = [*(start for start, _ in found), len(text)]
        self.path: list[tuple[int, str]] = []
        self.mark: int | None = None

    def parts(self, tokens: list[Token]) -> Iterator[Part]:
        around: list[str] = []
        made: tuple[Block, tuple[Piece, ...]] | None
        place = at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                table = self._block("table", token, 0, self._table(tokens[at:end]))
                made = (
                    table,
                    tuple(
                        link
                        for one in tokens[at:end]
                        if one.type == "inline"
                        for link in self._links(table, one.content)
                    ),
                )
                at = end
            else:
                made = self._leaf(token, tokens[at - 1] if at else token, around)
                if token.type in _AROUND:
                    around.append(token.type)
                elif token.type in _AROUND.values():
                    around.pop()
                if token.type in ("alert_open", "alert_close"):
                    # The line that says what kind it is goes with what comes first in it.
                    self.mark = token.map[0] if token.map else None
            if made is not None:
                block, prose = made
                yield Part(_numbered(block, place), prose)
                place += 1
            at += 1

    def _leaf(self, token: Token, before: Token, around: list[str]) -> tuple[Block, tuple[Piece, ...]] | None:
        if token.type in ("fence", "code_block", "math_block"):
            return self._block("code", token, 0, token.content.rstrip("\n")), ()
        if token.type == "html_block":
            return self._block("html", token, 0, " ".join(_TAG.sub(" ", token.content).split())), ()
        if token.type == "hr":
            return self._block("rule", token, 0, ""), ()
        if token.type != "inline" or before.type == "alert_title_open":
            return None
        if before.type == "heading_open":
            heading = self._heading(token, before)
            return heading, tuple(self._links(heading, token.content))
        prose = tuple(self._placed(token))
        kind: BlockKind = "paragraph"
        if around:
            kind = "item" if around[-1] == "list_item_open" else "quote"
        text = _words(prose)
        if not text and any(one.kind == "image" for one in prose):
            return self._block("image", token, 0, _alt(token.content)), prose
        return self._block(kind, token, around.count("list_item_open") if kind == "item" else 0, text), prose

    def _heading(self, token: Token, opening: Token) -> Block:
        level = int(opening.tag[1:])
        text = NAMED.sub("", _words(tuple(pieces(token.content, self.env))))
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        block = self._block("heading", opening, level, text)
        self.path.append((level, text))
        return block

    def _table(self, tokens: list[Token]) -> str:
        """Cells with tabs between them, a row a line."""
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_words(tuple(pieces(token.content, self.env))))
        return "\n".join("\t".join(row) for row in rows)

    def _links(self, block: Block, content: str) -> Iterator[Piece]:
        """The links of a heading or a cell; their place is the whole block."""
        for one in pieces(content, self.env):
            if one.kind in ("link", "image"):
                yield Piece(one.kind, block.start, block.end, one.shown)

    def _block(self, kind: BlockKind, token: Token, level: int, text: str) -> Block:
        first, last = token.map or [0, 1]
        first, self.mark = first if self.mark is None else self.mark, None
        start, end = self.starts[first], self.stops[max(min(last, len(self.stops)) - 1, first)]
        inside = self.text[start:end]
        end -= len(inside) - len(inside.rstrip())
        start += len(inside) - len(inside.lstrip())
        return Block(0, kind, level, tuple(name for _, name in self.path), min(start, end), end, text)

    def _placed(self, token: Token) -> Iterator[Piece]:
        """The stretches of a paragraph, by place in the whole text."""
        offsets = self._offsets(token)
        begins = [content for content, _ in offsets]
        task = _TASK.match(token.content)
        skipped = task.end() if task else 0

        def placed(at: int) -> int:
            content, source = offsets[bisect_right(begins, at) - 1]
            return source + at - content

        for one in pieces(token.content, self.env):
            if one.end > skipped:
                yield Piece(one.kind, placed(one.start), placed(one.end - 1) + 1, one.shown)

    def _offsets(self, token: Token) -> list[tuple[int, int]]:
        """(character of the paragraph's content, character of the text) where each of its lines begins.

        The parser takes marks of quotes and lists away from the front of a line only, so what it keeps is its end.
        """
        offsets, at = [], 0
        lines = token.content.split("\n")
        first, last = token.map or [0, 1]
        # Lines of white space that Markdown takes for words are not kept at the front.
        blank = next((number for number, line in enumerate(lines) if line.strip()), 0)
        while first < last - len(lines) and not self._line(first + blank).endswith(lines[blank].strip()):
            first += 1
        for number, line in enumerate(lines, first):
            kept, raw = line.rstrip(), self._line(number)
            if not raw.endswith(kept):
                # Tabs before the words have become spaces.
                kept = kept.lstrip()
            lead = len(line.rstrip()) - len(kept)
            offsets.append((at + lead, self.starts[number] + len(raw) - len(kept)))
            at += len(line) + 1
        return [(0, offsets[0][1] - offsets[0][0]), *offsets[1:]]

    def _line(self, number: int) -> str:
        return self.text[self.starts[number] : self.stops[number]].replace("\0", "\ufffd").rstrip()


def _numbered(block: Block, place: int) -> Block:
    return Block(place, block.kind, block.level, block.path, block.start, block.end, block.text)


def _shown(one: Piece) -> str:
    return "" if one.kind in ("link", "image") else one.shown


def _words(prose: tuple[Piece, ...]) -> str:
    return " ".join("".join(_shown(one) for one in prose).split())


def _alt(content: str) -> str:
    return " ".join(" ".join(re.findall(r"!\[([^\]]*)\]", content)).split())


def _sentences(part: Part) -> Iterator[Sentence]:
    """The sentences of one block."""
    if part.block.kind not in ("paragraph", "item", "quote"):
        return
    run: list[Piece] = []
    for one in part.prose:
        run.append(one)
        if one.kind == "break":
            yield from _split(part.block, run)
            run = []
    yield from _split(part.block, run)


def _split(block: Block, run: list[Piece]) -> Iterator[Sentence]:
    """The sentences of a run without a forced line break."""
    solid = [one for one in run if one.kind not in ("break", "space")]
    if not solid:
        return
    letters = [(letter, spot) for one in run for letter, spot in _letters(one)]
    plain = "".join(letter for letter, _ in letters)
    inside = _inside(solid, [spot for _, spot in letters])
    bounds: list[tuple[int, int, int, int]] = []
    came, begin = 0, min(one.start for one in solid)
    for end, following in ends(plain, inside.__contains__):
        # White space belongs to nobody: marks before it close the sentence, marks after it open the next one.
        stop = letters[end][1][0] if following > end else letters[end - 1][1][1]
        bounds.append((came, end, begin, stop))
        came, begin = following, letters[following - 1][1][1]
    bounds.append((came, len(plain), begin, max(one.end for one in solid)))
    for from_, to, start, stop in bounds:
        words = " ".join(plain[from_:to].split())
        if any(letter.isalnum() for letter in words):
            yield Sentence(block.place, block.path, start, stop, words)


def _trimmed(text: str, found: Sentence) -> Sentence:
    inside = text[found.start : found.end]
    start = found.start + len(inside) - len(inside.lstrip())
    end = found.end - len(inside) + len(inside.rstrip())
    return Sentence(found.block, found.path, start, end, found.text)


def _letters(one: Piece) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each shown character with the characters of the text behind it."""
    if one.kind == "text" and one.end - one.start == len(one.shown):
        for at, letter in enumerate(one.shown, one.start):
            yield letter, (at, at + 1)
        return
    for letter in _shown(one):
        yield letter, (one.start, one.end)


def _inside(solid: list[Piece], spots: list[tuple[int, int]]) -> set[int]:
    """The letters that lie in code, links and addresses."""
    spans = sorted((one.start, one.end) for one in solid if one.kind != "text")
    found: set[int] = set()
    at = reach = 0
    for number, (start, _) in enumerate(spots):
        while at < len(spans) and spans[at][0] <= start:
            reach = max(reach, spans[at][1])
            at += 1
        if start < reach:
            found.add(number)
    return found
