"""Banks of cases over REST."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Signed, sent
from seci.cases import queries
from seci.cases.queries import BankPage, BankRow, CasePage
from seci.kit.database import of_django

router = Router(tags=["cases"])


@router.get("/cases", auth=Signed("member"), summary="Banks of cases with their counts")
def banks(request: HttpRequest, asset: int | None = None, q: str = "") -> list[BankRow]:
    return sent(queries.all_banks(actor_of(request), of_django(connection), asset=asset, q=q))


@router.get("/cases/{bank}", auth=Signed("member"), summary="A bank: attributes, and one page of its cases")
def bank(request: HttpRequest, bank: int, q: str = "", page: int = 1, size: int = 50) -> BankPage:
    return sent(queries.bank(actor_of(request), of_django(connection), bank, q=q, page=page, size=size))


@router.get("/cases/{bank}/{key}", auth=Signed("member"), summary="One case and how it was judged")
def case(request: HttpRequest, bank: int, key: str) -> CasePage:
    return sent(queries.case(actor_of(request), of_django(connection), bank, key))
