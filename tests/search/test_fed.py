"""Artifacts and documents are found as they are, by those who may read them."""

from __future__ import annotations

import pytest
from django.db import connection

from seci.artifacts.context import Context
from seci.artifacts.services import create as write_artifact
from seci.kit.database import Database, of_django
from seci.library import services
from seci.search import finding
from tests.artifacts.making import tree
from tests.cast import Actors

pytestmark = pytest.mark.django_db
TEXT = "# Release\n\nWords above.\n\n## Freeze\n\nNobody deploys on the Friday before a holiday.\n"


@pytest.fixture
def at(db: None) -> Database:
    return of_django(connection)


def titles(actor: object, db: Database, text: str) -> list[str]:
    return [one.title for one in finding.find(actor, db, text).found]  # type: ignore[arg-type]


def test_a_document_is_found_from_its_draft_to_its_retirement_by_those_who_may_read_it(
    at: Database, actors: Actors
) -> None:
    document = services.create(actors.bob, at, "Release", TEXT)
    id_ = document if isinstance(document, int) else document.id
    assert titles(actors.bob, at, "deploys holiday") == ["Release"]
    assert titles(actors.carol, at, "deploys holiday") == []
    assert titles(actors.erin, at, "deploys holiday") == ["Release"]
    services.publish(actors.bob, at, id_)
    found = finding.find(actors.carol, at, "deploys holiday").found[0]
    assert (found.heading, found.url.split("#")[0]) == (("Freeze",), f"/library/{id_}/")
    services.revise(actors.bob, at, id_, TEXT.replace("Friday", "Monday"), base=1)
    assert titles(actors.carol, at, "Monday") == ["Release"]
    services.retire(actors.erin, at, id_)
    assert titles(actors.erin, at, "deploys holiday") == []


def test_an_artifact_is_found_by_its_nodes_and_its_context(at: Database, actors: Actors) -> None:
    write_artifact(
        actors.bob, at, "decision_tree", "Before the flight", tree(claims=()), context=Context(who="zeppelin crews")
    )
    assert titles(actors.carol, at, "zeppelin") == ["Before the flight"]
