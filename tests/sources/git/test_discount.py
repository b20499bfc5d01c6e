from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.codes import Flag, Reason
from seci.sources.git.discount import of_commit
from tests.repositories import Commit
from tests.sources.git.conftest import Told


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


def test_a_touch_takes_the_harshest_reason(scan: Callable[..., Told]) -> None:
    said = {"a.py": "a\n", "b.py": "b\n" * 9, "vendor/x.c": "x\n"}
    many = {f"f{number}.py": f"{number}\n" * 9 for number in range(12)}
    moved = {f"f{number}.py": f"g{number}.py" for number in range(12)}
    told = scan(
        [
            Commit("Alice", "2024-01-02", said | many),
            Commit("Bob", "2024-01-03", {"a.py": "", "vendor/x.c": ""}, 'Revert "x"', renames={"b.py": "c.py"}),
            Commit("Cara", "2024-01-04", message="Reformat everything", renames=moved),
        ]
    )
    assert told.worth("a.py")[1] == (30, Reason.REVERT)
    assert told.worth("c.py")[1] == (20, Reason.MOVED)
    assert told.worth("vendor/x.c")[1] == (0, Reason.VENDORED)
    assert told.worth("g1.py")[1] == (0, Reason.REFORMAT)


@given(st.integers(1, 200_000), st.integers(0, 200_000))
def test_more_files_never_count_more_each(files: int, added: int) -> None:
    worth = [of_commit(b"Work", 0, n, min(added, n))[0] for n in (files, files + 1)]
    assert 0 <= worth[1] <= worth[0] <= 100
