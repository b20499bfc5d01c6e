"""Changes of one repository with their measures, from its evidence and from git."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from seci.cases.attribute import Value
from seci.cases.case import Case
from seci.kit.clock import DAY, Micros, to_datetime
from seci.kit.errors import SeciError
from seci.kit.ids import seeded
from seci.sources.changes.measures import WEEKDAYS
from seci.sources.git.codes import Flag, Nature, Status
from seci.sources.git.evidence import Evidence
from seci.sources.git.history import History
from seci.sources.git.tables import text

LEFT_OUT = Flag.MERGE | Flag.BOT | Flag.EDGE | Flag.ROOT
"""Merges bring in what was written elsewhere; machines decide nothing; an edge has no known diff."""

MADE_BY_PROGRAMS = (Nature.GENERATED, Nature.VENDORED, Nature.LOCK, Nature.MINIFIED)
_TRAILER = re.compile(r"^[A-Za-z][A-Za-z0-9-]*: .*$", re.MULTILINE)
_FORGE = re.compile(r"^(?:https?://(?:[^@/]+@)?|ssh://git@|git@)([A-Za-z0-9.-]+)[:/](.+?)(?:\.git)?/?$")


@dataclass(slots=True)
class _Past:
    """What the history knew just before a change."""

    touched_by: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    changes_of: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    folders_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    last_of: dict[int, Micros] = field(default_factory=dict)


def changes(
    evidence: Evidence,
    history: History,
    people: npt.NDArray[np.int64],
    *,
    since: Micros = 0,
    most: int = 400,
    seed: int = 0,
    wanted: Callable[[str], bool] | None = None,
) -> list[Case]:
    """The changes of a repository as cases, in landing order; a draw of `most` of them where there are more.

    people  the person behind each alias, -1 for programs; shape (aliases,)
    since   only changes that landed later
    wanted  says of a path whether a change of it counts; a change needs one such file
    """
    picked = _picked(evidence, since, most, seed, wanted)
    if not picked:
        return []
    lines = _numstat(history, [_sha(evidence, row) for row in picked])
    words = _messages(history, [_sha(evidence, row) for row in picked])
    base = _forge(history)
    return [
        _case(_sha(evidence, row), facts, lines, words, base)
        for row, facts in _facts(evidence, people, frozenset(picked))
    ]


def _sha(evidence: Evidence, row: int) -> str:
    return str(evidence.commits.sha[row].tobytes().hex())


def _picked(evidence: Evidence, since: Micros, most: int, seed: int, wanted: Callable[[str], bool] | None) -> list[int]:
    commits = evidence.commits
    usable = (commits.flags & int(LEFT_OUT)) == 0
    usable &= (commits.files > 0) & (commits.landed > since) & ~np.isin(commits.commit, evidence.gone)
    if wanted is not None:
        mine = np.array([wanted(path) for path in evidence.files.path], bool)
        hit = np.zeros(len(usable), bool)
        hit[evidence.touches.commit[mine[evidence.touches.file]] - evidence.first] = True
        usable &= hit
    rows: list[int] = np.flatnonzero(usable).tolist()
    if len(rows) > most:
        rows = sorted(seeded("changes", seed).sample(rows, most))
    return rows


def _facts(
    evidence: Evidence, people: npt.NDArray[np.int64], picked: frozenset[int]
) -> Iterator[tuple[int, dict[str, Value]]]:
    """(row, measures) of the picked commits; one pass over the history, in landing order."""
    commits, touches = evidence.commits, evidence.touches
    bounds = np.searchsorted(touches.commit, np.arange(len(commits) + 1) + evidence.first).tolist()
    files, statuses = touches.file.tolist(), touches.status.tolist()
    authors = people[commits.author].tolist()
    landed, authored, flags = commits.landed.tolist(), commits.authored.tolist(), commits.flags.tolist()
    folders = [path.rpartition("/")[0] for path in evidence.files.path]
    natures = evidence.files.nature
    past, last = _Past(), max(picked, default=-1)
    for row in range(last + 1):
        own = files[bounds[row] : bounds[row + 1]]
        if row in picked:
            status = statuses[bounds[row] : bounds[row + 1]]
            yield (
                row,
                {
                    **_of_files(own, status, natures, folders),
                    **_of_author(past, authors[row], own, status, {folders[one] for one in own}, landed[row]),
                    **_of_moment(authored[row], flags[row]),
                },
            )
        author = authors[row]
        if author >= 0 and not flags[row] & Flag.MERGE:
            past.changes_of[author] += 1
            past.last_of[author] = landed[row]
            for one in own:
                past.touched_by[one].add(author)
                past.folders_of[author].add(folders[one])


def _of_files(own: Sequence[int], status: Sequence[int], natures: Any, folders: Sequence[str]) -> dict[str, Value]:
    kinds = [int(natures[one]) for one in own]
    made = sum(kind in MADE_BY_PROGRAMS for kind in kinds)
    return {
        "files": float(len(own)),
        "new_files": float(status.count(Status.ADDED)),
        "deleted_files": float(status.count(Status.DELETED)),
        "folders": float(len({folders[one] for one in own})),
        "tests_touched": Nature.TESTS in kinds,
        "docs_only": bool(kinds) and all(kind == Nature.DOCS for kind in kinds),
        "build_touched": Nature.BUILD in kinds,
        "generated": round(100 * made / len(own), 1) if own else None,
    }


def _of_author(
    past: _Past, author: int, own: Sequence[int], status: Sequence[int], folders: set[str], at: Micros
) -> dict[str, Value]:
    """How far the author had been here before; not known where the author is a program."""
    before = [one for one, how in zip(own, status, strict=True) if how != Status.ADDED]
    people = {person for one in own for person in past.touched_by.get(one, ())}
    if author < 0:
        return {"people_before": float(len(people))}
    known = sum(author in past.touched_by.get(one, ()) for one in before)
    away = past.last_of.get(author)
    return {
        "author_changes": float(past.changes_of.get(author, 0)),
        "author_new_here": not folders & past.folders_of.get(author, set()),
        "author_knows": round(100 * known / len(before), 1) if before else None,
        "author_away": round(max(0, at - away) / DAY, 1) if away is not None else None,
        "people_before": float(len(people - {author})),
    }


def _of_moment(authored: Micros, flags: int) -> dict[str, Value]:
    moment = to_datetime(authored) if not flags & Flag.ODD_TIME else None
    return {
        "is_revert": bool(flags & Flag.REVERT),
        "written_with_ai": bool(flags & (Flag.AI_ASSISTED | Flag.AI_AUTHORED)),
        "weekday": WEEKDAYS[moment.weekday()] if moment else None,
        "hour": float(moment.hour) if moment else None,
    }


def _case(
    sha: str,
    facts: dict[str, Value],
    lines: dict[str, tuple[int, int]],
    words: dict[str, tuple[str, int]],
    base: str,
) -> Case:
    added, removed = lines.get(sha, (None, None))
    subject, count = words.get(sha, ("", None))
    values = facts | {
        "lines_added": None if added is None else float(added),
        "lines_removed": None if removed is None else float(removed),
        "message_words": None if count is None else float(count),
    }
    return Case(sha, values, "real", subject or sha[:10], link=f"{base}/commit/{sha}" if base else "")


def _numstat(history: History, shas: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Lines added and removed by each commit; binary files have none."""
    asked = "\n".join(shas).encode() + b"\n"
    out = history.ask(
        "diff-tree", "--stdin", "-r", "--root", "--numstat", "--no-ext-diff", "--no-textconv", stdin=asked
    )
    found: dict[str, tuple[int, int]] = {}
    sha = ""
    for line in out.split(b"\n"):
        added, tab, rest = line.partition(b"\t")
        if not tab:
            sha = line.decode("ascii", "replace") or sha
            found.setdefault(sha, (0, 0))
        elif added.isdigit():
            plus, minus = found[sha]
            found[sha] = plus + int(added), minus + int(rest.partition(b"\t")[0])
    return found


def _messages(history: History, shas: Sequence[str]) -> dict[str, tuple[str, int]]:
    """The first line of each message, and how many words all of it has without trailers."""
    asked = "\n".join(shas).encode() + b"\n"
    out = history.ask("log", "--no-walk=unsorted", "--stdin", "--format=%H%x00%s%x00%b%x00", "-z", stdin=asked)
    parts = out.split(b"\0\0")
    found: dict[str, tuple[str, int]] = {}
    for part in parts:
        sha, _, rest = part.lstrip(b"\0\n").partition(b"\0")
        subject, _, body = rest.partition(b"\0")
        if sha:
            words = f"{text(subject)} {_TRAILER.sub('', text(body))}".split()
            found[sha.decode("ascii", "replace")] = text(subject)[:300], len(words)
    return found


def _forge(history: History) -> str:
    """Address of the repository at its forge, where the remote names one; without a name or a password in it."""
    try:
        remote = history.ask("config", "--get", "remote.origin.url").decode(errors="replace").strip()
    except SeciError:
        return ""
    named = _FORGE.match(remote)
    return f"https://{named[1]}/{named[2]}" if named else ""
