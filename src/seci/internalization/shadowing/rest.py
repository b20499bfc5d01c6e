"""Rankings over REST: one's own."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.shadowing import queries, services
from seci.internalization.shadowing.queries import RankingView
from seci.kit.database import of_django

router = Router(tags=["exercises"])


class Order(Schema):
    """All options, best first; words: why, or what moved it."""

    order: list[str]
    words: str


@router.post("/artifacts/{artifact}/rankings", auth=Signed("member"), summary="The next case to rank as experts do")
def begin(request: HttpRequest, artifact: int) -> RankingView:
    actor, db = actor_of(request), of_django(connection)
    return sent(queries.ranking(actor, db, services.next_ranking(actor, db, artifact)))


@router.get("/rankings/{ranking}", auth=Signed("member"), summary="A ranking of one's own")
def ranking(request: HttpRequest, ranking: int) -> RankingView:
    return sent(queries.ranking(actor_of(request), of_django(connection), ranking))


@router.post("/rankings/{ranking}/first", auth=Signed("member"), summary="Rank; then see how the experts rank")
def rank(request: HttpRequest, ranking: int, form: Body[Order]) -> RankingView:
    actor, db = actor_of(request), of_django(connection)
    services.rank(actor, db, ranking, form.order, form.words)
    return sent(queries.ranking(actor, db, ranking))


@router.post("/rankings/{ranking}/second", auth=Signed("member"), summary="Rank once more after seeing theirs")
def rerank(request: HttpRequest, ranking: int, form: Body[Order]) -> RankingView:
    actor, db = actor_of(request), of_django(connection)
    services.rerank(actor, db, ranking, form.order, form.words)
    return sent(queries.ranking(actor, db, ranking))
