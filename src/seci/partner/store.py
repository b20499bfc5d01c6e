"""The partner's rows: its setting, and the tally of its calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.kit.clock import DAY, Micros
from seci.kit.database import Database
from seci.partner.outcome import Call, Ending
from seci.partner.setting import Setting, from_environment

KEPT: Micros = 90 * DAY
LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class Tally:
    """Calls of one purpose and ending since some day. Times in milliseconds; tokens where the provider says them."""

    purpose: str
    ending: Ending
    calls: int
    median_ms: int
    slowest_ms: int
    kept: int
    dropped: int
    tokens_in: int | None
    tokens_out: int | None


def read(db: Database) -> Setting | None:
    rows = db.rows("SELECT provider, url, model, manner, seconds, is_on FROM partner_setting WHERE id = 1")
    if not rows:
        return None
    provider, url, model, manner, seconds, on = rows[0]
    return Setting(provider, url, model, manner, seconds, bool(on))


def current(db: Database) -> Setting | None:
    """The partner there is: the one that the environment names, else the one chosen on the settings page."""
    return from_environment() or read(db)


def write(db: Database, setting: Setting, account: int | None, at: Micros) -> None:
    db.run(
        "INSERT INTO partner_setting (id, provider, url, model, manner, seconds, is_on, changed_by, changed_at) "
        "VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET provider = excluded.provider, "
        "url = excluded.url, model = excluded.model, manner = excluded.manner, seconds = excluded.seconds, "
        "is_on = excluded.is_on, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        (
            setting.provider,
            setting.url,
            setting.model,
            setting.manner,
            setting.seconds,
            setting.on,
            account,
            at,
        ),
    )


def remove(db: Database) -> None:
    db.run("DELETE FROM partner_setting")


def latest(db: Database) -> list[Call]:
    """The latest calls, newest first."""
    rows = db.rows("SELECT at, ending FROM partner_call ORDER BY id DESC LIMIT ?", (LOOK_BACK,))
    return [Call(at, ending) for at, ending in rows]


def count(
    db: Database,
    purpose: str,
    ending: Ending,
    at: Micros,
    ms: int,
    *,
    kept: int = 0,
    dropped: int = 0,
    tokens: Sequence[int | None] = (None, None),
) -> None:
    db.run(
        "INSERT INTO partner_call (at, purpose, ending, ms, kept, dropped, tokens_in, tokens_out) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (at, purpose, ending, ms, kept, dropped, *tokens),
    )


def tallies(db: Database, since: Micros) -> list[Tally]:
    """Calls by purpose and ending."""
    groups: dict[tuple[str, Ending], list[tuple[int, int, int, int | None, int | None]]] = {}
    for purpose, ending, *rest in db.rows(
        "SELECT purpose, ending, ms, kept, dropped, tokens_in, tokens_out FROM partner_call WHERE at >= ? "
        "ORDER BY purpose, ending, ms",
        (since,),
    ):
        groups.setdefault((str(purpose), ending), []).append(tuple(rest))
    return [
        Tally(
            purpose=purpose,
            ending=ending,
            calls=len(rows),
            median_ms=rows[len(rows) // 2][0],
            slowest_ms=rows[-1][0],
            kept=sum(row[1] for row in rows),
            dropped=sum(row[2] for row in rows),
            tokens_in=_total([row[3] for row in rows]),
            tokens_out=_total([row[4] for row in rows]),
        )
        for (purpose, ending), rows in groups.items()
    ]


def _total(counts: list[int | None]) -> int | None:
    """The sum of what is known; None when the provider said nothing at all."""
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def sweep(db: Database, at: Micros) -> int:
    return db.run("DELETE FROM partner_call WHERE at < ?", (at - KEPT,))
