"""Is the database as new as this program? Answered from file names, without importing a framework.

A fresh or an older schema is brought up to date here; a newer one is refused, because this program does not know
what a later version keeps in it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from seci.kit import lock
from seci.kit.clock import now, to_datetime
from seci.kit.database import connect
from seci.kit.errors import Conflict
from seci.kit.instance import Instance

Step = tuple[str, str]

HOUSE = Path(__file__).parent.parent
FRESH = Path(__file__).parent / "fresh.sql"
# Of the libraries we keep tables for: label of the app → where its migrations lie inside the package.
LIBRARIES = {
    "auth": ("django", "contrib/auth"),
    "contenttypes": ("django", "contrib/contenttypes"),
    "sessions": ("django", "contrib/sessions"),
    "account": ("allauth", "account"),
    "mfa": ("allauth", "mfa"),
    "usersessions": ("allauth", "usersessions"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a database lacks (`missing`) and what it has beyond this program (`unknown`)."""

    applied: frozenset[Step]
    missing: frozenset[Step]
    unknown: frozenset[Step]

    @property
    def fresh(self) -> bool:
        return not self.applied

    @property
    def current(self) -> bool:
        return not self.missing and not self.unknown


def steps_in(folder: Path, label: str) -> frozenset[Step]:
    return frozenset((label, file.stem) for file in folder.glob("[0-9]*.py"))


@cache
def own_steps() -> frozenset[Step]:
    """The migrations of the rooms of this house; a room's label is the name of its folder."""
    return frozenset[Step]().union(
        *(steps_in(folder, folder.parent.name) for folder in HOUSE.rglob("migrations") if folder.is_dir())
    )


@cache
def library_steps() -> frozenset[Step]:
    """The migrations of the libraries, found without importing them."""
    steps: frozenset[Step] = frozenset()
    for label, (package, inside) in LIBRARIES.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.submodule_search_locations is not None
        steps |= steps_in(Path(next(iter(spec.submodule_search_locations))) / inside / "migrations", label)
    return steps


def standing(instance: Instance) -> Standing:
    """Compares what the database has with what the program brings. Raises Unavailable when it cannot be reached."""
    applied = applied_steps(instance)
    rooms = {label for label, _ in own_steps()}
    beyond = frozenset(step for step in applied - own_steps() if step[0] in rooms)
    return Standing(applied, (own_steps() | library_steps()) - applied, beyond)


def applied_steps(instance: Instance) -> frozenset[Step]:
    with closing(connect(instance)) as database:
        table = (
            "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
            if database.vendor == "sqlite"
            else "SELECT 1 FROM pg_tables WHERE tablename = 'django_migrations' "
            "AND schemaname = ANY (current_schemas(false))"
        )
        rows = database.rows("SELECT app, name FROM django_migrations") if database.rows(table) else []
    return frozenset((str(app), str(name)) for app, name in rows)


def ready(instance: Instance) -> None:
    """Brings the schema up to date. Raises Conflict when it is newer than this program."""
    found = standing(instance)
    if found.current:
        return
    refuse_newer(found)
    with lock.exclusive(instance.data / "migrating.lock", wait=True):
        # Whoever held the lock before us may have done all of it.
        found = standing(instance)
        refuse_newer(found)
        if found.missing and not (found.fresh and laid_from_script(instance)):
            if not found.fresh:
                set_aside(instance)
            migrate()


def heading() -> str:
    """The first line of the script for a fresh database: which migrations it stands for."""
    names = " ".join(f"{label}.{name}" for label, name in sorted(own_steps() | library_steps()))
    return f"-- {names}\n"


def laid_from_script(instance: Instance) -> bool:
    """Lays a new SQLite database from `fresh.sql`, if that stands for exactly the migrations at hand."""
    if instance.sqlite_file is None or not FRESH.exists():
        return False
    script = FRESH.read_text()
    if not script.startswith(heading()):
        return False
    with closing(sqlite3.connect(instance.sqlite_file)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript(script)
    return True


def refuse_newer(found: Standing) -> None:
    if found.unknown:
        label, name = max(found.unknown, key=lambda step: step[1])
        raise Conflict(
            f"The database was made by a later version of SECI (it holds {label} {name}); "
            "install that version or restore a backup made with this one.",
            code="newer_schema",
        )


def set_aside(instance: Instance) -> Path | None:
    """Copies a SQLite database before its schema changes. A PostgreSQL server has its own backups."""
    if instance.sqlite_file is None:
        return None
    moment = to_datetime(now()).strftime("%Y-%m-%d-%H%M%S")
    copy = instance.data / "backups" / f"before-upgrade-{moment}.sqlite3"
    copy.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(instance.sqlite_file)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    return copy


def migrate() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seci.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
