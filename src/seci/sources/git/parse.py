"""The bytes that git prints, as columns. A stream of them is read a slice of commits at a time.

One slice is self-contained: people, paths and changes are numbered within it, so that how a history is
cut into slices does not change what is put together from them.
"""

from __future__ import annotations

from array import array
from binascii import unhexlify
from collections.abc import Sequence
from dataclasses import dataclass, field

from seci.sources.git import discount, renames
from seci.sources.git.bots import is_agent, is_machine
from seci.sources.git.codes import Flag, Role, Status
from seci.sources.git.trailers import told

# Git's letter -> status; whatever is neither added nor deleted has been modified.
_STATUS = bytes(
    {ord("A"): Status.ADDED, ord("D"): Status.DELETED}.get(letter, Status.MODIFIED) for letter in range(256)
)
_RENAMED, _MOVED, _ADD = int(Status.RENAMED), int(Status.MOVED), int(Status.ADDED)
_MERGE, _ROOT, _EDGE = int(Flag.MERGE), int(Flag.ROOT), int(Flag.EDGE)
_BOT, _AI_AUTHORED, _ODD_TIME = int(Flag.BOT), int(Flag.AI_AUTHORED), int(Flag.ODD_TIME)
_AUTHOR, _COMMITTER = int(Role.AUTHOR), int(Role.COMMITTER)
_ADDED, _DELETED = ord("A"), ord("D")
BETWEEN = b"\0\0"  # where one commit ends and the next begins
_LATEST = 253_402_300_800  # the year 10000 in seconds; a later date is noise


class Names(dict[bytes, int]):
    """Numbers 0, 1, 2 ... given to byte strings as they appear."""

    def __missing__(self, name: bytes) -> int:
        self[name] = number = len(self)
        return number


@dataclass(slots=True)
class Slice:
    """Columns of some consecutive commits. Numbers of people, paths and changes count within the slice.

    Commits: sha (joined bytes), authored and committed (seconds), author, committer, flags, files, worth, reason,
    change (-1: none). Touches: commit, path, status, and for renames old (index of touch, old path).
    Roles: commit, alias, role.
    """

    sha: bytearray = field(default_factory=bytearray)
    authored: array[int] = field(default_factory=lambda: array("q"))
    committed: array[int] = field(default_factory=lambda: array("q"))
    author: array[int] = field(default_factory=lambda: array("i"))
    committer: array[int] = field(default_factory=lambda: array("i"))
    flags: array[int] = field(default_factory=lambda: array("h"))
    files: array[int] = field(default_factory=lambda: array("i"))
    worth: array[int] = field(default_factory=lambda: array("b"))
    reason: array[int] = field(default_factory=lambda: array("b"))
    change: array[int] = field(default_factory=lambda: array("i"))
    touch_commit: array[int] = field(default_factory=lambda: array("i"))
    touch_path: array[int] = field(default_factory=lambda: array("i"))
    touch_status: array[int] = field(default_factory=lambda: array("b"))
    old_touch: array[int] = field(default_factory=lambda: array("i"))
    old_path: array[int] = field(default_factory=lambda: array("i"))
    role_commit: array[int] = field(default_factory=lambda: array("i"))
    role_alias: array[int] = field(default_factory=lambda: array("i"))
    role: array[int] = field(default_factory=lambda: array("b"))
    aliases: Names = field(default_factory=Names)
    paths: Names = field(default_factory=Names)
    changes: Names = field(default_factory=Names)
    submodules: int = 0
    unpaired: int = 0

    def __len__(self) -> int:
        return len(self.author)


@dataclass(slots=True)
class Commit:
    """One commit as printed: the header's lines, and the path of each touched file.

    letters  how git calls what happened to each file, one byte each
    raws     the raw line of each file, where `pair` or the links need them, else nothing
    links    whether submodules may be among the files
    renamed  new path -> (old path, whether the content stayed), as far as known
    """

    head: list[bytes]
    raws: list[bytes]
    paths: list[bytes]
    letters: bytes
    links: bool = False
    renamed: dict[bytes, tuple[bytes, bool]] | None = None

    def is_whole(self, sha: bytes) -> bool:
        """Whether this is the commit `sha` with a header that can be read."""
        return self.head[0] == sha and len(self.head) > 5

    def pair(self) -> bool:
        """Pairs deletions and additions of equal content. True if others remain that git might pair."""
        if _ADDED not in self.letters or _DELETED not in self.letters:
            return False
        deleted, added = [], []
        for letter, raw, path in zip(self.letters, self.raws, self.paths, strict=True):
            if letter == _DELETED:
                deleted.append((path, raw.split(b" ", 4)[2]))
            elif letter == _ADDED:
                added.append((path, raw.split(b" ", 4)[3]))
        pairs = renames.exact(deleted, added)
        self.renamed = {new: (old, True) for new, old in pairs.items()}
        return len(pairs) < min(len(deleted), len(added))


def commits(printed: bytes) -> list[Commit]:
    """The commits in a stretch of what git prints, which begins and ends with a whole one.

    Git begins each with NUL (see `history.FORMAT`) and ends each with NUL: a header, then for each file a raw line
    that starts with `:` and its path. Neither holds a NUL.
    """
    pieces = printed.strip(b"\0")
    linked = _has_link(pieces)
    return [_commit(piece, linked and _has_link(piece)) for piece in pieces.split(BETWEEN) if piece]


def _commit(printed: bytes, links: bool) -> Commit:
    tokens = printed.split(b"\0")
    raws = tokens[1::2]
    letters = bytes([raw[-1] for raw in raws])
    if raws and (links or (b"A" in letters and b"D" in letters)):
        raws[0] = raws[0][1:]  # without the newline after the header
    else:
        raws = []  # most of the memory, and nothing in them is asked for
    # Six splits leave the message, whatever it holds, in one piece.
    return Commit(tokens[0].split(b"\n", 6), raws, tokens[2::2], letters, links)


def _has_link(printed: bytes) -> bool:
    """Whether a submodule may be among the files."""
    return b":160000 " in printed or b" 160000 " in printed


class Parser:
    """Adds commits to a slice."""

    def __init__(self, edges: frozenset[bytes] = frozenset()) -> None:
        self.slice = Slice()
        self._first = 0
        self._edges = edges
        self._person: dict[bytes, tuple[bool, bool]] = {}

    def add(self, commit: Commit, parents: int) -> None:
        """One commit with its number of parents."""
        rows = self.slice
        number = len(rows.author)
        head = commit.head
        sha, author, authored, committer, committed, subject = head[:6]
        text = told(subject, head[6] if len(head) > 6 else b"", parents > 1)
        flags = text.flags | _shape(parents) | (_EDGE if sha in self._edges else 0)
        machine, agent = self._kind(author)
        flags |= (_AI_AUTHORED if agent else _BOT) if machine else 0
        if sha in self._edges:
            commit.raws, commit.paths, commit.letters = [], [], b""
        added = self._touch(number, commit)
        files = len(rows.touch_commit) - self._first
        worth, reason, more = discount.of_commit(subject, flags, files, added)
        wrote = _moment(authored)
        landed = wrote if committed == authored else _moment(committed)
        odd = _ODD_TIME if wrote < 0 or landed < 0 else 0
        rows.sha += unhexlify(sha)
        rows.authored.append(wrote if wrote > 0 else 0)
        rows.committed.append(landed if landed > 0 else 0)
        rows.author.append(rows.aliases[author])
        rows.committer.append(rows.aliases[committer])
        rows.flags.append(flags | more | odd)
        rows.files.append(files)
        rows.worth.append(worth)
        rows.reason.append(reason)
        rows.change.append(rows.changes[text.change] if text.change else -1)
        self._people(number, author, committer, text.roles, machine)

    def _people(
        self, number: int, author: bytes, committer: bytes, roles: list[tuple[int, bytes]], machine: bool
    ) -> None:
        rows = self.slice
        aliases, role_commit, role_alias, role = rows.aliases, rows.role_commit, rows.role_alias, rows.role
        if not machine:
            role_commit.append(number)
            role_alias.append(aliases[author])
            role.append(_AUTHOR)
        for played, person in roles:
            if person != author:
                role_commit.append(number)
                role_alias.append(aliases[person])
                role.append(played)
        if committer != author and not self._kind(committer)[0]:
            role_commit.append(number)
            role_alias.append(aliases[committer])
            role.append(_COMMITTER)

    def _kind(self, person: bytes) -> tuple[bool, bool]:
        """(is a machine, is a writing assistant)"""
        known = self._person.get(person)
        if known is None:
            name, _, address = person.rpartition(b" <")
            pair = name, address[:-1]
            known = self._person[person] = is_machine(*pair), is_agent(*pair)
        return known

    def _touch(self, number: int, commit: Commit) -> int:
        """Adds the touches; returns how many files are new."""
        rows = self.slice
        self._first = len(rows.touch_commit)
        if commit.links:
            rows.submodules += _without_links(commit)
        if commit.renamed:
            return self._renamed(number, commit, commit.renamed)
        self._append(number, commit.paths, commit.letters.translate(_STATUS))
        return commit.letters.count(_ADDED)

    def _append(self, number: int, paths: Sequence[bytes], statuses: bytes | bytearray) -> None:
        rows, number_of = self.slice, self.slice.paths
        rows.touch_commit.fromlist([number] * len(paths))
        rows.touch_path.fromlist([number_of[path] for path in paths])  # twice as fast as `extend`
        rows.touch_status.frombytes(statuses)

    def _renamed(self, number: int, commit: Commit, renamed: dict[bytes, tuple[bytes, bool]]) -> int:
        rows = self.slice
        gone = {old for old, _ in renamed.values()}
        paths: list[bytes] = []
        statuses = bytearray()
        for letter, path in zip(commit.letters, commit.paths, strict=True):
            if letter == _DELETED and path in gone:
                continue
            status = _STATUS[letter]
            if letter == _ADDED and path in renamed:
                old, same = renamed[path]
                status = _MOVED if same else _RENAMED
                rows.old_touch.append(self._first + len(paths))
                rows.old_path.append(rows.paths[old])
            rows.paths[path]  # an old path is numbered before the new one, as they appear
            paths.append(path)
            statuses.append(status)
        self._append(number, paths, statuses)
        return statuses.count(_ADD)


def _without_links(commit: Commit) -> int:
    """Takes submodules, which are no files, out of a commit; returns how many there were."""
    kept = [i for i, raw in enumerate(commit.raws) if b"160000" not in raw[1:14]]
    links = len(commit.raws) - len(kept)
    if links:
        commit.raws, commit.paths = [commit.raws[i] for i in kept], [commit.paths[i] for i in kept]
        commit.letters = bytes([commit.letters[i] for i in kept])
    return links


def _shape(parents: int) -> int:
    return _MERGE if parents > 1 else 0 if parents else _ROOT


def _moment(text: bytes) -> int:
    """Seconds of a date, -1 when it is noise."""
    try:
        time = int(text)
    except ValueError:
        return -1
    return time if 0 <= time < _LATEST else -1
