"""How long a learner waits: a round composed, the next case, a commit, at many cards and cases.

    python -m benchmarks.next_item [--cards 10000] [--cases 2000] [--json]

A learner stands on as many patterns as there are cards, each with a memory; every case has a key. Times are the median
and the longest of several, through the services, on a SQLite database in a temporary folder.
"""

from __future__ import annotations

import json
import os
import tempfile
from statistics import median

import click

TARGET_MS = 50


@click.command()
@click.option("--cards", default=10_000, show_default=True)
@click.option("--cases", default=2_000, show_default=True)
@click.option("--times", default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(cards: int, cases: int, times: int, as_json: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SECI_DATA_DIR"] = folder
        os.environ.pop("SECI_DATABASE_URL", None)
        found = measure(cards, cases, times)
    result = {
        name: {"median_ms": round(median(each), 1), "longest_ms": round(max(each), 1), "n": len(each)}
        for name, each in found.items()
    }
    if as_json:
        click.echo(json.dumps({"cards": cards, "cases": cases, "target_ms": TARGET_MS, **result}, indent=2))
        return
    for name, each in result.items():
        click.echo(
            f"{name:12} median {each['median_ms']:7.1f} ms, longest {each['longest_ms']:7.1f} ms, n = {each['n']}"
        )


def measure(cards: int, cases: int, times: int) -> dict[str, list[float]]:
    """Milliseconds of each try."""
    from seci.accounts import door
    from seci.accounts.actor import Actor
    from seci.internalization import services
    from seci.internalization.choosing import next_picks
    from seci.internalization.services import Answer
    from seci.kit.clock import now, stopwatch

    learner = Actor(account=1, person=1, role="member", door="page")
    spent: dict[str, list[float]] = {"compose": [], "next": [], "commit": []}
    with door.database() as db:
        fill(db, cards, cases)
        for number in range(times):
            began = stopwatch()
            next_picks(db, 1, number + 2, now())
            spent["compose"].append((stopwatch() - began) * 1000)
        opened = services.today(learner, db)
        for _ in range(times):
            began = stopwatch()
            shown = services.next_case(learner, db, opened.id)
            spent["next"].append((stopwatch() - began) * 1000)
            assert shown is not None
            began = stopwatch()
            services.commit(learner, db, opened.id, shown.case, Answer("use", 0.8))
            spent["commit"].append((stopwatch() - began) * 1000)
    return spent


def fill(db, cards: int, cases: int) -> None:  # type: ignore[no-untyped-def]
    """A learner on `cards` patterns that were tried, and `cases` cases nobody has met."""
    from seci.kit.clock import DAY, now
    from seci.kit.ids import seeded

    draw, at = seeded("next item"), now()
    body = json.dumps({"purpose": "P", "sections": []})
    with db.transaction():
        db.run("INSERT INTO people_person (id, name, nature, function, named) VALUES (1, 'P', 'person', '', 1)")
        db.run(
            "INSERT INTO artifacts_artifact (id, key, type, title, state, head, published, who, situation, exceptions, "
            "unsupported, label, created_at, changed_at) "
            "VALUES (1, 'a', 'guide', 'A', 'published', 1, 1, '', '', '', 0, '', 0, 0)"
        )
        db.run(
            "INSERT INTO artifacts_revision (id, artifact_id, number, title, body, context, at, message, cause) "
            "VALUES (1, 1, 1, 'A', ?, ?, 0, '', 'hand')",
            [body, json.dumps({"who": "", "situation": "", "exceptions": ""})],
        )
        db.run_many(
            "INSERT INTO internalization_pattern (id, artifact_id, node, name, family, frequency, stake, near, elo, "
            "elo_count) VALUES (?, 1, ?, 'P', '', ?, 1, '[]', 0, 0)",
            [(n, f"n{n}", draw.random()) for n in range(1, cards + 1)],
        )
        db.run_many(
            "INSERT INTO internalization_standing (person_id, pattern_id, level, placed, since, why, missing, coach, "
            "stability, difficulty, last_at, due_at, elo, elo_count) "
            "VALUES (1, ?, 3, 3, 1, '', '', 0, ?, 5, ?, ?, ?, 4)",
            [
                (n, draw.uniform(1, 60), at - draw.randrange(60 * DAY), at, draw.gauss(1, 1))
                for n in range(1, cards + 1)
            ],
        )
        db.run_many(
            "INSERT INTO internalization_practicecase (id, pattern_id, nodes, kind, title, situation, facts, options, "
            "critical, pool, source, code, created_at) VALUES (?, ?, '[]', 'case', 'C', 'A situation', '{}', ?, 0, "
            "'practice', 'real', ?, 0)",
            [(n, draw.randrange(1, cards + 1), '["use", "hold"]', f"c{n}") for n in range(1, cases + 1)],
        )
        db.run_many(
            "INSERT INTO internalization_key (case_id, version, option, basis, n, at) "
            "VALUES (?, 1, 'use', 'author', 0, 0)",
            [(n,) for n in range(1, cases + 1)],
        )


if __name__ == "__main__":
    main()
