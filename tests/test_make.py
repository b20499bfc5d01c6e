"""`make run` on a bare machine: which Python it takes, what it says when there is none, how it passes paths on."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with our Makefile and nothing installed."""
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON", "SECI_"))
    }
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={**clean, **environment},
        capture_output=True,
        text=True,
    )


def pretend_installed(folder: Path) -> None:
    """A virtual environment whose Python prints what it is given instead of serving."""
    script = folder / ".venv" / "bin" / "python"
    script.parent.mkdir(parents=True)
    bare = getattr(sys, "_base_executable", sys.executable)  # outside our environment, where the real seci is
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(bare)} "$@"\n')
    script.chmod(0o755)
    package = folder / "seci"
    package.mkdir()
    (package / "__main__.py").write_text("import os, sys; print(sys.argv[1:], os.environ['SECI_DATA_DIR'])\n")
    for stamp in ("made", "run", "test"):
        (folder / ".venv" / f"{stamp}.stamp").touch()


def test_a_machine_without_a_new_python_is_told_what_to_install(checkout: Path) -> None:
    done = make(checkout, "run", "PYTHON=")
    assert done.returncode != 0
    assert "SECI needs Python 3.11 or newer" in done.stderr


def test_a_python_without_venv_is_told_what_to_install(checkout: Path) -> None:
    broken = checkout / "python-without-venv"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = make(checkout, "run", f"PYTHON={broken}")
    assert done.returncode != 0
    assert "python3-venv" in done.stderr


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        ([], ["."]),
        (["REPO=one two/three"], ["one", "two/three"]),
        (["REPO='my project' other"], ["my project", "other"]),
        (['REPO="it\'s here"'], ["it's here"]),
    ],
)
def test_repositories_are_passed_on_with_their_spaces(checkout: Path, given: list[str], paths: list[str]) -> None:
    pretend_installed(checkout)
    done = make(checkout, "run", *given)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{['up', *paths]} {checkout / '.seci'}"


def test_the_lock_names_no_index_and_every_file_has_its_hash() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in line and line.endswith("\\") for line in pinned)
