"""The pages of the house itself: home, settings, the catalogue of measures."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.cycle import queries as cycle
from seci.kit.clock import now
from seci.kit.database import of_django
from seci.site.views import Home, MetricsPage
from seci.sources.git import queries as git
from seci.spiral import queries as spiral
from seci.spiral.catalogue import CATALOGUE
from seci.spiral.turn import MODE_NAMES, median_turn

NEXT_SHOWN = 3


@require_safe
@least("guest")
def home(request: HttpRequest) -> HttpResponse:
    actor, at = actor_of(request), now()
    proposals = cycle.proposals(actor, at, size=NEXT_SHOWN) if actor.is_at_least("member") else None
    turns = spiral.turns(actor)
    known = tuple(turn for turn in turns if turn.known)
    median = median_turn(known) if known else None
    page = Home(
        items=proposals.items if proposals else (),
        gaps=proposals.gaps if proposals else 0,
        assets=spiral.assets_that_need_you(actor),
        assets_total=len(turns),
        sources=git.count(actor, of_django(connection)),
        turns=turns,
        median=median,
        caption=f"The median asset waits for {MODE_NAMES[median.waits_for]}." if median else "",
        layers=spiral.layers_of(),
        runs=git.running(actor, of_django(connection), at),
        ended=spiral.ended(actor, at),
    )
    return render(request, "site/home.html", {"page": page})


@require_safe
@least("open")
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by this name wherever a page does not name an icon, as on /healthz."""
    return redirect(static("mark.svg"))


@require_safe
@least("guest")
def metrics(request: HttpRequest) -> HttpResponse:
    return render(request, "site/metrics.html", {"page": MetricsPage(CATALOGUE)})
