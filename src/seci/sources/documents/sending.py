"""Files that somebody sends through a page: checked, and laid down where an import can read them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from seci.kit.errors import BadInput, Unavailable
from seci.kit.ids import new_id
from seci.sources.documents.files import composed
from seci.sources.documents.limits import MEGABYTE, in_words

LARGEST = 1_000 * MEGABYTE
"""Of all files that are sent at once; more goes in through the terminal."""
MOST = 5_000
_ROOM = ("imports", "sent")


class Sent(Protocol):
    """An uploaded file, as Django has it."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def lay_down(data: Path, files: list[Sent], paths: str) -> Path:
    """Where the files lie now: the file itself where it is one, else a folder with all of them.

    data   folder of the instance
    paths  JSON list of the files' paths in the folder they came from, in their order; "" where only names are known

    Raises BadInput for nothing, too much, two files of one name, a path that leads elsewhere; nothing is kept then.
    """
    names = _names(files, paths)
    size = sum(one.size or 0 for one in files)
    if size > LARGEST:
        raise BadInput(
            f"The files have {in_words(size)}; up to {in_words(LARGEST)} can be sent. A lead can import a folder of "
            "this machine, or use `seci import PATH`."
        )
    home = data.joinpath(*_ROOM, new_id().hex)
    try:
        for one, name in zip(files, names, strict=True):
            place = home / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as out:
                out.writelines(one.chunks())
    except OSError as error:
        shutil.rmtree(home, ignore_errors=True)
        raise Unavailable(f"The files cannot be kept here ({error.strerror}); look at the disk.") from error
    return home / names[0] if len(names) == 1 and "/" not in names[0] else home


def _names(files: list[Sent], paths: str) -> list[str]:
    if not files:
        raise BadInput("Choose files, a folder or a zip to import.")
    if len(files) > MOST:
        raise BadInput(f"These are {len(files):,} files; pack them into one zip and send that.")
    said = _listed(paths)
    names = said if len(said) == len(files) else [one.name or "" for one in files]
    cleaned = [_checked(name) for name in names]
    if len({name.casefold() for name in cleaned}) < len(cleaned):
        twice = next(name for name in cleaned if sum(other.casefold() == name.casefold() for other in cleaned) > 1)
        raise BadInput(f"Two of the files are called {twice}; pack the folder into a zip and send that.")
    return cleaned


def _listed(paths: str) -> list[str]:
    try:
        said = json.loads(paths) if paths else []
    except ValueError:
        return []
    return [one for one in said if isinstance(one, str)] if isinstance(said, list) else []


def _checked(name: str) -> str:
    parts = [part for part in composed(name).replace("\\", "/").split("/") if part not in ("", ".")]
    if not parts or ".." in parts or any(ord(letter) < 32 for letter in name) or re.match(r"[A-Za-z]:", name):
        raise BadInput(f"{name[:80]!r} is no name that a file can have here; rename it.")
    if any(len(part.encode()) > 250 for part in parts) or len(parts) > 40:
        raise BadInput(f"The name {name[:60]!r}… is too long; shorten it.")
    return "/".join(parts)


def take_away(data: Path, path: Path) -> None:
    """Removes what was sent for an import that has ended; anything else is left alone."""
    room = data.joinpath(*_ROOM)
    if path.is_relative_to(room) and path != room:
        shutil.rmtree(room / path.relative_to(room).parts[0], ignore_errors=True)
