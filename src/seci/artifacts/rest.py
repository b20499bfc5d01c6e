"""Artifacts over REST: found, read, exported, run on a case."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.artifacts import queries
from seci.artifacts.views import ArtifactPage, DiffPage, LibraryPage, Tried, Wanted
from seci.kit.database import of_django

router = Router(tags=["artifacts"])


class Facts(Schema):
    """A case by attribute key; what is left out or null is not known."""

    values: dict[str, float | bool | str | None]
    revision: int | None = None


@router.get("/artifacts", auth=Signed("guest"), summary="Artifacts in use, in alphabetical order")
def artifacts(
    request: HttpRequest,
    q: str = "",
    type: str = "",  # noqa: A002 - the name of the field that callers see
    asset: int | None = None,
    state: str = "",
    mark: str = "",
    page: int = 1,
    size: int = 40,
) -> LibraryPage:
    wanted = Wanted(q, type, asset, state, mark)
    return sent(
        queries.library(actor_of(request), of_django(connection), wanted, page=page, size=max(1, min(size, 200)))
    )


@router.get("/artifacts/{artifact}", auth=Signed("guest"), summary="What an artifact says and what it rests on")
def artifact(request: HttpRequest, artifact: int, revision: int | None = None) -> ArtifactPage:
    return sent(queries.artifact(actor_of(request), of_django(connection), artifact, revision))


@router.get("/artifacts/{artifact}/export/{form}", auth=Signed("guest"), summary="An artifact as a file")
def export(request: HttpRequest, artifact: int, form: str, revision: int | None = None) -> HttpResponse:
    made = queries.export(actor_of(request), of_django(connection), artifact, form, revision)
    return HttpResponse(
        made.text,
        content_type=f"{made.mime}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


@router.get("/artifacts/{artifact}/compare", auth=Signed("member"), summary="What changed between two revisions")
def compare(request: HttpRequest, artifact: int, before: int, after: int) -> DiffPage:
    return sent(queries.compare(actor_of(request), of_django(connection), artifact, before, after))


@router.post("/artifacts/{artifact}/evaluate", auth=Signed("guest"), summary="Run an artifact on a case")
def evaluate(request: HttpRequest, artifact: int, facts: Facts) -> Tried:
    """Nothing is written."""
    tried = queries.evaluate(actor_of(request), of_django(connection), artifact, facts.values, number=facts.revision)
    return sent(tried)
