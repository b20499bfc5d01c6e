"""A dump of a MediaWiki (Special:Export, dumpBackup.php): its pages with all revisions that the dump holds.

The schema is that of mediawiki.org/xml/export-0.10 and later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from seci.kit.errors import BadInput
from seci.sources.documents.dump import elements, opened
from seci.sources.documents.fields import moment
from seci.sources.documents.files import File, Files
from seci.sources.documents.limits import LARGEST_PAGE, MOST_REVISIONS, in_words
from seci.sources.documents.page import Failed, Found, Known, Page, Past, Same, Skipped, nothing_known
from seci.sources.documents.shelf import mark_of
from seci.sources.documents.wikitext import Wiki

_PAGES = {0, 4, 12}
"""Articles, pages about the wiki, help (mediawiki.org/wiki/Manual:Namespace)."""
_TEMPLATE = 10
_WHY = {
    2: "It is somebody's own page.", 6: "It describes a file, which a dump does not hold.",
    10: "It is a template; what it says stands in the pages that use it.",
    14: "It is a category; its pages are tagged.",
}  # fmt: skip
_LARGEST_TEMPLATE = 20_000


@dataclass(slots=True)
class _State:
    id: str
    text: str
    author: str
    at: int | None
    message: str


@dataclass(slots=True)
class _Names:
    """What a first reading finds: paths of pages, where redirects lead, the templates."""

    paths: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    templates: dict[str, str] = field(default_factory=dict)
    spaces: dict[str, int] = field(default_factory=dict)


def is_dump(file: File) -> bool:
    """Whether a file begins like a dump."""
    try:
        with opened(file) as stream:
            return b"<mediawiki" in stream.read(4096)
    except (OSError, EOFError, BadInput):
        return False


def count(files: Files) -> int:
    """How many pages the dump holds."""
    found, before = 0, b""
    with opened(_dump(files)) as stream:
        while block := stream.read(1 << 20):
            found += (before[-5:] + block).count(b"<page>")
            before = block
    return found


def read(files: Files, known: Known = nothing_known, *, with_history: bool = True) -> Iterator[Found]:
    """The pages of a dump. Raises BadInput for what is none."""
    dump = _dump(files)
    names = _Names()
    for element in elements(dump, "{*}namespace", "{*}page", what="dump of MediaWiki"):
        if element.tag.endswith("}namespace") or element.tag == "namespace":
            names.spaces[element.text or ""] = int(element.get("key") or 0)
        else:
            _note(names, element)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for title, to in names.redirects.items():
        aliases[to].append(title)
    wiki = Wiki(names.paths, names.redirects, names.templates, names.spaces)
    for element in elements(dump, "{*}page", what="dump of MediaWiki"):
        yield _page(element, wiki, names, aliases, known, with_history)
    yield from files.aside


def _dump(files: Files) -> File:
    return max(files, key=lambda one: one.size)


def _note(names: _Names, element: Any) -> None:
    title, space = _said(element, "title"), _space(element, names)
    redirect = element.find("{*}redirect")
    if redirect is not None:
        names.redirects[title] = redirect.get("title") or _target(element)
    elif space in _PAGES:
        names.paths[title] = path_of(title)
    elif space == _TEMPLATE:
        states = element.findall("{*}revision")
        text = _said(states[-1], "text") if states else ""
        if len(text) <= _LARGEST_TEMPLATE:
            names.templates[title.partition(":")[2]] = text


def path_of(title: str) -> str:
    """The path of a page: subpages lie below their page."""
    parts = [re.sub(r'[\\:*?"<>|\x00-\x1f]+', " ", part).strip() or "_" for part in title.split("/")]
    return "/".join(parts) + ".md"


def _page(
    element: Any, wiki: Wiki, names: _Names, aliases: dict[str, list[str]], known: Known, with_history: bool
) -> Found:
    title, space = _said(element, "title"), _space(element, names)
    if title in names.redirects:
        return Skipped(path_of(title), f"It only leads to {names.redirects[title]}, which answers to its name.")
    if space not in _PAGES:
        why = "It is a talk page." if space % 2 else _WHY.get(space, "It is no article.")
        return Skipped(path_of(title), why)
    path, states = names.paths[title], list(_states(element))
    if not states:
        return Failed(path, "The dump holds no text of it.")
    last = states[-1]
    if len(last.text) > LARGEST_PAGE:
        return Failed(path, f"It has {in_words(len(last.text))}; up to {in_words(LARGEST_PAGE)} can be read.")
    others = tuple(aliases.get(title, ()))
    mark = mark_of(last.text.encode(), last.id, repr(others), str(len(states)), wiki.shape)
    if known(path, mark):
        return Same(path, mark)
    written = wiki.markdown(last.text, title)
    remarks = [f"Templates that are left out: {written.left}."] if written.left else []
    if len(states) > MOST_REVISIONS:
        remarks.append(f"Of its {len(states):,} revisions the newest {MOST_REVISIONS} are kept.")
        states = states[-MOST_REVISIONS:]
    history = tuple(_past(one, wiki, title, path) for one in states) if with_history and len(states) > 1 else ()
    return Page(
        path=path, title=title, text=written.text, mark=mark, uid=_said(element, "id"), author=last.author, at=last.at,
        tags=written.categories, aliases=others, history=history, remarks=tuple(remarks),
    )  # fmt: skip


def _past(one: _State, wiki: Wiki, title: str, path: str) -> Past:
    return Past(one.id, path, title, wiki.markdown(one.text, title).text, one.author, "", one.at, one.message)


def _states(element: Any) -> Iterator[_State]:
    for one in element.iterfind("{*}revision"):
        who = one.find("{*}contributor")
        author = (_said(who, "username") or _said(who, "ip")) if who is not None else ""
        yield _State(
            _said(one, "id"), _said(one, "text"), author, moment(_said(one, "timestamp")), _said(one, "comment")
        )


def _said(element: Any, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip("\n")


def _space(element: Any, names: _Names) -> int:
    """The namespace of a page. Before schema 0.6 no page says it; it stands before its title."""
    said = _said(element, "ns")
    if said.lstrip("-").isdigit():
        return int(said)
    before, colon, _ = _said(element, "title").partition(":")
    return names.spaces.get(before, 0) if colon else 0


def _target(element: Any) -> str:
    """Where a redirect leads, by its words: before schema 0.6 nothing else says it."""
    states = element.findall("{*}revision")
    found = re.search(r"\[\[\s*([^\]|#]+)", _said(states[-1], "text")) if states else None
    return found[1].strip() if found else ""
