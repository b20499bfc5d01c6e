"""Documents say what is so: no page is stale, nothing is named that is not there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click

from seci.spiral.catalogue import CATALOGUE, Metric
from tests.docs.command_line import PAGE, all_commands, page

ROOT = Path(__file__).parents[2]
REQUIREMENTS = (ROOT / "docs" / "requirements.md").read_text()
ROW = re.compile(r"^\| ([RA]\d+) \| (.+?) \| (done|part|open) \| (.*?) \| (.*?) \|$", re.M)


def test_the_page_on_the_command_line_is_what_the_commands_say() -> None:
    assert PAGE.read_text() == page(), "docs/command-line.md is stale: run `make docs`."


def test_every_command_has_help_and_json() -> None:
    for path, command in all_commands():
        options = {
            name for parameter in command.params if isinstance(parameter, click.Option) for name in parameter.opts
        }
        assert command.help, f"{path} has no help"
        assert "--json" in options, f"{path} cannot be read by a program: give it --json"


def test_the_page_on_measures_says_what_the_catalogue_says() -> None:
    said = _folded((ROOT / "docs" / "measures.md").read_text())
    stale = [_entry(metric) for metric in CATALOGUE if _folded(_entry(metric)) not in said]
    assert not stale, "\n".join(["docs/measures.md is stale; it should say:", *stale])


def _entry(metric: Metric) -> str:
    unit = f"; unit: {metric.unit}" if metric.unit else ""
    source = metric.source.removesuffix(".")
    return (
        f"## {metric.name}\n\n`{metric.formula}`{unit}. Status: {metric.status}. {metric.meaning} "
        f"Source: {source}. *Gaming*: {metric.gaming}"
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_every_requirement_has_one_row() -> None:
    ids = [row[0] for row in ROW.findall(REQUIREMENTS)]
    assert ids == [f"R{number:03}" for number in range(1, 125)] + [f"A{number}" for number in range(1, 6)]


def test_what_is_named_as_proof_is_there() -> None:
    for identifier, _, state, where, proof in ROW.findall(REQUIREMENTS):
        named = re.findall(r"`([^`]+)`", f"{where} {proof}")
        assert state == "open" or (where and proof), f"{identifier} is {state} without a place or a proof"
        for name in named:
            path, _, test = name.partition("::")
            if "/" in path:
                assert (ROOT / path).exists(), f"{identifier} names {path}, which is not there"
            if test:
                assert f"def {test}(" in (ROOT / path).read_text(), f"{identifier} names {test}, which is not there"


def test_every_benchmark_that_a_page_names_can_be_run() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {name for each in pages for name in re.findall(r"python -m benchmarks\.(\w+)", each.read_text())}
    missing = sorted(name for name in named if not (ROOT / "benchmarks" / f"{name}.py").exists())
    assert not missing, f"these are promised and not there: {missing}"


def test_every_dependency_has_its_line() -> None:
    lines = (ROOT / "docs" / "dependencies.md").read_text()
    project = (ROOT / "pyproject.toml").read_text()
    quoted = re.findall(r'^  "([a-z0-9-]+)[\[<>=]', project, re.M)
    missing = sorted({name for name in quoted if not re.search(rf"\b{re.escape(name)}\b", lines)})
    assert not missing, f"docs/dependencies.md says nothing on {missing}"
