"""`python -m benchmarks.truckfactor REPO... [--quick] [--json]`: our truck factors beside the published ones.

Published: Avelino, Passos, Hora, Valente (ICPC 2016) and the questions they put to the projects in July and August
2015. Histories are read as they stood on 25 February 2015, the day named in the authors' tool. Each REPO is a
repository or a folder of repositories; which project it is is told from its folder's name (`owner+name` or `name`).
Every project gets the same treatment, that of the authors' tool (aserg-ufmg/Truck-Factor) over the evidence and the
people as the product reads them:

    files     of programming and markup languages; no documentation, third-party code, examples, build and benchmark
              folders, empty files; none that the history has no commit for, such as those of a merged subtree
    left out  what the authors took out of single projects besides, by the list in the first commit of their tool
    authors   whoever added a file need not reach the absolute threshold (the tool has this, the paper has not)
    factor    people leave while half of the files or more still have an author; nobody is pruned

    ours, published   the truck factor over all time; by_rules: without the authors' list for single projects
    active            of people with a commit in the year before; orphaned: percent of the files without such an author

One thing is not as in their tool: it joins all files that ever had a path, while the evidence takes a path that is
used again after its file moved away for a new file.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.evidence import evidence, git, people
from benchmarks.truckfactor_published import PROJECTS, Project
from benchmarks.written import their_own, written
from seci.kit.clock import DAY
from seci.kit.errors import BadInput
from seci.sources.git.codes import Role, Status
from seci.sources.git.evidence import Evidence
from seci.spiral.truck_factor import Authorship, degree_of_authorship, truck_factor

SNAPSHOT = "2015-02-26T00:00:00Z"
EMPTY = ("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813")
QUICK = 6_000
YEAR = 365 * DAY


def repositories(given: Sequence[Path]) -> Iterator[Path]:
    """The repositories among the arguments and directly inside the folders among them."""
    for path in given:
        found = inside(path)
        if found:
            yield found
            continue
        if not path.is_dir():
            raise BadInput(f"{path} is not a folder; give repositories or a folder of repositories.")
        yield from (repo for child in sorted(path.iterdir()) if (repo := inside(child)))


def inside(path: Path) -> Path | None:
    """The repository at `path`, or the only one just below it under the name `repo`."""
    for at in (path, path / "repo"):
        if (at / ".git").exists() or ((at / "HEAD").exists() and (at / "objects").exists()):
            return at
    return None


def project_of(repo: Path) -> Project | None:
    named = repo.parent.name if repo.name == "repo" else repo.name.removesuffix(".git")
    name = named.split("+")[-1].lower()
    return next(
        (project for project in PROJECTS if name in project.names and named.lower() not in project.others), None
    )


def source_files(repo: Path, commit: str) -> set[str]:
    """Files of a commit that people write: regular, not empty, in a programming or markup language."""
    rows = [line.split("\t", 1) for line in git(repo, "ls-tree", "-r", "-z", commit).split("\0") if line]
    kept = [(what.split(), path) for what, path in rows]
    files = {path: (mode, blob) for (mode, _, blob), path in kept if mode.startswith("100") and blob not in EMPTY}
    named = {path for path in files if written(path)}
    scripts = {
        path: blob
        for path, (mode, blob) in files.items()
        if path not in named and (mode == "100755" or "." not in path.rsplit("/", 1)[-1]) and their_own(path)
    }
    first = first_lines(repo, set(scripts.values()))
    return named | {path for path, blob in scripts.items() if written(path, first.get(blob, b""))}


def first_lines(repo: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The first line of each blob; blobs that the repository has not got are left out."""
    asked = "".join(f"{blob}\n" for blob in blobs).encode()
    done = subprocess.run(["git", "-C", str(repo), "cat-file", "--batch"], input=asked, capture_output=True, check=True)
    printed = io.BytesIO(done.stdout)
    found = {}
    while head := printed.readline().split():
        if head[-1] != b"missing":
            found[head[0].decode()] = printed.read(int(head[2]) + 1).split(b"\n", 1)[0]
    return found


def authorship(found: Evidence) -> tuple[Authorship, np.ndarray]:
    """Degrees of authorship, and the people who committed within a year of the end."""
    who, _ = people(found)
    author = np.full(len(found.commits), -1, np.int64)
    by = found.roles.role == Role.AUTHOR
    author[found.roles.commit[by]] = who[found.roles.alias[by]]
    touches, status = found.touches, found.touches.status
    changed = np.isin(status, [Status.MODIFIED, Status.RENAMED, Status.MOVED])
    degrees = degree_of_authorship(
        touches.file.astype(np.int64), author[touches.commit], status == Status.ADDED, changed, creators_exempt=True
    )
    landed = found.commits.landed
    return degrees, np.unique(author[(landed > landed.max() - YEAR) & (author >= 0)])


def live_files(found: Evidence, degrees: Authorship, paths: set[str]) -> np.ndarray:
    """Files that are at one of `paths` and that the history has a commit for."""
    mine = [live and path in paths for live, path in zip(found.files.live, found.files.path, strict=True)]
    return np.intersect1d(np.flatnonzero(np.array(mine, np.bool_)), degrees.file)


def measure(repo: Path, project: Project | None) -> dict[str, object]:
    tip = project.tip if project else "HEAD"
    commit = git(repo, "rev-list", "-1", "--first-parent", f"--before={SNAPSHOT}", tip).strip() if project else ""
    with evidence(repo, commit) as found:
        source = source_files(repo, commit or "HEAD")
        degrees, here = authorship(found)
        by_rules = truck_factor(degrees, live_files(found, degrees, source))
        source = {path for path in source if not (project and path.startswith(project.left_out))}
        files = live_files(found, degrees, source)
        ever, active = truck_factor(degrees, files), truck_factor(degrees, files, here)
        commits = len(found.commits)
    return {
        "project": project.name if project else repo.name,
        "published": project.truck_factor if project else None,
        "source": project.source if project else None,
        "ours": ever.n,
        "by_rules": by_rules.n,
        "active": active.n,
        "orphaned": None if active.without_author is None else round(100 * active.without_author, 1),
        "files": ever.files,
        "commits": commits,
        "coverage": [round(c, 3) for c in ever.coverage[-2:]],
        "note": project.note if project else "",
    }


def agreement(rows: Sequence[dict[str, object]], ours: str) -> dict[str, int]:
    apart = [abs(int(str(row[ours])) - int(str(row["published"]))) for row in rows]
    return {"exact": apart.count(0), "within_one": sum(a <= 1 for a in apart)}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.truckfactor", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPO")
    parser.add_argument("--quick", action="store_true", help=f"leave out histories of more than {QUICK:,} commits")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    rows, left_out = [], []
    try:
        found = [(repo, project_of(repo)) for repo in repositories(given.repositories)]
        if any(project for _, project in found):
            found = [(repo, project) for repo, project in found if project]
        for repo, project in found:
            tip = project.tip if project else "HEAD"
            if given.quick and int(git(repo, "rev-list", "--count", f"--before={SNAPSHOT}", tip)) > QUICK:
                left_out.append(project.name if project else repo.name)
                continue
            rows.append(measure(repo, project))
            sys.stderr.write(f"{rows[-1]['project']}: ours {rows[-1]['ours']}, published {rows[-1]['published']}\n")
    except BadInput as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 2
    published = [r for r in rows if r["published"] is not None]
    summary = {
        "published": len(published),
        **agreement(published, "ours"),
        "by_rules": agreement(published, "by_rules"),
    }
    if given.json:
        print(json.dumps({"projects": rows, "left_out": left_out, **summary}))
        return 0
    for r in rows:
        print(
            f"{r['project']!s:10} ours {r['ours']!s:>3}  published {r['published']!s:>4}  "
            f"by rules {r['by_rules']!s:>3}  active {r['active']!s:>3}  "
            f"orphaned {r['orphaned']!s:>5} %  files {r['files']!s:>5}  {r['note']}"
        )
    print(f"exact {summary['exact']}, within one {summary['within_one']}, of {summary['published']} published")
    print("by rules alone: exact {exact}, within one {within_one}".format(**agreement(published, "by_rules")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
