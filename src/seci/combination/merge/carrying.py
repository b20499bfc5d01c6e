"""Traces through human editing: what stayed keeps its source, what changed says how."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from seci.combination.merge.provenance import Citation, Operation, Trace, statements
from seci.combination.merge.support import supported
from seci.combination.merge.words import empty, plain, stem

# A changed statement still comes from an earlier one when so much of what it says does.
FROM = 0.5
# How many earlier statements it may be joined from.
JOINED = 4


def carried(text: str, before: Sequence[Trace]) -> tuple[Trace, ...]:
    """The traces of an edited text, one for each of its statements.

    before  the traces of the text as it was

    A statement that is still there, moved or not, keeps its trace. One whose words all come from one earlier statement
    is trimmed, from several joined, where the mechanical check agrees; any other is human, and names what it was made
    from if half of what it says comes from there.
    """
    said = [one.text for one in statements(text)]
    kept = _kept(said, before)
    gone = [trace for at, trace in enumerate(before) if at not in set(kept.values())]
    return tuple(
        Trace(one, before[kept[at]].operation, before[kept[at]].cited) if at in kept else changed(one, gone, before)
        for at, one in enumerate(said)
    )


def _kept(said: Sequence[str], before: Sequence[Trace]) -> dict[int, int]:
    """New place -> old place of statements that did not change: first those in the same order, then those moved."""
    old, new = [_line(one.text) for one in before], [_line(one) for one in said]
    found = dict[int, int]()
    for run in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        found.update({run.b + at: run.a + at for at in range(run.size)})
    free: dict[str, list[int]] = {}
    for at in sorted(set(range(len(old))) - set(found.values()), reverse=True):
        free.setdefault(old[at], []).append(at)
    for at, line in enumerate(new):
        if at not in found and free.get(line):
            found[at] = free[line].pop()
    # A statement that stands twice now stood once before: both have its source.
    for at, line in enumerate(new):
        if at not in found and line in old:
            found[at] = old.index(line)
    return found


def _line(text: str) -> str:
    return " ".join(text.split())


def changed(text: str, gone: Sequence[Trace], before: Sequence[Trace]) -> Trace:
    """The trace of a statement that was not there; statements that went are looked at before those that stayed."""
    words = plain(text)
    for pool in (gone, before):
        cited = _from(text, pool)
        if not cited:
            continue
        texts = [one.text for one in cited]
        if not supported(text, texts).ok:
            return Trace(text, "human", cited)
        one_of = [one for one in cited if inside(words, plain(one.text))]
        if one_of:
            return Trace(text, "trimmed", tuple(one_of[:1]))
        return Trace(text, _operation(cited), cited)
    return Trace(text, "human")


def _operation(cited: Sequence[Citation]) -> Operation:
    return "joined" if len(cited) > 1 else "rephrased"


def inside(words: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether words stand in a text in their order, others between them."""
    rest = iter(whole)
    return all(word in rest for word in words)


def _from(text: str, pool: Sequence[Trace]) -> tuple[Citation, ...]:
    """The citations of the fewest statements that give the most of a text's words; none if they give less than half."""
    wanted = _content(text)
    if not wanted:
        return ()
    held = [(trace, _content(trace.text)) for trace in pool if trace.cited]
    found, left = list[Citation](), set(wanted)
    for _ in range(JOINED):
        best = max(held, key=lambda one: len(one[1] & left), default=None)
        gained = len(best[1] & left) if best else 0
        if best is None or gained == 0 or (found and gained < 2):
            break
        found += [one for one in best[0].cited if one not in found]
        left -= best[1]
    return tuple(found) if len(left) <= (1 - FROM) * len(wanted) else ()


def _content(text: str) -> set[str]:
    return {stem(word) for word in plain(text) if not empty(word)}
