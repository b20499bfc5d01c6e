"""Which sections of several guides are about the same: each other's best match, by heading and body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seci.combination.merge.likeness import Alike, Floats, Pair, alike, grouped
from seci.combination.merge.source import Embed, Source

# A share of the heading in how alike two sections are.
HEADING = 0.35
# Below it, sections that are each other's best match are still about different things. Set by reading what four guides
# on code review give by words; with an embedding cosines lie higher.
LEAST = 0.2
LEAST_EMBEDDED = 0.42

_ANCHOR = re.compile(r"\s*\{[#:][^}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level.

    place      number of the heading's block in its source; -1 for what stands before the first heading
    heading    its words; the title of the source for place -1
    path       the headings above it, outermost first
    start, end characters of the Markdown that its body takes, without the heading
    text       the words of its body
    sentences  numbers in `source.sentences`
    """

    source: int
    place: int
    heading: str
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    sentences: tuple[int, ...]

    @property
    def key(self) -> str:
        """Names it within one merge: `source:place`."""
        return f"{self.source}:{self.place}"


@dataclass(frozen=True, slots=True)
class Topic:
    """Sections that are about the same; one alone where no other guide speaks of it.

    likeness  mean of how alike they are, pair by pair; 1 for one alone
    """

    heading: str
    sections: tuple[Section, ...]
    likeness: float


def named(heading: str) -> str:
    """A heading without the anchor that some dialects write after it: `Good names {#good}`."""
    return _ANCHOR.sub("", heading).strip()


def sections(source: Source) -> tuple[Section, ...]:
    """The sections of a source that say something, in order."""
    heads = [block for block in source.blocks if block.kind == "heading"]
    starts: list[tuple[int, str, tuple[str, ...], int, int]] = [(-1, source.title, (), 0, 0)]
    starts += [(one.place, named(one.text), tuple(map(named, one.path)), one.start, one.end) for one in heads]
    found = []
    for at, (place, heading, path, _, start) in enumerate(starts):
        end = starts[at + 1][3] if at + 1 < len(starts) else len(source.text)
        body = [
            one for one in source.blocks if start <= one.start < end and one.kind not in ("heading", "rule", "html")
        ]
        if not any(one.text.strip() for one in body):
            continue
        said = tuple(number for number, one in enumerate(source.sentences) if start <= one.start < end)
        text = "\n".join(one.text for one in body)
        found.append(Section(source.id, place, heading, path, start, end, text, said))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Compared:
    """Sections by heading and by body."""

    heads: Alike
    bodies: Alike

    def of(self, at: Sequence[int]) -> Floats:
        return HEADING * self.heads.of(at) + (1 - HEADING) * self.bodies.of(at)

    def mutual(self, least: float) -> list[Pair]:
        """As `Alike.mutual`. Sections are few: the whole matrix fits."""
        everything = self.of(range(len(self.heads.origins)))
        origins, found = self.heads.origins, list[Pair]()
        guides = [np.flatnonzero(origins == guide) for guide in range(int(origins.max(initial=-1)) + 1)]
        for number, one in enumerate(guides):
            for other in guides[number + 1 :]:
                part = everything[np.ix_(one, other)]
                best, back = part.argmax(axis=1), part.argmax(axis=0)
                found += [
                    (int(one[row]), int(other[column]), float(part[row, column]))
                    for row, column in enumerate(best)
                    if back[column] == row and part[row, column] >= least
                ]
        return sorted(found, key=lambda pair: (-pair[2], pair[:2]))


def compared(parts: Sequence[Section], sources: Sequence[Source], embed: Embed | None = None) -> Compared:
    """Sections ready to be held against each other. A heading counts with the one above it."""
    origin = {source.id: source.origin for source in sources}
    origins = [origin[part.source] for part in parts]
    heads = [" ".join((*part.path[-1:], part.heading, part.heading)) for part in parts]
    return Compared(alike(heads, origins, embed), alike([part.text[:4000] for part in parts], origins, embed))


def align(sources: Sequence[Source], embed: Embed | None = None) -> tuple[Topic, ...]:
    """All sections of the sources as topics, in the order of reading; each section is in exactly one.

    Two sections join when each is the other's best match between their guides and they are alike enough; a third
    joins when it is on average alike enough to both.
    """
    parts = [part for source in sources for part in sections(source)]
    if not parts:
        return ()
    everything = compared(parts, sources, embed)
    least = LEAST if embed is None else LEAST_EMBEDDED
    matrix = everything.of(range(len(parts)))

    def fits(left: list[int], right: list[int]) -> bool:
        return float(matrix[np.ix_(left, right)].mean()) >= least

    groups = grouped(len(parts), everything.mutual(least), fits)
    taken = {at for group in groups for at in group}
    groups += [[at] for at in range(len(parts)) if at not in taken]
    found = [(_position(group, parts), _topic(group, parts, matrix)) for group in groups]
    return tuple(topic for _, topic in sorted(found, key=lambda one: one[0]))


def _position(group: Sequence[int], parts: Sequence[Section]) -> tuple[float, int]:
    """Where a group stands: the mean of how far down its sections are in all sections of the merge."""
    return sum(group) / len(group) / len(parts), group[0]


def _topic(group: Sequence[int], parts: Sequence[Section], matrix: Floats) -> Topic:
    inner = matrix[np.ix_(group, group)]
    pairs = len(group) * (len(group) - 1)
    mean = float((inner.sum() - np.trace(inner)) / pairs) if pairs else 1.0
    central = group[int(inner.sum(axis=1).argmax())]
    return Topic(parts[central].heading, tuple(parts[at] for at in group), mean)
