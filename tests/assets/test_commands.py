from __future__ import annotations

import json

from django.db import connection

from seci.assets.store import ensure_assets
from seci.kit.database import of_django
from seci.ledger.runs import register
from tests.assets.test_services import PROPOSALS
from tests.terminal import seci


def test_assets_are_listed_renamed_and_split_from_the_terminal(db: None) -> None:
    assert seci("assets", "list", "--json").returncode == 0
    ledger = of_django(connection)
    source = register(ledger, kind="git", uri="/srv/made", title="made", at=1)
    engine = ensure_assets(ledger, source, PROPOSALS)[0]

    names = {asset["name"] for asset in json.loads(seci("assets", "list", "--json").stdout)["assets"]}
    assert names == {"engine", "search", "rest"}
    renamed = json.loads(seci("assets", "rename", str(engine), "The engine", "--json").stdout)
    assert renamed["name"] == "The engine"
    split = json.loads(seci("assets", "split", str(engine), "Mill", "src/engine/mill/", "--json").stdout)
    assert (split["part"]["name"], split["sources"]) == ("Mill", [source])
    shown = seci("assets", "show", str(engine)).stdout
    assert "The engine (proposed)" in shown
    assert "unknown" in shown
    assert seci("assets", "describe", str(engine), "--decay", "slowly").returncode == 2
