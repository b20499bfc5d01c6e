"""A program and an agent are sent to what they can reach: the operation or the tool that does what a command does."""

from __future__ import annotations

import pytest
from django.test import Client

from seci.accounts import services
from seci.site import mcp
from seci.site.elsewhere import NAMES, for_agents, over_rest
from seci.site.openapi import operations_of
from tests.cast import Actors
from tests.lints.test_commands_named import exists, named


def test_an_error_names_what_can_be_asked_at_its_door(actors: Actors) -> None:
    program = Client(headers={"Authorization": f"Bearer {services.create_token(actors.bob, 'a program')}"})
    told = program.get("/api/v1/artifacts/99").json()["error"]["sentence"]
    assert told == "There is no artifact 99; `GET /api/v1/artifacts` shows which there are."
    told = mcp.call(actors.bob, "read_artifact", {"artifact": 99})["error"]["sentence"]
    assert told == "There is no artifact 99; `find_artifacts` shows which there are."


@pytest.mark.parametrize(
    ("sentence", "rest", "agent"),
    [
        ("`seci artifacts show 7` lists them.", "`GET /api/v1/artifacts/7` lists them.", "`read_artifact` lists them."),
        (
            "`seci practice plan` lists.",
            "`GET /api/v1/practice/plans/{artifact}` lists.",
            "`seci practice plan` lists.",
        ),
        ("See `seci graph find WORDS`.", "See `GET /api/v1/graph/find`.", "See `search`."),
        ("`seci practice prepare 7` makes them.",) * 3,
        ("Nothing is named.",) * 3,
    ],
)
def test_what_nothing_else_does_stays_a_command(sentence: str, rest: str, agent: str) -> None:
    assert (over_rest(sentence), for_agents(sentence)) == (rest, agent)


def test_all_that_is_named_is_there() -> None:
    from seci.site.rest import api

    operations = {f"{one.methods[0]} {one.path}" for one in operations_of(api)}
    tools = {each.name for each in mcp.fill()}
    said = {" ".join(words) for place, words in named() if place.endswith(".py")}
    for command, (operation, tool) in NAMES.items():
        assert exists(command.split()), command
        assert command in said, f"no sentence names {command} any more"
        assert operation in operations, operation
        assert tool in tools or not tool, tool
