from __future__ import annotations

from tests.lints.source import imports, modules, report

LESSON = (
    "A file named by a noun of the field is pure: it imports no framework and opens no database, so that anyone can "
    "use it as a library and test it without set-up. Move what touches the world into a role file "
    "(models, store, access, queries, services, tasks, pages, rest, commands)."
)
WORLDLY = ("django", "ninja", "allauth", "sqlite3", "psycopg")
# The site is the outside of the house; the kit is below it and the one place that knows the drivers.
OUTSIDE = {"site", "kit"}


def test_nouns_import_no_framework() -> None:
    found = [
        (module, line, f"imports {name}")
        for module in modules()
        if module.role is None and module.room not in OUTSIDE
        for name, line in imports(module.tree)
        if name.split(".")[0] in WORLDLY
    ]
    report("purity", LESSON, found)
