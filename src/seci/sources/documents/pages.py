"""Pages of imports: ask for one by dropping files or naming a folder, watch it, see what became of each file."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from seci import jobs
from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, SeciError
from seci.kit.pager import whole
from seci.sources.documents import queries, services
from seci.sources.documents.sending import lay_down, take_away
from seci.sources.documents.services.undoing import Undone

RUN = "seci.sources.documents.tasks:run"


@require_safe
@least("member")
def imports(request: HttpRequest) -> HttpResponse:
    page = queries.imports(actor_of(request), of_django(connection))
    return render(request, "imports/imports.html", {"page": page})


@require_POST
@least("member")
def send(request: HttpRequest) -> HttpResponse:
    """Files that were chosen or dropped, into the collection of that name."""
    actor, db, said, data = actor_of(request), of_django(connection), request.POST, settings.INSTANCE.data
    path: Path | None = None
    try:
        path = lay_down(data, request.FILES.getlist("files"), said.get("paths", ""))  # type: ignore[arg-type]
        return _begun(actor, db, path, said.get("name", "") or _called(path, said.get("top", "")), said, upload=True)
    except SeciError as error:
        if path is not None:
            take_away(data, path)
        return _again_with(request, error)


@require_POST
@least("lead")
def read_folder(request: HttpRequest) -> HttpResponse:
    """A folder, repository or file of this machine."""
    actor, db, said = actor_of(request), of_django(connection), request.POST
    try:
        if not said.get("path", "").strip():
            raise BadInput("Say which folder or file of this machine is to be read.")
        path = Path(said["path"].strip()).expanduser()
        return _begun(actor, db, path, said.get("name", ""), said, upload=False)
    except SeciError as error:
        return _again_with(request, error)


def _begun(actor: Actor, db: Database, path: Path, name: str, said: QueryDict, *, upload: bool) -> HttpResponse:
    with transaction.atomic():
        id_ = services.begin(
            actor, db, path, name=name, format_=said.get("format", ""), licence=said.get("licence", ""), upload=upload
        )
        jobs.enqueue(RUN, id_, key=f"import:{id_}")
    return redirect("library-import", id_)


def _called(path: Path, top: str) -> str:
    """A name for what was sent: of its file, or of the folder that it lay in."""
    return (top or "Sent documents") if path.is_dir() else path.name.partition(".")[0]


def _again_with(request: HttpRequest, error: SeciError) -> HttpResponse:
    said = {name: request.POST.get(name, "") for name in ("name", "path", "licence", "format")}
    page = queries.imports(actor_of(request), of_django(connection), error=error.sentence, said=said)
    return render(request, "imports/imports.html", {"page": page}, status=error.status)


@require_safe
@least("member")
def import_(request: HttpRequest, id_: int) -> HttpResponse:
    page = queries.import_(
        actor_of(request), of_django(connection), id_, result=request.GET.get("result", ""),
        page=whole(request.GET.get("page")) or 1,
    )  # fmt: skip
    return render(request, "imports/import.html", {"page": page})


@require_safe
@least("member")
def state(request: HttpRequest, id_: int) -> HttpResponse:
    """How far it is, as a fragment for a page that asks again while it is at work."""
    row = queries.state(actor_of(request), of_django(connection), id_)
    answer = render(request, "imports/_state.html", {"row": row})
    if not row.running:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
@least("member")
def stop(request: HttpRequest, id_: int) -> HttpResponse:
    said = "It stops after the file at hand."
    return done(request, lambda actor, db: services.stop(actor, db, id_), said, "library-import", id_)


@require_POST
@least("member")
def undo(request: HttpRequest, id_: int) -> HttpResponse:
    def words(undone: Undone) -> str:
        return f"Taken back: {undone.sentence}"

    return done(request, lambda actor, db: services.undo(actor, db, id_), words, "library-import", id_)


@require_POST
@least("member")
def again(request: HttpRequest, id_: int) -> HttpResponse:
    """Reads the same source again: goes on where it was stopped, or brings what has changed since."""
    actor, db = actor_of(request), of_django(connection)
    try:
        row = queries.state(actor, db, id_)
        with transaction.atomic():
            next_ = services.again(actor, db, id_)
            jobs.enqueue(RUN, next_, key=f"import:{next_}")
    except SeciError as error:
        messages.error(request, error.sentence)
        return redirect("library-import", id_)
    messages.success(request, f"{row.name} is read again.")
    return redirect("library-import", next_)
