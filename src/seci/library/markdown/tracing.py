"""The words inside a line of Markdown, each character with the place in the source that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import StateInline

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from markdown_it.token import Token

# Deeper nesting than people write, and far from the limit of recursion.
NESTING = 100
PieceKind = Literal["text", "whole", "space", "break", "link", "image"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source and the words that it shows.

    kind  text: each character of `shown` is one of the source; whole: code, an address, an entity, never cut in two;
          space, break: the end of a line; link, image: what lies inside is one thing, `shown` is where it leads to
    """

    kind: PieceKind
    start: int
    end: int
    shown: str = ""


@dataclass(slots=True)
class _Delimiter:
    """Marks of emphasis, of which only the end of the line tells whether they are marks or words."""

    token: Token
    start: int
    end: int


class _State(StateInline):
    """What the parser of lines knows, and where everything came from."""

    def __init__(self, source: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> None:
        super().__init__(source, md, env, tokens)
        self.trace: list[Piece | _Delimiter] = []


class _Inline(ParserInline):
    """The parser of lines, writing down which rule took which characters."""

    def tokenize(self, state: StateInline) -> None:
        if not isinstance(state, _State):
            super().tokenize(state)
            return
        rules = list(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        end, deepest = state.posMax, state.md.options["maxNesting"]
        while state.pos < end:
            at, seen = state.pos, len(state.tokens)
            taken = ""
            if state.level < deepest:
                taken = next((name for name, rule in rules if rule(state, False)), "")
            if taken:
                state.trace.extend(_pieces(state, taken, at, seen))
                continue
            state.trace.append(Piece("text", at, at + 1, state.src[at]))
            state.append_pending(state.src[at])
            state.pos += 1
        if state.pending:
            state.pushPending()


def _pieces(state: _State, rule: str, start: int, seen: int) -> Iterator[Piece | _Delimiter]:
    """What one rule took. `seen` tells the tokens before it from its own."""
    end, fresh = state.pos, state.tokens[seen:]
    last = fresh[-1] if fresh else None
    if last is not None and last.type == "hardbreak":
        yield Piece("break", start, end, " ")
    elif rule == "newline":
        yield Piece("space", start, end, " ")
    elif rule in ("emphasis", "strikethrough"):
        yield from _delimiters(fresh, start, end)
    elif rule == "link" and (opening := next((one for one in fresh if one.type == "link_open"), None)):
        yield Piece("link", start, end, str(opening.attrs["href"]))
    elif rule == "image" and last is not None:
        yield Piece("image", start, end, str(last.attrs["src"]))
    elif last is not None and last.type in ("code_inline", "math_inline", "text_special"):
        yield Piece("whole", start, end, last.content)
    elif rule == "autolink":
        yield Piece("whole", start, end, state.src[start + 1 : end - 1])
    elif rule != "html_inline":
        yield Piece("text", start, end, state.src[start:end])


def _delimiters(fresh: list[Token], start: int, end: int) -> Iterator[_Delimiter]:
    marks = [one for one in fresh if one.content and one.content[0] in "*_~"]
    # Text that was pending is flushed before the marks; only those at the end are of this rule.
    width = end - start
    own: list[tuple[Token, int]] = []
    while marks and width > 0:
        mark = marks.pop()
        width -= len(mark.content)
        own.append((mark, start + width))
    for mark, at in reversed(own):
        yield _Delimiter(mark, at, at + len(mark.content))


@cache
def reader() -> MarkdownIt:
    """The parser of blocks. Lines inside of them are left to `pieces`."""
    md = MarkdownIt()
    md.inline = _Inline()
    md.configure("commonmark", {"maxNesting": NESTING, "alerts": True}).enable(["table", "strikethrough"])
    md.disable(["inline", "text_join", "fragments_join"], ignoreInvalid=True)
    return md


def pieces(line: str, env: MutableMapping[str, Any]) -> list[Piece]:
    """The stretches of one paragraph's Markdown, in order. Links follow what they hold.

    env  of the parse of the whole text: it knows where references lead
    """
    md = reader()
    tokens: list[Token] = []
    state = _State(line, md, env, tokens)
    md.inline.tokenize(state)
    # What is left of the marks is plain text once the pairs are found.
    whole = [(one, one.token.content) if isinstance(one, _Delimiter) else (one, "") for one in state.trace]
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    found: list[Piece] = []
    for one, content in whole:
        if isinstance(one, Piece):
            found.append(one)
        elif one.token.type == "text" and one.token.content:
            found.append(Piece("text", one.start, one.end, content))
    return found
