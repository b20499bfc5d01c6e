"""The tools of the tests do what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import harness
from tests.cast import Actors
from tests.repositories import Commit, git


def test_a_repository_is_what_its_description_says(make_repository: Callable[..., Path]) -> None:
    path = make_repository(
        [
            Commit("Alice", "2024-01-02", {"a.py": "one", 'odd "name"\n.txt': "x"}, label="start"),
            Commit(
                "Bob", "2024-01-03T10:00:00+02:00", {"b.py": "two"}, trailers=["Reviewed-by: A <a@b>"], label="side"
            ),
            Commit("Carol <c@d>", "2024-01-04", {"a.py": None}, renames={"b.py": "c.py"}),
            Commit("Alice", "2024-01-05", {"m": "m"}, parents=["start", "3"], label="merge"),
        ]
    )
    assert git(path, "log", "--format=%an <%ae> %aI", "--reverse", "--topo-order").splitlines() == [
        "Alice <alice@example.org> 2024-01-02T00:00:00+00:00",
        "Bob <bob@example.org> 2024-01-03T10:00:00+02:00",
        "Carol <c@d> 2024-01-04T00:00:00+00:00",
        "Alice <alice@example.org> 2024-01-05T00:00:00+00:00",
    ]
    assert git(path, "log", "-1", "--format=%P").count(" ") == 1
    assert git(path, "log", "--format=%(trailers:key=Reviewed-by,valueonly)").strip() == "A <a@b>"
    assert git(path, "status", "--porcelain") == ""


def test_a_repository_grows(make_repository: Callable[..., Path]) -> None:
    make_repository([Commit("Alice", "2024-01-02", {"a": "1"})])
    path = make_repository([Commit("Bob", "2024-01-03", {"a": "2"})], append=True)
    assert git(path, "log", "--format=%an").split() == ["Bob", "Alice"]


def test_the_cast_is_in_the_directory_and_mallory_is_not(actors: Actors) -> None:
    assert actors.alice.role == "lead"
    assert actors.dan.person is not None
    assert actors.mallory.person is None
    assert actors.owner.role == "admin"


@pytest.mark.django_db
def test_the_database_of_the_run_is_the_one_asked_for() -> None:
    from django.db import connection

    assert connection.vendor == ("postgresql" if harness.ON_POSTGRESQL else "sqlite")


def test_every_test_may_have_a_postgresql_database_of_its_own(postgresql_url: str) -> None:
    import psycopg

    with psycopg.connect(postgresql_url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
    assert version is not None
    assert int(version[0].split(".")[0]) >= 15
