from tests.internalization.runs.conftest import house  # noqa: F401 - fixtures
from tests.ledger.conftest import (  # noqa: F401 - fixtures
    ledger,
    migrated_folder,
    new_postgresql,
    postgresql_template,
    sqlite_ledger,
)
