"""The page on the command line, written from the commands themselves.

`python -m tests.docs.command_line` writes docs/command-line.md; a test fails when the page has gone stale.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from seci.site.cli import COMMANDS, load, seci

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
HEAD = """# Command line

Results go to stdout, progress and remarks to stderr. `--json` makes every result readable for programs; errors are then
one JSON object on stderr. Exit codes: 0 done, 2 bad input, 3 not found, 4 refused, 5 conflict, 6 something is missing
now, 70 unexpected, 130 interrupted.

This page is written from the commands themselves (`make docs`).
"""


def page() -> str:
    parts = [HEAD]
    for section, entries in COMMANDS.items():
        if entries:
            parts.append(f"## {section}\n")
        for name, entry in entries.items():
            parts += _command(load(entry.where), f"seci {name}", 3)
    return "\n".join(parts)


def _command(command: click.Command, path: str, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=path, parent=None)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    yield f"{'#' * level} {path}\n\n    {usage}\n\n{_prose(command.help or '')}\n"
    options = [record for parameter in command.get_params(context) if (record := parameter.get_help_record(context))]
    listed = [(name, text) for name, text in options if "--help" not in name]
    if listed:
        yield "| option | meaning |\n|---|---|"
        yield "\n".join(f"| `{_cell(name)}` | {_cell(text)} |" for name, text in listed) + "\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _command(child, f"{path} {name}", level + 1)


def _prose(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\b", "").strip().splitlines())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """(path, command) of every command that does something, groups left out."""
    context = click.Context(seci, info_name="seci")
    pending = [(f"seci {name}", seci.get_command(context, name)) for name in seci.list_commands(context)]
    while pending:
        path, command = pending.pop()
        if isinstance(command, click.Group):
            pending += [(f"{path} {name}", command.get_command(context, name)) for name in command.commands]
        elif command is not None:
            yield path, command


if __name__ == "__main__":
    PAGE.write_text(page())
