"""Every kind of repository, and every kind of damage, with the one sentence it deserves."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from seci.kit import clock
from seci.kit.errors import BadInput, Refused, SeciError, Unavailable
from seci.sources.git import shelf
from seci.sources.git.codes import Flag
from seci.sources.git.evidence import Evidence, Reading, read
from tests.repositories import QUIET, Commit, git, write_repository
from tests.sources.git.conftest import NOON, Told

Scan = Callable[..., Told]
TWO = [Commit("Alice", "2024-01-02", {"a": "1"}), Commit("Bob", "2024-01-03", {"a": "2"})]
BODY = "\n".join(f"line {n} of a file that is long enough to be known again" for n in range(30))


def sentence(path: Path, store: Path, kind: type[SeciError] = BadInput) -> str:
    with pytest.raises(kind) as caught:
        read(path, store)
    assert "\n" not in caught.value.sentence
    return caught.value.sentence


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
@pytest.mark.parametrize("bare", [True, False])
def test_bare_or_not_and_either_object_format(scan: Scan, bare: bool, object_format: str) -> None:
    told = scan(TWO, bare=bare, object_format=object_format)
    assert told.touches() == [(0, "a", "ADDED"), (1, "a", "MODIFIED")]
    assert len(told.evidence.sha(0)) == {"sha1": 40, "sha256": 64}[object_format]


def test_a_folder_inside_a_work_tree_and_a_linked_work_tree(scan: Scan, tmp_path: Path, store: Path) -> None:
    path = write_repository(tmp_path / "r", [*TWO, Commit("Cara", "2024-01-04", {"sub/b": "1"})])
    assert len(scan(path / "sub").evidence.commits) == 3
    git(path, "worktree", "add", "-q", str(tmp_path / "linked"), "main~1", "--detach")
    read(tmp_path / "linked", tmp_path / "other")
    assert len(Evidence.load(tmp_path / "other").commits) == 2


def test_an_empty_repository_is_said(tmp_path: Path, store: Path) -> None:
    git(tmp_path, "init", "-q", str(tmp_path / "r"))
    found = read(tmp_path / "r", store)
    assert (found.tip, found.commits) == ("", 0)
    assert found.notes == (f"{tmp_path / 'r'} has no commit on its current branch yet.",)
    assert len(Evidence.load(store).commits) == 0
    assert len(Evidence.load(store).touches.worth) == 0


def test_no_folder_and_no_repository_are_said(tmp_path: Path, store: Path) -> None:
    assert "There is no folder" in sentence(tmp_path / "nowhere", store)
    (tmp_path / "plain").mkdir()
    environment = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    os.environ.update(environment)
    try:
        assert "is not a git repository" in sentence(tmp_path / "plain", store)
    finally:
        for name in environment:
            del os.environ[name]


def test_a_repository_of_someone_else_is_said(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_repository(tmp_path / "r", TWO)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    if os.geteuid() == 0:
        shutil.chown(path / ".git", 12345)
        shutil.chown(path, 12345)
    said = sentence(path, store, Refused)
    assert f"git config --global --add safe.directory {path}" in said


def test_a_tip_that_is_missing_is_damage(tmp_path: Path, store: Path) -> None:
    path = write_repository(tmp_path / "r", TWO)
    (path / ".git/refs/heads/main").write_text("1" * 40 + "\n")
    assert "cannot be read" in sentence(path, store)


def unpacked(path: Path) -> Path:
    """Objects of a repository as single files, so that one can be lost."""
    for pack in list((path / ".git/objects/pack").glob("*.pack")):
        moved = path / pack.name
        pack.rename(moved)
        for other in (path / ".git/objects/pack").iterdir():
            other.unlink()
        subprocess.run(["git", "-C", str(path), "unpack-objects", "-q"], stdin=moved.open("rb"), check=True)
        moved.unlink()
    return path


def lose(path: Path, name: str) -> Path:
    sha = git(path, "rev-parse", name)
    file = path / ".git/objects" / sha[:2] / sha[2:]
    file.chmod(0o600)
    return file


def test_a_corrupt_commit_or_tree_stops_with_a_sentence_and_without_evidence(tmp_path: Path, store: Path) -> None:
    for name in ("main~1", "main~1^{tree}"):
        path = unpacked(write_repository(tmp_path / name, TWO))
        lose(path, name).write_bytes(b"rubbish")
        said = sentence(path, store)
        assert "cannot be read" in said
        assert "git fsck" in said
        assert len(Evidence.load(store).commits) == 0


def test_a_missing_blob_never_cuts_the_history(tmp_path: Path, scan: Scan, reading: Callable[[Path], Reading]) -> None:
    path = unpacked(
        write_repository(
            tmp_path / "r",
            [
                Commit("Alice", "2024-01-02", {"a": BODY, "x": BODY + "x"}),
                Commit("Bob", "2024-01-03", {"b": BODY + "more"}, renames={"a": "b"}),
                Commit("Cara", "2024-01-04", {"y": BODY + "xy"}, renames={"x": "y"}),
                Commit("Dan", "2024-01-05", {"b": "end"}),
            ],
        )
    )
    lose(path, "main~2:b").unlink()
    told = scan(path)
    assert [status for _, _, status in told.touches()] == [
        "ADDED", "ADDED", "DELETED", "ADDED", "RENAMED", "MODIFIED",
    ]  # fmt: skip
    assert told.evidence.manifest.notes == (
        "File contents are missing at 1 commit: there a rename is followed only where the content did not change.",
    )


def test_a_clone_without_contents_is_read_and_said(tmp_path: Path, scan: Scan) -> None:
    origin = write_repository(
        tmp_path / "o",
        [
            Commit("Alice", "2024-01-02", {"a": BODY}),
            Commit("Bob", "2024-01-03", {"b": BODY + "more"}, renames={"a": "b"}),
            Commit("Bob", "2024-01-04", renames={"b": "c"}),
        ],
        bare=True,
    )
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", f"file://{origin}", str(tmp_path / "c"))
    told = scan(tmp_path / "c")
    assert [status for _, _, status in told.touches()] == ["ADDED", "ADDED", "DELETED", "MOVED"] or [
        status for _, _, status in told.touches()
    ] == ["ADDED", "DELETED", "ADDED", "MOVED"]
    assert "without all file contents" in told.evidence.manifest.notes[0]


def test_nothing_the_repository_names_is_run(tmp_path: Path, scan: Scan) -> None:
    path = write_repository(
        tmp_path / "r", [*TWO, Commit("C", "2024-01-04", {".gitattributes": "* diff=x filter=x\n"})]
    )
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    programs = """core.fsmonitor core.pager core.sshCommand core.askPass core.editor core.alternateRefsCommand
        diff.external diff.x.textconv diff.x.command filter.x.smudge gpg.program"""
    for name in programs.split():
        git(path, "config", name, str(trap))
    git(path, "config", "log.showSignature", "true")
    git(path, "config", "core.hooksPath", str(tmp_path))
    assert len(scan(path).evidence.commits) == 3
    assert not (tmp_path / "sprung").exists()


def test_the_callers_environment_does_not_lead_to_another_repository(
    tmp_path: Path, scan: Scan, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write_repository(tmp_path / "o", [Commit("Zoe", "2024-01-02", {"z": "1"})])
    path = write_repository(tmp_path / "r", TWO)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert [path for _, path, _ in scan(path).touches()] == ["a", "a"]


def test_paths_of_any_kind(scan: Scan) -> None:
    names = [
        "with space",
        'quote"d',
        "new\nline",
        "tab\tbed",
        "ünïcode/日本",
        "back\\slash",
        "\udcff\udcfe.c",
        "=\nx",
        ":c",
    ]
    told = scan([Commit("Alice", "2024-01-02", dict.fromkeys(names, "1"))], bare=True)
    raw = {path.encode("utf-8", "surrogateescape") for path in names}
    assert set(told.evidence.files.raw) == raw
    for path in told.evidence.files.path:
        path.encode()  # text that any database takes
    assert told.evidence.files.numbers(names) == told.evidence.files.numbers(
        sorted(raw & set(raw), key=lambda r: names.index(r.decode("utf-8", "surrogateescape")))
    )


def test_a_repository_at_a_path_with_spaces_and_newlines(scan: Scan, tmp_path: Path) -> None:
    assert len(scan(write_repository(tmp_path / "my repo\nhere", TWO)).evidence.commits) == 2


def test_names_in_any_encoding(tmp_path: Path, scan: Scan) -> None:
    path = write_repository(
        tmp_path / "r", [Commit("J\udcf6rg M\udcfcller <j@x.org>", "2024-01-02", {"a": "1"})], bare=True
    )
    raw = subprocess.run(
        ["git", "-C", str(path), "cat-file", "commit", "main"],
        capture_output=True,
        check=True,
        env={**os.environ, **QUIET},
    ).stdout
    declared = raw.replace(b"\n\n", b"\nencoding ISO-8859-1\n\n", 1).replace(b"tree", b"tree", 1)
    lines = declared.split(b"\n")
    lines.insert(1, b"parent " + git(path, "rev-parse", "main").encode())
    sha = git(path, "hash-object", "-t", "commit", "-w", "--stdin", stdin=b"\n".join(lines))
    git(path, "update-ref", "refs/heads/main", sha)
    assert {name for _, name, _ in scan(path).roles()} == {"Jörg Müller"}


def test_dates_that_cannot_be_true_are_kept_but_do_not_order(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"a": "1"}),
            Commit("Bob", "1970-01-01T00:00:09", {"a": "2"}),
            Commit("Cara", "2099-12-31", {"a": "3"}),
            Commit("Dan", "2024-01-05", {"a": "4"}),
        ]
    )
    commits = told.evidence.commits
    assert [clock.to_date(int(t)).isoformat() for t in commits.authored] == [
        "2024-01-02", "1970-01-01", "2099-12-31", "2024-01-05",
    ]  # fmt: skip
    assert [clock.to_date(int(t)).isoformat() for t in commits.landed] == [
        "2024-01-02", "2024-01-02", "2024-01-02", "2024-01-05",
    ]  # fmt: skip
    assert [bool(flags & Flag.ODD_TIME) for flags in commits.flags] == [False, True, True, False]


def test_an_author_without_an_address(scan: Scan) -> None:
    told = scan([Commit("Nemo <>", "2024-01-02", {"a": "1"}), Commit(" <x@example.org>", "2024-01-03", {"a": "2"})])
    aliases = told.evidence.aliases
    assert list(zip(aliases.name, aliases.email, strict=True)) == [("Nemo", ""), ("", "x@example.org")]


def test_submodules_are_not_files_and_are_said(tmp_path: Path, scan: Scan) -> None:
    path = write_repository(tmp_path / "r", TWO)
    git(path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib/sub")
    who = ["-c", "user.name=Cara", "-c", "user.email=c@example.org"]
    git(path, *who, "commit", "-q", "-m", "Add a submodule")
    told = scan(path)
    assert told.live() == {"a"}
    assert "Submodules changed 1 times" in told.evidence.manifest.notes[0]


def test_a_commit_of_a_hundred_thousand_files(scan: Scan) -> None:
    told = scan([Commit("Alice", "2024-01-02", {f"d{n % 300}/f{n}": "" for n in range(100_000)})], bare=True)
    assert int(told.evidence.commits.files[0]) == 100_000
    assert len(told.evidence.files) == 100_000
    assert set(told.evidence.touches.worth) == {0}


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_repository(tmp_path / "r", TWO)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shelf, "write", full)
        with pytest.raises(Unavailable, match=r"No space left on device.*make room"):
            read(path, store, now=lambda: NOON)
    assert read(path, store, now=lambda: NOON).new == 2


@pytest.mark.parametrize("file", ["names-*", "register-*"])
def test_damaged_evidence_is_said(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    monkeypatch.setattr(shelf, "FEW", 0)
    read(write_repository(tmp_path / "r", TWO), store)
    names = next(store.glob(file))
    names.write_bytes(names.read_bytes()[:-9])
    with pytest.raises(Unavailable, match="missing or damaged"):
        len(Evidence.load(store).files)


def test_another_object_format_under_the_same_path_is_said(tmp_path: Path, store: Path) -> None:
    path = write_repository(tmp_path / "r", TWO)
    read(path, store)
    shutil.rmtree(path)
    write_repository(path, TWO, object_format="sha256")
    assert "add it as a new source" in sentence(path, store)
