"""Where the links of a text lead in this library."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from seci.kit.database import Database
from seci.library import store
from seci.library.markdown.links import (
    Reference,
    is_outside,
    leads_to_page,
    path_name,
    references,
    title_name,
    wanted,
)
from seci.library.store import Target

_OWN = re.compile(r"/(library|artifacts|assets)/(\d{1,9})/?\Z")
_TABLE = {"document": "library_document", "artifact": "artifacts_artifact", "asset": "assets_asset"}


def named(path: str, title: str, aliases: Sequence[str] = ()) -> list[str]:
    """What a document answers to."""
    stem = PurePosixPath(path).name
    names = [title_name(title), *(title_name(one) for one in aliases)]
    if path:
        names += [path_name(path) or "/", title_name(stem.rsplit(".", 1)[0])]
    return names


def targets(
    db: Database, document: int, collection: int | None, path: str, text: str, more: Sequence[tuple[str, str]] = ()
) -> list[Target]:
    """The links of a text that lead into the library, resolved. `more` are (kind, path or title) beside the text."""
    found = [one for reference in references(text) if (one := _target(reference, path)) is not None]
    for kind, name in more:
        if own := _own(name):
            found.append(replace(own, kind=kind[:12]))
            continue
        is_path = leads_to_page(name) and ("/" in name or "." in name)
        asked = wanted(name, path) if is_path else title_name(name)
        found.append(Target(kind[:12], name, asked or "/", "", "", None, None))
    answers = store.answering(db, collection, [one.wanted for one in found if one.wanted])
    solved = [replace(one, document=answers[one.wanted]) if one.wanted in answers else one for one in found]
    there = {
        what: store.existing(db, table, [number for one in solved if (number := getattr(one, what)) is not None])
        for what, table in _TABLE.items()
    }
    return [
        one
        for one in solved
        if one.document != document
        and all(getattr(one, what) is None or getattr(one, what) in there[what] for what in _TABLE)
    ]


def _own(address: str) -> Target | None:
    """What an address of this instance leads to; None for any other."""
    own = _OWN.search(address.split("?")[0])
    if own is None:
        return None
    room, number = own[1], int(own[2])
    return replace(
        Target("links", address, "", "", "", None, None),
        document=number if room == "library" else None,
        artifact=number if room == "artifacts" else None,
        asset=number if room == "assets" else None,
    )


def _target(one: Reference, path: str) -> Target | None:
    """A link as it is kept; None for what leads elsewhere: other sites, pictures, code, the page itself."""
    if one.kind in ("image", "embed") or not one.target:
        return None
    blank = Target("links", one.target, "", one.anchor, one.label, one.start, one.stop)
    if one.kind == "wiki":
        return replace(blank, wanted=title_name(PurePosixPath(one.target).name))
    if own := _own(one.target):
        return replace(blank, document=own.document, artifact=own.artifact, asset=own.asset)
    if is_outside(one.target) or not leads_to_page(one.target):
        return None
    asked = wanted(one.target, path)
    return None if asked is None or not path else replace(blank, wanted=asked or "/")
