"""Is the evidence of every repository whole? Asked by `seci doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from seci.kit.database import Database
from seci.kit.instance import Instance
from seci.ledger.doctor import Finding
from seci.sources.git.shelf import Shelf


def findings(db: Database, instance: Instance) -> Iterator[Finding]:
    """Reads every file that the manifests name; raises Unavailable, in one sentence, at the first damaged one."""
    shelves = [Shelf(file.parent) for file in sorted(instance.evidence.glob("*/manifest.json"))]
    commits = sum(_read_through(shelf) for shelf in shelves)
    yield Finding("evidence", True, f"The evidence of {len(shelves):,} sources, {commits:,} commits, is complete.")
    landed = {str(source) for (source,) in db.rows("SELECT DISTINCT source_id FROM git_repository WHERE tip <> ''")}
    if lost := sorted(landed - {shelf.folder.name for shelf in shelves}):
        yield Finding("evidence", False, f"The evidence of source {lost[0]} is gone; scan its repository again.")


def _read_through(shelf: Shelf) -> int:
    manifest = shelf.manifest()
    shelf.names(manifest)
    shelf.tail(manifest)
    for part in manifest.parts:
        for table, rows in part.rows.items():
            if shelf.part(part, table, ["commit"]).num_rows != rows:
                raise shelf.unreadable(f"{part.name}.{table}.parquet")
    return manifest.commits
