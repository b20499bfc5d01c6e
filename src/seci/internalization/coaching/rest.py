"""What accompanies practice, over REST: for a learner, and for their mentor what the learner agreed to."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest
from ninja import Body, Router

from seci.accounts.access import actor_of
from seci.accounts.rest import Schema, Signed, sent
from seci.internalization.coaching import queries, services
from seci.internalization.coaching.queries import MenteePage, MentorRow, NoteRow, PathView, RemarkRow
from seci.kit.database import of_django

router = Router(tags=["practice"])
MEMBER = Signed("member")


class Named(Schema):
    """learner: another person, for a facilitator who proposes the mentor to them."""

    artifact: int
    mentor: int
    learner: int | None = None


class Words(Schema):
    words: str


class AfterAction(Schema):
    """The four answers; about: what was done, as run:7."""

    expected: str
    happened: str
    because: str
    next_time: str
    artifact: int | None = None
    about: str = ""


class Follow(Schema):
    role: str
    pace: float = 1.0


class Days(Schema):
    """0 is Monday."""

    days: list[int]


@router.get("/mentors", auth=MEMBER, summary="Whoever was named for oneself, and whose mentor one is")
def mentors(request: HttpRequest) -> dict[str, list[MentorRow]]:
    mine, others = queries.mentors(actor_of(request), of_django(connection))
    return sent({"mine": mine, "others": others})


@router.post("/mentors", auth=MEMBER, summary="Name a mentor for oneself, or propose one to somebody")
def name(request: HttpRequest, form: Body[Named]) -> dict[str, int]:
    actor, db = actor_of(request), of_django(connection)
    return {"id": services.name_mentor(actor, db, form.artifact, form.mentor, person=form.learner)}


@router.post("/mentors/{mentor}/agreement", auth=MEMBER, summary="The learner's yes")
def agree(request: HttpRequest, mentor: int) -> dict[str, int]:
    services.agree_to_mentor(actor_of(request), of_django(connection), mentor)
    return {"agreed": mentor}


@router.delete("/mentors/{mentor}", auth=MEMBER, summary="End it, from either side")
def end(request: HttpRequest, mentor: int) -> dict[str, int]:
    services.end_mentor(actor_of(request), of_django(connection), mentor)
    return {"ended": mentor}


@router.get("/mentors/{mentor}/answers", auth=MEMBER, summary="The learner's answers, for their mentor")
def mentee(request: HttpRequest, mentor: int) -> MenteePage:
    return sent(queries.mentee(actor_of(request), of_django(connection), mentor))


@router.post("/practice/attempts/{attempt}/remarks", auth=MEMBER, summary="A mentor's words on an answer")
def remark(request: HttpRequest, attempt: int, form: Body[Words]) -> dict[str, int]:
    return {"id": services.remark(actor_of(request), of_django(connection), attempt, form.words)}


@router.get("/practice/attempts/{attempt}/remarks", auth=MEMBER, summary="What mentors said to one's own answer")
def remarks(request: HttpRequest, attempt: int) -> tuple[RemarkRow, ...]:
    actor, db = actor_of(request), of_django(connection)
    found = queries.remarks(actor, db, attempt)
    services.read_remarks(actor, db)
    return sent(found)


@router.get("/practice/notes", auth=MEMBER, summary="One's own notes after actions")
def notes(request: HttpRequest) -> list[NoteRow]:
    return sent(queries.notes(actor_of(request), of_django(connection)))


@router.post("/practice/notes", auth=MEMBER, summary="Keep a note after an action, for one's own eyes")
def keep(request: HttpRequest, form: Body[AfterAction]) -> dict[str, int]:
    made = services.keep_note(
        actor_of(request), of_django(connection), form.expected, form.happened, form.because, form.next_time,
        artifact=form.artifact, about=form.about,
    )  # fmt: skip
    return {"id": made}


@router.get("/practice/paths", auth=MEMBER, summary="The paths one follows, with dates and evidence")
def paths(request: HttpRequest) -> list[PathView]:
    return sent(queries.followed(actor_of(request), of_django(connection)))


@router.post("/practice/paths", auth=MEMBER, summary="Follow the path of a role from today on")
def follow(request: HttpRequest, form: Body[Follow]) -> dict[str, int]:
    return {"id": services.follow_path(actor_of(request), of_django(connection), form.role, pace=form.pace)}


@router.delete("/practice/paths/{following}", auth=MEMBER, summary="Leave a path")
def leave(request: HttpRequest, following: int) -> dict[str, int]:
    services.leave_path(actor_of(request), of_django(connection), following)
    return {"left": following}


@router.put("/practice/easy-days", auth=MEMBER, summary="Days of the week with half a round")
def easy(request: HttpRequest, form: Body[Days]) -> dict[str, tuple[int, ...]]:
    return {"easy": services.set_easy_days(actor_of(request), of_django(connection), form.days)}


@router.post("/practice/calendar", auth=MEMBER, summary="Another address for one's calendar; off: none")
def calendar(request: HttpRequest, off: bool = False) -> dict[str, bool]:
    services.remake_calendar(actor_of(request), of_django(connection), off=off)
    return {"off": off}
