"""Pages as they are being written, and what is said about them, over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.combination.live import queries, services
from seci.combination.live.queries import Remarks
from seci.kit.database import of_django
from seci.kit.errors import BadInput

router = Router(tags=["library"])


class Said(Schema):
    """`quote` is the passage, word for word; `before` and `after` tell it from others that read the same."""

    text: str
    quote: str = ""
    before: str = ""
    after: str = ""


class Proposed(Said):
    message: str = ""


class Answered(Schema):
    text: str


class Decided(Schema):
    """`act`: take, decline or withdraw."""

    act: str


@router.get("/library/{int:document}/now", auth=Signed("guest"), summary="A page with what is being typed in it")
def now(request: HttpRequest, document: int) -> dict[str, object]:
    page = queries.live(actor_of(request), of_django(connection), document)
    return {"document": document, "revision": page.page.head, "text": page.text, "is_ahead": page.is_ahead}


@router.post("/library/{int:document}/now/save", auth=Signed("member"), summary="Make what was typed a revision")
def save(request: HttpRequest, document: int) -> dict[str, int | None]:
    saved = services.save(actor_of(request), of_django(connection), document)
    return {"revision": saved.revision if saved else None}


@router.get("/library/{int:document}/remarks", auth=Signed("guest"), summary="Comments and suggestions for a page")
def remarks(request: HttpRequest, document: int) -> Remarks:
    return sent(queries.remarks(actor_of(request), of_django(connection), document))


@router.post("/library/{int:document}/comments", auth=Signed("guest"), summary="Comment on a passage or the page")
def comment(request: HttpRequest, document: int, form: Said) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    made = services.comment(actor, db, document, form.text, quote=form.quote, before=form.before, after=form.after)
    return {"comment": made}


@router.post("/library/comments/{int:comment}/answers", auth=Signed("guest"), summary="Answer a comment")
def answer(request: HttpRequest, comment: int, form: Answered) -> dict[str, int]:
    return {"comment": services.answer(actor_of(request), of_django(connection), comment, form.text)}


@router.post("/library/comments/{int:comment}/settle", auth=Signed("guest"), summary="Say that a comment is dealt with")
def settle(request: HttpRequest, comment: int) -> dict[str, int]:
    services.settle(actor_of(request), of_django(connection), comment)
    return {"settled": comment}


@router.post("/library/{int:document}/suggestions", auth=Signed("guest"), summary="Propose other words for a passage")
def suggest(request: HttpRequest, document: int, form: Proposed) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    made = services.suggest(
        actor, db, document, form.text, quote=form.quote, before=form.before, after=form.after, message=form.message
    )
    return {"suggestion": made}


@router.post("/library/suggestions/{int:suggestion}", auth=Signed("guest"), summary="Take, decline, take back")
def decide(request: HttpRequest, suggestion: int, form: Decided) -> dict[str, object]:
    actor, db = actor_of(request), of_django(connection)
    if form.act == "take":
        return {"revision": services.take(actor, db, suggestion)}
    deeds = {"decline": services.decline, "withdraw": services.withdraw}
    if form.act not in deeds:
        raise BadInput("`act` is take, decline or withdraw.")
    deeds[form.act](actor, db, suggestion)
    return {"suggestion": suggestion, "act": form.act}
