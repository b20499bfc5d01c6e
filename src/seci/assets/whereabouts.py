"""Whether a repository has what somebody calls by its path, and what they may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

NEAR = 3


def holds(paths: Iterable[str], prefix: str, pattern: str) -> bool:
    """Whether any of `paths` lies in a scope: below a folder (with its slash), or the file itself."""
    if pattern:
        at = len(prefix)
        return any(
            path.startswith(prefix) and "/" not in path[at:] and fnmatchcase(path[at:], pattern) for path in paths
        )
    if not prefix or prefix.endswith("/"):
        return any(path.startswith(prefix) for path in paths)
    return prefix in paths


def near(paths: Sequence[str], wanted: str) -> list[str]:
    """The files and folders (with their slash) that somebody may have meant by `wanted`, likeliest first."""
    if holds(paths, f"{wanted}/", ""):
        return [f"{wanted}/"]
    folders = {path[: at + 1] for path in paths for at, letter in enumerate(path) if letter == "/"}
    plain = wanted.rstrip("/")
    if wanted.endswith("/") and plain in paths:
        return [plain]
    name = plain.rsplit("/", 1)[-1]
    named = sorted(place for place in {*folders, *paths} if place.rstrip("/").rsplit("/", 1)[-1] == name)
    if named:
        return get_close_matches(wanted, named, NEAR, 0.0)
    above = plain.rpartition("/")[0]
    while above and f"{above}/" not in folders:
        above = above.rpartition("/")[0]
    root = f"{above}/" if above else ""
    below = (path[len(root) :].partition("/") for path in paths if path.startswith(root))
    beside = sorted({f"{child}{slash}" for child, slash, _ in below})
    rest = wanted[len(root) :]
    return [f"{root}{child}" for child in get_close_matches(rest, beside, NEAR, 0.6) or beside[:NEAR]]
