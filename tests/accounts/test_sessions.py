"""Where an account is signed in, and how to end that."""

from __future__ import annotations

import pytest
from django.test import Client

from seci.accounts import queries, services
from seci.accounts.actor import Actor
from seci.kit.errors import NotFound
from tests.cast import Actors

pytestmark = pytest.mark.django_db
OWNER = Actor.owner_of_the_machine()


def come_in(name: str) -> Client:
    client = Client(headers={"User-Agent": "Browser"})
    client.post(services.console_link(OWNER, name).path)
    return client


def inside(client: Client) -> bool:
    return client.get("/api/v1/search?q=x").status_code == 200


def test_every_place_is_listed_and_can_be_ended(actors: Actors) -> None:
    here, there = come_in("bob"), come_in("bob")
    listed = queries.sessions(actors.bob, here.session.session_key)
    assert [session.here for session in listed] == [False, True]
    services.end_session(actors.bob, listed[0].id)
    assert inside(here)
    assert not inside(there)


def test_signing_out_everywhere_spares_the_place_at_hand(actors: Actors) -> None:
    here, there, elsewhere = come_in("bob"), come_in("bob"), come_in("bob")
    here.post("/settings/sessions/end-others/")
    assert [inside(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_the_session_of_another(actors: Actors) -> None:
    come_in("bob")
    session = queries.sessions(actors.bob)[0]
    with pytest.raises(NotFound):
        services.end_session(actors.carol, session.id)


def test_a_closed_account_is_out_at_once(actors: Actors) -> None:
    services.ensure_owner()
    client = come_in("bob")
    assert actors.bob.account is not None
    services.close_account(OWNER, actors.bob.account)
    assert not inside(client)
