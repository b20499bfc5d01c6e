from __future__ import annotations

from pathlib import Path

from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.ledger import segments
from seci.ledger.append import append, supersede, withdraw
from seci.ledger.kernels import weekly_modes
from tests.ledger.making import START, events, ledger_with_names

LATER = START + 400 * DAY


def seen(db: Database, folder: Path) -> list[tuple[int, int, int]]:
    table = segments.events(db, folder).select("t", "actor", "weight").to_native().to_arrow_table()
    return sorted(zip(*(table[name].to_pylist() for name in ("t", "actor", "weight")), strict=True))


def told(db: Database) -> list[tuple[int, int, int]]:
    return sorted(
        db.rows(
            "SELECT t, actor, weight FROM ledger_event e WHERE weight > 0 "
            "AND NOT EXISTS (SELECT 1 FROM ledger_event s WHERE s.supersedes = e.seq)"
        )
    )


def test_sealed_months_and_the_tail_are_the_whole_ledger(ledger: Database, tmp_path: Path) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(600), source=place.source, run=place.run, at=1)
    assert seen(ledger, tmp_path) == told(ledger)
    written = segments.seal(ledger, tmp_path, at=2, before=START + 120 * DAY)
    assert len(written) == 4
    assert len(list(tmp_path.glob("month=*.parquet"))) == 4
    assert seen(ledger, tmp_path) == told(ledger)
    assert segments.seal(ledger, tmp_path, at=3, before=START + 120 * DAY) == []


def test_a_correction_makes_its_months_stale_and_nothing_else(ledger: Database, tmp_path: Path) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(600), source=place.source, run=place.run, at=1)
    months = segments.seal(ledger, tmp_path, at=2, before=LATER)
    withdraw(ledger, [1], source=place.source, run=place.run, at=3)
    supersede(ledger, [300], {"t": LATER - DAY}, source=place.source, run=place.run, at=3)
    assert seen(ledger, tmp_path) == told(ledger)
    again = segments.seal(ledger, tmp_path, at=4, before=LATER + 40 * DAY)
    assert len(again) == 3
    assert len(set(again) & set(months)) == 2
    assert seen(ledger, tmp_path) == told(ledger)


def test_a_lost_or_changed_segment_is_noticed_and_a_lost_one_read_from_the_rows(
    ledger: Database, tmp_path: Path
) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(600), source=place.source, run=place.run, at=1)
    segments.seal(ledger, tmp_path, at=2, before=LATER)
    first, second, *_ = segments.sealed(ledger)
    (tmp_path / first.file).unlink()
    assert segments.damaged(ledger, tmp_path) == [first.month]
    assert seen(ledger, tmp_path) == told(ledger)
    assert segments.seal(ledger, tmp_path, at=3, before=LATER) == [first.month]
    (tmp_path / first.file).unlink()
    (tmp_path / second.file).write_bytes(b"noise")
    assert segments.damaged(ledger, tmp_path) == [first.month, second.month]


def test_a_kernel_runs_over_the_ledger_itself(ledger: Database, tmp_path: Path) -> None:
    place = ledger_with_names(ledger)
    append(ledger, events(300), source=place.source, run=place.run, at=1)
    segments.seal(ledger, tmp_path, at=2, before=START + 40 * DAY)
    found = weekly_modes(segments.events(ledger, tmp_path)).to_native().to_arrow_table()
    assert sum(found["events"].to_pylist()) == 300
    assert set(found["mode"].to_pylist()) == {0, 3}
