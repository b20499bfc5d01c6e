"""Whether the traces of a merged text hold: what must be so before it may be published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seci.combination.merge.carrying import inside
from seci.combination.merge.provenance import Citation, Trace, of_source, same, statements
from seci.combination.merge.source import Source
from seci.combination.merge.support import supported
from seci.combination.merge.words import plain


@dataclass(frozen=True, slots=True)
class Fault:
    """A statement, by its number in the text, whose trace does not hold, and why."""

    place: int
    text: str
    why: str


def checked(text: str, traces: Sequence[Trace], sources: Iterable[Source]) -> tuple[Fault, ...]:
    """Faults of the traces of a text; none means that every statement carries a checked source or is marked human.

    sources  those that are cited, at the cited revisions; the same document may come at several
    """
    said = statements(text)
    if len(said) != len(traces):
        return (Fault(0, "", f"The text has {len(said)} statements, {len(traces)} of them are traced."),)
    known = {
        (source.id, source.revision, one.start, one.end): one.text for source in sources for one in of_source(source)
    }
    return tuple(
        Fault(one.place, one.text, why)
        for one, trace in zip(said, traces, strict=True)
        if (why := _fault(one.text, trace, known))
    )


def _fault(text: str, trace: Trace, known: dict[tuple[int, int, int, int], str]) -> str:
    if not same(text, trace.text):
        return "The text says something else than what was traced."
    gone = [one for one in trace.cited if not _holds(one, known)]
    if gone:
        return f"Source {gone[0].source} does not say “{gone[0].text}” at that place in revision {gone[0].revision}."
    if trace.operation == "human":
        return ""
    if not trace.cited:
        return "It names no source and is not marked as written by a person."
    texts = [one.text for one in trace.cited]
    if trace.operation == "verbatim":
        return "" if same(text, texts[0]) else "It is not word for word what it cites first."
    if trace.operation == "trimmed" and not any(inside(plain(text), plain(one)) for one in texts):
        return "It has words that what it cites does not have in this order."
    return supported(text, texts).why


def _holds(citation: Citation, known: dict[tuple[int, int, int, int], str]) -> bool:
    found = known.get((citation.source, citation.revision, citation.start, citation.end))
    return found is not None and same(found, citation.text)
