"""How long the pages take at the server in an organization of 5,000 people, 2,000 assets and a million events.

    python -m benchmarks.pages [--people 5000 --assets 2000 --events 1000000] [--quick] --json

The organization is generated through the ledger's own append and the product's own projections. Every page is asked
for six times by an admin through the whole stack of middleware; the first answer (caches cold) is left out. `cpu_ms`
is the processor time, which other programs of the machine hardly change. Beside each stands the same page of an
organization a fiftieth of the size: the number of queries must be the same. What people write is `pages_written`.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

TARGET_MS = 200.0
ASKED = 6


def generate(folder: Path, people: int, assets: int, events: int) -> dict[str, float]:
    """Fills the instance in `folder`; returns seconds taken by the append and by the projections."""
    import numpy as np

    from seci.accounts import door
    from seci.accounts.actor import Actor
    from seci.cycle import services
    from seci.kit.clock import DAY, now, stopwatch
    from seci.ledger import runs
    from seci.ledger.append import append
    from seci.ledger.columns import EventColumns
    from seci.ledger.kinds import Kind

    at = now()
    draw = np.random.default_rng(7)
    with door.database() as db:
        with db.transaction():
            source = runs.register(db, kind="synthetic", uri="synthetic:pages", title="synthetic", at=at)
            db.run_many(
                "INSERT INTO people_unit (id, name, origin) VALUES (?, ?, 'hand')",
                [(n, f"Unit {n:03d}") for n in range(1, people // 50 + 2)],
            )
            db.run_many(
                "INSERT INTO people_person (id, name, nature, function, unit_id, named) "
                "VALUES (?, ?, 'person', '', ?, ?)",
                [(n, f"Person {n:05d}", 1 + n // 50, False) for n in range(1, people + 1)],
            )
            db.run_many(
                "INSERT INTO people_identity (id, key, name, email, person_id, rule, confidence, confirmed) "
                "VALUES (?, ?, ?, ?, ?, 'alone', 1.0, ?)",
                [
                    (n, f"p{n} <p{n}@example.org>", f"Person {n}", f"p{n}@example.org", n, False)
                    for n in range(1, people + 1)
                ],
            )
            db.run_many(
                "INSERT INTO assets_asset (id, key, name, concept, topic, languages, state, reason, decay, task_type, "
                "created_at) VALUES (?, ?, ?, '', 'code', '[]', 'proposed', 'generated', 'mixed', '', ?)",
                [(n, f"asset-{n}", f"Area {n:04d}", at) for n in range(1, assets + 1)],
            )
        run = runs.begin(db, source, at=at)
        asset = 1 + (draw.zipf(1.2, events) - 1) % assets
        # Teams stay close to their own assets: the actor depends on the asset for most events.
        near = 1 + (asset * 5 // 2 + draw.geometric(0.6, events)) % people
        actor = np.where(draw.random(events) < 0.98, near, draw.integers(1, people + 1, events))
        kind = draw.choice([Kind.APPLY, Kind.REVIEW, Kind.PAIR, Kind.REVISE], events, p=[0.5, 0.4, 0.05, 0.05])
        columns = EventColumns(
            t=np.sort(at - draw.integers(0, 3 * 365, events) * DAY),
            actor=actor,
            kind=kind,
            source_key=[n.to_bytes(20, "big") for n in range(events)],
            other=np.where(kind == Kind.APPLY, -1, near),
            asset=asset,
            weight=draw.choice([500, 1000, 3000], events),
        )
        started = stopwatch()
        append(db, columns, source=source, run=run.id, at=at)
        runs.finish(db, run.id, at=at)
        appended = stopwatch()
        services.refresh(Actor.owner_of_the_machine("job"), db, folder / "evidence", at)
        return {"append": appended - started, "projections": stopwatch() - appended}


def measure(people: int, assets: int, events: int) -> dict[str, Any]:
    """Generates an organization in this process's instance and asks for every page."""
    import logging

    from seci.accounts import door

    folder = Path(os.environ["SECI_DATA_DIR"])
    seconds = generate(folder, people, assets, events)
    door.framework()
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks import pages_written
    from seci.accounts.actor import Actor
    from seci.accounts.models import Membership
    from seci.kit.clock import stopwatch
    from seci.kit.database import of_django
    from seci.spiral.models import AssetRisk, Holding

    logging.disable(logging.CRITICAL)
    user = User.objects.create(username="owner")
    busiest = AssetRisk.objects.order_by("-events").values_list("asset", flat=True)[0]
    cell = Holding.objects.filter(asset=busiest).order_by("-authored").values_list("person", flat=True)[0]
    Membership.objects.create(user=user, role="admin", person=cell)
    started, db = stopwatch(), of_django(connection)
    pages_written.write(Actor(user.pk, cell, "admin", "page"), db, people, assets)
    seconds["written"] = stopwatch() - started
    page, merge, tree = (
        db.rows(f"SELECT MIN(id) FROM {table}")[0][0]
        for table in ("library_document", "combination_merge", "artifacts_artifact")
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    pages = {
        "home": "/",
        "who": "/who/",
        "who, searched": "/who/?q=area+00&who=person",
        "asset": f"/assets/{busiest}/",
        "evidence": f"/assets/{busiest}/people/{cell}/",
        "risk": "/risk/",
        "what if": f"/leave/?people={cell}",
        "replay": "/leave/replay/",
        "next": "/next/",
        "people": "/people/",
        "own page": f"/people/{cell}/",
        "units": "/people/units/",
        "sources": "/sources/",
        "settings": "/settings/",
        "search": "/search/?q=area+01",
        "search, texts": "/search/?q=who+reads+the+review&kind=document",
        "wanted": "/search/wanted/",
        "unit": "/people/units/1/",
        "library": "/library/",
        "document": f"/library/{page}/",
        "artifacts": "/artifacts/",
        "artifact": f"/artifacts/{tree}/",
        "findings": "/findings/",
        "merges": "/merges/",
        "merge": f"/merges/{merge}/",
        "graph": f"/graph/?from=asset:{busiest}",
        "practice": "/practice/",
        "author's plan": f"/practice/cases/of/{tree}/",
        "challenges": "/challenges/",
    }
    found = {}
    for name, url in pages.items():
        times, worked = [], []
        queries = 0
        for _ in range(ASKED):
            with CaptureQueriesContext(connection) as asked:
                started, began = stopwatch(), time.process_time()
                answer = client.get(url)
                times.append((stopwatch() - started) * 1000)
                worked.append((time.process_time() - began) * 1000)
            queries = len(asked)
            assert answer.status_code == 200, (name, answer.status_code)
        ms, cpu_ms = (round(statistics.median(some[1:]), 1) for some in (times, worked))
        found[name] = {"ms": ms, "cpu_ms": cpu_ms, "queries": queries, "bytes": len(answer.content)}
    return {"people": people, "assets": assets, "events": events, "seconds": seconds, "pages": found}


def in_a_process(people: int, assets: int, events: int) -> dict[str, Any]:
    """Measures in a process and an instance of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.pages", "--inside", "--people", str(people)]
        command += ["--assets", str(assets), "--events", str(events)]
        done = subprocess.run(command, env={**os.environ, "SECI_DATA_DIR": folder}, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--assets", type=int, default=2000)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    size = [asked.people, asked.assets, asked.events]
    if asked.inside:
        print(json.dumps(measure(*size)))
        return
    if asked.quick:
        size = [n // 10 for n in size]
    large, small = in_a_process(*size), in_a_process(*(max(100, n // 50) for n in size))
    result = {
        **large,
        "slowest_ms": max(page["ms"] for page in large["pages"].values()),
        "target_ms": TARGET_MS,
        "same_queries": all(
            page["queries"] == small["pages"][name]["queries"] for name, page in large["pages"].items()
        ),
        "small": {name: page["queries"] for name, page in small["pages"].items()},
    }
    if asked.json:
        print(json.dumps(result, indent=2))
        return
    print(f"{large['people']:,} people, {large['assets']:,} assets, {large['events']:,} events")
    for name, page in large["pages"].items():
        speed = f"{page['ms']:7.1f} ms {page['cpu_ms']:7.1f} of processor"
        print(f"{name:16} {speed}  {page['queries']:3} queries (small: {result['small'][name]})")


if __name__ == "__main__":
    main()
