"""Changing an artifact from its page: published, verified, signed, handed over, retired; its claims decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.artifacts import services
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.kit.pager import whole
from seci.people import queries as people


@require_POST
@least("member")
def publish(request: HttpRequest, artifact: int) -> HttpResponse:
    base = whole(request.POST.get("base"))
    return done(
        request, lambda actor, db: services.publish(actor, db, artifact, base=base), "Published.", "artifact", artifact
    )


@require_POST
@least("member")
def verify(request: HttpRequest, artifact: int) -> HttpResponse:
    days = whole(request.POST.get("days")) or services.VERIFIED_DAYS
    said = f"Verified: it holds for {days} days, then somebody should look again."
    return done(request, lambda actor, db: services.verify(actor, db, artifact, days=days), said, "artifact", artifact)


@require_POST
@least("member")
def sign(request: HttpRequest, artifact: int) -> HttpResponse:
    number = whole(request.POST.get("r")) or 0
    return done(request, lambda actor, db: services.sign(actor, db, artifact, number), "Signed.", "artifact", artifact)


@require_POST
@least("member")
def retire(request: HttpRequest, artifact: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    said = "Retired: it leaves the library; its revisions stay."
    return done(request, lambda actor, db: services.retire(actor, db, artifact, reason), said, "artifact", artifact)


@require_POST
@least("member")
def restore(request: HttpRequest, artifact: int) -> HttpResponse:
    return done(request, lambda actor, db: services.restore(actor, db, artifact), "It is back.", "artifact", artifact)


@require_POST
@least("member")
def revert(request: HttpRequest, artifact: int) -> HttpResponse:
    number, base = whole(request.POST.get("r")) or 0, whole(request.POST.get("base")) or 0
    said = f"As in r{number} again, as a new revision."
    return done(
        request, lambda actor, db: services.revert(actor, db, artifact, number, base=base), said, "artifact", artifact
    )


@require_POST
@least("member")
def hand_over(request: HttpRequest, artifact: int) -> HttpResponse:
    name = request.POST.get("person", "")

    def give(actor: Actor, db: Database) -> None:
        services.hand_over(actor, db, artifact, people.named(actor, db, name))

    return done(request, give, "Handed over.", "artifact", artifact)


@require_POST
@least("member")
def file_under(request: HttpRequest, artifact: int) -> HttpResponse:
    asset = whole(request.POST.get("asset"))
    return done(
        request, lambda actor, db: services.file_under(actor, db, artifact, asset), "Filed.", "artifact", artifact
    )


@require_POST
@least("member")
def claim(request: HttpRequest, artifact: int, claim: str) -> HttpResponse:
    """A person's word about one claim: confirm, correct, contest, retract."""
    decision, text = request.POST.get("decision", ""), request.POST.get("text", "")

    def decide(actor: Actor, db: Database) -> None:
        match decision:
            case "confirm":
                services.confirm_claim(actor, db, artifact, claim)
            case "correct":
                services.correct_claim(actor, db, artifact, claim, text)
            case "contest":
                services.contest_claim(actor, db, artifact, claim, text)
            case "retract":
                services.retract_claim(actor, db, artifact, claim)
            case _:
                raise BadInput("Say confirm, correct, contest or retract.")

    return done(request, decide, "Noted.", "artifact", artifact, anchor="claims")
