from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import CommandLineInstance
from tests.repositories import Commit


def data(done: Any) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_instance_is_looked_at_undone_saved_and_restored(
    instance: CommandLineInstance, make_repository: Callable[..., Path], tmp_path: Path
) -> None:
    repository = make_repository(
        [Commit("Alice", "2024-01-02", {"core/engine.py": "start"}), Commit("Bob", "2024-02-03", {"core/b.py": "go"})]
    )
    data(instance.run("scan", repository, "--json"))
    said = data(instance.run("ledger", "digest", "--json"))
    assert said["events"] == 2
    run = data(instance.run("ledger", "runs", "--json"))[0]
    assert data(instance.run("doctor", "--json"))["ok"] is True
    file = tmp_path / "saved.seci"
    assert data(instance.run("backup", file, "--json"))["digest"] == said["digest"]
    data(instance.run("ledger", "undo", str(run["id"]), "--json"))
    assert data(instance.run("ledger", "digest", "--json"))["events"] == 0
    refused = instance.run("restore", file, "--json")
    assert refused.returncode == 5
    assert refused.stderr.count("\n") == 1
    assert data(instance.run("restore", file, "--replace", "--json"))["digest"] == said["digest"]
    shutil.rmtree(instance.data / "evidence")
    sick = instance.run("doctor", "--json")
    assert sick.returncode == 1
    assert [f["check"] for f in json.loads(sick.stdout)["findings"] if f["ok"] is False] == ["evidence"]
