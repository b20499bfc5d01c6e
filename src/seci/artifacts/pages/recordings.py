"""Recordings of an artifact: attached with consent, played from a second on, quoted, taken away."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from seci.accounts.access import actor_of
from seci.accounts.actor import Actor
from seci.accounts.guard import least
from seci.accounts.pages import done
from seci.artifacts import services
from seci.artifacts.access import Recording, get_artifact, get_recording, may_change, recordings_folder
from seci.artifacts.transcript import Segment, clock_words
from seci.kit.database import Database, of_django
from seci.kit.errors import NotFound
from seci.kit.pager import whole

_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the transcript: its characters, and the second it was said at."""

    words: str
    start: int
    end: int
    second: float | None
    clock: str
    speaker: str


@dataclass(frozen=True, slots=True)
class RecordingPage:
    """artifacts/recording.html. `second` is where it opens."""

    recording: Recording
    title: str
    passages: tuple[Passage, ...]
    second: int
    may_quote: bool
    kinds: tuple[str, ...] = services.KINDS


@require_safe
@least("member")
def recording(request: HttpRequest, recording: int) -> HttpResponse:
    actor, db = actor_of(request), of_django(connection)
    found = get_recording(actor, db, recording)
    artifact = get_artifact(actor, db, found.artifact)
    second = min(whole(request.GET.get("t")) or 0, 10**6)
    may_quote = may_change(actor, artifact.owner)
    page = RecordingPage(found, artifact.title, tuple(_passages(found)), second, may_quote)
    return render(request, "artifacts/recording.html", {"page": page})


def _passages(found: Recording) -> Iterator[Passage]:
    at = 0
    for segment, words in found.transcript.passages():
        one = segment or Segment(0, 0.0)
        second = segment.second if segment else None
        clock = clock_words(segment.second) if segment else ""
        yield Passage(words, at, at + len(words), second, clock, one.speaker)
        at += len(words)


@require_safe
@least("member")
def film(request: HttpRequest, recording: int) -> HttpResponseBase:
    found = get_recording(actor_of(request), of_django(connection), recording)
    path = recordings_folder() / found.file
    if not found.file or not path.is_file():
        raise NotFound(f"The file of recording {recording} is not on this instance.")
    return played(request, path, found.mime)


def played(request: HttpRequest, path: Path, mime: str) -> HttpResponseBase:
    """The bytes of a recording, in parts where the browser asks for a part: how it jumps to a second."""
    size = path.stat().st_size
    wanted = _RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if wanted is None or wanted.group(0) == "bytes=-":
        response = FileResponse(path.open("rb"), content_type=mime)
    else:
        first, last = _bounds(wanted.group(1), wanted.group(2), size)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = StreamingHttpResponse(_part(path, first, last), status=206, content_type=mime)
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Encoding"] = "identity"  # parts of a compressed film would be no parts of the film
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte asked for (RFC 9110, 14.1.2); where there is none, the first is beyond the last."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        left = last - first + 1
        while left and (block := file.read(min(_BLOCK, left))):
            left -= len(block)
            yield block


@require_POST
@least("member")
def attach(request: HttpRequest, artifact: int) -> HttpResponse:
    said, film, words = request.POST, request.FILES.get("file"), request.FILES.get("captions")
    transcript = words.read().decode("utf-8-sig", "replace") if words else said.get("transcript", "")

    def add(actor: Actor, db: Database) -> None:
        with _on_disk(film) as path:
            services.attach(
                actor, db, artifact, said.get("title", ""), consent=said.get("consent", ""),
                link=said.get("link", ""), file=path, name=film.name or "" if film else "", transcript=transcript,
            )  # fmt: skip

    return done(request, add, "Attached.", "artifact", artifact, anchor="recordings")


class _on_disk:  # noqa: N801 - read as a verb where it is used
    """An uploaded file as a path; a small one, which Django keeps in memory, is written out for the time being."""

    def __init__(self, film: UploadedFile[bytes] | None) -> None:
        self.film, self.path = film, ""

    def __enter__(self) -> Path | None:
        if self.film is None:
            return None
        if hasattr(self.film, "temporary_file_path"):
            return Path(self.film.temporary_file_path())
        handle, self.path = tempfile.mkstemp()
        with os.fdopen(handle, "wb") as out:
            out.writelines(self.film.chunks())
        return Path(self.path)

    def __exit__(self, *_: object) -> None:
        if self.path:
            os.unlink(self.path)


@require_POST
@least("member")
def quote(request: HttpRequest, recording: int) -> HttpResponse:
    """A claim from words of the recording."""
    said = request.POST
    actor, db = actor_of(request), of_django(connection)
    found = get_recording(actor, db, recording)
    start, end = whole(said.get("start")) or 0, whole(said.get("end")) or 0

    def add(actor: Actor, db: Database) -> None:
        services.quote(actor, db, recording, start, end, text=said.get("text", ""), kind=said.get("kind", "rule"))  # type: ignore[arg-type]

    return done(request, add, "Noted as a claim of yours.", "artifact", found.artifact, anchor="claims")


@require_POST
@least("member")
def withdraw(request: HttpRequest, recording: int) -> HttpResponse:
    found = get_recording(actor_of(request), of_django(connection), recording)

    def take(actor: Actor, db: Database) -> None:
        services.withdraw_consent(actor, db, recording)

    return done(request, take, "The recording and its words are gone.", "artifact", found.artifact)
