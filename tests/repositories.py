"""Git repositories for tests, written in one go by `git fast-import` from a short description.

write_repository(folder, [
    Commit("Alice", "2024-01-02", {"core/engine.py": "start"}),
    Commit("Bob", "2024-02-01", {"core/engine.py": "go"}, trailers=["Reviewed-by: Alice <alice@example.org>"]),
])
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
}


@dataclass(frozen=True)
class Commit:
    """One commit. A commit follows the one before it unless `parents` names others.

    author     "Alice" (who then has alice@example.org) or "Name <address>"
    when       ISO date or moment; midnight and UTC unless it says otherwise
    files      path -> new content; None deletes the file
    renames    old path -> new path, before `files` is written
    parents    labels of earlier commits; more than one makes a merge
    label      a name for `parents` of later commits
    committer, committed   default to author and when
    """

    author: str
    when: str
    files: Mapping[str, str | bytes | None] = field(default_factory=dict)
    message: str = "Change"
    trailers: Sequence[str] = ()
    renames: Mapping[str, str] = field(default_factory=dict)
    committer: str | None = None
    committed: str | None = None
    parents: Sequence[str] | None = None
    label: str | None = None


def write_repository(
    path: Path,
    commits: Sequence[Commit],
    *,
    bare: bool = False,
    object_format: str = "sha1",
    branch: str = "main",
    append: bool = False,
) -> Path:
    """The path of a repository with these commits on `branch`; `append` adds them to one that is there."""
    if not append:
        options = ["--bare"] if bare else []
        git(path.parent, "init", "-q", "-b", branch, f"--object-format={object_format}", *options, str(path))
    first_parent = branch if append else None
    stream = b"".join(_stream(commits, branch, first_parent))
    git(path, "fast-import", "--quiet", "--force", "--date-format=raw-permissive", stdin=stream)
    if not bare and commits:
        git(path, "reset", "-q", "--hard", branch)
    return path


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> str:
    """Output of a git command in `folder`, free of whatever the machine has configured."""
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=stdin, capture_output=True, env={**os.environ, **QUIET}
    )
    if done.returncode:
        raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode(errors="surrogateescape").strip()


def _stream(commits: Sequence[Commit], branch: str, tip: str | None) -> list[bytes]:
    labels: dict[str, str] = {}
    lines: list[bytes] = []
    previous = f"refs/heads/{tip}^0" if tip else None
    for number, commit in enumerate(commits, 1):
        parents = [labels[label] for label in commit.parents] if commit.parents is not None else [previous]
        message = "\n\n".join([commit.message, "\n".join(commit.trailers)] if commit.trailers else [commit.message])
        lines += [
            f"commit refs/heads/{branch}\nmark :{number}\n".encode(),
            b"author " + _signature(commit.author, commit.when),
            b"committer " + _signature(commit.committer or commit.author, commit.committed or commit.when),
            _data(message),
        ]
        first, *others = parents or [None]
        if first:
            lines.append(f"from {first}\n".encode())
        elif number > 1 or tip:
            # A root commit after others: fast-import would otherwise continue the branch.
            lines[-4:-4] = [f"reset refs/heads/{branch}\n\n".encode()]
        lines += [f"merge {parent}\n".encode() for parent in others]
        lines += [b"R " + _quoted(old) + b" " + _quoted(new) + b"\n" for old, new in commit.renames.items()]
        for path, content in commit.files.items():
            if content is None:
                lines.append(b"D " + _quoted(path) + b"\n")
            else:
                lines += [b"M 100644 inline " + _quoted(path) + b"\n", _data(content)]
        lines.append(b"\n")
        previous = f":{number}"
        labels[commit.label or str(number)] = previous
    return lines


def _signature(who: str, when: str) -> bytes:
    name = who if "<" in who else f"{who} <{who.split()[0].lower()}@example.org>"
    moment = datetime.fromisoformat(when)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return f"{name} {int(moment.timestamp())} {moment:%z}\n".encode(errors="surrogateescape")


def _data(content: str | bytes) -> bytes:
    raw = content.encode(errors="surrogateescape") if isinstance(content, str) else content
    return b"data %d\n%s\n" % (len(raw), raw)


def _quoted(path: str) -> bytes:
    raw = path.encode(errors="surrogateescape").replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + raw + b'"'
