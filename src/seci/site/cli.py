"""The command line. Importing this module imports no framework: `seci --help` answers at once.

A room adds a command by one line in COMMANDS: where it lives and what it does. The module is imported only when
the command is called, so the help text stands here.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NamedTuple

import click

from seci import __version__
from seci.kit.errors import SeciError, Unavailable
from seci.kit.instance import Instance
from seci.kit.rubbish import seldom
from seci.kit.terminal import remark

# Commands that write documents, of which other rooms want to hear.
WRITING = ("import", "imports", "library", "merge", "remarks")
INTERRUPTED = 130
UNEXPECTED = 70


class Entry(NamedTuple):
    where: str
    help: str


COMMANDS: dict[str, dict[str, Entry]] = {
    "Use": {
        "up": Entry("seci.site.up:up", "Read repositories and serve the web application."),
        "people": Entry("seci.people.commands:people", "Look at the directory; say who is who, who belongs where."),
        "assets": Entry("seci.assets.commands:assets", "Look at assets; rename, merge, split, retire them."),
        "artifacts": Entry("seci.artifacts.commands:artifacts", "Look at what is written down; run, revise, publish."),
        "library": Entry("seci.library.commands:library", "Read, write, verify and file documents; export them."),
        "import": Entry(
            "seci.sources.documents.commands:import_", "Bring documents in: folders, wikis, vaults, files."
        ),
        "imports": Entry("seci.sources.documents.commands:imports", "Imports of documents: look, stop, take back."),
        "remarks": Entry(
            "seci.combination.live.commands:remarks", "Comment on passages of pages; suggest other words."
        ),
        "cases": Entry("seci.sources.changes.commands:cases", "Banks of cases: from a table, from commits."),
        "interview": Entry("seci.externalization.commands:interview", "Interview an expert, one question at a time."),
        "interviews": Entry("seci.externalization.commands:interviews", "List interviews, rest them, invite to them."),
        "practice": Entry("seci.internalization.commands:practice", "Practise on cases; prepare practice and panels."),
        "run": Entry("seci.internalization.runs.commands:run", "Use an artifact on a real task, step by step."),
        "runs": Entry(
            "seci.internalization.runs.commands:runs", "Artifacts at work: go on, judge, who may do it alone."
        ),
        "gates": Entry("seci.internalization.sittings.commands:gates", "Pressure tests: sealed cases, by the clock."),
        "exercises": Entry(
            "seci.internalization.exercises.commands:exercises", "Drills with faults, seeded checklists, teaching back."
        ),
        "mentoring": Entry(
            "seci.internalization.coaching.commands:mentoring", "Mentors, notes after an action, paths, easy days."
        ),
        "proposals": Entry("seci.internalization.proposals.commands:proposals", "What agents proposed, for your yes."),
        "challenges": Entry("seci.internalization.challenges.commands:challenges", "What speaks against artifacts."),
        "merge": Entry("seci.combination.commands:merge", "Make one playbook of several documents, step by step."),
        "findings": Entry("seci.combination.commands:findings", "What stands twice, contradicts, is missing or stale."),
        "training": Entry("seci.combination.commands:training", "Plans for newcomers: read, use, practise, in order."),
        "link": Entry("seci.accounts.commands:link", "Print a fresh one-time sign-in link."),
        "invite": Entry("seci.accounts.commands:invite", "Invite a person with a role."),
        "token": Entry("seci.accounts.commands:token", "Make, list and revoke API tokens."),
        "partner": Entry("seci.partner.commands:partner", "The language-model partner: set it up, try it, switch it."),
        "mcp": Entry("seci.site.commands:mcp", "Serve an agent on this machine (Model Context Protocol)."),
    },
    "See": {
        "search": Entry("seci.search.commands:search", "Search names and texts, by words and by meaning."),
        "wanted": Entry("seci.search.commands:wanted", "What was searched for and led nowhere."),
        "scan": Entry("seci.cycle.commands:scan", "Read what is new in repositories."),
        "who": Entry("seci.spiral.commands:who", "Who knows what, or who can help with one asset."),
        "risk": Entry("seci.spiral.commands:risk", "What is at risk: coverage, knowledge at risk, bus factor."),
        "team": Entry("seci.spiral.commands:team", "What a unit does with what it knows, from five people on."),
        "combination": Entry("seci.spiral.commands:combination", "How well what is written is brought together."),
        "leave": Entry("seci.cycle.commands:leave", "What if someone leaves: what is orphaned, who is next."),
        "next": Entry("seci.cycle.commands:next_", "What to do next: the transfers that help most for each hour."),
        "graph": Entry("seci.combination.graph.commands:graph", "What hangs together with what; who can explain it."),
        "recommend": Entry("seci.cycle.commands:recommend", "Recommend reviewers for a change."),
    },
    "Keep": {
        "ledger": Entry("seci.ledger.commands:ledger", "Look into the ledger, undo an import, take its digest."),
        "rebuild": Entry("seci.cycle.commands:rebuild", "Make every projection again from the ledger."),
        "backup": Entry("seci.ledger.commands:backup", "Write the whole instance into one file."),
        "restore": Entry("seci.ledger.commands:restore", "Restore the instance from a backup."),
        "doctor": Entry("seci.ledger.commands:doctor", "Look whether this instance is well."),
    },
}


class House(click.Group):
    """The commands of all rooms, each imported when it is called."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [name for section in COMMANDS.values() for name in section]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        for section in COMMANDS.values():
            if name in section:
                return load(section[name].where)
        return None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(len(name) for name in self.list_commands(context))
        for title, section in COMMANDS.items():
            if section:
                with formatter.section(title):
                    formatter.write_dl([(name.ljust(width), entry.help) for name, entry in section.items()])


def load(where: str) -> click.Command:
    module, _, attribute = where.partition(":")
    command = getattr(importlib.import_module(module), attribute)
    assert isinstance(command, click.Command)
    return command


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="seci")
@click.option("--debug", is_flag=True, envvar="SECI_DEBUG", help="Show the traceback of an unexpected error.")
def seci(debug: bool) -> None:
    """See who knows what, what is at risk, and what to do next.

    An instance lives in SECI_DATA_DIR (default: your data folder); SECI_DATABASE_URL chooses PostgreSQL.
    """
    if debug:
        os.environ["SECI_DEBUG"] = "1"
    if click.get_current_context().invoked_subcommand in WRITING:
        listen()


def listen() -> None:
    """Lets playbooks hear of documents that are written, as their app does where Django runs."""
    from seci.combination.telling import revised
    from seci.library.services.writing import REVISED

    if revised not in REVISED:
        REVISED.append(revised)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits with its code."""
    have_streams()
    with seldom():
        sys.exit(run(list(sys.argv[1:] if arguments is None else arguments)))


def have_streams() -> None:
    """A stream that whoever started us has closed is an empty one, so that a command works without it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115 - as long as the process lives


def run(arguments: list[str]) -> int:
    """Runs one command; every failure becomes one sentence on stderr and an exit code."""
    as_json = "--json" in arguments
    try:
        result = seci.main(arguments, prog_name="seci", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        tell("usage", in_one_line(error), as_json)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`seci who | head`).
        print_nowhere()
        return 0
    except SeciError as error:
        tell(error.code, error.sentence, as_json)
        show_traceback()
        return error.exit_code
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and error.filename is None:
            print_nowhere()
        if known := means(error):
            tell(known.code, known.sentence, as_json)
            show_traceback()
            return known.exit_code
        tell("unexpected", f"Something went wrong that SECI did not expect ({error!r}); {keep()}", as_json)
        show_traceback()
        return UNEXPECTED


def print_nowhere() -> None:
    """What Python flushes at exit must go somewhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def means(error: Exception) -> SeciError | None:
    """The failure of a file, or of the database behind an error that the object mapper let through; None else."""
    from seci.kit.database import trouble

    if isinstance(error, OSError) and error.errno:
        what = error.filename or "What was to be read or written"
        return Unavailable(f"{what} cannot be used ({error.strerror}); mend that, or name another place.")
    return trouble(error, str(Instance.from_environment().data))


def in_one_line(error: click.ClickException) -> str:
    sentence = error.format_message().strip()
    context = getattr(error, "ctx", None)
    return f"{sentence} See `{context.command_path} --help`." if context else sentence


def tell(code: str, sentence: str, as_json: bool) -> None:
    remark(json.dumps({"error": {"code": code, "sentence": sentence}}) if as_json else f"seci: {sentence}")


def show_traceback() -> None:
    if os.environ.get("SECI_DEBUG"):
        traceback.print_exc()


def keep() -> str:
    """Writes the traceback of the failure at hand to the log; returns where it is, as the end of a sentence."""
    log = Instance.from_environment().data / "seci.log"
    try:
        with log.open("a") as file:
            file.write(traceback.format_exc() + "\n")
    except OSError:
        return "run it again as `seci --debug ...` to see the traceback."
    return f"the traceback is in {log}."
