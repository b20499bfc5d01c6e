"""The bytes that git prints, as columns. A stream of them is read a slice of commits at a time.

One slice is self-contained: people, paths and changes are numbered within it, so that how a history is
cut into slices does not change what is put together from them.
"""

from __future__ import annotations

from array import array
from binascii import unhexlify
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat

from seci.sources.git import discount, renames
from seci.sources.git.bots import is_agent, is_machine
from seci.sources.git.codes import Flag, Role, Status
from seci.sources.git.trailers import Said, told

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
    that starts with `:` and its path. Neither holds a NUL nor is empty: what is empty stands between two commits.
    """
    linked = _has_link(printed)
    tokens = printed.strip(b"\0").split(b"\0")
    ends = [place for place, token in enumerate(tokens) if not token]
    ends.append(len(tokens))
    found, start = [], 0
    for end in ends:
        if start < end:
            found.append(_commit(tokens[start], tokens[start + 1 : end : 2], tokens[start + 2 : end : 2], linked))
        start = end + 1
    return found


def _commit(header: bytes, raws: list[bytes], paths: list[bytes], linked: bool) -> Commit:
    letters = bytes([raw[-1] for raw in raws])
    links = linked and _has_link(b"".join(raws))
    if raws and (links or (_ADDED in letters and _DELETED in letters)):
        raws[0] = raws[0][1:]  # without the newline after the header
    else:
        raws = []  # most of the memory, and nothing in them is asked for
    # Six splits leave the message, whatever it holds, in one piece.
    return Commit(header.split(b"\n", 6), raws, paths, letters, links)


def _has_link(printed: bytes) -> bool:
    """Whether a submodule may be among the files."""
    return b":160000 " in printed or b" 160000 " in printed


class Parser:
    """Makes a slice of commits: reads what each says as it comes, and its files once all renames are known."""

    def __init__(self, edges: frozenset[bytes] = frozenset()) -> None:
        self._edges = edges
        self._added: list[tuple[Commit, Said, int]] = []
        self._known: dict[bytes, bytes] = {}
        self._person: dict[bytes, tuple[bool, bool]] = {}

    def add(self, commit: Commit, parents: int) -> None:
        """One commit with its number of parents."""
        head, paths = commit.head, commit.paths
        text = told(head[5], head[6] if len(head) > 6 else b"", parents > 1)
        del head[6:]  # the message has been read
        commit.paths = list(map(self._known.setdefault, paths, paths))  # each path is kept once
        self._added.append((commit, text, parents))

    def turn(self) -> None:
        """What was added last comes first from now on."""
        self._added.reverse()

    @cached_property
    def slice(self) -> Slice:
        """The columns. To be asked for when no commit will be added and every one knows its renames."""
        rows = Slice()
        self._commits(rows)
        self._people(rows)
        return rows

    def _commits(self, rows: Slice) -> None:
        touches = _Touches(rows)
        flags_of, worths, wrote, landed, changes = [], [], [], [], []
        for commit, text, parents in self._added:
            sha, author, authored, _, committed, subject = commit.head
            machine, agent = self._kind(author)
            flags = text.flags | _shape(parents) | ((_AI_AUTHORED if agent else _BOT) if machine else 0)
            if sha in self._edges:
                flags |= _EDGE
                commit.raws, commit.paths, commit.letters = [], [], b""
            files, added = touches.add(commit)
            worth = discount.of_commit(subject, flags, files, added)
            written = _moment(authored)
            passed_on = written if committed == authored else _moment(committed)
            odd = _ODD_TIME if written < 0 or passed_on < 0 else 0
            wrote.append(written if written > 0 else 0)
            landed.append(passed_on if passed_on > 0 else 0)
            flags_of.append(flags | worth[2] | odd)
            worths.append(worth)
            changes.append(rows.changes[text.change] if text.change else -1)
        touches.end()
        rows.sha += unhexlify(b"".join([commit.head[0] for commit, _, _ in self._added]))
        rows.authored.fromlist(wrote)
        rows.committed.fromlist(landed)
        rows.flags.fromlist(flags_of)
        rows.worth.fromlist([worth for worth, _, _ in worths])
        rows.reason.fromlist([reason for _, reason, _ in worths])
        rows.change.fromlist(changes)

    def _people(self, rows: Slice) -> None:
        number_of, kind = rows.aliases, self._kind
        authors, committers = [], []
        played: list[tuple[int, int, int]] = []
        for number, (commit, text, _) in enumerate(self._added):
            author, committer = commit.head[1], commit.head[3]
            wrote, passed_on = number_of[author], number_of[committer]
            authors.append(wrote)
            committers.append(passed_on)
            if not kind(author)[0]:
                played.append((number, wrote, _AUTHOR))
            for role, person in text.roles:
                if person != author:
                    played.append((number, number_of[person], role))
            if committer != author and not kind(committer)[0]:
                played.append((number, passed_on, _COMMITTER))
        rows.author.fromlist(authors)
        rows.committer.fromlist(committers)
        rows.role_commit.fromlist([number for number, _, _ in played])
        rows.role_alias.fromlist([alias for _, alias, _ in played])
        rows.role.fromlist([role for _, _, role in played])

    def _kind(self, person: bytes) -> tuple[bool, bool]:
        """(is a machine, is a writing assistant)"""
        known = self._person.get(person)
        if known is None:
            name, _, address = person.rpartition(b" <")
            pair = name, address[:-1]
            known = self._person[person] = is_machine(*pair), is_agent(*pair)
        return known


class _Touches:
    """Adds the touches of commits to a slice, many at a time: list by list is twice as fast as one by one."""

    def __init__(self, rows: Slice) -> None:
        self._rows = rows
        self._paths: list[bytes] = []
        self._statuses = bytearray()

    def add(self, commit: Commit) -> tuple[int, int]:
        """(touched files, new ones among them) of the next commit."""
        if commit.links:
            self._rows.submodules += _without_links(commit)
        if commit.renamed:
            paths, statuses = self._renamed(commit, commit.renamed)
            added = statuses.count(_ADD)
        else:
            paths, statuses = commit.paths, commit.letters.translate(_STATUS)
            added = commit.letters.count(_ADDED)
        self._paths += paths
        self._statuses += statuses
        self._rows.files.append(len(paths))
        return len(paths), added

    def end(self) -> None:
        """Ends the columns."""
        rows = self._rows
        self._number()
        rows.touch_status.frombytes(self._statuses)
        rows.touch_commit.fromlist(list(chain.from_iterable(map(repeat, range(len(rows.files)), rows.files))))

    def _number(self) -> None:
        number_of = self._rows.paths
        self._rows.touch_path.fromlist([number_of[path] for path in self._paths])
        self._paths.clear()

    def _renamed(self, commit: Commit, renamed: dict[bytes, tuple[bytes, bool]]) -> tuple[list[bytes], bytes]:
        self._number()  # paths are numbered as they appear, an old one before the new one
        rows, first = self._rows, len(self._statuses)
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
                rows.old_touch.append(first + len(paths))
                rows.old_path.append(rows.paths[old])
            rows.paths[path]  # takes its number
            paths.append(path)
            statuses.append(status)
        return paths, bytes(statuses)


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
