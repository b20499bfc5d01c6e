"""A Confluence space as its XML export has it: pages in their tree, with macros, labels, attachments and versions."""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

from seci.kit.errors import BadInput
from seci.sources.documents.dump import elements
from seci.sources.documents.fields import moment
from seci.sources.documents.files import File, Files
from seci.sources.documents.limits import LARGEST_DUMP, LARGEST_FILE, LARGEST_PAGE, MEGABYTE, MOST_REVISIONS, in_words
from seci.sources.documents.page import Attachment, Failed, Found, Known, Page, Past, Same, Skipped, nothing_known
from seci.sources.documents.shelf import mark_of
from seci.sources.documents.storage import Storage

MOST_HELD = 200 * MEGABYTE
"""Of earlier bodies, packed, that are kept in memory while the export is read."""


@dataclass(slots=True)
class _Content:
    """A page or blog post, or an earlier version of one."""

    id: str
    title: str
    space: str
    parent: str = ""
    of: str = ""
    status: str = "current"
    author: str = ""
    at: int | None = None
    message: str = ""
    version: int = 0
    body: bytes = b""


@dataclass(slots=True)
class _Space:
    """All that an export says of a space, but for the bodies of pages."""

    spaces: dict[str, tuple[str, str]] = field(default_factory=dict)
    contents: dict[str, _Content] = field(default_factory=dict)
    files: defaultdict[str, dict[str, tuple[int, str]]] = field(default_factory=lambda: defaultdict(dict))
    people: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    labelled: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    comments: Counter[str] = field(default_factory=Counter)


def read(files: Files, known: Known = nothing_known, *, with_history: bool = True) -> Iterator[Found]:
    """The pages of a space export. Raises BadInput for what is none."""
    entities = files.all.get("entities.xml") or next(iter(files))
    if entities.size > LARGEST_DUMP:
        raise BadInput(f"{entities.path} has {in_words(entities.size)}; up to {in_words(LARGEST_DUMP)} can be read.")
    space = _Space()
    # Bodies may come before the pages they belong to; so all else is read first.
    for kind, element in _objects(entities):
        _note(space, kind, element)
    _hold(space, entities, with_history)
    yield from _Reading(files, space, known, with_history).pages()
    yield from files.aside


def _objects(file: File) -> Iterator[tuple[str, Any]]:
    """Each object of the export with its class, one at a time."""
    for element in elements(file, "object", what="export of Confluence"):
        yield element.get("class") or "", element


def _note(space: _Space, kind: str, element: Any) -> None:
    id_ = _id(element)
    if kind in ("Page", "BlogPost"):
        space.contents[id_] = _content(element, id_)
    elif kind == "Space":
        space.spaces[id_] = (_text(element, "key"), _text(element, "name"))
    elif kind == "Attachment" and _text(element, "contentStatus") not in ("", "current"):
        return  # it was thrown away, or is an earlier version that somebody threw away
    elif kind == "Attachment" and (holder := _to(element, "containerContent") or _to(element, "content")):
        name = _text(element, "title") or _text(element, "fileName")
        version = _number(_text(element, "version") or _text(element, "attachmentVersion"))
        original = _to(element, "originalVersion") or id_
        if version >= space.files[holder].get(name, (0, ""))[0]:
            space.files[holder][name] = (version, f"attachments/{holder}/{original}/{version}")
    elif kind in ("ConfluenceUserImpl", "InternalUser"):
        space.people[id_] = _text(element, "fullName") or _text(element, "name") or _text(element, "lowerName")
    elif kind == "Label":
        space.labels[id_] = _text(element, "name")
    elif kind == "Labelling":
        holder = _to(element, "content") or _to(element, "labelableContent")
        space.labelled[holder].append(_to(element, "label"))
    elif kind == "Comment" and _text(element, "contentStatus") in ("", "current"):
        space.comments[_to(element, "containerContent") or _to(element, "owner")] += 1


def _content(element: Any, id_: str) -> _Content:
    return _Content(
        id_, " ".join(_text(element, "title").split()) or id_, _to(element, "space"), _to(element, "parent"),
        _to(element, "originalVersion") or _text(element, "originalVersionId"),
        _text(element, "contentStatus") or "current",
        _to(element, "lastModifier") or _text(element, "lastModifierName") or _to(element, "creator")
        or _text(element, "creatorName"),
        moment(_text(element, "lastModificationDate").partition(".")[0]), _text(element, "versionComment"),
        _number(_text(element, "version")),
    )  # fmt: skip


def _hold(space: _Space, entities: File, with_history: bool) -> None:
    """Reads the bodies, packed: those of pages as they are, earlier ones as far as memory goes."""
    held = 0
    for kind, element in _objects(entities):
        content = space.contents.get(_to(element, "content")) if kind == "BodyContent" else None
        if content is None or (content.of and (not with_history or held > MOST_HELD)):
            continue
        content.body = zlib.compress(_text(element, "body").encode(), 1)
        held += len(content.body) if content.of else 0


class _Reading:
    def __init__(self, files: Files, space: _Space, known: Known, with_history: bool) -> None:
        self.files, self.space, self.known, self.with_history = files, space, known, with_history
        self.current = {one.id: one for one in space.contents.values() if one.status == "current" and not one.of}
        self.paths = self._named()
        self.by_title = {(self._key(one), one.title): self.paths[one.id] for one in self.current.values()}
        self.earlier: defaultdict[str, list[_Content]] = defaultdict(list)
        for one in space.contents.values():
            if one.of in self.current:
                self.earlier[one.of].append(one)

    def _key(self, one: _Content) -> str:
        return self.space.spaces.get(one.space, ("", ""))[0]

    def _named(self) -> dict[str, str]:
        """Content -> path: its title, which no other page of the space has."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        for one in self.current.values():
            name = re.sub(r'[/\\:*?"<>|\x00-\x1f]+', " ", one.title).strip() or one.id
            path = f"{name}.md" if f"{name}.md".casefold() not in taken else f"{name} {one.id}.md"
            if len(self.space.spaces) > 1 and self._key(one):
                path = f"{self._key(one)}/{path}"
            taken.add(path.casefold())
            names[one.id] = path
        return names

    def pages(self) -> Iterator[Found]:
        left_out = Counter(one.status for one in self.space.contents.values() if one.status not in ("current", ""))
        for one in self.current.values():
            yield self._page(one)
        for status, count in sorted(left_out.items()):
            yield Skipped(f"({status})", f"{count:,} pages are {status} at the source.")

    def _page(self, one: _Content) -> Found:
        path = self.paths[one.id]
        body = zlib.decompress(one.body).decode() if one.body else ""
        if len(body) > LARGEST_PAGE:
            return Failed(path, f"It has {in_words(len(body))}; up to {in_words(LARGEST_PAGE)} can be read.")
        earlier = sorted(self.earlier[one.id], key=lambda each: (each.version, each.at or 0))
        tags = tuple(
            sorted({name for label in self.space.labelled[one.id] if (name := self.space.labels.get(label, ""))})
        )
        shape = repr(
            (one.title, one.parent, tags, sorted(self.space.files[one.id]), len(earlier), sorted(self.by_title))
        )
        mark = mark_of(body.encode(), shape)
        if self.known(path, mark):
            return Same(path, mark)
        writer = self._writer(one)
        text = f"# {one.title}\n\n{writer.markdown(body)}"
        return Page(
            path=path, title=one.title, text=text, mark=mark, uid=one.id, author=self._person(one.author), at=one.at,
            tags=tags, parent=self.paths.get(one.parent, ""), attachments=tuple(self._attachments(one)),
            history=tuple(self._past(one, earlier, text)) if self.with_history else (),
            remarks=self._remarks(one, writer),
        )  # fmt: skip

    def _remarks(self, one: _Content, writer: Storage) -> tuple[str, ...]:
        remarks = []
        if writer.left:
            named = ", ".join(f"{name} × {count}" if count > 1 else name for name, count in writer.left.most_common())
            remarks.append(f"Macros that are left out: {named}.")
        if writer.bare:
            remarks.append(f"Macros of which only the words are kept: {', '.join(sorted(writer.bare))}.")
        if count := self.space.comments[one.id]:
            remarks.append(f"{count} comment{'s are' if count > 1 else ' is'} left out.")
        return tuple(remarks)

    def _past(self, one: _Content, earlier: list[_Content], text: str) -> Iterator[Past]:
        kept = [each for each in earlier if each.body][-(MOST_REVISIONS - 1) :]
        for each in kept:
            then = f"# {each.title}\n\n{self._writer(one).markdown(zlib.decompress(each.body).decode())}"
            yield Past(
                each.id, self.paths[one.id], each.title, then, self._person(each.author), "", each.at, each.message
            )
        if kept:
            yield Past(one.id, self.paths[one.id], one.title, text, self._person(one.author), "", one.at, one.message)

    def _writer(self, one: _Content) -> Storage:
        path = self.paths[one.id]

        def page_at(title: str, space: str) -> str:
            found = self.by_title.get((space or self._key(one), title or one.title), "")
            return quote(relpath(found, dirname(path) or ".")) if found else ""

        def file_at(name: str) -> str:
            return (
                quote(relpath(self._file(one, name), dirname(path) or ".")) if name in self.space.files[one.id] else ""
            )

        def page_by(id_: str) -> str:
            found = self.paths.get(id_, "")
            return quote(relpath(found, dirname(path) or ".")) if found else ""

        return Storage(page_at, page_by, file_at, self._person)

    def _person(self, key: str) -> str:
        return self.space.people.get(
            key, key if " " in key or not re.fullmatch(r"[0-9a-f]{32}|[\w:-]{20,}", key) else ""
        )

    def _file(self, one: _Content, name: str) -> str:
        return f"{self.paths[one.id].removesuffix('.md')}/{name}"

    def _attachments(self, one: _Content) -> Iterator[Attachment]:
        for name, (_, where) in sorted(self.space.files[one.id].items()):
            file = self.files.all.get(where)
            if file is not None and file.size <= LARGEST_FILE:
                yield Attachment(self._file(one, name), file.size, lambda file=file: file.read(LARGEST_FILE))  # type: ignore[misc]


def _id(element: Any) -> str:
    for child in element:
        if child.tag == "id":
            return (child.text or "").strip()
    return ""


def _text(element: Any, name: str) -> str:
    for child in element:
        if child.tag == "property" and child.get("name") == name:
            return (child.text or "").strip()
    return ""


def _to(element: Any, name: str) -> str:
    """The id of what a property refers to; "" when it refers to nothing."""
    for child in element:
        if child.tag == "property" and child.get("name") == name:
            return _id(child)
    return ""


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
