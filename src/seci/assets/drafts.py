"""From parts of a tree to assets in the making: documents and build gathered, flat folders split, tests folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from seci.assets.cochange import Touches, communities, together
from seci.assets.partition import Part
from seci.assets.tree import Folder, core

DOCUMENTS = "documentation"
BUILD = "build and CI"
_TOPICS = ("code", "tests", "docs", "build")
_PATIENCE = {"code": 1.3, "tests": 2.5, "docs": 3.0, "build": 5.0}
_FLAT_LEAST, _FLAT_MOST = 16, 600
_MODULAR = 0.15
"""Below this modularity a split of a flat folder says more about chance than about topics."""


@dataclass(eq=False)
class Draft:
    """An asset in the making.

    path     folders joined by slashes: what it is named after
    scopes   (prefix, pattern) pairs
    files    indices of its files
    inside   folders of other drafts lie within it
    label    a name already found, else the path decides
    """

    path: str
    topic: str
    scopes: list[tuple[str, str]]
    files: list[int]
    inside: bool = False
    label: str = ""
    folded: list[str] = field(default_factory=list)
    folder: Folder | None = None

    @property
    def key(self) -> str:
        """What the asset is known by within its source, whatever it is called."""
        return self.path or "."


def draft_parts(parts: Sequence[Part], natures: Sequence[str]) -> list[Draft]:
    drafts = []
    for part in parts:
        files = part.files()
        scopes = [(prefix, "") for prefix in part.folder.prefixes()]
        topic = topic_of(natures[at] for at in files)
        path = part.folder.said().path if part.folder.above else ""
        drafts.append(Draft(path, topic, scopes, files, bool(part.taken), folder=part.folder))
    return drafts


def patience(natures: Sequence[str]) -> Callable[[Folder], float]:
    """How heavy a folder may be, in average parts, before it is cut: documents and tests are read as a whole."""
    topics: dict[Folder, float] = {}

    def of(folder: Folder) -> float:
        if folder not in topics:
            topics[folder] = _PATIENCE[topic_of(natures[at] for at in folder.everything())]
        return topics[folder]

    return of


def topic_of(natures: Iterable[str]) -> str:
    """Code where at least a fifth is code; else what there is most of."""
    counts = Counter(nature if nature in _TOPICS else "data" for nature in natures)
    total = sum(counts.values())
    if not total or 5 * counts["code"] >= total:
        return "code"
    return max(_TOPICS, key=lambda topic: (counts[topic], -_TOPICS.index(topic)))


def gather_sides(drafts: list[Draft], paths: Sequence[str], natures: Sequence[str]) -> list[Draft]:
    """Small document and build places at the top, and loose files of that nature, become two assets."""
    root, rest = drafts[0], drafts[1:]
    taken = {draft.folder for draft in drafts if draft.folder is not None}
    assert root.folder is not None
    sides = {
        "docs": Draft("documentation", "docs", [], [], label=DOCUMENTS),
        "build": Draft("build", "build", [], [], label=BUILD),
    }
    for draft in [draft for draft in rest if draft.topic in sides and draft.folder in root.folder.below]:
        side = sides[draft.topic]
        side.files += draft.files
        side.scopes += draft.scopes
        side.inside = side.inside or draft.inside
        rest.remove(draft)
    mine = set(root.files)
    for child in [*root.folder.below]:
        files = [at for at in child.everything() if at in mine]
        topic = topic_of(natures[at] for at in files)
        if child not in taken and files and topic in sides:
            sides[topic].scopes += [(prefix, "") for prefix in child.prefixes()]
            sides[topic].files += files
            mine -= set(files)
    for at in root.folder.files:
        topic = "docs" if natures[at] == "docs" else "build" if natures[at] in ("build", "data") else "code"
        if topic in sides:
            sides[topic].scopes.append((paths[at], ""))
            sides[topic].files.append(at)
            mine.discard(at)
    root.files = sorted(mine)
    root.topic = topic_of(natures[at] for at in root.files)
    fresh = [side for side in sides.values() if side.files]
    if not root.files:
        # Whatever comes to the root later is most likely part of how the thing is built.
        (sides["build"] if sides["build"].files else (rest + fresh)[0]).scopes.append(("", ""))
        return rest + fresh
    return [root, *rest, *fresh]


def split_flat(
    drafts: list[Draft],
    paths: Sequence[str],
    natures: Sequence[str],
    weights: NDArray[np.float64],
    touches: Touches,
    average: float,
    target: int,
) -> list[Draft]:
    """Heavy folders of many files that no folder divides are divided by what changes together."""
    found: list[Draft] = []
    room = target - len(drafts)
    heavy = sorted(drafts, key=lambda draft: (-weights[draft.files].sum(), draft.path))
    divided: dict[int, list[Draft]] = {}
    for draft in heavy:
        if room <= 0 or draft.topic != "code" or draft.folder is None or weights[draft.files].sum() < 1.3 * average:
            continue
        parts = _communities(draft, paths, natures, weights, touches, average, room)
        room -= len(parts)
        divided[id(draft)] = parts
    for draft in drafts:
        parts = divided.get(id(draft), [])
        gone = {at for part in parts for at in part.files}
        draft.files = [at for at in draft.files if at not in gone]
        draft.inside = draft.inside or bool(parts)
        found += [draft, *parts]
    return [draft for draft in found if draft.files or ("", "") in draft.scopes]


def _communities(
    draft: Draft,
    paths: Sequence[str],
    natures: Sequence[str],
    weights: NDArray[np.float64],
    touches: Touches,
    average: float,
    room: int,
) -> list[Draft]:
    assert draft.folder is not None
    here = core(draft.folder)
    files = np.array([at for at in here.files if natures[at] == "code"], np.int64)
    if not _FLAT_LEAST <= len(files) <= _FLAT_MOST:
        return []
    number = np.full(len(paths), -1)
    number[files] = np.arange(len(files))
    ties = together(touches.groups(number), len(files))
    stems = [_stem(paths[at]) for at in files]
    for one, stem in enumerate(stems):
        for two in range(one):
            if stems[two] == stem:
                ties[one, two] = ties[two, one] = ties[one, two] + 2.0
    label, quality = communities(ties)
    if quality < _MODULAR:
        return []
    groups = [files[label == each] for each in range(label.max() + 1)]
    groups = [group for group in groups if len(group) > 2 and weights[group].sum() >= 0.4 * average]
    groups.sort(key=lambda group: (-weights[group].sum(), paths[group[0]]))
    if len(groups) < 2:
        return []
    if sum(map(len, groups)) == len(draft.files):
        groups = groups[:-1]
    return [_community(draft, group, paths, touches) for group in groups[:room]]


def _community(draft: Draft, group: NDArray[np.int64], paths: Sequence[str], touches: Touches) -> Draft:
    counts = Counter[str]()
    changed = touches.per_file(len(paths))
    for at in group:
        counts[_stem(paths[at])] += int(changed[at]) + 1
    leading = sorted(counts, key=lambda stem: (-counts[stem], stem))[:2]
    return Draft(
        path=f"{draft.path}/{leading[0]}".lstrip("/"),
        topic="code",
        scopes=[(paths[at], "") for at in sorted(group.tolist(), key=lambda at: paths[at])],
        files=sorted(group.tolist()),
        label=" and ".join(leading),
    )


def _stem(path: str) -> str:
    return path[path.rfind("/") + 1 :].partition(".")[0]
