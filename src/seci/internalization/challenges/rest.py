"""Challenges over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.challenges import queries, services
from seci.internalization.challenges.access import Challenge
from seci.internalization.challenges.queries import ChallengePage, ChallengesPage
from seci.kit.database import of_django

router = Router(tags=["challenges"])


class Contested(Schema):
    sentence: str
    node: str = ""
    change: str = ""
    revision: int | None = None
    case: int | None = None


class PageContested(Schema):
    """`quote`: the words that are wrong; empty is the whole document."""

    sentence: str
    quote: str = ""
    change: str = ""
    revision: int | None = None


class Decided(Schema):
    """`resolution`: uphold, amend, split or retire; `text` is the Markdown with the change made."""

    resolution: str
    reason: str
    text: str = ""
    base: int | None = None


@router.get("/challenges", auth=Signed("member"), summary="Challenges of artifacts and documents")
def challenges(
    request: HttpRequest, artifact: int | None = None, document: int | None = None, state: str = ""
) -> ChallengesPage:
    actor, db = actor_of(request), of_django(connection)
    return sent(queries.challenges(actor, db, artifact=artifact, document=document, state=state))


@router.get("/challenges/{challenge}", auth=Signed("member"), summary="A challenge, with what its node or passage says")
def challenge(request: HttpRequest, challenge: int) -> ChallengePage:
    return sent(queries.challenge(actor_of(request), of_django(connection), challenge))


@router.post("/artifacts/{artifact}/challenges", auth=Signed("member"), summary="Say that a node or a case is wrong")
def contest(request: HttpRequest, artifact: int, form: Contested) -> Challenge:
    actor, db = actor_of(request), of_django(connection)
    return sent(
        services.challenge(
            actor, db, artifact, form.sentence, node=form.node, change=form.change, revision=form.revision,
            case=form.case,
        )
    )  # fmt: skip


@router.post(
    "/library/{document}/challenges", auth=Signed("member"), summary="Say that a document or words of it are wrong"
)
def contest_document(request: HttpRequest, document: int, form: PageContested) -> Challenge:
    actor, db = actor_of(request), of_django(connection)
    return sent(
        services.challenge_document(
            actor, db, document, form.sentence, quote=form.quote, change=form.change, revision=form.revision
        )
    )


@router.post("/artifacts/{artifact}/challenges/look", auth=Signed("member"), summary="Look for what speaks against it")
def look(request: HttpRequest, artifact: int) -> dict[str, list[int]]:
    return {"challenges": list(services.look(actor_of(request), of_django(connection), artifact))}


@router.post("/challenges/{challenge}/decide", auth=Signed("member"), summary="Uphold, amend, split or retire")
def decide(request: HttpRequest, challenge: int, form: Decided) -> Challenge:
    actor, db = actor_of(request), of_django(connection)
    return sent(services.decide(actor, db, challenge, form.resolution, form.reason, text=form.text, base=form.base))
