"""A unit's figures, the missing test and how alike people decide: the same on the page, over REST, in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from django.db import connection

from seci.accounts import door
from seci.artifacts import services as artifacts
from seci.assets.models import Asset
from seci.internalization.runs.commands import runs
from seci.internalization.sittings.commands import gates
from seci.kit.database import Database, of_django
from seci.ledger.kinds import Kind
from seci.ledger.outcome import ALONE, Outcome
from seci.people import services as people
from seci.people.models import Person
from seci.people.store import record
from seci.spiral import commands
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browsing import come_as, shown
from tests.cast import Actors
from tests.internalization.runs.test_consistency import ended


@pytest.fixture
def terminal(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    @contextmanager
    def here() -> Iterator[Database]:
        yield of_django(connection)

    monkeypatch.setattr(door, "database", here)
    monkeypatch.setattr(commands, "ready", lambda: None)
    return CliRunner()


@pytest.fixture
def asset(actors: Actors) -> int:
    """A published tree on an asset that nobody practises."""
    made = Asset.objects.create(key="data", name="Data quality", created_at=0).pk
    tree_ = artifacts.create(
        actors.dan, of_django(connection), "decision_tree", "T", tree(), asset=made, context=FOR_ALL, claims=[claim()]
    )
    artifacts.publish(actors.dan, of_django(connection), tree_.id)
    return int(made)


def test_a_unit_of_five_is_shown_alike_at_every_door(actors: Actors, asset: int, terminal: CliRunner) -> None:
    db = of_django(connection)
    unit = people.add_unit(actors.alice, db, "Data").id
    bob = come_as(actors.bob)
    assert "this unit has 0" in shown(bob, f"/people/units/{unit}/")
    Person.objects.update(unit=unit)
    [(artifact,)] = db.rows("SELECT MAX(id) FROM artifacts_artifact")
    for actor in (actors.alice, actors.bob, actors.carol, actors.dan, actors.erin):
        record(db, actor, Kind.APPLY, "used", asset=asset, artifact=artifact, outcome=Outcome(1.0, ALONE, "none"))
    page = shown(bob, f"/people/units/{unit}/", asset=str(asset))
    assert "100 %" in page
    assert "Data quality" in page
    assert f"/people/units/{unit}/" in shown(bob, "/people/units/")
    told = bob.get(f"/api/v1/units/{unit}/team", {"asset": asset}).json()
    assert (told["application"]["reach"]["value"], told["application"]["reach"]["n"]) == (1.0, 5)
    assert told["independence"]["value"] is None, "four learners, and the owner is none"
    printed = json.loads(terminal.invoke(commands.team, [str(unit), "--asset", str(asset), "--json"]).stdout)
    assert printed == told
    assert "100% [75%, 100%]" in terminal.invoke(commands.team, [str(unit)]).stdout
    assert come_as(actors.mallory).get(f"/people/units/{unit}/").status_code == 403


def test_the_test_that_is_missing_is_named_at_every_door(actors: Actors, asset: int, terminal: CliRunner) -> None:
    sentence = "Nobody practises it; that it is written down and read is no test."
    bob = come_as(actors.bob)
    assert f"The turn stays open. {sentence}" in shown(bob, f"/assets/{asset}/")
    [told] = bob.get(f"/api/v1/assets/{asset}/tests").json()
    assert (told["title"], told["revision"], told["missing"]) == ("T", 1, sentence)
    assert json.loads(terminal.invoke(gates, ["missing", str(asset), "--json"]).stdout) == [told]
    assert sentence in terminal.invoke(gates, ["missing", str(asset)]).stdout
    assert bob.get("/api/v1/assets/999999/tests").status_code == 404
    assert "There is no asset 999999" in str(terminal.invoke(gates, ["missing", "999999"]).exception)


def test_how_alike_people_decide_is_shown_alike_at_every_door(actors: Actors, asset: int, terminal: CliRunner) -> None:
    db, bob = of_django(connection), come_as(actors.bob)
    assert "How alike people decide" not in shown(bob, f"/assets/{asset}/")
    [(artifact,)] = db.rows("SELECT MAX(id) FROM artifacts_artifact")
    for actor in (actors.alice, actors.bob, actors.carol, actors.dan, actors.erin):
        for nulls, option in (("9", "hold"), ("1", "use"), ("2", "use")):
            ended(db, artifact, actor.person or 0, option, nulls)
    assert "How alike people decide" in shown(bob, f"/assets/{asset}/")
    [told] = bob.get(f"/api/v1/assets/{asset}/agreement").json()
    assert (told["title"], told["work"]["value"], told["work"]["n"], told["panel"]["value"]) == ("T", 1.0, 3, None)
    assert json.loads(terminal.invoke(runs, ["agreement", str(asset), "--json"]).stdout) == [told]
    assert "1.00" in terminal.invoke(runs, ["agreement", str(asset)]).stdout
