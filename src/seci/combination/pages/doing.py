"""What the pages of a merge have in common: do it, say how it went, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.kit.database import Database, of_django
from seci.kit.errors import SeciError

Verb = Callable[[Actor, Database], Any]


def done(request: HttpRequest, verb: Verb, said: str | Callable[[Any], str], to: str, *at: object) -> HttpResponse:
    """Does it and goes to the page `to`; an anchor follows a "#" at the end of its arguments."""
    anchor = ""
    if at and isinstance(at[-1], str) and at[-1].startswith("#"):
        *rest, last = at
        at, anchor = tuple(rest), str(last)
    try:
        result = verb(actor_of(request), of_django(connection))
    except SeciError as error:
        messages.error(request, error.sentence)
    else:
        words = said(result) if callable(said) else said
        if words:
            messages.success(request, words)
    where = redirect(to, *at)
    where["Location"] += anchor
    return where
