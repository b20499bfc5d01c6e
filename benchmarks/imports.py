"""How fast documents come into the library, and what becomes of each file.

    python -m benchmarks.imports [PATH...] [--quick] --json

PATH is a folder, a repository (with its history), a vault, an export: whatever `seci import` takes; without one, the
documents of this repository. Each is imported into a fresh instance, then once more with nothing new.

    read     files a second of the reader alone, without a database
    first    files, and revisions, a second of the whole import; `cpu` is seconds of processor time
    again    files a second when nothing has changed
    results  files by what became of them; `why` the five most frequent reasons of skipped and failed ones
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent.parent


def measure(path: Path) -> dict[str, Any]:
    """The figures of one source."""
    from seci.accounts import door
    from seci.sources.documents import queries, services
    from seci.sources.documents.reading import source_at

    begun = time.perf_counter()
    source = source_at(path)
    found = list(source.read())
    reading = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SECI_DATA_DIR"] = folder
        with door.database() as db:
            actor, data = door.actor(), door.instance().data
            cpu = time.process_time()
            first = services.run(actor, db, services.begin(actor, db, path), data)
            cpu = time.process_time() - cpu
            again = services.run(actor, db, services.begin(actor, db, path), data)
            revisions = int(db.rows("SELECT COUNT(*) FROM library_revision")[0][0])
            links = db.rows("SELECT COUNT(*), COUNT(to_document_id) FROM library_link")[0]
            outcomes = queries.import_(actor, db, first.id, size=1000).outcomes
    files = len(found)
    why = Counter(f"{one.result}: {one.why}" for one in outcomes if one.result in ("skipped", "failed"))
    return {
        "source": path.parent.name if path.name == "repo" else path.name,
        "format": source.format,
        "files": files,
        "read_per_second": round(files / reading, 1),
        "first_per_second": round(files / first.seconds, 1),
        "revisions": revisions,
        "revisions_per_second": round(revisions / first.seconds, 1),
        "first_seconds": round(first.seconds, 2),
        "first_cpu": round(cpu, 2),
        "again_per_second": round(files / max(again.seconds, 0.01), 1),
        "links": int(links[0]),
        "links_that_lead_somewhere": int(links[1]),
        "results": {name: getattr(first, name) for name in ("new", "attached", "skipped", "failed")},
        "again": {name: getattr(again, name) for name in ("same", "new", "changed", "gone", "failed")},
        "why": why.most_common(5),
    }


def line(row: dict[str, Any]) -> str:
    said = ", ".join(f"{count} {name}" for name, count in row["results"].items() if count)
    return (
        f"{row['source']} ({row['format']}): {said}; {row['revisions']:,} revisions in {row['first_seconds']} s "
        f"({row['first_cpu']} s of processor time), {row['first_per_second']} files a second; read alone "
        f"{row['read_per_second']}, again {row['again_per_second']}; {row['links_that_lead_somewhere']} of "
        f"{row['links']} links lead somewhere"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="what `seci import` takes")
    parser.add_argument("--quick", action="store_true", help="the first path alone")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    paths = given.paths or [HERE / "docs"]
    rows = []
    for path in paths[:1] if given.quick else paths:
        rows.append(measure(path))
        if not given.json:
            print(line(rows[-1]), flush=True)
    if given.json:
        print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
