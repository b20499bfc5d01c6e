"""The folders of a source as a tree that people would draw: build layouts and chains of lone folders taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

# Maven, Gradle and sbt keep tests beside what they test, in a mirrored tree: both are one place.
_LAYOUT = re.compile(
    r"(?:^|(?<=/))src/(?:main|test|integration-?test|it|test-?fixtures|jmh|generated)/"
    r"(?:java|scala|kotlin|groovy|clojure|resources|python|proto)(?:-templates|-shared)?/",
    re.IGNORECASE,
)

# Folders that say how code is laid out, not what it is about.
LAYOUT = frozenset(
    {
        "src", "source", "sources", "lib", "libs", "pkg", "pkgs", "packages", "internal", "main", "java", "scala",
        "python", "app", "apps", "org", "com", "net", "io", "apache", "github", "github.com",
    }
)  # fmt: skip


@dataclass(eq=False)
class Folder:
    """A place in the tree.

    path      folders joined by slashes, without build layouts; empty for the root
    physical  real folders (with trailing slash) whose files lie directly here
    files     indices of the files directly here
    """

    path: str
    above: Folder | None = None
    below: list[Folder] = field(default_factory=list)
    physical: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    weight: float = 0.0
    own_weight: float = 0.0

    def said(self) -> Folder:
        """The folder that says what it is about: of `src/` with little but `src/flask/`, the latter."""
        main = max(self.below, key=lambda child: child.weight, default=None)
        name = self.path.rpartition("/")[2].lower()
        if main is not None and name in LAYOUT and main.weight >= 0.7 * self.weight:
            return main.said()
        return self

    def everything(self) -> list[int]:
        """The files here and below."""
        found = list(self.files)
        for child in self.below:
            found += child.everything()
        return found

    def walk(self) -> list[Folder]:
        found = [self]
        for child in self.below:
            found += child.walk()
        return found

    def prefixes(self) -> list[str]:
        """The fewest real folders that hold everything here and below, shortest first."""
        if self.path == "":
            return [""]
        real = sorted({physical for place in self.walk() for physical in place.physical})
        tops: list[str] = []
        inside = f"{self.path}/"
        for physical in real:
            top = _top(physical, inside)
            if not any(top.startswith(other) for other in tops):
                tops.append(top)
        return tops


def core(folder: Folder) -> Folder:
    """The folder that holds nearly all of it."""
    while main := [child for child in folder.below if child.weight >= 0.85 * folder.weight]:
        folder = main[0]
    return folder


def _top(physical: str, inside: str) -> str:
    """The shortest leading part of a real folder whose logical path lies inside `inside`."""
    at = 0
    while (at := physical.find("/", at) + 1) > 0:
        if f"{logical(physical[:at])}/".startswith(inside):
            return physical[:at]
    return physical


def logical(folder: str) -> str:
    """`clients/src/test/java/org/x/` is where `clients/src/main/java/org/x/` is: at `clients/org/x`."""
    return _LAYOUT.sub("", folder).strip("/")


def grow(paths: Sequence[str], kept: Sequence[int], weights: Sequence[float]) -> Folder:
    """The tree of the kept files, with the weight of everything below in each folder."""
    root = Folder("")
    places: dict[str, Folder] = {"": root}
    real: dict[str, Folder] = {}
    for at in kept:
        path = paths[at]
        folder = path[: path.rfind("/") + 1]
        place = real.get(folder)
        if place is None:
            place = real[folder] = _place(places, logical(folder))
            place.physical.append(folder)
        place.files.append(at)
        place.own_weight += weights[at]
    _weigh(root)
    return root


def _place(places: dict[str, Folder], path: str) -> Folder:
    found = places.get(path)
    if found is None:
        above = _place(places, path.rpartition("/")[0])
        found = places[path] = Folder(path, above)
        above.below.append(found)
    return found


def _weigh(folder: Folder) -> float:
    folder.below.sort(key=lambda child: child.path)
    folder.weight = folder.own_weight + sum(_weigh(child) for child in folder.below)
    return folder.weight
