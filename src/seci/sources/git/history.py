"""A git repository as a stream of facts: how it is opened safely, in what order its commits are, what they hold.

Git runs as a child process that never starts a program the repository names: no hooks, no file-system monitor, no
external diff, no transport (a partial clone stays partial). What it says on exit is always read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from seci.kit.errors import BadInput, Refused, Unavailable

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.pager": "cat",
    "core.quotePath": "false",
    "core.useReplaceRefs": "false",
    "core.packedGitWindowSize": "32m",  # a large pack is looked at through a small window
    "core.packedGitLimit": "128m",
    "diff.renames": "false",
    "i18n.logOutputEncoding": "UTF-8",
    "protocol.allow": "never",
}
_FLAGS = [flag for name, value in _SETTINGS.items() for flag in ("-c", f"{name}={value}")]
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_COUNT", "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")

FORMAT = "%x00%H%n%an <%ae>%n%at%n%cn <%ce>%n%ct%n%B"
DIFF = ("diff-tree", "--stdin", "-r", "--root", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")


def environment() -> dict[str, str]:
    """What git may know of the caller: nothing that points it to another repository, program or transport."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith(_KEPT)}
    return kept | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }


@dataclass(frozen=True, slots=True)
class Walk:
    """Commits and how they hang together, newest first as git lists them: parents, and commit times in seconds."""

    parents: dict[bytes, tuple[bytes, ...]]
    committed: dict[bytes, int]


@dataclass(frozen=True)
class History:
    """One repository at one moment. Make it with `History.open`.

    path     as the caller gave it, for sentences
    folder   its git folder
    tip      hexadecimal name of the commit that HEAD names; None in an empty repository
    edges    commits at which a shallow clone ends
    partial  whether it was cloned without its blobs, which are then not fetched
    """

    path: str
    folder: str
    tip: str | None
    bare: bool
    object_format: str
    edges: frozenset[bytes]
    partial: bool

    @classmethod
    def open(cls, path: Path) -> History:
        """The repository at `path`: a work tree (or a folder in one), a linked work tree or a bare repository."""
        if not path.is_dir():
            raise BadInput(f"There is no folder {path}; give the path of a git repository.", code="not_a_repository")
        wanted = ["--absolute-git-dir", "--is-bare-repository", "--show-object-format", "--git-common-dir"]
        answer = _run([*_command(), "-C", str(path), "rev-parse", *wanted, "--quiet", "--verify", "HEAD^{commit}"])
        said = os.fsdecode(answer.stdout)
        if said.count("\n") < len(wanted):
            raise _refusal(str(path), answer.stderr)
        tip = None
        if answer.returncode == 0:
            said, tip, _ = said.rsplit("\n", 2)
        folder, bare, object_format, shared = said.rstrip("\n").rsplit("\n", 3)
        if tip is None and _run([*_command(folder), "rev-parse", "--quiet", "--verify", "HEAD"]).returncode == 0:
            raise _damage(str(path), answer.stderr or b"fatal: the commit that HEAD names is missing")
        common = path / shared
        edges = frozenset(_text(common / "shallow").split())
        return cls(str(path), folder, tip, bare == "true", object_format, edges, _is_partial(common))

    @property
    def shallow(self) -> bool:
        return bool(self.edges)

    @cached_property
    def command(self) -> list[str]:
        """Git and all that makes it safe and repeatable; a subcommand follows."""
        return _command(self.folder)

    def ask(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Output of one short git command."""
        answer = _run([*self.command, *arguments], stdin)
        if answer.returncode:
            raise _damage(self.path, answer.stderr)
        return answer.stdout

    def walk(self, tip: str) -> Walk:
        """All commits that `tip` reaches."""
        return _walk(self.ask("rev-list", "--parents", "--timestamp", tip, "--"))

    def added(self, tip: str, since: str) -> Walk | None:
        """Commits that `tip` reaches and `since` does not. None if `tip` does not build on `since`, or that is gone."""
        span = ["rev-list", "--parents", "--timestamp", "--left-right", f"{since}...{tip}", "--"]
        answer = _run([*self.command, *span])
        if answer.returncode or b" <" in answer.stdout:
            return None
        return _walk(answer.stdout.replace(b" >", b" "))

    def contents(self, names: Sequence[str]) -> dict[str, bytes]:
        """Small files at the tip that exist and can be read, by name."""
        if self.tip is None:
            return {}
        asked = b"".join(f"{self.tip}:{name}\n".encode() for name in names)
        out = self.ask("cat-file", "--batch", stdin=asked)
        found: dict[str, bytes] = {}
        for name in names:
            head, _, out = out.partition(b"\n")
            if head.endswith(b" missing") or b" blob " not in head:
                continue
            size = int(head.rsplit(b" ", 1)[1])
            found[name], out = out[:size], out[size + 1 :]
        return found

    def files(self) -> list[bytes]:
        """Paths of all files at the tip; submodules are not files."""
        if self.tip is None:
            return []
        rows = self.ask("ls-tree", "-r", "-z", "--full-tree", self.tip).split(b"\0")
        return [row.split(b"\t", 1)[1] for row in rows if row and not row.startswith(b"160000")]

    def mapped(self, people: Sequence[bytes]) -> list[bytes]:
        """The same people as the `.mailmap` at the tip names them. Each is `Name <address>`, with an address."""
        settings = ["-c", f"mailmap.blob={self.tip}:.mailmap", "-c", "mailmap.file="]
        # Git would also read a .mailmap in the folder it runs in; its own folder has none.
        command = [*_command(self.folder, settings), "check-mailmap", "--stdin"]
        answer = _run(command, b"".join([person + b"\n" for person in people]), folder=self.folder)
        mapped = answer.stdout.split(b"\n")[:-1]
        if answer.returncode or len(mapped) != len(people):
            raise _damage(self.path, answer.stderr)
        return mapped


def told(path: Path, what: str) -> str | None:
    """What `git rev-parse` says of the repository around a folder; None where there is none that may be read."""
    if not path.is_dir():
        return None
    answer = _run([*_command(), "-C", str(path), "rev-parse", what])
    return os.fsdecode(answer.stdout.removesuffix(b"\n")) or None if answer.returncode == 0 else None


def damage(path: str, complaint: bytes, commit: bytes = b"") -> BadInput:
    """The error for a history that cannot be read on from `commit`."""
    return _damage(path, complaint, commit)


def _walk(out: bytes) -> Walk:
    parents: dict[bytes, tuple[bytes, ...]] = {}
    committed: dict[bytes, int] = {}
    for line in out.splitlines():
        moment, commit, *before = line.split(b" ")
        parents[commit] = tuple(before)
        committed[commit] = int(moment)
    return Walk(parents, committed)


def _command(folder: str | None = None, more: Iterable[str] = ()) -> list[str]:
    place = [f"--git-dir={folder}"] if folder else []
    return ["git", "--no-pager", "--no-optional-locks", *_FLAGS, *more, *place]


def _run(
    command: Sequence[str], stdin: bytes = b"", *, folder: str | None = None
) -> subprocess.CompletedProcess[bytes]:
    # Files instead of pipes: a long answer would come in thousands of small pieces.
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        asked.write(stdin)
        asked.seek(0)
        try:
            done = subprocess.run(command, stdin=asked, stdout=out, stderr=errors, env=environment(), cwd=folder)
        except FileNotFoundError as error:
            if shutil.which("git") is None:
                raise Unavailable("git is not installed or not on the PATH; install it.", code="no_git") from error
            raise
        out.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read(), errors.read())


def _text(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _is_partial(common: Path) -> bool:
    settings = _text(common / "config").lower()
    return b"partialclone" in settings or b"promisor" in settings


def _refusal(path: str, complaint: bytes) -> BadInput | Refused:
    said = complaint.decode(errors="replace").strip()
    if "dubious ownership" in said:
        return Refused(
            f"Git refuses to read {path} because it belongs to another user; if you trust it, run: "
            f"git config --global --add safe.directory {path}",
            code="unsafe_repository",
        )
    if "Permission denied" in said or not os.access(path, os.R_OK | os.X_OK):
        return Refused(f"You may not read {path}; ask its owner for read permission.", code="no_permission")
    if "not a git repository" in said:
        return BadInput(
            f"{path} is not a git repository; give a folder that `git clone` or `git init` made.",
            code="not_a_repository",
        )
    return _damage(path, complaint)


def _damage(path: str, complaint: bytes, commit: bytes = b"") -> BadInput:
    lines = [line for line in complaint.decode(errors="replace").strip().splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    said = (fatal or lines or ["git gave no reason"])[0]
    where = f" at commit {commit.decode()}" if commit else ""
    mend = "run `git fsck` there and fetch what is missing"
    return BadInput(f"The history of {path} cannot be read{where} ({said}); {mend}.", code="damaged_repository")
