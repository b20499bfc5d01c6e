"""A model of our own for every test that wants one; no test can reach any other."""

from __future__ import annotations

from collections.abc import Iterator

import pydantic_ai.models
import pytest
from django.db import connection

from seci.kit.database import Database, of_django
from tests.partner.server import Model


@pytest.fixture(autouse=True)
def _no_partner_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's environment names is no part of a test, and real providers are out of reach.

    The library's own switch forbids every request but those to its test models. Ours to a port of this machine are
    let through by `allowed`.
    """
    for name in ("PROVIDER", "URL", "MODEL", "KEY", "SECONDS", "MANNER"):
        monkeypatch.delenv(f"SECI_PARTNER_{name}", raising=False)
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", False)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """The server of `tests.partner.server`: requests to a port of this machine are no requests to a provider."""
    monkeypatch.setattr(pydantic_ai.models, "ALLOW_MODEL_REQUESTS", True)
    with Model() as running:
        yield running


@pytest.fixture
def db(db: None) -> Database:
    return of_django(connection)
