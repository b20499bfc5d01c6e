"""Assets proposed from code: folders that live together, documents, tests with what they test, the build.

Nothing here decides for good. A person renames, merges, splits and retires what this proposes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seci.assets.cochange import Touches
from seci.assets.drafts import Draft, draft_parts, gather_sides, patience, split_flat
from seci.assets.folding import fold_tests
from seci.assets.languages import language
from seci.assets.naming import name_all
from seci.assets.partition import cut
from seci.assets.tree import grow

MOST = 80
OUTSIDE = frozenset({"vendored", "generated", "lock", "minified"})
"""Natures of files that are nobody's knowledge here."""
_WORTH = {"code": 1.0, "tests": 0.5, "docs": 0.5, "build": 0.5, "data": 0.1}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An asset that the code seems to have.

    key         stable within the source: the folder it was found in
    name        what a person would call it
    topic       code, docs, tests or build
    languages   most used first
    scopes      (prefix, pattern) pairs; see `scope.Scope`
    reason      one sentence with the numbers it rests on
    """

    key: str
    name: str
    topic: str
    languages: tuple[str, ...]
    scopes: tuple[tuple[str, str], ...]
    reason: str


def propose(
    paths: Sequence[str],
    natures: Sequence[str],
    live: NDArray[np.bool_],
    commit: NDArray[np.integer],
    file: NDArray[np.integer],
    *,
    title: str = "",
    most: int = MOST,
) -> list[Proposal]:
    """The assets of one source, in the order of their keys.

    paths, natures, live   one per file: path from the root, what it is (code, docs, tests, build, data, generated,
                           vendored, lock, minified), whether it exists today
    commit, file           one per touch of recent years: any commit number, index of the file
    title                  what the source is called; names an asset that is all of it

    The number of assets grows with the cube root of the number of files: 6 for 20, 17 for 500, 60 for 20,000.
    """
    # In the order of paths, so that nothing depends on the order in which history named them.
    order = np.array(sorted(range(len(paths)), key=paths.__getitem__), np.int64)
    paths, natures = [paths[at] for at in order.tolist()], [natures[at] for at in order.tolist()]
    keep = np.asarray(live, bool)[order] & np.array([nature not in OUTSIDE for nature in natures], bool)
    kept = np.flatnonzero(keep).tolist()
    if not kept:
        return []
    touches = Touches.of(commit, np.argsort(order)[file], keep)
    weights = _weights(paths, natures, keep, touches)
    target = aim(len(kept), most)
    root = grow(paths, kept, weights.tolist())
    drafts = draft_parts(cut(root, target, patience(natures)), natures)
    average = float(weights[keep].sum()) / target
    drafts = gather_sides(drafts, paths, natures)
    drafts = split_flat(drafts, paths, natures, weights, touches.small(), average, target)
    drafts = fold_tests(drafts, paths, touches.small(), least=max(3, len(kept) // (8 * target)))
    return _proposals(drafts, paths, touches, title)


def aim(files: int, most: int = MOST) -> int:
    """About how many assets a source of this many files has."""
    return max(1, min(most, round(2.2 * math.cbrt(files))))


def _weights(
    paths: Sequence[str], natures: Sequence[str], keep: NDArray[np.bool_], touches: Touches
) -> NDArray[np.float64]:
    """One third for being there, two thirds for being worked on.

    The many files of one folder (fixtures, tables, imported headers) count less each, changes in large commits not
    at all; a test counts half of what it tests, data little.
    """
    worth: NDArray[np.float64] = np.array([_WORTH.get(nature, 1.0) for nature in natures]) * keep
    crowd = Counter(path[: path.rfind("/") + 1] for path in paths)
    there = worth / np.sqrt([crowd[path[: path.rfind("/") + 1]] for path in paths])
    changes = worth * np.sqrt(touches.small().per_file(len(worth)))
    weights: NDArray[np.float64] = there / max(there.sum(), 1e-9) + 2 * changes / max(changes.sum(), 1e-9)
    return weights


def _proposals(drafts: Sequence[Draft], paths: Sequence[str], touches: Touches, title: str) -> list[Proposal]:
    group = np.full(len(paths), -1, np.int64)
    for number, draft in enumerate(drafts):
        group[draft.files] = number
    changed, joint = _changes(group, touches, len(drafts))
    names, keys = name_all(drafts, title), _keys(drafts)
    found = [
        Proposal(
            key=keys[number],
            name=name,
            topic=draft.topic,
            languages=_languages(draft.files, paths),
            scopes=tuple(dict.fromkeys(draft.scopes)),
            reason=_reason(draft, int(changed[number]), int(joint[number])),
        )
        for number, (draft, name) in enumerate(zip(drafts, names, strict=True))
    ]
    return sorted(found, key=lambda proposal: proposal.key)


def _keys(drafts: Sequence[Draft]) -> list[str]:
    """One key for each draft: where two are named after one folder (`src` and `src/src`), each after where it lies."""
    shared = {key for key, times in Counter(draft.key for draft in drafts).items() if times > 1}
    keys: list[str] = []
    for draft in drafts:
        lies = draft.scopes[0][0].rstrip("/") if draft.scopes and draft.key in shared else draft.key
        key, number = lies or draft.key, 2
        while key in keys:
            key, number = f"{lies or draft.key}#{number}", number + 1
        keys.append(key)
    return keys


def _changes(group: NDArray[np.int64], touches: Touches, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Per group the commits that touch it, and those that touch at least two of its files."""
    label = group[touches.file]
    inside = label >= 0
    pairs, counts = np.unique(touches.commit[inside] * n + label[inside], return_counts=True)
    return np.bincount(pairs % n, minlength=n), np.bincount((pairs % n)[counts > 1], minlength=n)


def _languages(files: Sequence[int], paths: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(name for name in (language(paths[at]) for at in files) if name)
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return tuple(name for name in ordered[:4] if 10 * counts[name] >= counts[ordered[0]])


def _reason(draft: Draft, changed: int, joint: int) -> str:
    count = len(draft.files)
    files = f"{count:,} file{'s' if count != 1 else ''}"
    place = _place(draft)
    if not changed:
        return f"{files} {place}, unchanged in the years looked at."
    commits = f"{changed:,} commit{'s' if changed != 1 else ''}"
    if count == 1:
        return f"{files} {place}, changed in {commits}."
    tests = ", with the tests that change with them" if draft.folded else ""
    return f"{files} {place}{tests}, several changed together in {joint / changed:.0%} of {commits}.".replace("%", " %")


def _place(draft: Draft) -> str:
    if draft.folder is not None and not draft.path:
        return "outside the other assets"
    folders = [prefix for prefix, _ in draft.scopes if prefix.endswith("/") and prefix not in draft.folded]
    if not folders:
        at_root = all("/" not in prefix for prefix, _ in draft.scopes)
        return "at the root" if at_root else f"of {draft.path.rpartition('/')[0]}/"
    shown = folders[0] if len(folders) == 1 else f"{folders[0]} and {len(folders) - 1} more"
    return f"under {shown}" + (" outside the assets within it" if draft.inside else "")
