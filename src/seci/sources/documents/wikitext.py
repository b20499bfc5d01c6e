"""Wikitext as Markdown: headings, lists, tables, links, references; small templates are filled in, others are named."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, relpath
from typing import Any
from urllib.parse import quote

from seci.sources.documents.to_markdown import escaped, fenced, formula, in_a_cell, pipes, quoted

Node = Any
"""A node or a text of mwparserfromhell."""

DEEPEST = 8
_LISTS = {"li": {"*": "- ", "#": "1. "}, "dd": {":": ""}, "dt": {";": "**"}}
_WRAPS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~"}
_NOTES = {"note": "Note", "warning": "Warning", "tip": "Tip", "caution": "Warning", "important": "Important"}
_SILENT = frozenset(
    {"reflist", "references", "toc", "clear", "clr", "-", "defaultsort", "displaytitle", "short description"}
)
_FILE, _CATEGORY = 6, 14
_SPACES = {"file": _FILE, "image": _FILE, "category": _CATEGORY}
_MAGIC = re.compile(r"__[A-Z]{3,}__")
_ONLY_INCLUDED = re.compile(r"<noinclude>.*?</noinclude>|</?includeonly>", re.DOTALL | re.IGNORECASE)
_PARAMETER = re.compile(r"\{\{\{([^{}|]*)(?:\|([^{}]*))?\}\}\}")
_MARK = "\x01"
"""Stands before the marks of a list until its line is put together."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page as Markdown; `left` names the templates that are not in it."""

    text: str
    categories: tuple[str, ...]
    left: str


class Wiki:
    """The names of a wiki: where links lead, what templates say."""

    def __init__(
        self, paths: Mapping[str, str], redirects: Mapping[str, str], templates: Mapping[str, str],
        spaces: Mapping[str, int],
    ) -> None:  # fmt: skip
        self._paths, self._redirects = paths, redirects
        self._spaces = _SPACES | {name.lower(): number for name, number in spaces.items()}
        self._templates = {_name(name): text for name, text in templates.items()}

    @cached_property
    def shape(self) -> str:
        """Changes with the names of pages and with what templates say."""
        known = repr((sorted(self._paths), sorted(self._redirects.items()), sorted(self._templates.items())))
        return hashlib.sha256(known.encode()).hexdigest()

    def markdown(self, text: str, title: str) -> Written:
        """The Markdown of a page called `title`."""
        import mwparserfromhell

        page = _Page(self, title)
        body = page.written(mwparserfromhell.parse(_MAGIC.sub("", text)))
        lines = re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in _listed(body).split("\n"))).strip()
        notes = "".join(f"\n[^{number}]: {words}" for number, words in enumerate(page.notes, 1))
        left = ", ".join(f"{name} × {count}" if count > 1 else name for name, count in page.left.most_common(8))
        return Written(
            f"# {escaped(title)}\n\n{lines}\n" + (f"{notes}\n" if notes else ""),
            tuple(dict.fromkeys(page.categories)),
            left,
        )

    def path(self, title: str) -> str:
        """The path of the page that a link by title leads to; "" when the dump does not hold it."""
        for _ in range(3):
            title = _first_upper(title)
            if title in self._paths:
                return self._paths[title]
            title = self._redirects.get(title, "")
        return ""

    def space(self, title: str) -> int:
        """The namespace of a title; each language has names of its own for them."""
        before, colon, _ = title.partition(":")
        return self._spaces.get(before.strip().lower(), 0) if colon else 0

    def template(self, name: str) -> str | None:
        text = self._templates.get(_name(name))
        return None if text is None else _ONLY_INCLUDED.sub("", text)


class _Page:
    """One page while it is written."""

    def __init__(self, wiki: Wiki, title: str) -> None:
        self.wiki, self.title, self.path = wiki, title, wiki.path(title)
        self.notes: list[str] = []
        self.categories: list[str] = []
        self.left: Counter[str] = Counter()
        self._depth = 0

    def written(self, code: Any) -> str:
        self._depth += 1
        try:
            return "".join(self._node(node) for node in code.nodes) if self._depth <= 5 * DEEPEST else ""
        finally:
            self._depth -= 1

    def _node(self, node: Node) -> str:
        make = getattr(self, f"_{type(node).__name__.lower()}", None)
        return str(make(node)) if make is not None else ""

    def _text(self, node: Node) -> str:
        return escaped(str(node.value))

    def _htmlentity(self, node: Node) -> str:
        try:
            return escaped(node.normalize())
        except ValueError:
            return ""

    def _heading(self, node: Node) -> str:
        return f"\n{'#' * min(6, max(2, node.level))} {self.written(node.title).strip()}\n\n"

    def _argument(self, node: Node) -> str:
        return self.written(node.default) if node.default is not None else ""

    def _wikilink(self, node: Node) -> str:
        title, _, anchor = str(node.title).strip().partition("#")
        words = self.written(node.text).strip() if node.text is not None else ""
        space = self.wiki.space(title)
        if space == _CATEGORY:
            self.categories.append(title.partition(":")[2].strip())
            return ""
        if space == _FILE:
            caption = words.rpartition("|")[2] if node.text is not None else ""
            name = title.partition(":")[2].strip()
            return f"*(picture: {escaped(name)}{', ' + caption if caption and '=' not in caption else ''})*"
        title = title.lstrip(":").replace("_", " ").strip()
        if title.startswith("/"):
            title = self.title + title.rstrip("/")
        words = words or escaped(title + (f" § {anchor}" if anchor and title else anchor))
        where = self.wiki.path(title) if title else self.path
        slug = (
            "#" + re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", anchor.replace("_", " ").strip().lower()))
            if anchor
            else ""
        )
        if not where:
            return words
        near = quote(relpath(where, dirname(self.path) or "."), safe="/!$&'*+,;=:@~-._") if title else ""
        return f"[{words}]({near}{slug})"

    def _externallink(self, node: Node) -> str:
        url = str(node.url).strip()
        words = self.written(node.title).strip() if node.title is not None else ""
        if not url.startswith(("http://", "https://", "mailto:", "ftp://", "//")):
            return words
        return f"[{words}]({url})" if words else f"<{url}>"

    def _tag(self, node: Node) -> str:
        tag = str(node.tag).strip().lower()
        mark = str(node.wiki_markup or "")
        if tag in _LISTS and mark:
            return f"{_MARK}{mark}{_MARK}"
        if tag == "table":
            return self._table(node)
        inside = node.contents
        if tag == "br":
            return "<br>"
        if tag == "hr":
            return "\n---\n"
        if tag in ("ref",):
            return self._note(node)
        if tag in ("syntaxhighlight", "source", "pre"):
            language = str(node.get("lang").value).strip("\"' ") if node.has("lang") else ""
            return f"\n{fenced(str(inside), language)}"
        if inside is None or tag in ("references", "gallery", "templatestyles", "style", "script", "math", "score"):
            return formula(str(inside)) if tag == "math" and inside else ""
        if tag in ("code", "tt", "nowiki", "kbd", "samp"):
            words = str(inside).strip()
            return escaped(str(inside)) if tag == "nowiki" else f"`` {words} ``" if "`" in words else f"`{words}`"
        words = self.written(inside)
        if tag in _WRAPS and words.strip():
            return f"{_WRAPS[tag]}{words.strip()}{_WRAPS[tag]}"
        if tag == "blockquote":
            return f"\n{quoted(words)}"
        return f"<{tag}>{words}</{tag}>" if tag in ("sub", "sup") and words.strip() else words

    def _note(self, node: Node) -> str:
        words = " ".join(self.written(node.contents).split()) if node.contents is not None else ""
        if not words:
            return ""
        self.notes.append(words)
        return f"[^{len(self.notes)}]"

    def _table(self, node: Node) -> str:
        rows: list[list[str]] = []
        loose: list[str] = []
        for one in node.contents.nodes:
            tag = str(getattr(one, "tag", "")).strip().lower()
            if tag == "tr":
                cells = [self._cell(cell) for cell in one.contents.nodes if _is_cell(cell)]
                if cells:
                    rows.append(cells)
            elif _is_cell(one):
                loose.append(self._cell(one))
        return f"\n{pipes([loose, *rows] if loose else rows)}"

    def _cell(self, cell: Node) -> str:
        return in_a_cell(_listed(self.written(cell.contents)))

    def _template(self, node: Node) -> str:
        name = " ".join(str(node.name).split())
        key = _name(name)
        if key in _SILENT or key.partition(":")[0] in _SILENT:
            return ""
        if key == "main" and node.params:
            return f"See {self._wikilink_to(str(node.params[0].value))}.\n\n"
        text = self.wiki.template(name)
        if text is not None and self._depth <= DEEPEST:
            return self._filled(node, text)
        first = self.written(node.params[0].value).strip() if node.params else ""
        if key in _NOTES and first:
            return f"\n{quoted(f'**{_NOTES[key]}** {first}')}"
        if key in ("code", "tt", "mono") and first:
            return f"`{first}`"
        self.left[name[:60]] += 1
        return ""

    def _wikilink_to(self, title: str) -> str:
        import mwparserfromhell

        return self.written(mwparserfromhell.parse(f"[[{title.strip()}]]"))

    def _filled(self, node: Node, text: str) -> str:
        """The text of a template with its parameters in it."""
        import mwparserfromhell

        given = {str(one.name).strip(): str(one.value).strip() for one in node.params}
        filled = _PARAMETER.sub(lambda found: given.get(found[1].strip(), found[2] or ""), text)
        return self.written(mwparserfromhell.parse(filled))


def _is_cell(node: Node) -> bool:
    return str(getattr(node, "tag", "")).strip().lower() in ("td", "th")


def _listed(text: str) -> str:
    """The lines of lists put together: marks of wikitext before them become depth and marks of Markdown."""
    out: list[str] = []
    for line in text.split("\n"):
        marks = "".join(re.findall(rf"{_MARK}([*#:;]+){_MARK}", line))
        if not marks:
            if line.strip() and _is_list(out):
                out.append("")  # else it would go on as a part of the last item
            out.append(line)
            continue
        term, _, words = (part.strip() for part in line.rpartition(_MARK))
        term = re.sub(rf"{_MARK}[*#:;]+", "", term).replace(_MARK, "").strip()
        if ";" in marks:
            out.append(f"\n**{term}** {words}\n" if term else f"\n**{words}**\n")
        elif set(marks) == {":"}:
            out.append(f"{'  ' * len(marks)}{words}" if _is_list(out) else f"{'> ' * len(marks)}{words}\n")
        elif words:
            if out and out[-1].strip() and not _is_list(out):
                out.append("")
            depth = sum(4 if mark == "#" else 2 for mark in marks[:-1])
            out.append(f"{' ' * depth}{'1.' if marks[-1] == '#' else '-'} {words}")
    return "\n".join(out)


def _is_list(lines: list[str]) -> bool:
    return bool(lines) and re.match(r"\s*(-|1\.) ", lines[-1]) is not None


def _name(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).lower().removeprefix("template:")


def _first_upper(title: str) -> str:
    return title[:1].upper() + title[1:]
