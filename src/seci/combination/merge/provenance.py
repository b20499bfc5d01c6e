"""What each statement of a merged text rests on: passages of sources at pinned revisions, and what was done to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from seci.combination.merge.source import Source
from seci.library.markdown.block import Block
from seci.library.markdown.reading import blocks, sentences

Operation = Literal["verbatim", "trimmed", "joined", "rephrased", "human"]
# Blocks that state something without sentences.
WHOLE = ("code", "table", "image")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is traced as one: a sentence, or a block of code, a table, an image as a whole.

    place       its number in the text, from 0
    block       number of its block
    start, end  characters of the Markdown that it takes
    text        its words alone, in one line
    """

    place: int
    kind: str
    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage of a source: which revision, where in its Markdown, and its words."""

    source: int
    revision: int
    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """A statement of the merged text and what it rests on.

    operation  verbatim: the words of each cited passage stand here as they are, or, of several, those of the first
               trimmed: words of one passage were left out; joined: words of several were put together
               rephrased: other order or form, every word from the cited ones
               human: somebody wrote it; `cited` then says what it was made from, unchecked
    """

    text: str
    operation: Operation
    cited: tuple[Citation, ...] = ()


def statements(text: str) -> tuple[Statement, ...]:
    """The statements of a Markdown text, in order. Headings, rules and comments state nothing."""
    return stated(blocks(text), [(one.block, one.start, one.end, one.text) for one in sentences(text)])


def of_source(source: Source) -> tuple[Statement, ...]:
    """The statements of a source."""
    return stated(source.blocks, [(one.block, one.start, one.end, one.text) for one in source.sentences])


def stated(parts: Sequence[Block], said: Iterable[tuple[int, int, int, str]]) -> tuple[Statement, ...]:
    found = [(start, end, "sentence", block, text) for block, start, end, text in said]
    found += [(one.start, one.end, one.kind, one.place, _words(one.text)) for one in parts if one.kind in WHOLE]
    return tuple(
        Statement(place, kind, block, start, end, text)
        for place, (start, end, kind, block, text) in enumerate(sorted(found))
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def cite(source: Source, statement: Statement) -> Citation:
    """The citation of a statement of a source."""
    return Citation(source.id, source.revision, statement.block, statement.start, statement.end, _words(statement.text))


def same(one: str, other: str) -> bool:
    """Whether two statements are word for word the same; white space does not count."""
    return _words(one) == _words(other)


def packed(traces: Iterable[Trace]) -> list[dict[str, Any]]:
    """As plain data for JSON, in the order of the statements."""
    return [
        {
            "text": one.text,
            "operation": one.operation,
            "cited": [[c.source, c.revision, c.block, c.start, c.end, c.text] for c in one.cited],
        }
        for one in traces
    ]


def unpacked(data: Iterable[Mapping[str, Any]]) -> tuple[Trace, ...]:
    return tuple(Trace(one["text"], one["operation"], tuple(Citation(*c) for c in one["cited"])) for one in data)
