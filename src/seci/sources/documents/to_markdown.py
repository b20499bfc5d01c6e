"""HTML as Markdown: headings, lists, tables, code, links and pictures stay; what only decorates goes.

Scripts and styles are left out. What a wiki adds to HTML is told to the writer by `Special`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Element = Any
"""An lxml element; lxml has no types of its own."""
Special = Callable[[Element, "Writer"], str | None]
"""What an element becomes: a block (it ends with a blank line), words, or None for the usual."""

_NO_WORDS = "script style noscript template iframe object embed head link meta svg form button"
_LEFT_OUT = frozenset(_NO_WORDS.split())
_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_WRAPS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~", "strike": "~~"}
_KEPT = frozenset({"sub", "sup", "kbd", "mark"})
_ESCAPED = re.compile(r"([\\`*<])|(?<!\w)(_)|(_)(?!\w)|(\])(?=\()")
_AT_START = re.compile(r"^(\s*)(#{1,6}\s|>|[-+]\s|\d+[.)]\s|=+\s*$|~~~)", re.MULTILINE)
_EDGES = re.compile(r"^(?:\s|\\\n|<br>)+|(?:\s|\\\n|<br>)+$")
"""Blanks and breaks around words: marks of Markdown close right after a letter alone."""
_BLANK = re.compile(r"[ \t\r\n\f\v\u200b\xa0]+")
DEEPEST = 200


class Writer:
    """Turns elements into Markdown. `special` is asked first, of every element."""

    def __init__(self, special: Special | None = None) -> None:
        self._special = special
        self._depth = 0
        self._tables = 0

    def page(self, root: Element) -> str:
        """The Markdown of an element and all below it, ending with one newline."""
        text = self.blocks(root)
        lines = [line.rstrip() if not line.endswith("\\") else line for line in text.split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"

    def blocks(self, parent: Element) -> str:
        """What stands in an element, as paragraphs with blank lines between them."""
        out: list[str] = []
        run: list[str] = []

        def flush() -> None:
            words = _trim("".join(run))
            run.clear()
            if words:
                out.append(_AT_START.sub(_shielded, words))

        run.append(_words(parent.text))
        for child in parent:
            made = self._made(child)
            if made is not None and (made.endswith("\n\n") or (_is_block(child) and not made)):
                flush()
                if made.strip():
                    out.append(made.strip("\n"))
            elif made is not None:
                run.append(made)
            run.append(_words(child.tail))
        flush()
        return "\n\n".join(out) + "\n\n" if out else ""

    def inline(self, parent: Element) -> str:
        """What stands in an element, as words of one line."""
        out = [_words(parent.text)]
        for child in parent:
            made = self._made(child)
            out.append(" ".join(made.replace("\\\n", "<br>").split("\n")) if made else "")
            out.append(_words(child.tail))
        return re.sub(r" *<br> *", "<br>", _BLANK.sub(" ", "".join(out)))

    def _made(self, element: Element) -> str | None:
        if not isinstance(element.tag, str):
            return ""  # a comment
        self._depth += 1
        try:
            if self._depth > DEEPEST:
                return _words("".join(element.itertext()))
            if self._special is not None and (said := self._special(element, self)) is not None:
                return said
            return self._usual(element, _tag(element))
        finally:
            self._depth -= 1

    def _usual(self, element: Element, tag: str) -> str:
        if tag == "math":
            return _formula(element)
        if tag in _LEFT_OUT or "katex-html" in (element.get("class") or ""):
            return ""  # KaTeX writes each formula twice
        if tag in _BLOCKS:
            return self._block(element, tag)
        if tag == "br":
            return "\\\n"
        if tag == "img":
            return _picture(element)
        if tag == "a":
            return self._link(element)
        if tag in ("code", "tt", "samp"):
            return _code("".join(element.itertext()))
        if tag == "input" and element.get("type") == "checkbox":
            return "[x] " if element.get("checked") is not None else "[ ] "
        if any(_is_block(child) for child in element):
            return self.blocks(element)
        words = self.inline(element)
        if tag in _WRAPS and words.strip():
            return _around(words, _WRAPS[tag])
        return f"<{tag}>{words}</{tag}>" if tag in _KEPT and words.strip() else words

    def _block(self, element: Element, tag: str) -> str:
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            words = _trim(self.inline(element)).replace("<br>", " ")
            words = re.sub(r"\A\*\*([^*]*)\*\*\Z", r"\1", words)
            return f"{'#' * int(tag[1])} {words}\n\n" if words else ""
        if tag == "pre":
            return fenced("".join(_preformatted(element)), _language(element))
        if tag in ("ul", "ol"):
            return self._list(element, tag == "ol")
        if tag == "table":
            return self.table(element)
        if tag == "blockquote":
            return quoted(self.blocks(element))
        if tag == "hr":
            return "---\n\n"
        if tag in ("summary", "dt"):
            words = _trim(self.inline(element))
            return f"**{words}**\n\n" if words else ""
        return self.blocks(element)

    def _list(self, element: Element, numbered: bool) -> str:
        out: list[str] = []
        start = element.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        for item in element:
            if not isinstance(item.tag, str):
                continue
            text = self.blocks(item) if _tag(item) == "li" else self._made(item) or ""
            text = text.strip("\n")
            if _tag(item) in ("ul", "ol") and out:
                out[-1] += "\n" + _indented(text, 4 if numbered else 2)  # a list that hangs between two items
                continue
            if not text:
                continue
            mark = f"{number}. " if numbered else "- "
            number += 1
            first, _, rest = text.partition("\n")
            # A list right below the words of its item needs no blank line.
            rest = re.sub(r"\A\n(?=\s*(?:[-+*]|\d+\.)\s)", "", rest)
            out.append(mark + first + ("\n" + _indented(rest, len(mark)) if rest else ""))
        loose = any("\n\n" in item for item in out)
        return ("\n\n" if loose else "\n").join(out) + "\n\n" if out else ""

    def table(self, element: Element) -> str:
        """A table of pipes; a cell over several columns is followed by empty ones."""
        rows: list[list[str]] = []
        for row in element.iter("tr", "{*}tr"):
            if next((up for up in row.iterancestors() if _tag(up) == "table"), None) is not element:
                continue
            cells: list[str] = []
            for cell in row:
                if isinstance(cell.tag, str) and _tag(cell) in ("td", "th"):
                    span = cell.get("colspan") or "1"
                    cells += [self._cell(cell)] + [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
            if cells:
                rows.append(cells)
        if self._tables:
            # No table of pipes stands in another: its rows become lines.
            return "\n".join(" · ".join(one for one in row if one) for row in rows) + "\n\n" if rows else ""
        return pipes(rows)

    def _cell(self, cell: Element) -> str:
        self._tables += 1
        try:
            return in_a_cell(self.blocks(cell))
        finally:
            self._tables -= 1

    def _link(self, element: Element) -> str:
        words, href = self.inline(element), (element.get("href") or "").strip()
        if not href or (href.startswith(("javascript:", "#")) and not words.strip()):
            return words
        if not words.strip():
            return ""
        return f"[{_trim(words)}]({target(href)})"


def _tag(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _is_block(element: Element) -> bool:
    return _tag(element) in _BLOCKS


def _words(text: str | None) -> str:
    return escaped(_BLANK.sub(" ", text)) if text else ""


def escaped(text: str) -> str:
    """Words that Markdown takes as words."""
    return _ESCAPED.sub(r"\\\g<0>", text)


def _shielded(found: re.Match[str]) -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-2]}\\{mark[-2:]}" if mark[0].isdigit() else f"{found[1]}\\{mark}"


def _trim(words: str) -> str:
    return _EDGES.sub("", re.sub(r" *\\\n *", "\\\n", words))


def _around(words: str, mark: str) -> str:
    inside = _EDGES.sub("", words)
    if not inside:
        return words
    lead, _, tail = words.partition(inside)
    return f"{lead}{mark}{inside}{mark}{tail}"


def _code(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        return ""
    mark = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def fenced(code: str, language: str = "") -> str:
    """A block of code between fences that it does not hold itself."""
    code = code.strip("\n")
    if not code.strip():
        return ""
    mark = "`" * max(3, max((len(run) for run in re.findall(r"`{3,}", code)), default=0) + 1)
    return f"{mark}{language}\n{code}\n{mark}\n\n"


def quoted(text: str) -> str:
    lines = text.strip("\n").split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" if text.strip() else ""


def pipes(rows: list[list[str]]) -> str:
    """Rows as a Markdown table; the first is the head."""
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    full = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in full]
    return "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]) + "\n\n"


def in_a_cell(text: str) -> str:
    """Markdown in one line, as a cell of a table takes it."""
    lines = [line.rstrip("\\") for line in text.strip().split("\n") if line.strip()]
    return "<br>".join(lines).replace("|", "\\|")


def target(href: str) -> str:
    """An address as Markdown takes it between round brackets."""
    href = _BLANK.sub("%20", href)
    return f"<{href}>" if href.count("(") != href.count(")") else href


def _formula(element: Element) -> str:
    """A formula as it was written in TeX; without that, its letters."""
    said = element.xpath(".//*[local-name()='annotation' and @encoding='application/x-tex']")
    tex = " ".join(("".join(said[0].itertext()) if said else element.get("alttext") or "").split())
    return formula(tex, is_block=element.get("display") == "block") or _words("".join(element.itertext()))


def formula(tex: str, *, is_block: bool = False) -> str:
    """TeX as Markdown takes it: in its line, or by itself."""
    tex = " ".join(tex.split())
    if not tex:
        return ""
    return f"$$\n{tex}\n$$\n\n" if is_block else f"${tex}$"


def _picture(element: Element) -> str:
    source = (element.get("src") or "").strip()
    if not source or source.startswith("data:"):
        return ""
    return f"![{escaped(' '.join((element.get('alt') or '').split()))}]({target(source)})"


def _preformatted(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _tag(child) == "br":
            yield "\n"
        else:
            yield from _preformatted(child)
        yield child.tail or ""


def _language(element: Element) -> str:
    for one in (element, *element.iter("code")):
        found = re.search(
            r"(?:language|lang|brush:)[-\s]*([\w+#]+)", f"{one.get('class') or ''} {one.get('data-lang') or ''}"
        )
        if found:
            return found[1]
    return ""


def _indented(text: str, by: int) -> str:
    return "\n".join(" " * by + line if line else line for line in text.split("\n"))
