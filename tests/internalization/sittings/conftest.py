"""A framework with a hundred sealed cases that a clear panel has judged."""

from __future__ import annotations

import pytest

from seci.internalization import services, store
from seci.kit.database import Database
from tests.internalization.conftest import AUTHOR, framework, house  # noqa: F401 - fixtures
from tests.internalization.practising import table


def seal(db: Database, artifact: int, cases: int, *, pool: str = "sealed", prefix: str = "s") -> None:
    """Cases of a pool, each with the key of a panel of five of whom most agree."""
    lines = table(cases).replace("\nk", f"\n{prefix}").splitlines()
    text = "\n".join([f"{lines[0]},pool", *(f"{line},{pool}" for line in lines[1:])])
    services.bring_file(AUTHOR, db, artifact, text)
    rows = db.rows(
        "SELECT c.id, k.option FROM internalization_practicecase c JOIN internalization_key k ON k.case_id = c.id "
        "JOIN internalization_pattern p ON p.id = c.pattern_id WHERE c.pool = ? AND k.n < 5 AND p.artifact_id = ?",
        [pool, artifact],
    )
    store.write_keys(db, [(case, option, "panel", 0.8, 5, 1) for case, option in rows], 1)
    db.run("UPDATE internalization_practicecase SET median_ms = 60000, p75_ms = 80000")


@pytest.fixture
def sealed(house: Database, framework: int) -> int:  # noqa: F811 - the fixtures above
    seal(house, framework, 90)
    return framework
