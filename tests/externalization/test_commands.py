from __future__ import annotations

import json
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from seci.cases.commands import cases
from seci.externalization.commands import interview, interviews
from seci.kit.errors import SeciError
from tests.conftest import CommandLineInstance
from tests.terminal import seci

COMMANDS = {"interview": interview, "interviews": interviews, "cases": cases}
TABLE = "id,Missing (%),Owner known\n" + "\n".join(f"d{n},{n * 2.5},{'yes' if n % 3 else 'no'}" for n in range(20))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "deliveries.csv"
    file.write_text(TABLE)
    return file


def sit(instance: CommandLineInstance, lines: list[str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Somebody types these lines and then closes the terminal."""
    return subprocess.run(
        instance.command("interview", *arguments),
        env=dict(instance.environment),
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_an_interview_is_held_rested_and_taken_up_in_the_terminal(instance: CommandLineInstance, table: Path) -> None:
    begun = sit(instance, ["y", "y", "accept, hold", "juniors"], "--cases", table, "--decision", "Hold it?")
    assert begun.returncode == 0, begun.stderr
    assert begun.stdout == "", "the conversation is for the person, a pipe gets nothing"
    assert "Do you agree?" in begun.stderr
    assert "seci interview --resume 1" in begun.stderr
    [row] = json.loads(instance.run("interviews", "list", "--json").stdout)
    assert (row["state"], row["answered"], row["title"]) == ("paused", 2, "Hold it?")
    more = sit(instance, ["/why", "/help", "/claims", "/dance", "when data comes in", "/pause"], "--resume", "1")
    assert more.returncode == 0, more.stderr
    assert "Do you agree?" not in more.stderr
    assert "3. (about" in more.stderr
    assert "There is no /dance" in more.stderr
    shown = json.loads(instance.run("interviews", "show", "1", "--json").stdout)
    assert shown["interview"]["consent"]["study"] is True
    turns = json.loads(instance.run("interviews", "journal", "1").stdout)["turns"]
    assert [turn["answer"].get("text", "") for turn in turns] == ["accept, hold", "juniors", "when data comes in"]


def test_who_does_not_agree_is_not_recorded(instance: CommandLineInstance) -> None:
    done = sit(instance, ["n", "words"], "--decision", "Hold it?")
    assert "Nothing is recorded" in done.stderr
    [row] = json.loads(instance.run("interviews", "list", "--json").stdout)
    assert row["answered"] == 0


def test_ctrl_c_rests_the_interview(instance: CommandLineInstance) -> None:
    process = subprocess.Popen(
        instance.command("interview", "--decision", "Hold it?"),
        env=dict(instance.environment),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write("y\nn\naccept, hold\n")
    process.stdin.flush()
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    said = ""
    while "2. (about" not in said:
        said += process.stderr.read(1)
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=60)
    watchdog.cancel()
    assert "Everything you answered is kept" in rest
    assert "Traceback" not in rest
    [row] = json.loads(instance.run("interviews", "list", "--json").stdout)
    assert (row["state"], row["answered"]) == ("paused", 1)


def told(*words: object) -> str:
    """What a command prints, in this process."""
    name, *rest = map(str, words)
    done = CliRunner().invoke(COMMANDS[name], rest, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["interview", "--conversion", "nonsense"], "nonsense"),
        (["interview", "--expert", "Nobody At All"], "nobody called"),
        (["interview", "--resume", "7"], "no interview 7"),
        (["interview", "--bank", "7"], "no bank of cases 7"),
        (["interviews", "decide", "7", "confirm"], "no candidate 7"),
        (["cases", "show", "7"], "no bank of cases 7"),
    ],
)
def test_what_cannot_be_is_one_sentence(db: None, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(COMMANDS[arguments[0]], arguments[1:])
    assert isinstance(done.exception, SeciError)
    assert said in done.exception.sentence
    assert "\n" not in done.exception.sentence


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(["interview", "no such asset"], 2, "is the name of none"), (["interviews", "show", "7"], 3, "no interview 7")],
)
def test_the_sentence_is_one_line_and_the_code_says_whose_mistake_it_is(
    instance: CommandLineInstance, arguments: list[str], code: int, said: str
) -> None:
    done = instance.run(*arguments)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1), done.stderr
    assert said in done.stderr


def test_a_text_is_brought_in_decided_on_and_written_down(db: None, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("If more than 20 % of the values are missing, I hold the delivery.\nNice weather.\n")
    page = json.loads(seci("interviews", "transcribe", file, "--json").stdout)
    [one] = page["candidates"]
    decided = json.loads(seci("interviews", "decide", one["id"], "confirm", "--json").stdout)
    assert decided["state"] == "confirmed"
    made = json.loads(seci("interviews", "write", page["transcript"]["id"], "--json").stdout)
    assert (made["type"], made["state"], made["title"]) == ("guide", "draft", "notes")


def test_a_program_passes_questions_and_answers_on_line_by_line(instance: CommandLineInstance) -> None:
    answers = [{"agree": True}, {"text": "accept, hold"}, {"mood": "fine"}, {"text": "juniors"}]
    done = sit(instance, [json.dumps(one) for one in answers], "--decision", "Hold it?", "--json")
    assert done.returncode == 0, done.stderr
    consent, first, second, error, again, third, end = map(json.loads, done.stdout.splitlines())
    assert "agree" in consent["consent"]
    assert [one["number"] for one in (first, second, again, third)] == [1, 2, 2, 3]
    assert "mood" in error["error"]["sentence"]
    assert end == {"interview": 1, "state": "paused", "artifact": None}
    refused = sit(instance, ['{"agree": false}'], "--json")
    assert refused.returncode == 4


def test_the_starters_are_listed(db: None) -> None:
    found = json.loads(told("interviews", "starters", "--json"))
    assert len(found) == 8
