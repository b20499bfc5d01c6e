"""A one-time link opens once, for whom it was made, and not for long."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from seci.accounts import services
from seci.accounts.actor import Actor
from seci.accounts.models import SignInLink
from seci.kit.clock import now
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from tests.cast import Actors

pytestmark = pytest.mark.django_db
OWNER = Actor.owner_of_the_machine()


def signed_in_as(client: Client) -> str | None:
    from django.contrib.auth import get_user

    user = get_user(client)  # type: ignore[arg-type]
    return user.get_username() or None


def secret(entry: services.Entry) -> str:
    return entry.path.split("/")[2]


def test_the_first_start_makes_an_admin_and_the_second_does_not_make_another() -> None:
    assert services.ensure_owner() == services.ensure_owner() == "owner"
    user = User.objects.get()
    assert user.membership.role == "admin"  # type: ignore[attr-defined]
    assert not user.has_usable_password()


def test_the_console_link_signs_the_owner_in(client: Client) -> None:
    path = services.console_link(OWNER).path
    assert client.get(path).status_code == 200
    assert client.post(path)["Location"] == "/"
    assert signed_in_as(client) == "owner"


def test_looking_at_a_link_does_not_spend_it(client: Client) -> None:
    path = services.console_link(OWNER).path
    for _ in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    assert signed_in_as(client) is None
    assert client.post(path).status_code == 302


def test_a_link_opens_once(client: Client) -> None:
    path = services.console_link(OWNER).path
    client.post(path)
    stranger = Client()
    for answer in (stranger.post(path), stranger.get(path)):
        assert answer.status_code == 410
        assert b"used or is over" in answer.content
    assert signed_in_as(stranger) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_the_same_moment_one_gets_in() -> None:
    entry = services.console_link(OWNER)
    inside: list[str] = []
    gate = threading.Barrier(4)

    def click() -> None:
        gate.wait()
        try:
            inside.append(services.spend_link(secret(entry)).username)
        except Refused:
            pass
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert inside == ["owner"]


def test_a_console_link_lives_a_quarter_of_an_hour_and_an_invitation_a_week() -> None:
    minute, day = 60_000_000, 86_400_000_000
    console, invitation = services.console_link(OWNER), services.invite(OWNER, "bob", "member")
    assert console.expires_at - now() == pytest.approx(15 * minute, abs=minute)
    assert invitation.expires_at - now() == pytest.approx(7 * day, abs=minute)


def test_a_link_that_is_over_opens_nothing(client: Client) -> None:
    path = services.console_link(OWNER).path
    SignInLink.objects.update(expires_at=now())
    assert client.post(path).status_code == 410


def test_the_secret_of_a_link_is_not_stored() -> None:
    given = secret(services.console_link(OWNER))
    stored = SignInLink.objects.get()
    assert given not in {str(value) for value in vars(stored).values()}


def test_a_link_of_a_closed_account_opens_nothing(client: Client, actors: Actors) -> None:
    path = services.invite(OWNER, "bob", "member").path
    assert actors.bob.account is not None
    services.ensure_owner()
    services.close_account(OWNER, actors.bob.account)
    assert client.post(path).status_code == 410


def test_a_link_for_nobody_is_refused_in_one_sentence() -> None:
    with pytest.raises(NotFound, match="There is no account named nobody"):
        services.console_link(OWNER, "nobody")


def test_inviting_again_changes_the_role_and_keeps_the_account() -> None:
    services.ensure_owner()
    services.invite(OWNER, "newcomer", "guest")
    services.invite(OWNER, "newcomer", "lead")
    assert User.objects.get(username="newcomer").membership.role == "lead"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["", "   ", "x" * 151])
def test_an_invitation_needs_a_name(name: str) -> None:
    with pytest.raises(BadInput, match="1 to 150 characters"):
        services.invite(OWNER, name, "member")


def test_a_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadInput, match="king is not a role"):
        services.invite(OWNER, "bob", "king")  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["alice", "bob", "erin", "mallory"])
def test_only_an_admin_invites_and_makes_links(actors: Actors, who: str) -> None:
    actor = getattr(actors, who)
    for deed in (
        lambda: services.invite(actor, "new", "member"),
        lambda: services.console_link(actor),
        lambda: services.set_role(actor, actor.account, "admin"),
        lambda: services.confirm_claim(actor, actor.account),
        lambda: services.close_account(actor, actor.account),
    ):
        with pytest.raises(Refused, match="Only an admin"):
            deed()


def test_the_last_admin_stays_admin(actors: Actors, admin: User) -> None:
    for deed in (
        lambda: services.set_role(OWNER, admin.pk, "member"),
        lambda: services.close_account(OWNER, admin.pk),
    ):
        with pytest.raises(Conflict, match="is the only admin"):
            deed()
    assert actors.alice.account is not None
    services.set_role(OWNER, actors.alice.account, "admin")
    services.set_role(OWNER, admin.pk, "member")


def test_strangers_cannot_sign_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    client.post("/accounts/signup/", {"username": "x", "password1": "Lang-genug-8271", "password2": "Lang-genug-8271"})
    assert not User.objects.filter(username="x").exists()


def test_an_account_with_a_password_signs_in_with_it(client: Client, actors: Actors) -> None:
    user = User.objects.get(pk=actors.bob.account)
    user.set_password("correct horse battery")
    user.save()
    wrong = client.post("/accounts/login/", {"login": "bob", "password": "battery"})
    assert wrong.status_code == 200
    assert signed_in_as(client) is None
    client.post("/accounts/login/", {"login": "bob", "password": "correct horse battery"})
    assert signed_in_as(client) == "bob"
