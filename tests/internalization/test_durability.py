"""What was acknowledged stays, whenever the process is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seci.internalization import services
from seci.kit.database import Database, connect
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, right, table

LOOP = """
import sys
from pathlib import Path
from seci.kit.database import connect
from seci.internalization import services
from tests.internalization.practising import LEARNER, right
where = sys.argv[1]
with connect(where if where.startswith("postgresql") else Path(where)) as db:
    opened = services.today(LEARNER, db)
    while shown := services.next_case(LEARNER, db, opened.id):
        print("shown", shown.case, flush=True)
        services.commit(LEARNER, db, opened.id, shown.case, right(shown))
        print("kept", shown.case, flush=True)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> str:
    """The file or the address of an empty ledger, on each vendor."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_ledger"))
    return str(request.getfixturevalue("new_postgresql")())


@pytest.fixture
def ledger(where: str) -> Iterator[Database]:
    with connect(where if where.startswith("postgresql") else Path(where)) as db:
        yield db


@pytest.mark.parametrize("acknowledged", [1, 4])
def test_a_killed_process_loses_no_answer_that_was_acknowledged(
    where: str, house: Database, framework: int, acknowledged: int
) -> None:
    services.bring_file(AUTHOR, house, framework, table())
    services.begin(LEARNER, house, framework)
    kept = [case for word, case in killed_after(where, acknowledged) if word == "kept"]
    committed = [
        case for (case,) in house.rows("SELECT case_id FROM internalization_attempt WHERE committed_at IS NOT NULL")
    ]
    assert set(kept) <= set(committed)
    # Whole or not at all: each committed answer has its event.
    whole = house.rows("SELECT COUNT(*) FROM internalization_attempt t JOIN ledger_event e ON e.seq = t.seq")
    assert whole == [(len(committed),)]
    opened = services.today(LEARNER, house)
    assert (opened.done, opened.state) == (len(committed), "open")
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert shown.case not in committed
    assert services.commit(LEARNER, house, opened.id, shown.case, right(shown)).right


def killed_after(where: str, acknowledged: int) -> Iterator[tuple[str, int]]:
    """What a process said until it was killed, right after so many answers were acknowledged."""
    process = subprocess.Popen([sys.executable, "-c", LOOP, where], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = 0
    for line in process.stdout:
        word, case = line.split()
        yield word, int(case)
        told += word == "kept"
        if told == acknowledged:
            os.kill(process.pid, signal.SIGKILL)
            acknowledged = -1
    process.wait()
