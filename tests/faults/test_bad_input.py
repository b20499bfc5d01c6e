"""Whatever is given to `seci scan`, the answer is the truth or one clear sentence."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from seci.ledger import digest as ledger
from tests import harness
from tests.conftest import CommandLineInstance
from tests.faults.conftest import digest, scanned, sentence
from tests.repositories import Commit, git, write_repository

ONE = [Commit("Alice", "2024-01-02", {"core/engine.py": "start"})]


def events(instance: CommandLineInstance) -> int:
    with instance.ledger() as db:
        return ledger.digest(db).events


def test_a_path_that_is_not_there(instance: CommandLineInstance, tmp_path: Path) -> None:
    text = sentence(instance.run("scan", tmp_path / "nowhere"), 2)
    assert str(tmp_path / "nowhere") in text


def test_a_folder_that_is_no_repository(instance: CommandLineInstance, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    assert str(folder) in sentence(instance.run("scan", folder), 2)


def test_a_file_in_place_of_a_repository(instance: CommandLineInstance, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a repository")
    assert str(file) in sentence(instance.run("scan", file), 2)


def test_an_empty_repository_is_taken_and_waits_for_its_first_commit(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    path = make_repository([])
    done = instance.run("scan", path)
    if done.returncode:
        sentence(done, 2)
    make_repository(ONE, append=False, name="full")
    write_repository(path, ONE, append=False)
    scanned(instance, path)
    assert events(instance) == 1


def test_a_corrupt_object_is_named_and_nothing_is_half_written(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    path = make_repository([*ONE, Commit("Bob", "2024-02-01", {"core/engine.py": "go"})])
    sha = git(path, "rev-parse", "HEAD~1")
    (path / ".git" / "objects" / sha[:2] / sha[2:]).unlink()
    (path / ".git" / "objects" / sha[:2] / sha[2:]).write_bytes(b"not an object")
    sentence(instance.run("scan", path), 2)
    assert events(instance) == 0


def test_a_shallow_clone_is_read_and_said_to_be_one(
    instance: CommandLineInstance, make_repository: Callable[..., Path], tmp_path: Path
) -> None:
    path = make_repository([Commit("Alice", f"2024-01-0{day}", {"a/b.py": str(day)}) for day in range(1, 6)])
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{path}", str(tmp_path / "shallow"))
    done = scanned(instance, tmp_path / "shallow")
    assert "shallow" in (done.stdout + done.stderr).lower()


def bound_by_permissions() -> None:
    """Takes from root, in the child, the power to read what it may not read."""
    if sys.platform == "linux" and os.geteuid() == 0:
        drop_from_bounding_set, override, read_search = 24, 1, 2
        libc = ctypes.CDLL(None)
        for power in (override, read_search):
            libc.prctl(drop_from_bounding_set, power, 0, 0, 0)


@pytest.mark.skipif(
    harness.ON_POSTGRESQL, reason="without root's powers the test cannot reach the socket of the test server either"
)
def test_a_folder_without_permission(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> None:
    path = make_repository(ONE)
    (path / ".git").chmod(0)
    try:
        done = subprocess.run(
            instance.command("scan", path),
            env=dict(instance.environment),
            capture_output=True,
            text=True,
            preexec_fn=bound_by_permissions,
        )
    finally:
        (path / ".git").chmod(0o700)
    assert str(path) in sentence(done, 2)


def test_a_path_with_spaces_and_newlines(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> None:
    path = make_repository(
        [Commit("Alice", "2024-01-02", {"a dir/with\nnewline and ü.py": "x", 'quo"te/ta\tb.py': "y"})],
        name="my project\nof two lines",
    )
    scanned(instance, path)
    assert events(instance) >= 1


def test_names_in_any_encoding(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> None:
    broken = b"J\xfcrgen \xff".decode(errors="surrogateescape")
    path = make_repository(
        [Commit(f"{broken} <j@example.org>", "2024-01-02", {b"d\xe9/f\xff.py".decode(errors="surrogateescape"): "x"})]
    )
    scanned(instance, path)
    assert events(instance) == 1
    done = instance.run("who", "--json")
    assert done.returncode == 0, done.stderr
    json.loads(done.stdout)


def test_dates_of_1970_and_2099(instance: CommandLineInstance, make_repository: Callable[..., Path]) -> None:
    path = make_repository(
        [
            Commit("Alice", "1970-01-01T00:00:01", {"a/1.py": "x"}),
            Commit("Bob", "2099-12-31", {"a/2.py": "x"}),
            Commit("Carol", "2024-01-03", {"a/3.py": "x"}),
        ]
    )
    scanned(instance, path)
    assert events(instance) == 3
    for command in (["who"], ["risk"], ["next"]):
        done = instance.run(*command, "--json")
        assert done.returncode == 0, done.stderr


def test_an_author_without_an_address_or_a_name(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    path = make_repository(
        [
            Commit("Zoe <>", "2024-01-02", {"a/1.py": "x"}),
            Commit(" <only@example.org>", "2024-01-03", {"a/1.py": "y"}),
        ]
    )
    scanned(instance, path)
    assert events(instance) == 2


@pytest.mark.slow
def test_a_commit_of_a_hundred_thousand_files(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    many: dict[str, str | bytes | None] = {f"d{n % 300}/f{n}.c": "" for n in range(100_000)}
    path = make_repository([Commit("Alice", "2024-01-02", many)], bare=True)
    done = scanned(instance, path, "--json")
    assert json.loads(done.stdout)["scanned"][0]["commits"] == 1


def test_a_history_rewritten_by_force_is_superseded_and_not_doubled(
    instance: CommandLineInstance, another: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    kept = Commit("Alice", "2024-01-02", {"a/1.py": "x"}, label="kept")
    path = make_repository([kept, *(Commit("Bob", f"2024-02-0{day}", {"a/1.py": str(day)}) for day in range(1, 9))])
    scanned(instance, path)
    before = events(instance)
    shutil.rmtree(path)
    make_repository([kept, *(Commit("Carol", f"2024-03-0{day}", {"a/1.py": str(day)}) for day in range(1, 4))])
    scanned(instance, path)
    assert events(instance) < before
    scanned(another, path)
    assert events(instance) == events(another)


def test_a_second_reading_changes_nothing(instance: CommandLineInstance, organization: Path) -> None:
    scanned(instance, organization)
    first = digest(instance)
    scanned(instance, organization)
    assert digest(instance) == first


def test_a_mistyped_command_says_where_help_is(instance: CommandLineInstance) -> None:
    done = instance.run("scna")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "--help" in done.stderr


def test_an_error_is_json_where_json_was_asked_for(instance: CommandLineInstance) -> None:
    done = instance.run("ledger", "undo", "999", "--json")
    assert done.returncode == 3
    assert done.stdout == ""
    last = done.stderr.strip().splitlines()[-1]
    assert json.loads(last)["error"]["sentence"]


def test_of_several_paths_the_good_ones_are_read_and_the_bad_ones_named(
    instance: CommandLineInstance, make_repository: Callable[..., Path], tmp_path: Path
) -> None:
    done = instance.run("scan", tmp_path / "nowhere", make_repository(ONE), "--json")
    assert done.returncode == 2
    answer = json.loads(done.stdout)
    assert [each["commits"] for each in answer["scanned"]] == [1]
    assert str(tmp_path / "nowhere") in answer["failed"][0]["sentence"]


def test_a_data_folder_that_cannot_be_written(
    tmp_path: Path, instance: CommandLineInstance, organization: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    text = sentence(instance.run("scan", organization, SECI_DATA_DIR=str(blocked)), 6)
    assert str(blocked) in text


def test_a_database_of_another_kind(instance: CommandLineInstance, organization: Path) -> None:
    text = sentence(instance.run("scan", organization, SECI_DATABASE_URL="mysql://localhost/seci"), 2)
    assert "SECI_DATABASE_URL" in text


def test_help_answers_without_a_framework(instance: CommandLineInstance) -> None:
    code = "import sys; from seci.site import cli; cli.run(['--help']); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=dict(instance.environment), capture_output=True)
    assert done.returncode == 0
