from tests.internalization.runs.conftest import (  # noqa: F401 - fixtures
    house,
    ledger,
    migrated_folder,
    new_postgresql,
    postgresql_template,
    sqlite_ledger,
)
