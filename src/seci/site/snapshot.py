"""`python -m seci.site.snapshot`: writes `kit/fresh.sql`, the schema of a new SQLite database as one script.

A first `seci scan` then starts in milliseconds instead of walking through every migration. The script is used only
when it stands for exactly the migrations at hand; run this after adding one.
"""

from __future__ import annotations

import gc
import os
import re
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from seci.kit import schema
from seci.kit.instance import Instance

APPLIED = re.compile(r"""(INSERT INTO "django_migrations" VALUES\(\d+,'\w+','\w+',)'[^']*'""")


def script() -> str:
    """The script, from a database that Django has migrated. Sets SECI_DATA_DIR: for a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SECI_DATA_DIR"] = folder
        os.environ.pop("SECI_DATABASE_URL", None)
        gc.disable()  # a quarter faster: Django makes the classes of all models anew for each step
        schema.migrate()
        file = Instance.from_environment().sqlite_file
        assert file is not None
        with closing(sqlite3.connect(file)) as database:
            lines = list(database.iterdump())
    # When a migration ran is of no use to anyone, and would change the file each time.
    return schema.heading() + "\n".join(APPLIED.sub(r"\1'2000-01-01 00:00:00'", line) for line in lines) + "\n"


if __name__ == "__main__":
    written = script()
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if schema.FRESH.exists() and schema.FRESH.read_text() == written else 1)
    Path(schema.FRESH).write_text(written)
