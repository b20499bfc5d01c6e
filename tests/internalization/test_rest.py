from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.internalization import services
from seci.kit.database import of_django
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.cast import Actors
from tests.internalization.practising import table

API = "/api/v1/practice"


@pytest.fixture
def framework(db: None, actors: Actors) -> int:
    from django.db import connection

    here, dan = of_django(connection), actors.dan
    made = artifacts.create(dan, here, "decision_tree", "T", tree(), context=FOR_ALL, claims=[claim()]).id
    artifacts.publish(dan, here, made)
    services.prepare(dan, here, made)
    services.bring_file(dan, here, made, table())
    return made


def signed(actor: Actor) -> Client:
    from django.contrib.auth.models import User

    client = Client()
    client.force_login(User.objects.get(id=actor.account), backend="django.contrib.auth.backends.ModelBackend")
    return client


def post(client: Client, path: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(f"{API}{path}", json.dumps(data or {}), content_type="application/json")


def test_a_round_is_gone_through_over_rest(framework: int, actors: Actors) -> None:
    bob, carol = signed(actors.bob), signed(actors.carol)
    assert post(bob, f"/begin/{framework}").json() == {"new": 2}
    round_ = post(bob, "/today").json()["id"]
    case = post(bob, f"/rounds/{round_}/next").json()
    assert "key" not in case
    told = post(bob, f"/rounds/{round_}/cases/{case['case']}", {"option": "use", "sure": 0.7}).json()
    assert told["option"] == "use"
    again = post(bob, f"/rounds/{round_}/cases/{case['case']}", {"option": "hold"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "conflict")
    assert bob.get(API).json()["attempts"] == 1
    assert carol.get(API, {"person": actors.bob.person}).status_code == 403
    assert post(carol, f"/rounds/{round_}/next").status_code == 404
    assert carol.get(f"{API}/plans/{framework}").status_code == 403
    assert signed(actors.dan).get(f"{API}/plans/{framework}").json()["title"] == "T"
    assert bob.get(f"{API}/plans/{framework}/progress").json()["learners"]["value"] is None
    assert bob.get(f"{API}/model").json()["chosen"] == "elo"
