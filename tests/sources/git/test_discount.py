from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Flag, Nature, Reason, Status
from seci.sources.git.discount import of_commit, of_touch


def test_a_small_commit_counts_in_full() -> None:
    assert of_commit(b"Fix typo", 0, 3, 0) == (100, Reason.NONE, 0)


def test_a_large_commit_shares_its_weight_out() -> None:
    assert of_commit(b"Refactor", 0, 60, 0) == (50, Reason.LARGE, 0)


def test_bulk_and_imports_count_nothing() -> None:
    assert of_commit(b"Refactor", 0, 101, 0) == (0, Reason.BULK, Flag.MASS)
    assert of_commit(b"Initial import", 0, 101, 100) == (0, Reason.IMPORT, Flag.MASS)


def test_reformatting_many_files_counts_nothing() -> None:
    for subject in (b"Run clang-format", b"Reformat with black", b"Update copyright year", b"Fix trailing whitespace"):
        assert of_commit(subject, 0, 12, 0) == (0, Reason.REFORMAT, Flag.MASS), subject
    assert of_commit(b"Blacklist a host", 0, 12, 0)[1] is Reason.NONE


def test_a_revert_counts_little() -> None:
    assert of_commit(b'Revert "x"', Flag.REVERT, 2, 0) == (30, Reason.REVERT, 0)


def test_a_touch_takes_the_harshest_reason() -> None:
    assert of_touch((100, Reason.NONE), Nature.VENDORED, Status.MODIFIED) == (0, Reason.VENDORED)
    assert of_touch((100, Reason.NONE), Nature.CODE, Status.MOVED) == (20, Reason.MOVED)
    assert of_touch((10, Reason.LARGE), Nature.CODE, Status.MOVED) == (10, Reason.LARGE)


@given(st.integers(1, 200_000), st.integers(0, 200_000))
def test_more_files_never_count_more_each(files: int, added: int) -> None:
    worth = [of_commit(b"Work", 0, n, min(added, n))[0] for n in (files, files + 1)]
    assert 0 <= worth[1] <= worth[0] <= 100
