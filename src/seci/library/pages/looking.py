"""Looking at the library: the list, one page, its past, what runs out, files, diagrams."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from seci.accounts.access import actor_of
from seci.accounts.guard import least
from seci.artifacts.pages.recordings import played
from seci.artifacts.services.recordings import PLAYED
from seci.assets.access import in_use
from seci.kit.database import of_django
from seci.kit.errors import NotFound
from seci.kit.pager import whole
from seci.library import queries, services
from seci.library.access import file_of, get_attachment, is_recording
from seci.library.marks import PROPOSED_BY
from seci.library.queries.shelf import STATES
from seci.library.services.writing import DIATAXIS
from seci.library.views import MARK_WORDS, Wanted

# Shown where it stands; everything else is handed over as a file.
SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "text/plain", "text/vtt", *PLAYED.values())


@require_safe
@least("guest")
def library(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    state, mark, diataxis = asked.get("state", ""), asked.get("mark", ""), asked.get("diataxis", "")
    wanted = Wanted(
        q=asked.get("q", "").strip()[:200],
        concept=whole(asked.get("concept")),
        tag=asked.get("tag", "")[:80],
        kind=asked.get("kind", "")[:20],
        diataxis=diataxis if diataxis in DIATAXIS else "",
        owner=whole(asked.get("owner")),
        collection=whole(asked.get("collection")),
        state=state if state in STATES else "",
        mark=mark if mark in MARK_WORDS else "",
    )
    page = queries.library(actor_of(request), of_django(connection), wanted, page=whole(asked.get("page")) or 1)
    return render(request, "library/library.html", {"page": page, "diataxis": DIATAXIS[1:]})


@require_safe
@least("guest")
def document(request: HttpRequest, document: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    page = queries.one(actor, db, document, whole(request.GET.get("r")))
    context = {"page": page, "read": queries.rendered(actor, db, page)}
    if page.may_edit:
        context |= {"tree": queries.tree(actor, db), "diataxis": DIATAXIS[1:]}
        if page.is_latest:
            context["proposed"] = [one for ask in PROPOSED_BY for one in ask(actor, db, document)]
    if page.may_change:
        context |= {"assets": in_use(db), "sources": queries.repositories(actor, db)}
    return render(request, "library/document.html", context)


@require_safe
@least("guest")
def history(request: HttpRequest, document: int) -> HttpResponse:
    page = queries.history(actor_of(request), of_django(connection), document)
    return render(request, "library/history.html", {"page": page})


@require_safe
@least("member")
def compare(request: HttpRequest, document: int) -> HttpResponse:
    after = whole(request.GET.get("after")) or 1
    before = whole(request.GET.get("before")) or max(1, after - 1)
    page = queries.compare(actor_of(request), of_django(connection), document, before, after)
    return render(request, "library/compare.html", {"page": page})


@require_safe
@least("member")
def blame(request: HttpRequest, document: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    context = {"page": queries.one(actor, db, document), "blocks": queries.blame(actor, db, document)}
    return render(request, "library/blame.html", context)


@require_safe
@least("guest")
def source(request: HttpRequest, document: int) -> HttpResponse:
    """The Markdown of a page, as a file."""
    page = queries.one(actor_of(request), of_django(connection), document, whole(request.GET.get("r")))
    return HttpResponse(
        page.revision.text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="document-{document}.md"'},
    )


@require_safe
@least("guest")
def follow(request: HttpRequest, document: int) -> HttpResponse:
    """The door that every link inside the library goes through, so that it counts."""
    actor, db = actor_of(request), of_django(connection)
    return redirect(services.follow(actor, db, document, request.GET.get("to", ""), request.GET.get("at", "")))


@require_safe
@least("member")
def expiring(request: HttpRequest) -> HttpResponse:
    """What runs out: all of it, or what is one's own."""
    actor, db = actor_of(request), of_django(connection)
    person = actor.person if request.GET.get("whose") == "mine" else None
    rows = queries.reminders(actor, db, person=person)
    context = {"rows": rows, "mine": person is not None, "may_be_mine": actor.person is not None}
    return render(request, "library/expiring.html", context)


@require_safe
@least("member")
def woven(request: HttpRequest) -> HttpResponse:
    """How the library hangs together: its share of linked pages, links that are used, pages that stand alone."""
    return render(request, "library/woven.html", {"page": queries.weave(actor_of(request), of_django(connection))})


@require_safe
@least("guest")
def attachment(request: HttpRequest, attachment: int) -> HttpResponseBase:
    found = get_attachment(actor_of(request), of_django(connection), attachment)
    place = file_of(found.sha256)
    if not place.exists():
        raise NotFound(f"{found.name} is not in the folder of evidence; bring it back from a backup.")
    is_shown = found.mime in SHOWN
    kind = f"{found.mime}; charset=utf-8" if found.mime.startswith("text/") else found.mime
    answer: HttpResponseBase = (
        played(request, place, found.mime)
        if is_recording(found.mime) and is_shown
        else FileResponse(
            place.open("rb"), as_attachment=not is_shown, filename=found.name,
            content_type=kind if is_shown else "application/octet-stream",
        )
    )  # fmt: skip
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_safe
@least("guest")
@xframe_options_exempt
@csp_replace(
    {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["data:"],
        "font-src": ["data:"],
        "frame-ancestors": ["'self'"],
    }
)
def diagram(request: HttpRequest) -> HttpResponse:
    """The frame that draws a diagram. It has an origin of its own: what is drawn reaches nothing of the page."""
    return render(request, "library/diagram.html")
