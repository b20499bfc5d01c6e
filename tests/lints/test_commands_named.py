"""A sentence that sends somebody to a command names one that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from seci.site import cli
from tests.lints.source import REPOSITORY

# In back quotes or in <code>: the words after `seci`, up to an option, an argument in capitals or the end.
NAMED = re.compile(r"(?:`|<code>)seci((?: [a-z][a-z-]*)+)(?=[` <.…])")


def named() -> Iterator[tuple[str, list[str]]]:
    places = [
        *(REPOSITORY / "src").rglob("*.py"),
        *(REPOSITORY / "src").rglob("*.html"),
        *(REPOSITORY / "docs").glob("*.md"),
        REPOSITORY / "README.md",
    ]
    for path in places:
        for match in NAMED.finditer(path.read_text()):
            yield path.relative_to(REPOSITORY).as_posix(), match[1].split()


def exists(words: list[str]) -> bool:
    command: click.Command | None = cli.seci
    for word in words:
        if not isinstance(command, click.Group):
            return True  # what follows is an argument
        command = command.get_command(click.Context(command), word)
        if command is None:
            return False
    return True


@pytest.mark.parametrize(("words", "there"), [("people list", True), ("people fly", False), ("up path", True)])
def test_what_is_a_command_is_known(words: str, there: bool) -> None:
    assert exists(words.split()) is there


def test_every_command_that_a_sentence_names_is_there() -> None:
    found = list(named())
    assert len(found) > 100
    wrong = [f"{place}: there is no `seci {' '.join(words)}`" for place, words in found if not exists(words)]
    assert not wrong, "\n".join(wrong)
