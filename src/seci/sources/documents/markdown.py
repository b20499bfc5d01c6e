"""A Markdown file as a page: its front matter read, its links found, its text left as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from seci.library.markdown.front import body_start, fields
from seci.sources.documents.erb import without_ruby
from seci.sources.documents.fields import Fields, fields_of
from seci.sources.documents.files import File
from seci.sources.documents.letters import text_of
from seci.sources.documents.licences import spdx
from seci.sources.documents.links import links
from seci.sources.documents.page import Failed, Found, Page, Same
from seci.sources.documents.shelf import Shelf

_HEADING = re.compile(r"^ {0,3}#\s+(.+?)\s*#*\s*$|^(?!\s*[-=>#*`|])(\S.*)\n=+\s*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*\s*$|\Z)", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]{1,3}([^*_`]+)[*_`]{1,3}|<[^>]+>|\{#[^}]*\}")
_ENDING = re.compile(r"(?:\.(?:md|markdown|mdown|mkd|mdx|html?|erb|pdf|docx|csv))+$", re.IGNORECASE)
_INDEX = re.compile(r"(?:readme|index|_index)\b", re.IGNORECASE)

Rewrite = Callable[[str, str], str]
"""(Markdown, path) -> Markdown as the library has it."""


def read_markdown(shelf: Shelf, file: File, raw: bytes, rewrite: Rewrite | None = None) -> Found:
    """The page of a Markdown file; Same when it is known. Never raises for what the file holds."""
    mark = shelf.mark(raw)
    if shelf.known(file.path, mark):
        return Same(file.path, mark)
    said = text_of(raw)
    if said is None:
        return Failed(file.path, "It ends like Markdown and holds bytes that are no text; open it and look.")
    page = page_of(said.text, file.path, rewrite)
    found = links(page.text, file.path, shelf.places)
    return replace(
        page,
        mark=mark,
        uid=f"sha256:{sha256(raw).hexdigest()}",
        licence=page.licence or shelf.licence(file.path),
        links=found,
        attachments=shelf.attachments(found),
        remarks=tuple(one for one in (said.remark, *page.remarks) if one),
    )


def page_of(text: str, path: str, rewrite: Rewrite | None = None) -> Page:
    """The page that a text is by itself, without what lies around it."""
    front = fields(text)
    about, remark = fields_of(front), ""
    if path.lower().endswith(".erb"):
        text, remark = without_ruby(text, front)
    title = title_of(text, path, about)
    if rewrite is not None:
        text = rewrite(text, path)
    return Page(
        path=path, title=title, text=text, mark="", author=about.author, at=about.at, owner=about.owner,
        tags=about.tags, aliases=about.aliases, reviewed_at=about.reviewed_at, expires_at=about.expires_at,
        licence=_licence(about.licence), diataxis=about.diataxis, remarks=(remark,) if remark else (),
    )  # fmt: skip


def _licence(said: str) -> str:
    """As SPDX where the words are known; what looks like an SPDX name already stays."""
    return spdx(said) or (said if re.fullmatch(r"[A-Za-z0-9.+-]+", said) else "")


def title_of(text: str, path: str, about: Fields) -> str:
    """The title that the front matter gives, else the first heading of the first level, else the name of the file."""
    if about.title:
        return about.title
    body = _FENCE.sub("", text[body_start(text) :])
    found = _HEADING.search(body)
    if found:
        words = _MARKS.sub(lambda one: one[1] or one[2] or "", found[1] or found[2])
        if words.strip():
            return " ".join(words.split())[:300]
    return name_of(path)


def name_of(path: str) -> str:
    """A title from a path: `guides/code_review.md` is "Code review", and `guides/README.md` is "Guides"."""
    folder, _, name = path.rpartition("/")
    stem = _ENDING.sub("", name) or name
    if _INDEX.match(stem) and folder:
        stem = folder.rpartition("/")[2]
    words = " ".join(re.sub(r"[-_]+", " ", stem).split())
    return (words[:1].upper() + words[1:])[:300] or name
