"""Artifacts laid beside documents, from the page where a merge is started."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.combination.shelving import services
from seci.kit.database import of_django
from seci.kit.errors import SeciError
from seci.kit.pager import whole


@require_POST
@least("member")
def shelve(request: HttpRequest) -> HttpResponse:
    """Back to what was picked, with the pages of the artifacts picked as well."""
    said = request.POST
    kept = [(name, text) for name in ("collection", "document", "concept", "nc") for text in said.getlist(name) if text]
    try:
        wanted = [one for text in said.getlist("artifact") if (one := whole(text))]
        made = services.shelve(actor_of(request), of_django(connection), wanted)
    except SeciError as error:
        messages.error(request, error.sentence)
    else:
        kept.append(("laid", "1"))
        there = {text for name, text in kept if name == "document"}
        kept += [("document", str(one)) for one in made if str(one) not in there]
        many = "1 artifact is a page" if len(made) == 1 else f"{len(made)} artifacts are pages"
        messages.success(request, f"{many} beside the others now, and picked.")
    return redirect(f"{reverse('merge-new')}?{urlencode(kept)}")
