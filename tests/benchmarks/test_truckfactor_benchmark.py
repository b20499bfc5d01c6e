"""Truck factors beside the published ones, on small histories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import truckfactor
from benchmarks.truckfactor_published import PROJECTS
from benchmarks.written import written
from tests.repositories import Commit, write_repository


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, object]:
    assert truckfactor.main([*map(str, arguments), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_published_project_is_read_as_it_stood_then(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commits = [Commit("Alice", "2014-06-01", {f"{n}.py": "one" for n in range(4)})]
    commits += [Commit("Bob", f"2016-01-0{n}", {f"late_{n}_{m}.py": "two" for m in range(9)}) for n in range(1, 9)]
    write_repository(tmp_path / "pallets+flask", commits)
    found = run(capsys, tmp_path)
    assert (found["published"], found["exact"], found["within_one"]) == (1, 1, 1)
    (project,) = found["projects"]  # type: ignore[misc]
    assert (project["project"], project["ours"], project["files"], project["commits"]) == ("flask", 1, 4, 1)


def test_an_unpublished_repository_gets_its_truck_factor_of_today(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commits = [
        Commit("Alice", "2018-01-01", {"a.py": "1", "b.py": "1", "empty.py": "", "notes.txt": "x"}),
        Commit("Bob", "2022-01-01", {"c.py": "1"}),
    ]
    found = run(capsys, write_repository(tmp_path / "mine", commits))
    (project,) = found["projects"]  # type: ignore[misc]
    assert (project["ours"], project["published"], project["files"]) == (1, None, 3)
    assert (project["active"], project["orphaned"]) == (0, 66.7)


def test_a_path_that_is_not_there_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert truckfactor.main([str(tmp_path / "nowhere")]) == 2
    assert "give repositories or a folder of repositories" in capsys.readouterr().err


def test_there_are_22_published_projects_each_with_its_source() -> None:
    assert len(PROJECTS) == len({project.name for project in PROJECTS}) == 22
    assert all(project.source for project in PROJECTS)


def test_what_the_authors_took_out_by_hand_is_left_out_and_the_figure_without_that_stands_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = {"a.rb": "1", "b.rb": "1"}
    theirs = {f"site/{n}.rb": "1" for n in range(5)}
    write_repository(
        tmp_path / "jekyll", [Commit("Alice", "2014-06-01", theirs), Commit("Bob", "2014-06-02", {"c.rb": "1", **mine})]
    )
    (project,) = run(capsys, tmp_path)["projects"]  # type: ignore[misc]
    assert (project["files"], project["coverage"]) == (3, [1.0, 0.0])
    found = run(capsys, tmp_path)
    assert found["by_rules"] == {"exact": 0, "within_one": 0}


def test_a_script_without_an_extension_counts_by_its_first_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "bin/run": "#!/usr/bin/env python2.7\nprint",
        "notes": "plain words",
        "tool": "#! /bin/sh -e\n",
        "x.1": "t",
    }
    repo = write_repository(tmp_path / "mine", [Commit("Alice", "2018-01-01", files)])
    assert truckfactor.source_files(repo, "HEAD") == {"bin/run", "tool"}
    assert truckfactor.first_lines(repo, ["0" * 40]) == {}


@pytest.mark.parametrize("path", ["src/a.py", "Rakefile", "t/t0001-init.sh", "web/page.html"])
def test_source_files_count(path: str) -> None:
    assert written(path)


@pytest.mark.parametrize(
    "path",
    [
        *["README.md", "docs/conf.py", "examples/app.py", "vendor/lib.js", "a/jquery.js", "data.json", "LICENSE"],
        *["a/docs/b.py", "build/tasks.js", "benchmarks/run.js", "x/examples/y.c", "lib/require.js"],
    ],
)
def test_prose_data_examples_and_others_code_do_not_count(path: str) -> None:
    assert not written(path)
