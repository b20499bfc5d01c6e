"""Who an account is: said by oneself, confirmed by an admin."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from seci.accounts import services
from seci.accounts.access import get_membership
from seci.accounts.actor import Actor
from seci.kit.errors import Conflict, NotFound
from seci.people.models import Person
from tests.cast import Actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(actors: Actors, admin: User) -> Actor:
    services.invite(actors.owner, "newcomer", "member")
    return Actor(User.objects.get(username="newcomer").pk, None, "member", "page")


def test_a_member_says_who_it_is_and_an_admin_confirms(actors: Actors, newcomer: Actor) -> None:
    person = Person.objects.create(name="New Comer")
    assert not services.claim(newcomer, person.pk)
    assert newcomer.account is not None
    membership = get_membership(actors.owner, newcomer.account)
    assert (membership.person, membership.claimed) == (None, person.pk)
    services.confirm_claim(actors.owner, newcomer.account)
    membership.refresh_from_db()
    assert (membership.person, membership.claimed) == (person.pk, None)


def test_an_admin_needs_nobody_to_say_who_it_is(admin: User) -> None:
    person = Person.objects.create(name="Only One")
    assert services.claim(Actor(admin.pk, None, "admin", "page"), person.pk)


def test_a_person_has_one_account(actors: Actors, newcomer: Actor) -> None:
    assert actors.bob.person is not None
    services.claim(newcomer, actors.bob.person)
    assert newcomer.account is not None
    with pytest.raises(Conflict, match="already tied to the account bob"):
        services.confirm_claim(actors.owner, newcomer.account)


def test_whoever_waits_for_an_admin_is_told_so_and_may_take_it_back(newcomer: Actor, actors: Actors) -> None:
    assert newcomer.account is not None
    assert actors.dan.person is not None
    client = Client()
    client.force_login(User.objects.get(pk=newcomer.account))
    assert "waits for an admin" not in client.get("/settings/").content.decode()
    client.post("/settings/me/", {"person": actors.dan.person})
    assert "waits for an admin" in client.get("/settings/").content.decode()
    page = client.post("/settings/me/", {"act": "back"}, follow=True).content.decode()
    assert "Taken back" in page
    assert "waits for an admin" not in page
    assert get_membership(actors.owner, newcomer.account).claimed is None


def test_a_claim_is_not_a_tie(newcomer: Actor, actors: Actors) -> None:
    assert actors.dan.person is not None
    services.claim(newcomer, actors.dan.person)
    client = Client()
    client.force_login(User.objects.get(pk=newcomer.account))
    from django.test import RequestFactory

    from seci.accounts.access import actor_of

    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=newcomer.account)
    assert actor_of(request).person is None


def test_nobody_changes_the_account_of_another(actors: Actors) -> None:
    assert actors.carol.account is not None
    with pytest.raises(NotFound):
        get_membership(actors.bob, actors.carol.account)
