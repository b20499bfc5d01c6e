"""Where a text leads: links, pictures, and the [[links]] of vaults and wikis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from seci.library.markdown.block import Block
from seci.library.markdown.reading import read

_WIKI = re.compile(r"(!?)\[\[([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\\?\|([^\[\]\n]*))?\]\]")
# What a page may be called in a link beside its own name.
_ENDINGS = re.compile(
    r"(?:\.html?\.md\.erb|\.html?\.md|\.markdown|\.mdown|\.mdx|\.md|\.html?|\.rst|\.txt|\.adoc|\.docx|\.pdf)\Z",
    re.IGNORECASE,
)
_FRONT_PAGE = re.compile(r"(?:\A|/)(?:index|readme|_index)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A link as it is written. `start` and `stop` are the characters it takes, those of its block in headings and
    tables."""

    kind: Literal["link", "image", "wiki", "embed"]
    target: str
    anchor: str
    label: str
    start: int
    stop: int


def references(text: str) -> tuple[Reference, ...]:
    """All links of a text, in order; those in code are none."""
    found: list[Reference] = []
    for part in read(text):
        for piece in part.prose:
            if piece.kind in ("link", "image"):
                target, _, anchor = piece.shown.partition("#")
                label = "".join(
                    one.shown
                    for one in part.prose
                    if one.kind in ("text", "whole", "space") and one.start >= piece.start and one.end <= piece.end
                )
                found.append(Reference(piece.kind, target, anchor, " ".join(label.split()), piece.start, piece.end))
        if part.block.kind not in ("code", "html", "rule"):
            found.extend(_wiki(text, part.block, [(one.start, one.end) for one in part.prose if one.kind == "whole"]))
    return tuple(sorted(found, key=lambda one: (one.start, one.stop)))


def _wiki(text: str, block: Block, whole: list[tuple[int, int]]) -> list[Reference]:
    return [
        Reference(
            "embed" if match[1] else "wiki", match[2].strip(), (match[3] or "").strip(), (match[4] or "").strip(),
            match.start(), match.end(),
        )
        for match in _WIKI.finditer(text, block.start, block.end)
        if not any(start <= match.start() < end for start, end in whole)
    ]  # fmt: skip


def is_outside(target: str) -> bool:
    """Whether a target is an address of its own: another site, a mailbox."""
    return bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", target))


def path_name(path: str) -> str:
    """The name that a page at `path` answers to: without ending, front pages as their folder, case aside."""
    plain = _ENDINGS.sub("", path.strip("/"))
    return _FRONT_PAGE.sub("", plain).casefold()


def title_name(title: str) -> str:
    return f"title:{' '.join(title.split()).casefold()}"


def joined(target: str, path: str) -> str | None:
    """The path that a relative link in the page at `path` means; None where it leads out of the collection."""
    parts: list[str] = [] if target.startswith("/") else list(PurePosixPath(path).parent.parts)
    for step in unquote(urlsplit(target).path).replace("\\", "/").split("/"):
        if step == "..":
            if not parts:
                return None
            parts.pop()
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)


def wanted(target: str, path: str) -> str | None:
    """The name that a relative link in the page at `path` asks for; None where it leads out of the collection."""
    found = joined(target, path)
    return None if found is None else path_name(found)


def leads_to_page(target: str) -> bool:
    """Whether a relative target can be a page: it has an ending that pages have, or none."""
    name = unquote(urlsplit(target).path).rstrip("/").rpartition("/")[2]
    return bool(_ENDINGS.search(name)) or "." not in name.lstrip(".")
