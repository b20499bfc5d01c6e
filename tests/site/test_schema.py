"""A database older than the program is brought up to date, a newer one is refused, a new one is laid at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from seci.kit import schema
from seci.kit.database import connect
from seci.kit.errors import Conflict
from seci.kit.instance import Instance
from tests.conftest import CommandLineInstance


@pytest.fixture
def fresh(tmp_path: Path) -> Instance:
    return Instance(data=tmp_path, database="")


def test_the_script_for_a_fresh_database_is_what_the_migrations_make() -> None:
    done = subprocess.run([sys.executable, "-m", "seci.site.snapshot", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, "kit/fresh.sql is stale: run `python -m seci.site.snapshot`." + done.stderr


def test_a_fresh_database_is_laid_without_a_framework(fresh: Instance) -> None:
    script = (
        "import sys; from pathlib import Path; from seci.kit import schema; from seci.kit.instance import Instance; "
        f"schema.ready(Instance(Path({str(fresh.data)!r}), '')); print('django.db' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "False\n", done.stderr
    assert schema.standing(fresh).current


def test_migrations_on_disk_are_found_with_the_labels_django_uses() -> None:
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ())
    assert known == set(schema.own_steps() | schema.library_steps())


def test_a_newer_database_is_refused_in_one_sentence(fresh: Instance) -> None:
    schema.ready(fresh)
    with connect(fresh) as database:
        database.run("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2030-01-01')")
    with pytest.raises(Conflict, match=r"later version of SECI .*ledger 9999_later"):
        schema.ready(fresh)


def test_an_older_database_is_copied_and_then_brought_up_to_date(instance: CommandLineInstance) -> None:
    if "SECI_DATABASE_URL" in instance.environment:
        pytest.skip("a PostgreSQL server keeps its own copies")
    assert instance.run("link").returncode == 0
    file = instance.data / "seci.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TABLE usersessions_usersession")
        database.execute("DELETE FROM django_migrations WHERE app = 'usersessions'")
        database.commit()
    done = instance.run("link")
    assert done.returncode == 0, done.stderr
    assert schema.standing(Instance(instance.data, "")).current
    (copy,) = (instance.data / "backups").glob("before-upgrade-*.sqlite3")
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT COUNT(*) FROM auth_user").fetchone() == (1,)
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'usersessions_usersession'").fetchone()


def test_two_commands_on_a_new_folder_at_once_both_come_through(instance: CommandLineInstance) -> None:
    both = [instance.start("link") for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0], [process.communicate() for process in both]
