"""What the fault tests share: digests, and the one sentence that a failure must be."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from seci.kit.clock import stopwatch
from seci.ledger import digest as ledger
from seci.site.cli import UNEXPECTED
from tests.conftest import CommandLineInstance
from tests.organization import write_organization

Done = subprocess.CompletedProcess[str]


def digest(instance: CommandLineInstance) -> str:
    """Digest of all that the ledger of the instance says."""
    with instance.ledger() as db:
        return ledger.digest(db).digest


def scanned(instance: CommandLineInstance, *paths: Path | str, **environment: str) -> Done:
    done = instance.run("scan", *paths, **environment)
    assert done.returncode == 0, done.stderr
    return done


def sentence(done: Done, code: int) -> str:
    """The one sentence on stderr of a command that failed with this exit code."""
    assert done.returncode == code, f"exit code {done.returncode}: {done.stderr}"
    assert done.returncode != UNEXPECTED
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("seci: ")]
    assert len(said) == 1, done.stderr
    text = said[0].removeprefix("seci: ")
    assert text.rstrip().endswith((".", "?")), f"not a sentence: {text}"
    return text


@pytest.fixture(scope="session")
def organization(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_organization(tmp_path_factory.mktemp("faults") / "organization")


@pytest.fixture(scope="session")
def undisturbed(organization: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """Digest of the organization read in one go, on SQLite, and how many seconds that took."""
    data = tmp_path_factory.mktemp("undisturbed") / "instance"
    environment = {**os.environ, "SECI_DATA_DIR": str(data), "LC_ALL": "C.UTF-8"}
    environment.pop("SECI_DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    instance, began = CommandLineInstance(data, environment), stopwatch()
    scanned(instance, organization)
    return digest(instance), stopwatch() - began


NewInstance = Callable[[str], CommandLineInstance]


@pytest.fixture
def another(instance: CommandLineInstance, tmp_path: Path) -> CommandLineInstance:
    """A second instance, on SQLite, to compare with."""
    environment = {**instance.environment, "SECI_DATA_DIR": str(tmp_path / "another")}
    environment.pop("SECI_DATABASE_URL", None)
    return CommandLineInstance(tmp_path / "another", environment)
