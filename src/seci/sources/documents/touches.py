"""The history of single files: which commits made them what they are, through all renames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seci.sources.git.history import DIFF, FORMAT, History
from seci.sources.git.parse import BETWEEN


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit that changed a file. `path` is where the file lay, `content` the object that it was afterwards.

    author  "Name <address>" as committed
    at      seconds since the epoch
    edge    a shallow clone ends here: who wrote the file, and when, is unknown
    """

    commit: str
    path: str
    content: bytes
    author: bytes
    at: int
    message: str
    edge: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    letter: str
    content: bytes
    old: str
    new: str


def touches(history: History, paths: Iterable[str], patterns: Iterable[str]) -> dict[str, list[Touch]]:
    """For each of `paths`, which are there at the tip, the commits that changed it, oldest first.

    patterns  what git looks at (`*.md`): a rename between two of them is followed

    A merge counts where its outcome is neither side's. Commits of side branches come in the order of git's topology.
    """
    found: dict[str, list[Touch]] = {path: [] for path in paths}
    if history.tip is None or not found:
        return found
    named = {path: path for path in found}
    seen: dict[str, bytes] = {}
    for head, changes in _commits(history, [f":(icase){one}" for one in patterns]):
        for change in changes:
            page = named.get(change.new)
            if page is None or change.letter == "D":
                continue
            if seen.get(page) != change.content:
                found[page].append(_touch(history, head, change))
            seen[page] = change.content
            if change.letter in ("R", "A"):
                # What had this name before was another file, or is called otherwise.
                del named[change.new]
                if change.letter == "R":
                    named.setdefault(change.old, page)
    for each in found.values():
        each.reverse()
    return found


def _touch(history: History, head: list[bytes], change: _Change) -> Touch:
    edge = head[0] in history.edges
    said = head[5].decode("utf-8", "replace").strip() if len(head) > 5 else ""
    at = int(head[2]) if head[2].lstrip(b"-").isdigit() else 0
    return Touch(head[0].decode(), change.new, change.content, head[1], at, said, edge)


def _commits(history: History, patterns: list[str]) -> Iterator[tuple[list[bytes], list[_Change]]]:
    """Each commit that changed such files, newest first: its header, and what it did."""
    listed = history.ask("rev-list", "--topo-order", history.tip or "", "--", *patterns)
    printed = history.ask(*DIFF, "-M", "-l2000", "-c", f"--format={FORMAT}", "--", *patterns, stdin=listed)
    head: list[bytes] = []
    for piece in printed.strip(b"\0").split(BETWEEN):
        tokens = piece.split(b"\0")
        if not piece.startswith(b"::"):  # what a merge did stands apart from its header
            head = tokens.pop(0).split(b"\n", 5)
        if len(head) > 4 and tokens:
            yield head, list(_changes(tokens))


def _changes(tokens: list[bytes]) -> Iterator[_Change]:
    """Raw lines (git-diff-tree(1), RAW OUTPUT FORMAT), each followed by one path, or by two where it was renamed."""
    at = 0
    while at < len(tokens):
        raw = tokens[at].lstrip(b"\n").split(b" ")
        sides = len(raw[0]) - len(raw[0].lstrip(b":"))
        if not sides or at + 1 >= len(tokens):
            return
        letters = raw[-1].decode()
        paths = tokens[at + 1 : at + (3 if letters[0] in "RC" and sides == 1 else 2)]
        at += 1 + len(paths)
        content = raw[2 * sides + 1]
        yield _Change(letters[0], content, *(paths[i].decode("utf-8", "replace") for i in (0, -1)))
