from __future__ import annotations

import json

from seci.assets.store import ensure_assets
from seci.kit.database import connect
from seci.kit.instance import Instance
from seci.ledger.runs import register
from tests.assets.test_services import PROPOSALS
from tests.conftest import CommandLineInstance


def test_assets_are_listed_renamed_and_split_from_the_terminal(instance: CommandLineInstance) -> None:
    assert instance.run("assets", "list", "--json").returncode == 0
    database = instance.environment.get("SECI_DATABASE_URL", "")
    with connect(Instance(data=instance.data, database=database)) as db:
        source = register(db, kind="git", uri="/srv/made", title="made", at=1)
        engine = ensure_assets(db, source, PROPOSALS)[0]

    names = {asset["name"] for asset in json.loads(instance.run("assets", "list", "--json").stdout)["assets"]}
    assert names == {"engine", "search", "rest"}
    renamed = json.loads(instance.run("assets", "rename", str(engine), "The engine", "--json").stdout)
    assert renamed["name"] == "The engine"
    split = json.loads(instance.run("assets", "split", str(engine), "Mill", "src/engine/mill/", "--json").stdout)
    assert (split["part"]["name"], split["sources"]) == ("Mill", [source])
    shown = instance.run("assets", "show", str(engine)).stdout
    assert "The engine (proposed)" in shown
    assert "unknown" in shown
    assert instance.run("assets", "describe", str(engine), "--decay", "slowly").returncode == 2
