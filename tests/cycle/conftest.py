from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from seci.accounts.actor import Actor
from seci.cycle import services
from seci.kit.clock import now
from seci.kit.database import Database, of_django

OWNER = Actor.owner_of_the_machine("job")


@dataclass
class House:
    """An empty instance in the database of the test, with a folder for its evidence."""

    db: Database
    shelves: Path
    at: int = field(default_factory=now)

    def scan(self, path: Path) -> services.Scanned:
        done = services.scan(OWNER, self.db, path, self.shelves)
        services.refresh(OWNER, self.db, self.shelves, self.at)
        return done

    def table(self, name: str, columns: str) -> list[tuple[object, ...]]:
        return sorted(map(tuple, self.db.rows(f"SELECT {columns} FROM {name}")))

    def projections(self) -> dict[str, list[tuple[object, ...]]]:
        """Every projection without its row numbers."""
        return {
            "contact": self.table("spiral_contact", "asset, identity, month, way, events, weight, last_t"),
            "holding": self.table("spiral_holding", "asset_id, person_id, familiarity, held, authored, reviewed"),
            "risk": self.table("spiral_assetrisk", "asset_id, events, holders, coverage, at_risk, at_risk_high, gini"),
            "files": self.table("spiral_filereading", "asset_id, files, at_risk, orphaned, bus_factor"),
            "trend": self.table("spiral_assettrend", "asset_id, quarter, coverage, at_risk, holders"),
            "warned": self.table("spiral_forewarned", "quarter, asset_id, holder_id, left_at, changes"),
            "proposal": self.table("cycle_proposal", "place, activity, asset_id, holder_id, learner_id, relief"),
        }

    def asset(self, name: str) -> int:
        rows = self.db.rows("SELECT id FROM assets_asset WHERE name = ?", [name])
        assert rows, self.table("assets_asset", "name")
        return int(rows[0][0])

    def person(self, name: str) -> int:
        rows = self.db.rows("SELECT id FROM people_person WHERE name = ? AND merged_into_id IS NULL", [name])
        assert rows, self.table("people_person", "name")
        return int(rows[0][0])


@pytest.fixture
def house(db: None, tmp_path: Path) -> House:
    from django.db import connection

    return House(of_django(connection), tmp_path / "evidence")


MakeRepository = Callable[..., Path]
