"""The command line answers at once, and tells every failure in one sentence."""

from __future__ import annotations

import json
import shlex
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import click
import pytest

from seci.kit.errors import BadInput, Conflict, NotFound, Refused, SeciError, Unavailable
from seci.site import cli
from tests.conftest import CommandLineInstance

HEAVY = ("django", "numpy", "pyarrow", "duckdb", "ninja", "uvicorn", "allauth", "psycopg", "networkx")


def loaded(*arguments: str) -> set[str]:
    """What a call imports, of the heavy things."""
    script = (
        "import sys\n"
        "from seci.site.cli import run\n"
        f"run({list(arguments)!r})\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_imports_nothing_heavy() -> None:
    assert loaded("--help") == set()
    assert loaded("--version") == set()


def test_importing_seci_imports_nothing_heavy() -> None:
    script = (
        "import seci, sys; print(*[name for name in sys.modules if name.split('.')[0] not in sys.stdlib_module_names])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & set(HEAVY)


def test_help_costs_little_more_than_click_alone() -> None:
    """A ratio of processor times: the machine may be busy."""

    def cost(code: str) -> float:
        quietly = f"import time, io, contextlib\nwith contextlib.redirect_stdout(io.StringIO()):\n {code}\n"
        script = quietly + "print(time.process_time())"
        runs = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True) for _ in range(5)]
        return min(float(run.stdout) for run in runs)

    assert cost("from seci.site.cli import run; run(['--help'])") < 2.5 * cost("import click")


def test_every_command_can_be_loaded() -> None:
    for section in cli.COMMANDS.values():
        for entry in section.values():
            assert isinstance(cli.load(entry.where), click.Command)
            assert entry.help.endswith(".")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput("no"), 2),
        (NotFound("no"), 3),
        (Refused("no"), 4),
        (Conflict("no"), 5),
        (Unavailable("no"), 6),
        (SeciError("no"), 1),
        (ZeroDivisionError("no"), 70),
        (NotADirectoryError(20, "Not a directory", "notes.md"), 6),
        (sqlite3.OperationalError("database is locked"), 5),
        (OverflowError("too large"), 2),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
    ],
)
def test_every_failure_has_its_exit_code(error: BaseException, code: int) -> None:
    with patch.object(cli.seci, "main", side_effect=error):
        assert cli.run([]) == code


def test_a_failure_is_one_sentence_or_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    with patch.object(cli.seci, "main", side_effect=BadInput("There is no such folder.")):
        cli.run(["scan"])
        assert capsys.readouterr() == ("", "seci: There is no such folder.\n")
        cli.run(["scan", "--json"])
    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(err) == {"error": {"code": "bad_input", "sentence": "There is no such folder."}}


def test_a_wrong_option_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["link", "--frobnicate"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert cli.run(["frobnicate", "--json"]) == 2
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "usage"


def test_the_unexpected_is_kept_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECI_DATA_DIR", str(tmp_path))
    with patch.object(cli.seci, "main", side_effect=ZeroDivisionError("oops")):
        cli.run(["scan"])
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert str(tmp_path / "seci.log") in err
    assert "ZeroDivisionError: oops" in (tmp_path / "seci.log").read_text()
    assert "Traceback" not in err


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SECI_DEBUG", "1")
    with patch.object(cli.seci, "main", side_effect=ZeroDivisionError("oops")):
        cli.run([])
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_while_modules_are_read_leaves_no_traceback() -> None:
    """The interruption comes at the first module that the command line asks for, whenever that is."""
    code = (
        "import os, signal, sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "from seci.__main__ import main\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == -signal.SIGINT
    assert done.stderr == ""


def test_a_reader_that_goes_away_is_no_failure(instance: CommandLineInstance) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m seci --help | true; {sys.executable} -m seci --help > /dev/full; true"],
        env=instance.environment,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_where_nothing_can_be_printed_is_one_sentence(instance: CommandLineInstance) -> None:
    command = shlex.join(instance.command("people", "list"))
    ways = {"full": f"{command} > /dev/full", "closed": f"{command} >&- <&-", "mute": f"{command} 2>&-"}
    done = subprocess.run(
        ["sh", "-c", "; ".join(f"{way}; echo {name} $? >&2" for name, way in ways.items())],
        env=dict(instance.environment),
        capture_output=True,
        text=True,
    )
    said = [line for line in done.stderr.splitlines() if "people, page" not in line]
    assert said == [
        "seci: What was to be read or written cannot be used (No space left on device); mend that, or name another "
        "place.",
        "full 6",
        "closed 0",
        "mute 0",
    ]


def test_a_link_from_the_terminal(instance: CommandLineInstance) -> None:
    done = instance.run("link", "--json")
    assert done.returncode == 0, done.stderr
    link = json.loads(done.stdout)
    assert link["account"] == "owner"
    assert link["url"].startswith("http://127.0.0.1:8000/enter/")
    assert done.stderr == ""


@pytest.mark.django_db
def test_accounts_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> Any:
        assert cli.run([*arguments, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    assert said("invite", "alice", "--role", "lead")["account"] == "alice"
    made = said("token", "create", "ci", "--account", "alice", "--role", "lead")
    assert made["token"].startswith("seci_")
    (listed,) = said("token", "list")
    assert (listed["title"], listed["role"], listed["live"]) == ("ci", "lead", True)
    said("token", "revoke", str(listed["id"]))
    assert not said("token", "list")[0]["live"]
    assert cli.run(["link", "nobody", "--json"]) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "not_found"


def test_a_data_folder_that_cannot_be_made_is_one_sentence(instance: CommandLineInstance, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = instance.run("link", SECI_DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.returncode == 6
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_what_the_terminal_writes_is_heard_of_as_on_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    from seci.combination.telling import revised
    from seci.library.services import writing

    monkeypatch.setattr(writing, "REVISED", [])
    for command, heard in (("who", []), ("import", [revised]), ("library", [revised])):
        assert cli.run([command, "--help"]) == 0
        assert heard == writing.REVISED
