"""The library over REST: found, read, written, kept."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.kit.database import of_django
from seci.library import queries, services
from seci.library.access import Concept, Document
from seci.library.queries.use import Weave
from seci.library.views import ConceptRow, Difference, DocumentPage, History, PassagesPage, Reminder, Shelf, Wanted

router = Router(tags=["library"])


class Draft(Schema):
    title: str
    text: str
    diataxis: str = ""
    asset: int | None = None


class Words(Schema):
    """The next revision. `base` is the number of the revision that was changed."""

    text: str
    base: int
    title: str | None = None
    message: str = ""


class Days(Schema):
    days: int = services.VERIFIED_DAYS


class Reader(Schema):
    """`person` is a number of the directory."""

    person: int
    write: bool = False


class Reason(Schema):
    reason: str = ""


class NewConcept(Schema):
    label: str
    broader: int | None = None
    definition: str = ""


class Filed(Schema):
    documents: list[int] = []
    artifacts: list[int] = []


@router.get("/library", auth=Signed("guest"), summary="Documents and artifacts in use, in alphabetical order")
def library(
    request: HttpRequest,
    q: str = "",
    concept: int | None = None,
    tag: str = "",
    kind: str = "",
    diataxis: str = "",
    collection: int | None = None,
    state: str = "",
    mark: str = "",
    page: int = 1,
    size: int = 40,
) -> Shelf:
    wanted = Wanted(q, concept, tag, kind, diataxis, None, collection, state, mark)
    size = max(1, min(size, 200))
    return sent(queries.library(actor_of(request), of_django(connection), wanted, page=page, size=size))


@router.get("/library/{int:document}", auth=Signed("guest"), summary="A document and what stands around it")
def document(request: HttpRequest, document: int, revision: int | None = None) -> DocumentPage:
    return sent(queries.one(actor_of(request), of_django(connection), document, revision))


@router.get("/library/{int:document}/passages", auth=Signed("guest"), summary="A document block by block, with places")
def passages(request: HttpRequest, document: int) -> PassagesPage:
    return sent(queries.passages(actor_of(request), of_django(connection), document))


@router.get("/library/{int:document}/history", auth=Signed("guest"), summary="The revisions of a document")
def history(request: HttpRequest, document: int) -> History:
    return sent(queries.history(actor_of(request), of_django(connection), document))


@router.get("/library/{int:document}/compare", auth=Signed("member"), summary="What changed between two revisions")
def compare(request: HttpRequest, document: int, before: int, after: int) -> Difference:
    return sent(queries.compare(actor_of(request), of_django(connection), document, before, after))


@router.post("/library", auth=Signed("member"), summary="Write a draft")
def create(request: HttpRequest, draft: Draft) -> DocumentPage:
    actor, db = actor_of(request), of_django(connection)
    made = services.create(actor, db, draft.title, draft.text, diataxis=draft.diataxis, asset=draft.asset)
    return sent(queries.one(actor, db, made))


@router.post("/library/{int:document}/revise", auth=Signed("member"), summary="Save the next revision")
def revise(request: HttpRequest, document: int, words: Words) -> Document:
    return sent(
        services.revise(
            actor_of(request), of_django(connection), document, words.text, base=words.base, title=words.title,
            message=words.message,
        )
    )  # fmt: skip


@router.post("/library/{int:document}/publish", auth=Signed("member"), summary="Let everybody read it")
def publish(request: HttpRequest, document: int) -> Document:
    return sent(services.publish(actor_of(request), of_django(connection), document))


@router.post("/library/{int:document}/share", auth=Signed("member"), summary="Share a draft with somebody")
def share(request: HttpRequest, document: int, said: Reader) -> Document:
    return sent(services.share(actor_of(request), of_django(connection), document, said.person, write=said.write))


@router.delete("/library/{int:document}/share/{int:person}", auth=Signed("member"), summary="Share it no longer")
def unshare(request: HttpRequest, document: int, person: int) -> Document:
    return sent(services.unshare(actor_of(request), of_django(connection), document, person))


@router.post("/library/{int:document}/verify", auth=Signed("member"), summary="Say that the latest revision holds")
def verify(request: HttpRequest, document: int, said: Days) -> Document:
    return sent(services.verify(actor_of(request), of_django(connection), document, days=said.days))


@router.post("/library/{int:document}/retire", auth=Signed("member"), summary="Take it out of use")
def retire(request: HttpRequest, document: int, said: Reason) -> Document:
    return sent(services.retire(actor_of(request), of_django(connection), document, said.reason))


@router.post("/library/{int:document}/restore", auth=Signed("member"), summary="Bring a retired one back")
def restore(request: HttpRequest, document: int) -> Document:
    return sent(services.restore(actor_of(request), of_django(connection), document))


@router.get("/library/concepts", auth=Signed("guest"), summary="The concept scheme, with its neighbors and counts")
def concepts(request: HttpRequest) -> list[ConceptRow]:
    return sent(queries.concepts(actor_of(request), of_django(connection)))


@router.get("/library/concepts.jsonld", auth=Signed("guest"), summary="The concept scheme as SKOS")
def skos(request: HttpRequest) -> dict[str, Any]:
    return queries.skos(actor_of(request), of_django(connection))


@router.post("/library/concepts", auth=Signed("member"), summary="Add a concept")
def add_concept(request: HttpRequest, said: NewConcept) -> Concept:
    return sent(
        services.add_concept(
            actor_of(request), of_django(connection), said.label, broader=said.broader, definition=said.definition
        )
    )


@router.post("/library/concepts/{int:concept}/tag", auth=Signed("member"), summary="File documents and artifacts")
def tag(request: HttpRequest, concept: int, filed: Filed) -> dict[str, int]:
    n = services.tag(actor_of(request), of_django(connection), concept, filed.documents, filed.artifacts)
    return {"changed": n}


@router.get("/library/expiring", auth=Signed("member"), summary="Verifications that are over or end soon")
def expiring(request: HttpRequest) -> list[Reminder]:
    return sent(queries.reminders(actor_of(request), of_django(connection)))


@router.get("/library/woven", auth=Signed("member"), summary="How the library hangs together, and which links are used")
def woven(request: HttpRequest, asset: int | None = None) -> Weave:
    return sent(queries.weave(actor_of(request), of_django(connection), asset=asset))
