"""`seci library`: what is written, from the terminal."""

from __future__ import annotations

import click

from seci.library.commands.changing import acts
from seci.library.commands.concepts import concepts
from seci.library.commands.looking import looks


@click.group()
def library() -> None:
    """Read, write, publish, verify and file documents; keep concepts; export with history."""


for command in (*looks, *acts, concepts):
    library.add_command(command)
