from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seci.kit.errors import Conflict
from seci.sources.git import reading as reading_module
from seci.sources.git import shelf, slices
from seci.sources.git.codes import Flag, Nature
from seci.sources.git.evidence import Evidence, Reading, read
from seci.sources.git.shelf import Shelf
from tests.repositories import Commit, git, write_repository
from tests.sources.git.conftest import NOON, Told

PEOPLE = ("Alice", "Bob", "Cara", "GitHub Bot <bot@example.org>")
PATHS = ("src/a.py", "src/b.py", "docs/c.md", "vendor/d.c")


@st.composite
def histories(draw: st.DrawFn) -> list[Commit]:
    """A main line with branches that are merged, renames, deletions, reviews."""
    commits: list[Commit] = []
    present: set[str] = set()
    tip: str | None = None
    for n in range(draw(st.integers(2, 14))):
        label = f"c{n}"
        who = draw(st.sampled_from(PEOPLE))
        day = draw(st.sampled_from([f"2024-01-{n + 1:02d}"] * 5 + ["1970-01-01", "2099-01-01"]))
        side = tip and draw(st.integers(0, 4)) == 0
        path = draw(st.sampled_from(PATHS))
        reviews = ["Reviewed-by: Dan <dan@example.org>"] if draw(st.booleans()) else []
        if side:
            commits.append(Commit(who, day, {f"side{n}": "x"}, parents=[str(tip)], label=f"s{n}", trailers=reviews))
            merge = f"Merge pull request #{n} from x/y"
            commits.append(
                Commit("Erik", day, {f"side{n}": "x"}, message=merge, parents=[str(tip), f"s{n}"], label=label)
            )
            tip = label
            continue
        files: dict[str, str | None] = {path: f"{n}\n" * 9}
        renames = {}
        if path in present and draw(st.booleans()):
            files = {path: None}
            present.discard(path)
            if draw(st.booleans()):
                files, renames = {}, {path: f"moved{n}"}
        else:
            present.add(path)
        commits.append(
            Commit(who, day, files, renames=renames, trailers=reviews, label=label, parents=[tip] if tip else None)
        )
        tip = label
    return commits


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), st.data())
def test_reading_in_steps_equals_reading_once(
    tmp_path_factory: pytest.TempPathFactory, commits: list[Commit], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    path = write_repository(folder / "r", commits, bare=True)
    main = git(path, "rev-list", "--first-parent", "--reverse", "main").split()
    stops = sorted(data.draw(st.sets(st.integers(0, len(main) - 1), max_size=3)) | {len(main) - 1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "FEW", data.draw(st.sampled_from([0, 2, 100]), label="names that wait for a register"))
        for stop in stops:
            git(path, "update-ref", "refs/heads/main", main[stop])
            read(path, folder / "steps", now=lambda: NOON)
    read(path, folder / "once", now=lambda: NOON)
    told = [Told(Evidence.load(folder / name)).everything() for name in ("steps", "once")]
    assert told[0] == told[1]
    assert len(list((folder / "steps").glob("register-*"))) <= 2


def line(path: Path, count: int) -> Path:
    """A main line with a branch merged every seventh commit."""
    commits: list[Commit] = []
    for n in range(count):
        before = [f"c{n - 1}"] if n else None
        day = f"2024-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}"
        if n % 7 == 6:
            commits.append(Commit("Bob", day, {f"s{n}": "x"}, parents=before, label=f"s{n}"))
            commits.append(
                Commit("Cara", day, {f"s{n}": "x"}, message="Merge it", parents=[f"c{n - 1}", f"s{n}"], label=f"c{n}")
            )
        else:
            commits.append(Commit(PEOPLE[n % 3], day, {f"f{n % 5}": f"{n}"}, parents=before, label=f"c{n}"))
    return write_repository(path, commits, bare=True)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SIZE", 5)
    monkeypatch.setattr(reading_module, "PART", 10)
    monkeypatch.setattr(reading_module, "TAIL", 8)
    monkeypatch.setattr(shelf, "FEW", 5)


def test_how_a_history_is_cut_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: Callable[[Path], Reading], store: Path
) -> None:
    path = line(tmp_path / "r", 60)
    read(path, tmp_path / "whole", now=lambda: NOON)
    monkeypatch.setattr(slices, "SIZE", 5)
    monkeypatch.setattr(slices, "CHUNK", 7)
    monkeypatch.setattr(slices, "UNSURE", 2)
    monkeypatch.setattr(reading_module, "PART", 10)
    monkeypatch.setattr(reading_module, "TAIL", 8)
    assert reading(path).batch is None
    assert len(Shelf(store).manifest().parts) > 3
    assert Told(Evidence.load(store)).everything() == Told(Evidence.load(tmp_path / "whole")).everything()


def _read_and_die(path: Path, store: Path, steps: int) -> None:
    count = 0

    def progress(_: Any) -> None:
        nonlocal count
        count += 1
        if count > steps:
            os.kill(os.getpid(), signal.SIGKILL)

    read(path, store, now=lambda: NOON, progress=progress)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("steps", [0, 1, 3, 6, 9])
def test_a_killed_read_goes_on_and_ends_in_the_same_evidence(tmp_path: Path, steps: int) -> None:
    path = line(tmp_path / "r", 60)
    process = multiprocessing.get_context("fork").Process(target=_read_and_die, args=(path, tmp_path / "killed", steps))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    left = Shelf(tmp_path / "killed").manifest()
    assert not left.complete
    found = read(path, tmp_path / "killed", now=lambda: NOON)
    assert found.first == left.commits
    read(path, tmp_path / "whole", now=lambda: NOON)
    told = [Told(Evidence.load(tmp_path / name)).everything() for name in ("killed", "whole")]
    assert told[0] == told[1]


@pytest.mark.usefixtures("small_parts")
def test_a_read_that_dies_while_it_writes_leaves_the_last_state(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "FEW", 0)
    path = line(tmp_path / "r", 20)
    read(path, store, now=lambda: NOON)
    before = Told(Evidence.load(store)).everything()
    write_repository(path, [Commit("Alice", "2024-05-01", {"more": "1"})], append=True, bare=True)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    real = shelf.write
    for fatal in ("register", "names", "tail", "manifest"):

        def write(target: Path, data: bytes, fatal: str = fatal) -> None:
            die() if target.name.startswith(fatal) else real(target, data)

        with monkeypatch.context() as patch:
            patch.setattr(shelf, "write", write)
            with pytest.raises(KeyboardInterrupt):
                read(path, store, now=lambda: NOON)
        assert Told(Evidence.load(store)).everything() == before
    assert read(path, store, now=lambda: NOON).new == 1
    assert Told(Evidence.load(store)).everything()["sha"][:-1] == before["sha"]


def test_a_force_push_names_what_is_gone_and_reuses_no_ordinal(
    tmp_path: Path, store: Path, reading: Callable[[Path], Reading]
) -> None:
    base = [Commit("Alice", "2024-01-02", {"a": "1"}), Commit("Bob", "2024-01-03", {"a": "2"})]
    path = write_repository(tmp_path / "r", [*base, Commit("Bob", "2024-01-04", {"a": "3"})], bare=True)
    reading(path)
    old = git(path, "rev-parse", "main")
    git(path, "update-ref", "refs/heads/main", "main~1")
    write_repository(path, [Commit("Cara", "2024-01-05", {"a": "4"})], append=True, bare=True)
    found = reading(path)
    assert (found.first, found.commits, found.gone) == (3, 4, (2,))
    evidence = Evidence.load(store)
    assert evidence.sha(2) == old
    assert evidence.sha(3) == git(path, "rev-parse", "main")
    assert list(evidence.gone) == [2]
    # And back again: what was gone returns under a new ordinal.
    git(path, "update-ref", "refs/heads/main", old)
    back = reading(path)
    assert (back.first, back.commits, back.gone) == (4, 5, (3,))
    assert Evidence.load(store).sha(4) == old
    assert list(Evidence.load(store).gone) == [2, 3]


def test_a_history_replaced_whole_is_gone_whole(tmp_path: Path, reading: Callable[[Path], Reading]) -> None:
    path = write_repository(tmp_path / "r", [Commit("Alice", "2024-01-02", {"a": "1"})], bare=True)
    reading(path)
    other = write_repository(tmp_path / "o", [Commit("Zoe", "2024-02-02", {"z": "1"})], bare=True)
    git(path, "fetch", "-q", str(other), "+main:main", "--update-head-ok")
    git(path, "reflog", "expire", "--expire=now", "--all")
    git(path, "gc", "-q", "--prune=now")
    found = reading(path)
    assert (found.first, found.commits, found.gone) == (1, 2, (0,))


def test_a_file_takes_the_nature_of_the_path_that_a_later_read_finds_it_at(
    tmp_path: Path, store: Path, reading: Callable[[Path], Reading]
) -> None:
    path = write_repository(tmp_path / "r", [Commit("Alice", "2024-01-02", {"notes": "1\n" * 9})], bare=True)
    reading(path)
    assert list(Evidence.load(store).files.nature) == [Nature.CODE]
    moved = Commit("Bob", "2024-01-03", renames={"notes": "docs/notes.md"})
    write_repository(path, [moved], append=True, bare=True)
    reading(path)
    assert list(Evidence.load(store).files.nature) == [Nature.DOCS]


def test_two_reads_at_once_give_one_conflict(tmp_path: Path, store: Path) -> None:
    path = line(tmp_path / "r", 5)
    with Shelf(store).locked(), pytest.raises(Conflict, match="Another process is reading this history"):
        read(path, store)
    assert read(path, store).new == len(Evidence.load(store).commits)


def test_a_deepened_clone_reads_its_old_edge_again(
    tmp_path: Path, store: Path, reading: Callable[[Path], Reading]
) -> None:
    origin = write_repository(
        tmp_path / "o", [Commit("Alice", f"2024-01-0{n}", {"a": str(n), f"f{n}": "x"}) for n in range(2, 7)], bare=True
    )
    clone = tmp_path / "c"
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{origin}", str(clone))
    found = reading(clone)
    assert found.shallow
    assert "shallow clone" in found.notes[0]
    evidence = Evidence.load(store)
    assert list(evidence.commits.flags) == [Flag.EDGE | Flag.ROOT, 0]
    assert list(evidence.touches.commit) == [1, 1]
    assert Told(evidence).live() == {"a", "f2", "f3", "f4", "f5", "f6"}
    git(clone, "fetch", "-q", "--unshallow")
    found = reading(clone)
    assert (found.new, found.gone, found.shallow, found.notes) == (4, (0,), False, ())


def test_a_read_of_few_commits_imports_no_analytics_library(tmp_path: Path) -> None:
    path = line(tmp_path / "r", 10)
    code = (
        "import sys; from pathlib import Path; from seci.sources.git.evidence import read\n"
        "read(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "print({'numpy', 'pyarrow', 'duckdb', 'django'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(path), str(tmp_path / "e")]
    source = Path(reading_module.__file__).parents[3]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(source)}
    )
    assert done.stdout.strip() == "set()"
