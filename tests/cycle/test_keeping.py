"""After a scan, what speaks of places in the code is compared with them as they are now."""

from __future__ import annotations

from pathlib import Path

import pytest

from seci.artifacts import queries as shelf
from seci.artifacts import services as artifacts
from seci.cycle.keeping import looked
from seci.library import queries, services
from seci.library.views import Wanted
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.cycle.conftest import OWNER, House, MakeRepository
from tests.repositories import Commit, write_repository

BEFORE = {"core/a.py": "def load():\n    return 5\n\n\ndef other():\n    return 1\n", "docs/b.md": "b\n"}
LOAD = BEFORE["core/a.py"].replace("5", "9")
OTHER = LOAD.replace("1", "2")


def change(path: Path, day: int, files: dict[str, str | None]) -> None:
    write_repository(path, [Commit("Alice", f"2026-05-{day:02}", files)], append=True)


@pytest.fixture
def repository(house: House, make_repository: MakeRepository) -> Path:
    path = make_repository([Commit("Alice", "2026-05-01", BEFORE)])
    house.scan(path)
    return path


@pytest.fixture
def source(house: House, repository: Path) -> int:
    return int(house.db.rows("SELECT id FROM ledger_source WHERE kind = 'git'")[0][0])


def reopened(house: House) -> set[str]:
    return {row.spot.title for row in queries.library(OWNER, house.db, Wanted(mark="reopened")).rows}


def said(house: House, artifact: int) -> tuple[str, ...]:
    return shelf.artifact(OWNER, house.db, artifact).remarks


def test_a_scan_asks_for_pages_again_whose_code_has_changed_and_for_no_others(
    house: House, repository: Path, source: int
) -> None:
    made = [services.create(OWNER, house.db, title, "Words.") for title in ("Of load", "Of other", "Of nothing")]
    for page, symbol in zip(made, ("load", "other"), strict=False):
        services.bind(OWNER, house.db, source, "core/a.py", symbol=symbol, document=page)
    assert looked(OWNER, house.db, source) == []
    change(repository, 2, {"core/a.py": LOAD})
    house.scan(repository)
    assert reopened(house) == {"Of load"}
    change(repository, 3, {"core/a.py": None})
    house.scan(repository)
    assert reopened(house) == {"Of load", "Of other"}
    assert queries.one(OWNER, house.db, made[1]).document.reopened_because == "core/a.py other is gone"


def test_an_artifact_verified_after_the_change_holds_until_the_next_one(
    house: House, repository: Path, source: int
) -> None:
    made = artifacts.create(
        OWNER, house.db, "decision_tree", "May it be loaded?", tree(), context=FOR_ALL, claims=[claim()]
    )
    services.bind(OWNER, house.db, source, "core/a.py", symbol="load", artifact=made.id)
    house.scan(repository)
    looked(OWNER, house.db, source)
    for day, text in ((2, LOAD), (3, BEFORE["core/a.py"])):
        change(repository, day, {"core/a.py": text})
        house.scan(repository)
        assert reopened(house) == {"May it be loaded?"}
        assert said(house, made.id) == ("To be looked at again: core/a.py load has changed.",)
        artifacts.verify(OWNER, house.db, made.id)
        assert reopened(house) == set()
        assert said(house, made.id) == ()
        looked(OWNER, house.db, source)
        assert reopened(house) == set()
