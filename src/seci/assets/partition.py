"""A tree of folders cut into parts of a size that a person can know."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from seci.assets.tree import Folder

DOMINANT = 0.85
"""A child with this much of its folder is what the folder is about; the cut goes on inside it."""
SMALLEST = 0.4
"""A part is at least this much of an average part."""
LEFTOVER = 0.15
"""What remains of a folder below this much of an average part goes with the folder above."""


@dataclass(eq=False)
class Part:
    """A folder without the folders that became parts of their own."""

    folder: Folder
    taken: list[Folder] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return self.folder.weight - sum(folder.weight for folder in self.taken)

    def files(self) -> list[int]:
        return list(self._files(self.folder))

    def _files(self, folder: Folder) -> Iterator[int]:
        yield from folder.files
        for child in folder.below:
            if child not in self.taken:
                yield from self._files(child)


def cut(root: Folder, target: int, patience: Callable[[Folder], float]) -> list[Part]:
    """The root cut into about `target` parts: again and again the heaviest one gives up its heavy folders.

    patience   how many times an average part a folder may weigh before it is cut

    The first part is what remains of the root. Every other part is a folder below the folder of another part.
    """
    average = root.weight / target
    parts = [Part(root)]
    queue = [(-root.weight, root.path, 0)]
    while queue and len(parts) < target:
        weight, _, at = heapq.heappop(queue)
        if parts[at].folder is not root and -weight < patience(parts[at].folder) * average:
            continue
        for folder in _heavy(parts[at].folder, SMALLEST * average):
            parts[at].taken.append(folder)
            heapq.heappush(queue, (-folder.weight, folder.path, len(parts)))
            parts.append(Part(folder))
    return _without_leftovers(parts, LEFTOVER * average)


def _heavy(folder: Folder, least: float) -> list[Folder]:
    """The folders below that are worth a part, looking through those that are nearly all there is."""
    heavy: list[Folder] = []
    through: Folder | None = folder
    while through is not None:
        dominant = next((child for child in through.below if child.weight >= DOMINANT * folder.weight), None)
        heavy += [child for child in through.below if child is not dominant and child.weight >= least]
        through = dominant
    return heavy


def _without_leftovers(parts: list[Part], least: float) -> list[Part]:
    """Parts of which next to nothing remained go back to the part above them."""
    for part in [part for part in parts[1:] if part.taken and part.weight < least]:
        parts.remove(part)
        above = next(other for other in parts if part.folder in other.taken)
        above.taken.remove(part.folder)
        above.taken += part.taken
    return parts
