"""Who is who, against the `.mailmap` of each project, which the matcher does not see.

    python -m benchmarks.identities REPO... [--quick] [--json]

Identities are the names and addresses of authors and committers as they stand in the commits. The truth is what the
project's own `.mailmap` makes of them, for the identities it covers: those it rewrites and those it rewrites others
to. Measured is each pair of covered identities.

    recall             pairs that the mailmap makes one person and the matcher too
    precision          of the matcher's pairs, those that the mailmap does not contradict: it gives the two either
                       one person, or one proper name or one proper address (then it does not say)
    precision_strict   of the matcher's pairs, those that the mailmap makes one person; a mailmap is never complete,
                       so this is a lower bound
    offered            recall if a person confirmed the right suggestions and rejected the wrong ones

Baselines of the same run: equal address, and equal address or equal full name. `--quick` reads the last 20,000
commits.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from seci.people.evidence import Alias, read
from seci.people.identity import Known, resolve
from seci.people.natures import placeholder

QUICK = 20_000
Truth = Mapping[Alias, tuple[str, str]]
Persons = Mapping[Alias, int]


def truth_of(repo: Path, quick: bool) -> dict[Alias, tuple[str, str]]:
    """Every identity with the name and address that the mailmap gives it, both in lower case."""
    form = "%an%x00%ae%x00%aN%x00%aE%x00%cn%x00%ce%x00%cN%x00%cE%x00"
    limit = [f"--max-count={QUICK}"] if quick else []
    command = ["git", "-C", str(repo), "log", "--no-use-mailmap", *limit, f"--format={form}", "HEAD"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{repo}: {done.stderr.decode(errors='replace').strip()}")
    cells = done.stdout.decode("utf-8", "replace").split("\0")
    found = {}
    for at in range(0, len(cells) - 4, 4):
        name, email, proper, address = cells[at : at + 4]
        found[Alias(name.lstrip("\n"), email)] = (proper.strip(), address)
    return found


def covered(truth: Truth) -> dict[Alias, tuple[str, str]]:
    """The identities that the mailmap rewrites, and those it rewrites others to."""
    rewritten = {alias for alias, proper in truth.items() if tuple(alias) != proper}
    targets = {truth[alias] for alias in rewritten}
    return {
        alias: (proper[0].casefold(), proper[1].casefold())
        for alias, proper in truth.items()
        if alias in rewritten or proper in targets
    }


def by_email(aliases: Sequence[Alias]) -> dict[Alias, int]:
    return _joined(aliases, lambda alias: [alias.email.lower()])


def by_email_and_name(aliases: Sequence[Alias]) -> dict[Alias, int]:
    def keys(alias: Alias) -> list[str]:
        words = alias.name.lower().replace(".", " ").replace("_", " ").split()
        return [alias.email.lower(), *([" ".join(words)] if len(words) > 1 else [])]

    return _joined(aliases, keys)


def _joined(aliases: Sequence[Alias], keys: Callable[[Alias], list[str]]) -> dict[Alias, int]:
    parent = list(range(len(aliases)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = at = parent[parent[at]]
        return at

    first: dict[str, int] = {}
    for at, alias in enumerate(aliases):
        for key in keys(alias):
            parent[root(at)] = root(first.setdefault(key, at))
    return {alias: root(at) for at, alias in enumerate(aliases)}


def measured(truth: Truth, persons: Persons) -> dict[str, Any]:
    def pairs(counts: Mapping[object, int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    wanted = pairs(Counter(truth.values()))
    made = pairs(Counter(persons[alias] for alias in truth))
    right = pairs(Counter((truth[alias], persons[alias]) for alias in truth))
    wrong = sum(1 for one, two in _false(truth, persons) if contradicts(truth[one], truth[two]))
    return {
        "recall": right / wanted if wanted else None,
        "precision": (made - wrong) / made if made else None,
        "precision_strict": right / made if made else None,
        "pairs": {"true": wanted, "made": made, "right": right, "contradicted": wrong},
    }


def contradicts(one: tuple[str, str], two: tuple[str, str]) -> bool:
    return one[0] != two[0] and one[1] != two[1]


def _false(truth: Truth, persons: Persons) -> list[tuple[Alias, Alias]]:
    groups = defaultdict(list)
    for alias in sorted(truth):
        groups[persons[alias]].append(alias)
    return [pair for group in groups.values() for pair in combinations(group, 2) if truth[pair[0]] != truth[pair[1]]]


def _missed(truth: Truth, persons: Persons) -> list[tuple[Alias, Alias]]:
    groups = defaultdict(list)
    for alias in sorted(truth):
        groups[truth[alias]].append(alias)
    return [
        pair for group in groups.values() for pair in combinations(group, 2) if persons[pair[0]] != persons[pair[1]]
    ]


def why_missed(one: Alias, two: Alias) -> str:
    """Of which kind a missed pair is."""
    first, second = read(one), read(two)
    if "shared" in (first.nature, second.nature):
        return "one side names nobody (root, ubuntu, test)"
    if "bot" in (first.nature, second.nature):
        return "one side reads as a program"
    if first.name.full and second.name.full:
        return "two different full names"
    if placeholder(one.name) or placeholder(two.name) or (not first.name.full and not second.name.full):
        return "two handles or a handle and nothing"
    return "a handle or first name that the full name does not show"


def explained(pairs: Sequence[tuple[Alias, Alias]], why: Callable[[Alias, Alias], str]) -> list[dict[str, Any]]:
    kinds = defaultdict(list)
    for one, two in pairs:
        kinds[why(one, two)].append(f"{one.key}  |  {two.key}")
    return [
        {"kind": kind, "pairs": len(found), "examples": found[:3]}
        for kind, found in sorted(kinds.items(), key=lambda item: -len(item[1]))
    ]


def report(repo: Path, quick: bool) -> dict[str, Any]:
    every = truth_of(repo, quick)
    truth = covered(every)
    aliases = sorted(every)
    if not truth:
        return {
            "repository": repo.name,
            "identities": len(aliases),
            "covered": 0,
            "note": "no .mailmap to compare with",
        }
    began = time.process_time()
    resolution = resolve(aliases)
    seconds = time.process_time() - began
    ours = {place.alias: place.group for place in resolution.places}
    offered = dict(ours)
    for suggestion in resolution.suggestions:
        one, two = suggestion.one, suggestion.two
        if one in truth and two in truth and truth[one] == truth[two]:
            old, new = offered[two], offered[one]
            offered = {alias: new if group == old else group for alias, group in offered.items()}
    return {
        "repository": name_of(repo),
        "identities": len(aliases),
        "covered": len(truth),
        "seconds_cpu": round(seconds, 3),
        "seconds_cpu_20_more": round(_incremental(aliases, ours), 4),
        "e-mail": measured(truth, by_email(aliases)),
        "e-mail and full name": measured(truth, by_email_and_name(aliases)),
        "seci": {**measured(truth, ours), "offered": measured(truth, offered)["recall"]},
        "suggestions": len(resolution.suggestions),
        "missed": explained(_missed(truth, ours), why_missed),
        "contradicted": explained(
            [pair for pair in _false(truth, ours) if contradicts(truth[pair[0]], truth[pair[1]])],
            lambda one, two: "the mailmap has two people",
        ),
    }


def _incremental(aliases: Sequence[Alias], persons: Persons) -> float:
    """CPU seconds to add 20 aliases to all others."""
    new = aliases[:: max(1, len(aliases) // 20)][:20]
    known = [
        Known(at, alias, persons[alias]) for at, alias in enumerate(alias for alias in aliases if alias not in new)
    ]
    began = time.process_time()
    resolve(new, known)
    return time.process_time() - began


def name_of(repo: Path) -> str:
    return repo.parent.name.replace("+", "/") if repo.name == "repo" else repo.resolve().name


def mean(reports: Sequence[dict[str, Any]], matcher: str, figure: str) -> float | None:
    values = [each[matcher][figure] for each in reports if each.get("covered") and each[matcher][figure] is not None]
    return round(sum(values) / len(values), 4) if values else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identities", description=__doc__.splitlines()[0])
    parser.add_argument("repositories", metavar="REPO", nargs="+", type=Path)
    parser.add_argument("--quick", action="store_true", help="only the last 20,000 commits of each")
    parser.add_argument("--json", action="store_true", dest="as_json")
    given = parser.parse_args()
    reports = [report(repo, given.quick) for repo in given.repositories]
    figures = ("recall", "precision", "precision_strict")
    means = {
        matcher: {figure: mean(reports, matcher, figure) for figure in figures}
        for matcher in ("e-mail", "e-mail and full name", "seci")
    }
    means["seci"]["offered"] = mean(reports, "seci", "offered")
    if given.as_json:
        print(json.dumps({"repositories": reports, "mean": means}, ensure_ascii=False, indent=2))
        return 0
    print(f"{'repository':22}{'matcher':24}{'recall':>8}{'precision':>11}{'strict':>8}")
    for each in reports:
        for matcher in means if each["covered"] else ():
            found = each[matcher]
            print(
                f"{each['repository']:22}{matcher:24}{found['recall']:8.3f}{found['precision']:11.3f}"
                f"{found['precision_strict']:8.3f}"
            )
    for matcher, found in means.items():
        print(f"{'mean':22}{matcher:24}", *(f"{figure} {found[figure]}" for figure in figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
