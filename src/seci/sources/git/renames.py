"""Files through their renames: which deletion and addition are one file, and one number per file for good."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from seci.sources.git.codes import Status
from seci.sources.git.register import Register

_ADDED, _DELETED, _RENAMED = int(Status.ADDED), int(Status.DELETED), int(Status.RENAMED)
# Empty files are all alike: they are one file only if they also keep their name.
EMPTY = (
    b"e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    b"473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)


def exact(deleted: Sequence[tuple[bytes, bytes]], added: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """New path -> old path, for files whose content (blob name) did not change. Rows are (path, blob).

    Among equal contents the one that keeps its file name wins, then the order of paths.
    """
    sources: dict[bytes, list[bytes]] = {}
    for path, blob in deleted:
        sources.setdefault(blob, []).append(path)
    pairs: dict[bytes, bytes] = {}
    later = []
    for path, blob in added:
        candidates = sources.get(blob)
        if not candidates:
            continue
        name = path.rsplit(b"/", 1)[-1]
        same = next((old for old in candidates if old.rsplit(b"/", 1)[-1] == name), None)
        if same is not None:
            candidates.remove(same)
            pairs[path] = same
        elif blob not in EMPTY:
            later.append((path, candidates))
    for path, candidates in later:
        if candidates:
            pairs[path] = candidates.pop(0)
    return pairs


class Files:
    """Numbers of files, and the paths they have and had.

    paths    every path ever seen, in order of appearance
    owner    per path: the file that has it, or had it last
    path_of  per file: its latest path, as an index into `paths`
    live     per file: 1 while it exists
    moved    files that have had a rename since they were read from disk or since whoever keeps count emptied it
    """

    def __init__(
        self,
        paths: Register | None = None,
        owner: array[int] | None = None,
        path_of: array[int] | None = None,
        live: array[int] | None = None,
    ) -> None:
        self.paths = Register() if paths is None else paths
        self.owner = owner if owner is not None else array("i")
        self.path_of = path_of if path_of is not None else array("i")
        self.live = live if live is not None else array("b")
        self.moved: set[int] = set()

    def __len__(self) -> int:
        return len(self.path_of)

    def intern(self, path: bytes) -> int:
        """The index of a path; a new path belongs to no file yet."""
        number = self.paths.number(path)
        if number == len(self.owner):
            self.owner.append(-1)
        return number

    def follow(self, paths: Sequence[int], statuses: Sequence[int], olds: dict[int, int]) -> array[int]:
        """The file of each touch, in landing order. `olds` gives the old path of each touch that renames.

        A side branch may still use the old path of a file that was renamed on the main line: it means that file.
        A path that is added again after its file moved away is a new file.
        """
        out = []
        owner, path_of, live = self.owner, self.path_of, self.live
        for i, (path, status) in enumerate(zip(paths, statuses, strict=True)):
            if status >= _RENAMED:
                file = self._owner_of(olds[i])
                owner[path], path_of[file], live[file] = file, path, 1
                self.moved.add(file)
            else:
                file = owner[path]
                if file < 0 or (status == _ADDED and path_of[file] != path):
                    file = self._new(path)
                if path_of[file] == path:
                    live[file] = status != _DELETED
            out.append(file)
        return array("i", out)

    def settle(self, present: Iterable[bytes]) -> None:
        """Takes what exists from the tree at the tip: merges delete and add files without a touch of their own."""
        self.live = array("b", bytes(len(self.path_of)))
        self.paths.unfold()
        for path in present:
            number = self.intern(path)
            file = self.owner[number]
            if file < 0 or self.path_of[file] != number:
                file = self._new(number)
            self.live[file] = 1

    def _owner_of(self, path: int) -> int:
        file = self.owner[path]
        return file if file >= 0 else self._new(path)

    def _new(self, path: int) -> int:
        file = len(self.path_of)
        self.path_of.append(path)
        self.live.append(1)
        self.owner[path] = file
        return file
