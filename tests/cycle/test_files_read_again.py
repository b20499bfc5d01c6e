"""Which repositories are read again for their files when one of several has grown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from seci.assets import services as assets
from seci.cycle import services
from seci.sources.git import store as git
from tests.cycle.conftest import OWNER, House
from tests.repositories import Commit, write_repository


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sources whose files are read, in order."""
    whole, sources = git.file_history, list[int]()

    def file_history(db: Any, source: int, *rest: Any) -> git.FileHistory:
        sources.append(source)
        return whole(db, source, *rest)

    monkeypatch.setattr(git, "file_history", file_history)
    return sources


@pytest.fixture
def repositories(tmp_path: Path) -> tuple[Path, Path]:
    one, two = (
        write_repository(tmp_path / name, [Commit(who, f"2025-0{n}-01", {f"{name}/a.py": str(n)}) for n in range(1, 8)])
        for name, who in (("one", "Alice"), ("two", "Bob"))
    )
    return one, two


def grow(path: Path) -> None:
    more = [Commit("Carol", f"2025-08-{n:02}", {f"{path.name}/b.py": str(n)}) for n in range(1, 9)]
    write_repository(path, more, append=True)


def test_only_the_repository_that_has_grown_is_read_and_rebuilding_gives_the_same(
    house: House, repositories: tuple[Path, Path], read: list[int]
) -> None:
    one, two = (house.scan(path).source for path in repositories)
    read.clear()
    grow(repositories[0])
    house.scan(repositories[0])
    assert read == [one]

    stepwise = house.table("spiral_filereading", "asset_id, files, at_risk, orphaned, bus_factor, bus_factor_active")
    services.rebuild(OWNER, house.db, house.shelves, house.at)
    rebuilt = house.table("spiral_filereading", "asset_id, files, at_risk, orphaned, bus_factor, bus_factor_active")
    assert read == [one, one, two]
    assert stepwise == rebuilt
    assert len(rebuilt) == 2


def test_a_repository_that_shares_an_asset_with_the_one_that_has_grown_is_read_too(
    house: House, repositories: tuple[Path, Path], read: list[int]
) -> None:
    one, two = (house.scan(path).source for path in repositories)
    first, second = (int(row[0]) for row in house.db.rows("SELECT id FROM assets_asset ORDER BY id"))
    assets.merge(OWNER, house.db, [first, second])
    services.refresh(OWNER, house.db, house.shelves, house.at)
    read.clear()
    grow(repositories[0])
    house.scan(repositories[0])

    assert read == [one, two]
    assert house.table("spiral_filereading", "asset_id, files") == [(first, 3)]
    stepwise = house.table("spiral_fileatrisk", "asset_id, path, knows_id, changes")
    services.rebuild(OWNER, house.db, house.shelves, house.at)
    assert house.table("spiral_fileatrisk", "asset_id, path, knows_id, changes") == stepwise


def test_nothing_is_read_while_hardly_anything_is_new(
    house: House, repositories: tuple[Path, Path], read: list[int]
) -> None:
    house.scan(repositories[0])
    read.clear()
    house.scan(repositories[0])
    assert read == []
