"""Confluence's storage format as Markdown: its macros, panels, links and task lists.

The format is described at confluence.atlassian.com/doc/confluence-storage-format-790796544.html.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

from seci.sources.documents.to_markdown import Element, Writer, escaped, fenced, formula, quoted, target

_AC, _RI = "http://atlassian.com/content", "http://atlassian.com/resource/identifier"
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)([A-Za-z][A-Za-z0-9]*;)")
PANELS = {
    "info": "Note", "tip": "Tip", "note": "Important", "warning": "Warning", "panel": "", "error": "Warning",
    "success": "Tip", "auimessage": "",
}  # fmt: skip
_AS_CODE = {"plantuml": "plantuml", "mermaid": "mermaid", "mermaid-macro": "mermaid", "html": "html"}
_QUIET = frozenset({"toc", "anchor", "toc-zone"})
_BODIES = frozenset(
    {"excerpt", "section", "column", "details", "div", "span", "align", "center", "layout", "numberedheadings"}
)


class Storage:
    """Turns bodies into Markdown.

    page_at  (title, space key or "") -> address of that page from here, "" when it is not there
    page_by  id -> the same
    file_at  file name -> address of that attachment from here, "" when it is not there
    person   user key -> name, "" when unknown
    """

    def __init__(
        self, page_at: Callable[[str, str], str], page_by: Callable[[str], str], file_at: Callable[[str], str],
        person: Callable[[str], str],
    ) -> None:  # fmt: skip
        self._page_at, self._page_by, self._file_at, self._person = page_at, page_by, file_at, person
        self.left: Counter[str] = Counter()
        self.bare: Counter[str] = Counter()

    def markdown(self, body: str) -> str:
        """The Markdown of a body. Macros that were left out are counted in `left`, by their names; in `bare` those of
        which nothing but the words was kept."""
        root = parse(body)
        return "" if root is None else Writer(self._special).page(root)

    def _special(self, element: Element, writer: Writer) -> str | None:
        space, _, name = str(element.tag).rpartition("}")
        if name == "a" and (where := self._within(element.get("href") or "")):
            element.set("href", where)
        if space not in (f"{{{_AC}", f"{{{_RI}"):
            return None
        make = getattr(self, f"_{name.replace('-', '_')}", None)
        if make is not None:
            return str(make(element, writer))
        if name in ("rich-text-body", "layout", "layout-section", "layout-cell", "task-body"):
            return writer.blocks(element)
        if name in ("inline-comment-marker", "link-body", "placeholder", "adf-content", "adf-extension"):
            return writer.inline(element) if name != "placeholder" else ""
        return ""

    def _structured_macro(self, element: Element, writer: Writer) -> str:
        name = (element.get(f"{{{_AC}}}name") or "").lower()
        if name in PANELS:
            words = PANELS[name]
            title = _parameter(element, "title")
            head = ": ".join(one for one in (words, title) if one)
            return quoted((f"**{escaped(head)}**\n\n" if head else "") + self._body(element, writer))
        if name in ("code", "noformat"):
            return fenced(_plain(element), _parameter(element, "language").lower().replace("c#", "csharp"))
        if name == "expand":
            title = _parameter(element, "title") or "More"
            return f"**{escaped(title)}**\n\n{self._body(element, writer)}"
        if name == "status":
            words = _parameter(element, "title")
            return f"**{escaped(words)}**" if words else ""
        if name in ("mathblock", "mathinline", "mathjax-block-macro", "mathjax-inline-macro"):
            return _formula(element, "block" in name)
        if name == "markdown":
            return f"{_plain(element).strip()}\n\n"
        if name == "jira":
            return escaped(_parameter(element, "key")) or self._leave(name)
        if name in ("include", "excerpt-include"):
            page = element.find(f".//{{{_RI}}}page")
            return f"{self._to_page(page, '')}\n\n" if page is not None else self._leave(name)
        if name in ("view-file", "viewpdf", "multimedia", "viewxls", "viewdoc", "viewppt"):
            return self._to_file(element.find(f".//{{{_RI}}}attachment"), "") or self._leave(name)
        if name in _BODIES:
            return self._body(element, writer)
        body = self._body(element, writer) or fenced(_plain(element), _AS_CODE.get(name, ""))
        if name not in _QUIET and name not in _AS_CODE:
            (self.bare if body.strip() else self.left)[name or "unknown"] += 1
        return body

    _macro = _structured_macro

    def _leave(self, name: str) -> str:
        self.left[name] += 1
        return ""

    @staticmethod
    def _body(element: Element, writer: Writer) -> str:
        body = element.find(f"{{{_AC}}}rich-text-body")
        return writer.blocks(body) if body is not None else ""

    def _link(self, element: Element, writer: Writer) -> str:
        said = element.find(f"{{{_AC}}}link-body")
        plain = element.find(f"{{{_AC}}}plain-text-link-body")
        words = (
            writer.inline(said).strip()
            if said is not None
            else escaped(" ".join((plain.text or "").split()) if plain is not None else "")
        )
        user = element.find(f"{{{_RI}}}user")
        if user is not None:
            key = user.get(f"{{{_RI}}}userkey") or user.get(f"{{{_RI}}}account-id") or ""
            return f"@{escaped(self._person(key) or words or 'somebody')}"
        file = element.find(f"{{{_RI}}}attachment")
        if file is not None:
            return self._to_file(file, words)
        anchor = element.get(f"{{{_AC}}}anchor") or ""
        page = element.find(f"{{{_RI}}}page")
        if page is None:
            page = element.find(f"{{{_RI}}}blog-post")
        if page is not None:
            return self._to_page(page, words, anchor)
        return f"[{words or escaped(anchor)}](#{slug(anchor)})" if anchor else words

    def _within(self, href: str) -> str:
        """Where an address of the wiki itself leads to in the export; "" where it leads elsewhere."""
        address = urlsplit(href)
        asked = dict(parse_qsl(address.query))
        if address.path.endswith("/pages/viewpage.action"):
            found = self._page_by(asked.get("pageId", "")) or self._page_at(
                asked.get("title", ""), asked.get("spaceKey", "?")
            )
        elif shown := re.search(r"/display/([^/]+)/([^/]+)$", address.path):
            found = self._page_at(unquote_plus(shown[2]), unquote_plus(shown[1]))
        elif numbered := re.search(r"/spaces/[^/]+/pages/(\d+)(?:/|$)", address.path):
            found = self._page_by(numbered[1])
        else:
            return ""
        return f"{found}#{address.fragment}" if found and address.fragment else found

    def _to_page(self, page: Element, words: str, anchor: str = "") -> str:
        title = page.get(f"{{{_RI}}}content-title") or ""
        where = self._page_at(title, page.get(f"{{{_RI}}}space-key") or "")
        words = words or escaped(title)
        return f"[{words}]({target(where)}{'#' + slug(anchor) if anchor else ''})" if where else words

    def _to_file(self, file: Element | None, words: str) -> str:
        name = file.get(f"{{{_RI}}}filename") or "" if file is not None else ""
        where = self._file_at(name) if name else ""
        return f"[{words or escaped(name)}]({target(where)})" if where else words or escaped(name)

    def _image(self, element: Element, writer: Writer) -> str:
        words = escaped(element.get(f"{{{_AC}}}alt") or element.get(f"{{{_AC}}}title") or "")
        file = element.find(f"{{{_RI}}}attachment")
        if file is not None:
            name = file.get(f"{{{_RI}}}filename") or ""
            where = self._file_at(name)
            return f"![{words or escaped(name)}]({target(where)})" if where else escaped(name)
        address = element.find(f"{{{_RI}}}url")
        where = (address.get(f"{{{_RI}}}value") or "") if address is not None else ""
        return f"![{words}]({target(where)})" if where.startswith(("http://", "https://")) else words

    def _task_list(self, element: Element, writer: Writer) -> str:
        out = []
        for task in element.findall(f"{{{_AC}}}task"):
            done = (task.findtext(f"{{{_AC}}}task-status") or "").strip() == "complete"
            body = task.find(f"{{{_AC}}}task-body")
            words = writer.blocks(body).strip("\n") if body is not None else ""
            out.append(f"- [{'x' if done else ' '}] " + "\n  ".join(line for line in words.split("\n") if line))
        return "\n".join(out) + "\n\n" if out else ""

    def _emoticon(self, element: Element, writer: Writer) -> str:
        return element.get(f"{{{_AC}}}emoji-fallback") or {"tick": "✓", "cross": "✗", "warning": "⚠"}.get(
            element.get(f"{{{_AC}}}name") or "", ""
        )


def parse(body: str) -> Any | None:
    """The body as elements. Entities of HTML become letters; anything else that is declared is not looked up."""
    from lxml import etree

    # A CDATA section inside of one is broken up by a blank.
    body = body.replace("]] >", "]]>")
    body = _ENTITY.sub(lambda found: escape_xml(html.unescape(found[0])), body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    return etree.fromstring(f'<body xmlns:ac="{_AC}" xmlns:ri="{_RI}">{body}</body>'.encode(), parser)


def escape_xml(text: str) -> str:
    return html.escape(text, quote=False)


def slug(heading: str) -> str:
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


def _parameter(element: Element, name: str) -> str:
    for one in element.findall(f"{{{_AC}}}parameter"):
        if one.get(f"{{{_AC}}}name") == name:
            return " ".join("".join(one.itertext()).split())
    return ""


def _formula(element: Element, is_block: bool) -> str:
    said = _plain(element) or _parameter(element, "body") or _parameter(element, "equation")
    if said.startswith("--uriencoded--"):
        said = unquote(said.removeprefix("--uriencoded--"))
    return formula(said, is_block=is_block)


def _plain(element: Element) -> str:
    body = element.find(f"{{{_AC}}}plain-text-body")
    return "".join(body.itertext()) if body is not None else ""
