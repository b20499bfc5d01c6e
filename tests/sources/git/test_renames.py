from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Status
from seci.sources.git.renames import EMPTY, Files, exact

A, M, D, R = Status.ADDED, Status.MODIFIED, Status.DELETED, Status.RENAMED


def follow(files: Files, *touches: tuple[str, Status] | tuple[str, Status, str]) -> list[int]:
    paths = [files.intern(touch[0].encode()) for touch in touches]
    olds = {n: files.intern(touch[2].encode()) for n, touch in enumerate(touches) if len(touch) == 3}
    return list(files.follow(paths, [touch[1] for touch in touches], olds))


def test_equal_content_is_one_file() -> None:
    assert exact([(b"a", b"1"), (b"b", b"2")], [(b"c", b"2"), (b"d", b"3")]) == {b"c": b"b"}


def test_among_equal_contents_the_name_decides() -> None:
    deleted = [(b"x/one", b"1"), (b"x/two", b"1")]
    assert exact(deleted, [(b"y/two", b"1"), (b"y/one", b"1")]) == {b"y/two": b"x/two", b"y/one": b"x/one"}


def test_empty_files_are_one_only_if_they_keep_their_name() -> None:
    assert exact([(b"a/__init__.py", EMPTY[0])], [(b"b/new", EMPTY[0])]) == {}
    assert exact([(b"a/__init__.py", EMPTY[0])], [(b"b/__init__.py", EMPTY[0])]) == {b"b/__init__.py": b"a/__init__.py"}


def test_a_file_keeps_its_number_through_renames() -> None:
    files = Files()
    assert follow(files, ("a", A), ("b", R, "a"), ("c", R, "b"), ("c", M)) == [0, 0, 0, 0]
    assert files.paths[files.path_of[0]] == b"c"


def test_a_path_that_is_used_again_is_a_new_file() -> None:
    assert follow(Files(), ("a", A), ("b", R, "a"), ("a", A), ("a", M), ("b", M)) == [0, 0, 1, 1, 0]


def test_a_deleted_file_that_comes_back_is_the_same() -> None:
    files = Files()
    assert follow(files, ("a", A), ("a", D), ("a", A)) == [0, 0, 0]
    assert list(files.live) == [1]


def test_a_side_branch_may_still_use_the_old_name() -> None:
    files = Files()
    assert follow(files, ("a", A), ("b", R, "a"), ("a", M)) == [0, 0, 0]
    assert files.paths[files.path_of[0]] == b"b"
    assert list(files.live) == [1]


def test_the_tree_at_the_tip_has_the_last_word_on_what_lives() -> None:
    files = Files()
    follow(files, ("a", A), ("b", A))
    files.settle([b"b", b"brought by a merge"])
    assert list(files.live) == [0, 1, 1]
    assert files.paths[files.path_of[2]] == b"brought by a merge"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([A, M, D, R]), st.sampled_from("abcd"))))
def test_live_files_never_share_a_path(steps: list[tuple[str, Status, str]]) -> None:
    files = Files()
    present: dict[str, int] = {}
    for path, status, old in steps:
        if status == R and (old == path or old not in present or path in present):
            continue
        if (status == A) == (path in present) and status in (A, M, D):
            continue
        number = follow(files, (path, status, old) if status == R else (path, status))[0]
        if status == R:
            assert number == present.pop(old)
        elif status != A:
            assert number == present[path]
        present[path] = number
        if status == D:
            del present[path]
    live = {files.paths[files.path_of[n]].decode(): n for n in range(len(files)) if files.live[n]}
    assert live == present
