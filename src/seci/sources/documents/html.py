"""A web page as a page: its main text without menus and footers, its title, author and date."""

from __future__ import annotations

import re
from typing import Any

from seci.sources.documents.fields import moment
from seci.sources.documents.files import File
from seci.sources.documents.letters import text_of
from seci.sources.documents.licences import spdx
from seci.sources.documents.links import links
from seci.sources.documents.markdown import Rewrite, name_of
from seci.sources.documents.page import Failed, Found, Page, Same
from seci.sources.documents.shelf import Shelf
from seci.sources.documents.to_markdown import Writer

_MAIN = ("//main", "//article", "//*[@role='main']", "//body")
_AROUND = "//nav|//header|//footer|//aside|//*[@role='navigation' or @role='banner' or @role='contentinfo']"
LEAST = 200
"""Letters below which an extraction is taken for a failed one, and the page is read whole."""


def read_html(shelf: Shelf, file: File, raw: bytes, rewrite: Rewrite | None = None) -> Found:
    """The page of an HTML file; Same when it is known."""
    mark = shelf.mark(raw)
    if shelf.known(file.path, mark):
        return Same(file.path, mark)
    said = text_of(raw)
    if said is None:
        return Failed(file.path, "It ends like a web page and holds bytes that are no text.")
    root = parse(said.text)
    if root is None:
        return Failed(file.path, "It holds no web page.")
    text = main_text(said.text, root)
    if not text.strip():
        return Failed(file.path, "It holds no words: a page that a script fills in, perhaps. Save it from a browser.")
    if rewrite is not None:
        text = rewrite(text, file.path)
    found = links(text, file.path, shelf.places)
    return Page(
        path=file.path, title=title_of(root) or name_of(file.path), text=text, mark=mark,
        author=_meta(root, "author"), at=moment(_meta(root, "article:modified_time", "last-modified", "date")),
        tags=tuple(tag.strip() for tag in _meta(root, "keywords").split(",") if tag.strip()),
        licence=_licence(root) or shelf.licence(file.path), links=found, attachments=shelf.attachments(found),
        remarks=(said.remark,) if said.remark else (),
    )  # fmt: skip


def parse(text: str) -> Any | None:
    """The root of an HTML text; None when there is none. Nothing is fetched and no entity is looked up."""
    import lxml.etree
    import lxml.html

    try:
        # A declaration of an alphabet is refused in text that has been read already.
        bare = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
        parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
        return lxml.html.document_fromstring(bare, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def main_text(text: str, root: Any) -> str:
    """The Markdown of the main part: what the page marks as such, else what reads like it, else all of it."""
    for where in _MAIN[:3]:
        found = root.xpath(where)
        if len(found) == 1 and len("".join(found[0].itertext()).split()) > 3:
            return _written(found[0])
    import trafilatura

    extracted = trafilatura.extract(
        text, output_format="html", include_links=True, include_formatting=True, include_tables=True,
        include_images=True, include_comments=False, favor_recall=True,
    )  # fmt: skip
    if extracted:
        inner = parse(extracted)
        if inner is not None and len("".join(inner.itertext())) >= LEAST:
            return _written(inner)
    body = root.find("body")
    return _written(root if body is None else body)


def _written(element: Any) -> str:
    for one in element.xpath(f".{_AROUND.replace('|//', '|.//')}"):
        if one.getparent() is not None and one is not element:
            one.drop_tree()
    return Writer().page(element)


def title_of(root: Any) -> str:
    for where in ("//meta[@property='og:title']/@content", "//h1", "//title"):
        for found in root.xpath(where):
            words = " ".join((found if isinstance(found, str) else "".join(found.itertext())).split())
            if words:
                return words[:300]
    return ""


def _meta(root: Any, *names: str) -> str:
    for name in names:
        found = root.xpath("//meta[@name=$n or @property=$n]/@content", n=name)
        if found and found[0].strip():
            return " ".join(found[0].split())[:300]
    return ""


def _licence(root: Any) -> str:
    found = root.xpath("//a[@rel='license']/@href|//link[@rel='license']/@href")
    return spdx(f"{found[0]} public domain") if found else ""
