from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.cast import Actors


@pytest.fixture
def admin(actors: Actors) -> User:
    from seci.accounts import services
    from seci.accounts.queries import user_named

    user = user_named(services.ensure_owner())
    assert user is not None
    return user


@pytest.fixture
def as_admin(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def as_bob(actors: Actors) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actors.bob.account))
    return client
