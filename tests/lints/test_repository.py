"""The repository speaks of the project alone: nothing in it depends on the machine that it was written on."""

from __future__ import annotations

import re
import subprocess

from tests.lints.source import REPOSITORY

LESSON = (
    "Name no machine, home folder or package index in the repository: it must mean the same everywhere. "
    "Use a relative path, an environment variable, or an example such as /srv/seci."
)
# Put together from parts, so that this file does not find itself.
TRACES = re.compile(
    "|".join(
        [
            r"/wo" r"rk/",
            r"/ro" r"ot/",
            r"/home/(?!you\b|alice\b)\w+",
            r"/Us" r"ers/",
            r"file://" r"/opt",
            r"files\.python" r"hosted\.org",
            r"pypi\.(?:org|io)/sim" r"ple",
            r"registry\.npm" r"js\.org",
            r"--(?:extra-)?index" r"-url\s",
        ]
    )
)
GENERATED = ("src/seci/site/static/vendor/", "tests/browser/vendor/", "benchmarks/data/", "LICENSE")


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [name for name in listed.stdout.split("\0") if name]


def test_nothing_names_the_machine_or_a_registry() -> None:
    places = []
    for name in tracked_files():
        path = REPOSITORY / name
        if name.startswith(GENERATED) or not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if (found := TRACES.search(line)) and "allow trace:" not in line:
                places.append(f"  {name}:{number}: {found.group()}")
    assert not places, "\n".join([LESSON, *places])


LARGE = 1_500_000  # bytes
DIAGRAMS = 3_000_000  # what draws diagrams is one file of its makers, loaded only by pages that have one
COMPILED = (".pyc", ".so", ".sqlite3", ".parquet")


def test_nothing_large_or_compiled_is_kept() -> None:
    large = [
        f"{name}: {size:,} bytes"
        for name in tracked_files()
        if (REPOSITORY / name).is_file()
        for size in [(REPOSITORY / name).stat().st_size]
        if size > (DIAGRAMS if "/vendor/mermaid-" in name else LARGE) or name.endswith(COMPILED)
    ]
    assert not large, f"A repository holds what people wrote, not what programs made: {large}"
