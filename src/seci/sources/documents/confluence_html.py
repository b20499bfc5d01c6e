"""A Confluence space as its HTML export has it: the main part of each page, its tree, macros and attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from seci.sources.documents.fields import moment
from seci.sources.documents.files import File, Files
from seci.sources.documents.html import parse
from seci.sources.documents.letters import text_of
from seci.sources.documents.links import links
from seci.sources.documents.page import Failed, Found, Known, Page, Same, Skipped, nothing_known
from seci.sources.documents.shelf import Shelf, guarded
from seci.sources.documents.to_markdown import Element, Writer, escaped, fenced, quoted

_ID = re.compile(r"(?:^|_)(\d+)\.html$")
_BRUSH = re.compile(r"brush:\s*([\w+#-]+)")
_KINDS = {"information": "Note", "tip": "Tip", "note": "Important", "warning": "Warning"}
_DROPPED = ("toc-macro", "plugin_pagetree", "recently-updated", "hidden", "aui-icon", "expand-control")


def read(files: Files, known: Known = nothing_known) -> Iterator[Found]:
    """The pages of an HTML export of a space."""
    shelf = Shelf(files, _is_page, known)
    for file in files:
        if _is_page(file):
            yield guarded(shelf, file, lambda one, raw: _read(shelf, one, raw))
    for one in shelf.rest():
        if one.path == "index.html":
            yield Skipped(one.path, "It lists the pages of the export, as the library does.")
            continue
        inside = isinstance(one, Skipped) and one.path.startswith(("styles/", "images/icons/"))
        yield Skipped(one.path, "It belongs to the look of the export.") if inside else one


def _is_page(file: File) -> bool:
    return file.suffix == ".html" and "/" not in file.path and file.path != "index.html"


def _read(shelf: Shelf, file: File, raw: bytes) -> Found:
    mark = shelf.mark(raw)
    if shelf.known(file.path, mark):
        return Same(file.path, mark)
    said = text_of(raw)
    root = parse(said.text) if said is not None else None
    main = root.xpath("//*[@id='main-content']") if root is not None else []
    if root is None or not main:
        return Failed(file.path, "It is no page of a Confluence export: it has no main part.")
    comments = len(root.xpath("//*[@id='comments']//*[contains(@class, 'comment-body')]"))
    for one in main[0].xpath(".//*[contains(@class, 'pageSection') or @id='attachments' or @id='comments']"):
        one.drop_tree()
    for one in main[0].xpath(".//img[not(@alt) and @data-linked-resource-default-alias]"):
        one.set("alt", one.get("data-linked-resource-default-alias"))
    title = _title(root) or file.path
    text = f"# {escaped(title)}\n\n{Writer(special).page(main[0])}"
    found = links(text, file.path, shelf.places)
    name = _ID.search(file.path)
    return Page(
        path=file.path, title=title, text=text, mark=mark, uid=name[1] if name else "", author=_author(root),
        at=_at(root), tags=_labels(root), parent=_parent(root), licence=shelf.licence(file.path), links=found,
        attachments=shelf.attachments(found),
        remarks=(f"{comments} comment{'s are' if comments > 1 else ' is'} left out.",) if comments else (),
    )  # fmt: skip


def special(element: Element, writer: Writer) -> str | None:
    """What Confluence's macros look like in HTML."""
    kinds = (element.get("class") or "").split()
    if any(one in kinds for one in _DROPPED):
        return ""
    if "confluence-information-macro" in kinds:
        kind = next(
            (words for name, words in _KINDS.items() if f"confluence-information-macro-{name}" in kinds), "Note"
        )
        heading = element.xpath("./p[contains(@class, 'title')]")
        words = f"{kind}: {' '.join(heading[0].itertext()).strip()}" if heading else kind
        for one in heading:
            one.drop_tree()
        return quoted(f"**{escaped(words)}**\n\n{writer.blocks(element)}")
    if "panel" in kinds or "preformatted" in kinds:
        return _panel(element, writer, kinds)
    if "expand-container" in kinds:
        title = element.xpath(".//*[contains(@class, 'expand-control-text')]")
        body = element.xpath(".//*[contains(@class, 'expand-content')]")
        head = f"**{escaped(''.join(title[0].itertext()).strip())}**\n\n" if title else ""
        return head + (writer.blocks(body[0]) if body else "")
    if "status-macro" in kinds:
        return f"**{escaped(''.join(element.itertext()).strip())}**"
    if "inline-task-list" in kinds:
        return _tasks(element, writer)
    if element.tag == "pre" and (params := element.get("data-syntaxhighlighter-params")):
        brush = _BRUSH.search(params)
        return fenced("".join(element.itertext()), brush[1] if brush else "")
    return None


def _panel(element: Element, writer: Writer, kinds: list[str]) -> str:
    header = element.xpath("./*[contains(@class, 'panelHeader') or contains(@class, 'preformattedHeader')]")
    content = element.xpath("./*[contains(@class, 'panelContent') or contains(@class, 'preformattedContent')]")
    head = f"**{escaped(' '.join(header[0].itertext()).strip())}**\n\n" if header else ""
    body = "".join(writer.blocks(one) for one in content)
    # Code lies in a panel as well, and is code, not a quotation.
    return head + body if "code" in kinds or "preformatted" in kinds else quoted(head + body)


def _tasks(element: Element, writer: Writer) -> str:
    items = [
        f"- [{'x' if 'checked' in (item.get('class') or '').split() else ' '}] {writer.inline(item).strip()}"
        for item in element.iter("li")
    ]
    return "\n".join(items) + "\n\n" if items else ""


def _title(root: Any) -> str:
    found = root.xpath("//*[@id='title-text']")
    words = " ".join("".join(found[0].itertext()).split()) if found else ""
    # "Space : Title"
    return words.partition(" : ")[2] or words


def _author(root: Any) -> str:
    for kind in ("editor", "author"):
        found = root.xpath(f"//*[contains(@class, 'page-metadata')]//*[@class='{kind}']")
        if found:
            return " ".join("".join(found[0].itertext()).split())
    return ""


def _at(root: Any) -> int | None:
    found = root.xpath("//*[contains(@class, 'page-metadata')]")
    said = re.search(r"\bon (\w+ \d{1,2}, \d{4})", " ".join("".join(found[0].itertext()).split())) if found else None
    return moment(said[1]) if said else None


def _labels(root: Any) -> tuple[str, ...]:
    found = root.xpath(
        "//*[@id='labels-section']//*[contains(@class, 'label')]//a|//*[contains(@class,'aui-label')]//a"
    )
    return tuple(dict.fromkeys(words for one in found if (words := "".join(one.itertext()).strip())))


def _parent(root: Any) -> str:
    found = [href for href in root.xpath("//*[@id='breadcrumbs']//a/@href") if href != "index.html"]
    return str(found[-1]) if found else ""
