"""The first draft of a playbook: every sentence of the chosen sections once, word for word, each with its citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seci.combination.merge.alignment import Section, sections
from seci.combination.merge.equivalents import Equivalent, Said
from seci.combination.merge.outline import Outline
from seci.combination.merge.portable import escaped, sentence, whole
from seci.combination.merge.provenance import WHOLE, Citation, Statement, Trace, of_source, same, statements
from seci.combination.merge.source import Source
from seci.combination.merge.words import terms
from seci.kit.errors import BadInput

Choice = Literal["a", "b", "split", "both", "ask"]
_CLOSED = re.compile(r"[.!?…:;][\"'”’)\]*_`]*$")


@dataclass(frozen=True, slots=True)
class Decision:
    """What people chose of two sentences that do not go together.

    a, b: that one stays, the other goes; split: each where its words say when; both: as options; ask: nothing yet,
    both stay where they are
    when_a, when_b  for split: "a security incident is suspected", without the "if"
    """

    a: Said
    b: Said
    choice: Choice
    when_a: str = ""
    when_b: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Markdown, and the traces of its statements in order. `left_out` names what could not be taken over, and why."""

    text: str
    traces: tuple[Trace, ...]
    left_out: tuple[str, ...] = ()


# A sentence by source and by where it starts there.
_Spot = tuple[int, int]


@dataclass
class _Writer:
    """Puts a draft together, remembering which characters rest on what."""

    parts: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, Trace]] = field(default_factory=list)
    length: int = 0
    left_out: list[str] = field(default_factory=list)

    def plain(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def traced(self, text: str, trace: Trace) -> None:
        self.spans.append((self.length, self.length + len(text), trace))
        self.plain(text)

    def done(self) -> Draft:
        text = "".join(self.parts).rstrip("\n") + "\n"
        return Draft(text, tuple(_of(one, self.spans) for one in statements(text)), tuple(self.left_out))


def _of(statement: Statement, spans: Sequence[tuple[int, int, Trace]]) -> Trace:
    """The trace of a statement: of what was written at its place, joined if that was more than one."""
    found = [trace for start, end, trace in spans if start < statement.end and end > statement.start]
    if len(found) == 1 and same(found[0].text, statement.text):
        return found[0]
    cited = tuple(dict.fromkeys(one for trace in found for one in trace.cited))
    how: Literal["human", "joined", "trimmed"] = "joined" if len(found) > 1 else "trimmed"
    return Trace(statement.text, how if cited else "human", cited)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes of each sentence: kept under which citations, gone, or part of a decision."""

    sources: Mapping[int, Source]
    groups: Mapping[_Spot, Equivalent]
    gone: frozenset[_Spot]
    decided: Mapping[_Spot, Decision]
    stated: Mapping[_Spot, Statement]

    def spot(self, said: Said) -> _Spot:
        source = self.sources.get(said.source)
        if source is None or said.sentence >= len(source.sentences):
            raise BadInput(f"Sentence {said.sentence} of source {said.source} is not in this merge; read it again.")
        return said.source, source.sentences[said.sentence].start

    def spots(self, said: Said) -> list[_Spot]:
        """The sentence and all that say the same."""
        group = self.groups.get(self.spot(said))
        return [self.spot(one) for one in group.all] if group else [self.spot(said)]

    def citation(self, spot: _Spot) -> Citation:
        source, one = self.sources[spot[0]], self.stated[spot]
        return Citation(source.id, source.revision, one.block, one.start, one.end, " ".join(one.text.split()))

    def trace(self, spot: _Spot) -> tuple[str, Trace]:
        """The Markdown of a sentence, or of the one kept for it, and what it rests on."""
        group = self.groups.get(spot)
        spots = [self.spot(one) for one in group.all] if group else [spot]
        cited = tuple(self.citation(one) for one in spots)
        kept = self.stated[spots[0]]
        text = sentence(self.sources[spots[0][0]].text[kept.start : kept.end], kept.text)
        return text, Trace(cited[0].text, "verbatim", cited)


def draft(
    title: str, outline: Outline, sources: Sequence[Source], groups: Iterable[Equivalent] = (),
    decisions: Iterable[Decision] = (),
) -> Draft:  # fmt: skip
    """The draft that an outline, equivalents and decisions make.

    A sentence that several guides say stands where the first of them stands. Blocks keep their kind and order.

    Raises BadInput for a decision on a sentence that is not there, and for a split without both conditions.
    """
    plan = _plan(sources, groups, decisions)
    known = {part.key: part for source in sources for part in sections(source)}
    writer, done = _Writer(), set[_Spot]()
    writer.plain(f"# {escaped(title)}\n\n")
    for chapter in outline.chapters:
        body = [part for key in chapter.sections if (part := known.get(key)) is not None]
        if not body:
            continue
        writer.plain(f"## {escaped(chapter.heading)}\n\n")
        last = chapter.heading
        for part in body:
            before = writer.length, len(writer.parts)
            if terms(part.heading) != terms(last):
                writer.plain(f"### {escaped(part.heading)}\n\n")
            after = writer.length
            _section(writer, plan, part, done)
            if writer.length == after:
                writer.length = before[0]
                del writer.parts[before[1] :]
            else:
                last = part.heading
    return writer.done()


def _plan(sources: Sequence[Source], groups: Iterable[Equivalent], decisions: Iterable[Decision]) -> _Plan:
    by = {source.id: source for source in sources}
    stated = {(source.id, one.start): one for source in sources for one in of_source(source)}
    empty = _Plan(by, {}, frozenset(), {}, stated)
    joined = {empty.spot(said): group for group in groups for said in group.all}
    plan = _Plan(by, joined, frozenset(), {}, stated)
    gone, decided = set[_Spot](), dict[_Spot, Decision]()
    for one in decisions:
        if one.choice == "split" and not (one.when_a.strip() and one.when_b.strip()):
            raise BadInput("A split by context needs both conditions: say when the first holds and when the second.")
        if one.choice in ("a", "b"):
            gone.update(plan.spots(one.b if one.choice == "a" else one.a))
        elif one.choice in ("split", "both"):
            decided.update(dict.fromkeys((*plan.spots(one.a), *plan.spots(one.b)), one))
    return _Plan(by, joined, frozenset(gone), decided, stated)


def _section(writer: _Writer, plan: _Plan, part: Section, done: set[_Spot]) -> None:
    source = plan.sources[part.source]
    inside = [one for one in of_source(source) if part.start <= one.start < part.end]
    depth = 0
    for block in [one for one in source.blocks if part.start <= one.start < part.end]:
        mine = [one for one in inside if one.block == block.place]
        if block.kind in WHOLE:
            depth = 0
            for one in mine:
                _whole(writer, plan, source, one, done)
            continue
        said = [one for one in mine if _wanted(plan, (source.id, one.start), done)]
        for one in said:
            if (decision := plan.decided.get((source.id, one.start))) is not None:
                _decision(writer, plan, decision, done)
        spots = [(source.id, one.start) for one in said if (source.id, one.start) not in done]
        if spots:
            depth = min(block.level, depth + 1) if block.kind == "item" else 0
            marks = {"item": "  " * (depth - 1) + "- ", "quote": "> "}.get(block.kind, "")
            _block(writer, plan, marks, spots, done)
    if not writer.parts[-1].endswith("\n\n"):
        writer.plain("\n")


def _wanted(plan: _Plan, spot: _Spot, done: set[_Spot]) -> bool:
    return spot not in done and spot not in plan.gone


def _whole(writer: _Writer, plan: _Plan, source: Source, one: Statement, done: set[_Spot]) -> None:
    text = whole(source.text, one)
    if not text:
        writer.left_out.append(
            f"{source.title}: {one.kind} “{' '.join(one.text.split())[:60]}” stands by a path of its own."
        )
        return
    _apart(writer)
    cited = plan.citation((source.id, one.start))
    writer.traced(text, Trace(cited.text, "verbatim", (cited,)))
    writer.plain("\n\n")
    done.add((source.id, one.start))


def _block(writer: _Writer, plan: _Plan, marks: str, spots: Sequence[_Spot], done: set[_Spot]) -> None:
    """Sentences as one paragraph, item or quote; one that nothing closes ends its block."""
    if not marks.endswith("- "):
        _apart(writer)
    opened = False
    for at, spot in enumerate(spots):
        if spot in done:
            continue
        text, trace = plan.trace(spot)
        writer.plain(" " if opened else marks)
        writer.traced(text, trace)
        group = plan.groups.get(spot)
        done.update([plan.spot(one) for one in group.all] if group else [spot])
        opened = True
        if not _CLOSED.search(text) and at + 1 < len(spots):
            writer.plain("\n" if marks.endswith("- ") else "\n\n")
            opened = False
    if opened:
        writer.plain("\n" if marks.endswith("- ") else "\n\n")


def _decision(writer: _Writer, plan: _Plan, one: Decision, done: set[_Spot]) -> None:
    """Both sentences of a decision, each once, under words that say when."""
    leads = (f"If {one.when_a.strip()}:", f"If {one.when_b.strip()}:")
    if one.choice == "both":
        leads = ("Either:", "Or:")
    for lead, said in zip(leads, (one.a, one.b), strict=True):
        spot = plan.spot(said)
        if spot in done:
            continue
        _apart(writer)
        writer.traced(escaped(lead), Trace(lead, "human"))
        writer.plain("\n\n")
        _block(writer, plan, "- ", [spot], done)
        writer.plain("\n")


def _apart(writer: _Writer) -> None:
    """An empty line before a block that is no item of a list."""
    if writer.parts and not writer.parts[-1].endswith("\n\n"):
        writer.plain("\n")
