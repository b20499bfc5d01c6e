"""Where the links of a page lead: to which file of its source, and to which heading there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from seci.sources.documents.files import composed
from seci.sources.documents.page import Link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_ADDRESSES = re.compile(
    r"<(?:a|img|video|source|audio)\b[^>]*?\b(?:href|src)\s*=\s*[\"']([^\"'>]+)[\"']", re.IGNORECASE
)
# What a site generator makes of a file, and thus what a link may be called that leads to it.
_ENDINGS = (".md", ".html.md", ".html.md.erb", ".md.erb", ".markdown", ".mdx", ".html", ".htm")
_INDEX = ("index.md", "README.md", "readme.md", "_index.md", "index.html.md", "index.html.md.erb", "index.html")


class Places:
    """The paths of a source, and how links name them."""

    def __init__(self, paths: Mapping[str, object]) -> None:
        self._paths = paths
        self._folded = {path.casefold(): path for path in reversed(list(paths))}

    def find(self, href: str, page: str) -> Link | None:
        """The file of the source that `href` leads to from `page`; None for the world outside and for what is not
        there."""
        if _SCHEME.match(href) or href.startswith("#"):
            return None
        where, _, anchor = href.partition("#")
        where = composed(unquote(where.partition("?")[0]))
        if not where:
            return None
        for start in self._starts(where, page):
            path = posixpath.normpath(posixpath.join(start, where.lstrip("/")))
            if not path.startswith("..") and (found := self._at(path)):
                return Link(href, found, unquote(anchor))
        return None

    @staticmethod
    def _starts(where: str, page: str) -> Iterator[str]:
        """The folders that a path may count from: that of the page; from `/` any folder above it, since the top of a
        site is often a folder of the source. MkDocs and Hugo serve each page as a folder of its own."""
        folder = posixpath.dirname(page)
        if not where.startswith("/"):
            yield folder
            if not page.rpartition("/")[2].lower().startswith(("index.", "readme.", "_index.")):
                yield posixpath.splitext(page)[0]
            return
        yield ""
        parts = folder.split("/") if folder else []
        for count in range(1, len(parts) + 1):
            yield "/".join(parts[:count])

    def _at(self, path: str) -> str:
        path = "" if path == "." else path
        bare = posixpath.splitext(path)[0] if path.endswith((".html", ".htm", ".md")) else path
        folder = path + "/" if path else ""
        for wanted in (path, *(bare + ending for ending in _ENDINGS if bare), *(folder + name for name in _INDEX)):
            if wanted in self._paths:
                return wanted
        return self._folded.get(path.casefold(), "")


def links(text: str, page: str, places: Places) -> tuple[Link, ...]:
    """The links and pictures of a Markdown text that lead to files of its source, each once, in order."""
    found = {href: link for href in dict.fromkeys(hrefs(text)) if (link := places.find(href, page))}
    return tuple(found.values())


def hrefs(text: str) -> Iterator[str]:
    """The targets of links and pictures in a Markdown text, those in HTML included."""
    for token in _parser().parse(text):
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline"):
                yield from _ADDRESSES.findall(part.content)
            for name in ("href", "src"):
                if value := part.attrs.get(name):
                    yield str(value)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
