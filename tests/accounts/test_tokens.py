"""API tokens: never more than their account, never for ever, never stored."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from seci.accounts import queries, services
from seci.accounts.access import by_token
from seci.accounts.models import ApiToken
from seci.kit.clock import DAY, now
from seci.kit.errors import BadInput, NotFound
from tests.cast import Actors

pytestmark = pytest.mark.django_db


def ask(token: str) -> int:
    return Client().get("/api/v1/search?q=x", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_opens_rest_as_its_account(actors: Actors) -> None:
    token = services.create_token(actors.bob, "script")
    assert token.startswith("seci_")
    assert ask(token) == 200
    actor = by_token(token)
    assert actor is not None
    assert (actor.account, actor.person, actor.role, actor.door) == (
        actors.bob.account,
        actors.bob.person,
        "member",
        "rest",
    )


def test_a_token_never_has_more_than_its_account_has_now(actors: Actors, admin: User) -> None:
    token = services.create_token(actors.alice, "script", role="admin")
    actor = by_token(token)
    assert actor is not None
    assert actor.role == "lead"
    assert actors.alice.account is not None
    services.set_role(actors.owner, actors.alice.account, "guest")
    actor = by_token(token)
    assert actor is not None
    assert actor.role == "guest"


def test_a_token_may_have_less_than_its_account(actors: Actors) -> None:
    actor = by_token(services.create_token(actors.alice, "script", role="guest"))
    assert actor is not None
    assert actor.role == "guest"


def test_a_revoked_or_finished_token_opens_nothing(actors: Actors) -> None:
    token = services.create_token(actors.bob, "script")
    services.revoke_token(actors.bob, queries.tokens(actors.bob)[0].id)
    assert ask(token) == 401
    other = services.create_token(actors.bob, "other")
    ApiToken.objects.update(expires_at=now())
    assert ask(other) == 401


def test_a_token_of_an_account_that_was_closed_opens_nothing(actors: Actors, admin: User) -> None:
    token = services.create_token(actors.bob, "script")
    assert actors.bob.account is not None
    services.close_account(actors.owner, actors.bob.account)
    assert ask(token) == 401


@pytest.mark.parametrize("token", ["", "seci_", "seci_wrong", "Bearer", "seci_" + "a" * 10_000])
def test_a_wrong_token_opens_nothing(db: None, token: str) -> None:
    assert ask(token) == 401


def test_a_wrong_token_is_not_helped_by_a_session(as_bob: Client) -> None:
    answer = as_bob.get("/api/v1/search?q=x", headers={"Authorization": "Bearer seci_wrong"})
    assert answer.status_code == 401


def test_a_token_does_not_open_pages_that_write(actors: Actors) -> None:
    token = services.create_token(actors.bob, "script")
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/settings/me/", {"person": "1"}, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403


def test_use_is_noted_once_a_day_and_otherwise_reading_writes_nothing(actors: Actors) -> None:
    token = services.create_token(actors.bob, "script")
    ask(token)
    assert ApiToken.objects.get().last_used_on == now() // DAY
    with CaptureQueriesContext(
        connection,
    ) as seen:
        ask(token)
    assert not [query for query in seen if query["sql"].lstrip().upper().startswith(("UPDATE", "INSERT", "DELETE"))]


def test_the_secret_of_a_token_is_not_stored(actors: Actors) -> None:
    token = services.create_token(actors.bob, "script")
    assert token not in {str(value) for value in vars(ApiToken.objects.get()).values()}


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_lives_between_a_day_and_a_year(actors: Actors, days: int) -> None:
    with pytest.raises(BadInput, match="1 to 366 days"):
        services.create_token(actors.bob, "script", days=days)


def test_nobody_revokes_the_token_of_another(actors: Actors) -> None:
    services.create_token(actors.bob, "script")
    with pytest.raises(NotFound):
        services.revoke_token(actors.carol, ApiToken.objects.get().pk)
    services.revoke_token(actors.owner, ApiToken.objects.get().pk)


def test_everyone_sees_the_own_tokens_only(actors: Actors) -> None:
    services.create_token(actors.bob, "script")
    assert [token.title for token in queries.tokens(actors.bob)] == ["script"]
    assert queries.tokens(actors.carol) == []
