"""Changing a document from its page: published, verified, handed over, filed, retired; files; many filed at once."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.kit.clock import DAY, from_date
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.pager import whole
from seci.library import services
from seci.people import queries as people


@require_POST
@least("member")
def publish(request: HttpRequest, document: int) -> HttpResponse:
    base = whole(request.POST.get("base"))
    return done(
        request, lambda actor, db: services.publish(actor, db, document, base=base), "Published.", "document", document
    )


@require_POST
@least("member")
def share(request: HttpRequest, document: int) -> HttpResponse:
    """A draft with somebody by name, or no longer."""
    said = request.POST
    is_off = said.get("act") == "off"

    def act(actor: Actor, db: Database) -> object:
        if is_off:
            return services.unshare(actor, db, document, whole(said.get("with")) or 0)
        person = people.named(actor, db, said.get("person", ""))
        return services.share(actor, db, document, person, write=bool(said.get("write")))

    words = "Shared no longer." if is_off else "Shared: it is in their library now. Send them the address of this page."
    return done(request, act, words, "document", document)


@require_POST
@least("member")
def verify(request: HttpRequest, document: int) -> HttpResponse:
    def act(actor: Actor, db: Database) -> object:
        said = request.POST
        return services.verify(actor, db, document, until=_end_of(said.get("until", "")), base=whole(said.get("base")))

    return done(request, act, "Verified. When the day comes, somebody is asked to look again.", "document", document)


@require_POST
@least("member")
def retire(request: HttpRequest, document: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    said = "Retired: it leaves the library; its revisions stay."
    return done(request, lambda actor, db: services.retire(actor, db, document, reason), said, "document", document)


@require_POST
@least("member")
def restore(request: HttpRequest, document: int) -> HttpResponse:
    return done(request, lambda actor, db: services.restore(actor, db, document), "It is back.", "document", document)


@require_POST
@least("member")
def revert(request: HttpRequest, document: int) -> HttpResponse:
    number, base = whole(request.POST.get("r")) or 0, whole(request.POST.get("base")) or 0
    said = f"r{number} is the latest again, as a new revision."
    return done(
        request, lambda actor, db: services.revert(actor, db, document, number, base=base), said, "document", document
    )


@require_POST
@least("member")
def hand_over(request: HttpRequest, document: int) -> HttpResponse:
    def act(actor: Actor, db: Database) -> object:
        return services.hand_over(actor, db, document, people.named(actor, db, request.POST.get("person", "")))

    return done(request, act, "Handed over.", "document", document)


@require_POST
@least("member")
def file_under(request: HttpRequest, document: int) -> HttpResponse:
    asset, diataxis = whole(request.POST.get("asset")), request.POST.get("diataxis", "")

    def act(actor: Actor, db: Database) -> object:
        if "asset" not in request.POST:
            return services.file_under(actor, db, document, diataxis=diataxis)
        return services.file_under(actor, db, document, asset=asset, diataxis=diataxis)

    return done(request, act, "Filed.", "document", document)


@require_POST
@least("member")
def tag(request: HttpRequest, document: int) -> HttpResponse:
    """Under a concept, or no longer."""
    concept, is_off = whole(request.POST.get("concept")) or 0, request.POST.get("act") == "off"
    verb = services.untag if is_off else services.tag
    said = "No longer filed there." if is_off else "Filed."
    return done(request, lambda actor, db: verb(actor, db, concept, [document]), said, "document", document)


@require_POST
@least("member")
def tag_many(request: HttpRequest) -> HttpResponse:
    """Mends what is under no concept: many documents and artifacts at once."""
    documents = [int(one) for one in request.POST.getlist("library") if one.isdecimal()]
    artifacts = [int(one) for one in request.POST.getlist("artifacts") if one.isdecimal()]
    label, concept = request.POST.get("new", "").strip(), whole(request.POST.get("concept"))

    def act(actor: Actor, db: Database) -> int:
        chosen = services.add_concept(actor, db, label).id if label else concept
        if chosen is None:
            raise BadInput("Choose a concept, or write a new one.")
        if not documents and not artifacts:
            raise BadInput("Tick at least one line to be filed.")
        return services.tag(actor, db, chosen, documents, artifacts)

    return done(request, act, lambda n: f"{n} filed.", "/library/?mark=unfiled")


@require_POST
@least("member")
def attach(request: HttpRequest, document: int) -> HttpResponse:
    def act(actor: Actor, db: Database) -> object:
        sent = request.FILES.get("file")
        if sent is None:
            raise BadInput("Choose a file to attach.")
        if (sent.size or 0) > services.LARGEST_FILE:
            raise BadInput(
                f"{sent.name} is larger than {services.LARGEST_FILE:,} bytes; keep it where such files live."
            )
        consent = request.POST.get("consent", "")
        return services.attach(actor, db, sent.name or "file", sent.read(), document=document, consent=consent)

    return done(request, act, "Attached. A text shows it by its name.", "document", document)


@require_POST
@least("member")
def detach(request: HttpRequest, document: int) -> HttpResponse:
    number = whole(request.POST.get("file")) or 0
    return done(request, lambda actor, db: services.detach(actor, db, number), "Taken away.", "document", document)


@require_POST
@least("member")
def bind(request: HttpRequest, document: int) -> HttpResponse:
    """To a place in the code, or no longer."""
    said = request.POST

    def act(actor: Actor, db: Database) -> object:
        if said.get("act") == "off":
            services.unbind(actor, db, whole(said.get("binding")) or 0)
            return None
        repository = whole(said.get("repository")) or 0
        path, symbol = said.get("path", ""), said.get("symbol", "")
        return services.bind(actor, db, repository, path, symbol=symbol, document=document)

    words = "No longer bound." if said.get("act") == "off" else "Bound: the next scan of the repository looks there."
    return done(request, act, words, "document", document)


def _end_of(day: str) -> int:
    """The last moment of a day as a form sends it: it is that day that is shown again."""
    try:
        return from_date(date.fromisoformat(day)) + DAY - 1
    except ValueError:
        raise BadInput("Say until which day it holds, as in 2027-03-31.") from None
