"""A source has a new revision: which statements of a playbook come back for review, and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from seci.combination.merge.provenance import Citation, Statement, Trace, of_source, same
from seci.combination.merge.source import Source
from seci.combination.merge.words import plain

# A new statement is what became of an old one when so many of their words agree (Ratcliff & Obershelp, 1988).
BECAME = 0.5


@dataclass(frozen=True, slots=True)
class Affected:
    """A statement of the playbook whose source changed.

    place     its number among the statements of the playbook
    citation  the passage that is no longer there
    change    changed or gone; `now` is what the passage became, empty if it is gone
    """

    place: int
    trace: Trace
    citation: Citation
    change: Literal["changed", "gone"]
    now: str
    cited_now: Citation | None = None


def became(old: Source, new: Source) -> dict[tuple[int, int], Statement | None]:
    """What became of each statement of a source, by its characters in the old revision; None: it is gone.

    A statement that only moved, or that is only wrapped or marked up otherwise, stays what it was.
    """
    before, after = of_source(old), of_source(new)
    old_lines, new_lines = [_line(one.text) for one in before], [_line(one.text) for one in after]
    found: dict[int, int] = {}
    runs = SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_matching_blocks()
    for run in runs:
        found.update({run.a + at: run.b + at for at in range(run.size)})
    free = [at for at in range(len(after)) if at not in set(found.values())]
    for at, line in enumerate(old_lines):
        if at not in found and (moved := next((new for new in free if new_lines[new] == line), None)) is not None:
            found[at] = moved
            free.remove(moved)
    # One of two copies is gone: the other still says it.
    for at, line in enumerate(old_lines):
        if at not in found and line in new_lines:
            found[at] = new_lines.index(line)
    for at, line in enumerate(old_lines):
        if at not in found and (near := _nearest(line, free, new_lines)) is not None:
            found[at] = near
            free.remove(near)
    return {(one.start, one.end): after[found[at]] if at in found else None for at, one in enumerate(before)}


def _line(text: str) -> str:
    return " ".join(text.split())


def _nearest(line: str, free: Sequence[int], lines: Sequence[str]) -> int | None:
    words = plain(line)
    rated = [(SequenceMatcher(None, words, plain(lines[at]), autojunk=False).ratio(), -at) for at in free]
    best = max(rated, default=(0.0, 0))
    return -best[1] if best[0] >= BECAME else None


def affected(traces: Sequence[Trace], old: Source, new: Source) -> tuple[Affected, ...]:
    """The statements that rest on a passage of `old` that `new` says otherwise or no more, in the order of the text.

    Only citations of `old`'s own revision are looked at. A statement comes back once, for the first such passage.
    """
    now = became(old, new)
    found = []
    for place, trace in enumerate(traces):
        for one in trace.cited:
            if (one.source, one.revision) != (old.id, old.revision):
                continue
            then = now.get((one.start, one.end))
            if then is None:
                found.append(Affected(place, trace, one, "gone", ""))
                break
            if not same(then.text, one.text):
                found.append(Affected(place, trace, one, "changed", then.text, moved(one, then, new)))
                break
    return tuple(found)


def moved(citation: Citation, to: Statement, source: Source) -> Citation:
    """A citation of the same passage in a newer revision."""
    return Citation(citation.source, source.revision, to.block, to.start, to.end, _line(to.text))


def advanced(traces: Sequence[Trace], old: Source, new: Source) -> tuple[Trace, ...]:
    """The traces with citations of passages that did not change moved to the new revision; the others stay pinned."""
    now = became(old, new)

    def step(one: Citation) -> Citation:
        if (one.source, one.revision) != (old.id, old.revision):
            return one
        then = now.get((one.start, one.end))
        return moved(one, then, new) if then is not None and same(then.text, one.text) else one

    return tuple(replace(trace, cited=tuple(step(one) for one in trace.cited)) for trace in traces)
