"""A scan that is cut short loses nothing and doubles nothing."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from seci.kit.ids import seeded
from tests import harness
from tests.conftest import CommandLineInstance
from tests.faults.conftest import digest, scanned, sentence
from tests.repositories import Commit, write_repository

KILLS = 5


def kill(process: subprocess.Popen[str]) -> None:
    """SIGKILL to the command and to all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.slow
def test_a_scan_killed_at_random_points_ends_with_the_same_ledger(
    instance: CommandLineInstance, undisturbed: tuple[str, float], organization: Path
) -> None:
    whole_digest, whole = undisturbed
    draws = seeded("kills")
    for part in range(KILLS):
        process = instance.start("scan", organization)
        time.sleep(whole * (part + draws.random()) / KILLS)
        kill(process)
    scanned(instance, organization)
    assert digest(instance) == whole_digest
    assert instance.run("doctor").returncode == 0


def test_of_two_scans_at_once_each_ends_well_or_says_that_it_is_busy(
    instance: CommandLineInstance, undisturbed: tuple[str, float], organization: Path
) -> None:
    both = [instance.start("scan", organization) for _ in range(2)]
    ends = [(process.communicate(timeout=120), process.returncode) for process in both]
    codes = sorted(code for _, code in ends)
    assert codes in ([0, 0], [0, 5]), ends
    assert digest(instance) == undisturbed[0]


FULL_DISK = """
mount -t tmpfs -o size=64m tmpfs "$SECI_DATA_DIR" || exit 99
"$PYTHON" -m seci scan "$SMALL" >/dev/null || exit 98
dd if=/dev/zero of="$SECI_DATA_DIR/filler" bs=4k 2>/dev/null
truncate -s -$LEFT "$SECI_DATA_DIR/filler"
"$PYTHON" -m seci scan "$LARGE" >/dev/null
echo "first: $?"
rm "$SECI_DATA_DIR/filler"
"$PYTHON" -m seci scan "$LARGE" >/dev/null
echo "second: $?"
"$PYTHON" -m seci ledger digest
"""


@pytest.mark.skipif(harness.ON_POSTGRESQL, reason="fills the disk that SQLite is on")
@pytest.mark.parametrize("left", ["64K", "400K"])
def test_a_full_disk_is_said_and_the_next_scan_makes_good(
    instance: CommandLineInstance, another: CommandLineInstance, organization: Path, tmp_path: Path, left: str
) -> None:
    small = write_repository(tmp_path / "small", [Commit("Alice", "2024-01-02", {"a/b.py": "x"})])
    for repository in (small, organization):
        scanned(another, repository)
    instance.data.mkdir()
    paths = {"SMALL": str(small), "LARGE": str(organization), "LEFT": left, "PYTHON": sys.executable}
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", FULL_DISK],
        env={**instance.environment, **paths},
        capture_output=True,
        text=True,
    )
    if done.returncode == 99 or "unshare" in done.stderr:
        pytest.skip("this machine lets nobody make a small disk: " + done.stderr)
    first, second, found = done.stdout.split("\n")[:3]
    assert second == "second: 0", done.stderr
    assert found == digest(another)
    assert first in ("first: 0", "first: 6"), done.stderr
    if first == "first: 6":
        text = sentence(subprocess.CompletedProcess([], 6, "", done.stderr), 6)
        assert re.search("disk|space|full", text), text
    else:
        assert left == "400K", "64 kilobytes cannot have been enough"


@pytest.mark.skipif(harness.ON_POSTGRESQL, reason="PostgreSQL has no single writer to wait for")
def test_a_scan_waits_for_a_busy_database(instance: CommandLineInstance, organization: Path, tmp_path: Path) -> None:
    scanned(instance, write_repository(tmp_path / "small", [Commit("Alice", "2024-01-02", {"a/b.py": "x"})]))
    holder = sqlite3.connect(instance.data / "seci.sqlite3", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(3, lambda: holder.execute("ROLLBACK"))
    release.start()
    scanned(instance, organization)
    release.join()
    holder.close()


def test_an_interrupted_scan_ends_with_the_code_for_it(instance: CommandLineInstance, organization: Path) -> None:
    process = instance.start("scan", organization)
    time.sleep(0.8)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130), said
    assert "Traceback" not in said
    scanned(instance, organization)
