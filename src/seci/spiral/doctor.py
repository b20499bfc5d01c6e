"""Do the projections still say what the ledger says? Asked by `seci doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from seci.kit.database import Database
from seci.kit.instance import Instance
from seci.ledger.doctor import Finding
from seci.spiral import store


def findings(db: Database, instance: Instance) -> Iterator[Finding]:
    """Counts the events of every cell afresh and compares."""
    strays = store.strays(db)
    cells = int(db.rows("SELECT COUNT(*) FROM spiral_contact")[0][0])
    if strays:
        sentence = f"{strays:,} of {cells:,} cells differ from the ledger; run `seci rebuild`."
        yield Finding("projections", False, sentence)
    else:
        yield Finding("projections", True, f"All {cells:,} contact cells equal a count from the ledger.")
