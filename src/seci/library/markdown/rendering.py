"""Markdown as a page shows it: headings with places, a table of contents, code in colors, formulas, diagrams.

What comes out is safe whatever goes in: the HTML is cleaned as a whole (`cleaning`), formulas are put in afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from seci.library.markdown.cleaning import ANCHOR, CLOSE, OPEN, anchor, cleaned
from seci.library.markdown.formulas import mathml
from seci.library.markdown.front import body_start
from seci.library.markdown.links import is_outside
from seci.library.markdown.reading import NAMED
from seci.library.markdown.tracing import NESTING

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline

DEEPEST = 4
LARGEST_CODE = 100_000
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]+)(?:\\?\|([^\[\]\n]*))?\]\]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`|\\^{}]+[^\s<>\"'`|\\^{}.,;:!?)\]*_~]")
_HOLE = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents; `place` is its address on the page, without #."""

    level: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    contents: tuple[Heading, ...] = ()
    has_diagram: bool = False


Leads = Callable[[str], str | None]
"""A link or a picture as it is written -> its address here; None where there is no such thing."""


def _nowhere(target: str) -> str | None:
    return target


def render(text: str, *, title: str = "", leads: Leads = _nowhere, pictures: Leads = _nowhere) -> Rendered:
    """The HTML of a text. Front matter is left out, and so is a first heading that says the title again."""
    source = text[body_start(text) :].replace(OPEN, "").replace(CLOSE, "")
    page = _Page(title, leads, pictures)
    tokens = page.prepared(_parser().parse(source, {}))
    made = cleaned(_parser().renderer.render(tokens, _parser().options, {}))
    html = _HOLE.sub(lambda hole: page.holes[int(hole[1])] if int(hole[1]) < len(page.holes) else "", made)
    return Rendered(html, tuple(page.contents), page.has_diagram)


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": NESTING, "html": True, "alerts": True}).enable(
        ["table", "strikethrough"]
    )
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True).use(footnote_plugin)
    md.inline.ruler.before("link", "wiki", _wiki)
    for name in ("hole", "task"):
        md.add_render_rule(name, _raw)
    return md


def _raw(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return tokens[at].content


def _wiki(state: StateInline, silent: bool) -> bool:
    """[[Page|words]] as a link to `title:Page`."""
    found = _WIKI.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": found[2].strip()}
        opening.meta = {"wiki": True}
        words = state.push("text", "", 0)
        words.content = (found[3] or found[2]).strip()
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


class _Page:
    """One rendering: what is collected on the way through the tokens."""

    def __init__(self, title: str, leads: Leads, pictures: Leads) -> None:
        self.title, self.leads, self.pictures = title, leads, pictures
        self.contents: list[Heading] = []
        self.holes: list[str] = []
        self.places: set[str] = set()
        self.has_diagram = False

    def prepared(self, tokens: list[Token]) -> list[Token]:
        """The tokens with places, addresses, colors and formulas in them."""
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "heading_open":
                self._name(tokens[at + 1])
                if not found and self._says_title(tokens[at + 1]):
                    at += 3
                    continue
                self._heading(token, tokens[at + 1], tokens[at + 2])
            elif token.type in ("fence", "code_block"):
                token = self._code(token)
            elif token.type in ("math_block", "math_block_label"):
                token = self._formula(token.content, is_block=True)
            elif token.type == "inline":
                is_item = at >= 2 and tokens[at - 2].type == "list_item_open"
                token.children = self._inline(token.children or [], is_item=is_item)
            elif token.type == "alert_open":
                token.attrs = {"class": f"callout callout-{token.info.lower()}", "role": "note"}
            elif token.type == "alert_title_open":
                token.attrs = {"class": "callout-name"}
            elif token.type == "table_open":
                found.append(_html('<div class="wide" tabindex="0" role="region" aria-label="Table">'))
            found.append(token)
            if token.type == "table_close":
                found.append(_html("</div>"))
            at += 1
        return found

    def _says_title(self, inline: Token) -> bool:
        return bool(self.title) and _plain(inline).casefold() == self.title.casefold()

    def _name(self, inline: Token) -> None:
        """Puts a place where a heading has a name of its own behind it."""
        last = inline.children[-1] if inline.children else None
        named = NAMED.search(last.content) if last is not None and last.type == "text" else None
        if last is None or named is None or inline.children is None:
            return
        last.content = last.content[: named.start()]
        if named[1]:
            self.places.add(anchor(named[1]))
            inline.children.insert(0, _html(f'<span id="{anchor(named[1])}"></span>', "html_inline"))

    def _heading(self, opening: Token, inline: Token, closing: Token) -> None:
        text = _plain(inline)
        level = max(2, int(opening.tag[1:]))
        place, number = anchor(text) if anchor(text) != ANCHOR else f"{ANCHOR}section", 1
        base = place
        while place in self.places:
            place, number = f"{base}-{number}", number + 1
        self.places.add(place)
        opening.tag = closing.tag = f"h{level}"
        opening.attrs = {"id": place}
        if level <= DEEPEST:
            self.contents.append(Heading(level, text, place))

    def _inline(self, tokens: list[Token], *, is_item: bool = False) -> list[Token]:
        found: list[Token] = []
        ends: list[str] = []
        for number, token in enumerate(tokens):
            if number == 0 and is_item and token.type == "text" and (task := _TASK.match(token.content)):
                found.append(_task(task[1] != " "))
                token.content = token.content[task.end() :]
            if token.type in ("math_inline", "math_inline_double"):
                token = self._formula(token.content, is_block=False)
            elif token.type == "image":
                token = self._picture(token)
            elif token.type == "link_open":
                ends.append(self._link(token))
            elif token.type == "link_close" and ends and ends.pop() == "missing":
                token = _html("</span>", "html_inline")
            elif token.type == "text" and not ends:
                found.extend(_addresses(token))
                continue
            found.append(token)
        return found

    def _link(self, token: Token) -> str:
        target = str(token.attrs.get("href", ""))
        address = None if target.startswith("#") else self.leads(target)
        if target.startswith("#"):
            token.attrs = {"href": f"#{anchor(target[1:])}"}
        elif address is None:
            token.type, token.tag, token.nesting = "html_inline", "", 0
            token.content = '<span class="missing" title="There is no such page yet">'
            return "missing"
        else:
            token.attrs = {"href": address, "class": "outside"} if is_outside(address) else {"href": address}
        return "link"

    def _picture(self, token: Token) -> Token:
        target, alt = str(token.attrs.get("src", "")), _plain(token) or "picture"
        address = self.pictures(target)
        if address is None or is_outside(address):
            shown = escape(alt)
            if is_outside(target) and target.lower().startswith(("https://", "http://")):
                shown = f'<a class="outside" href="{escape(target)}">picture elsewhere: {shown}</a>'
            return _html(f'<span class="missing">{shown}</span>', "html_inline")
        return _html(f'<img src="{escape(address)}" alt="{escape(alt)}">', "html_inline")

    def _formula(self, formula: str, *, is_block: bool) -> Token:
        made = mathml(formula, is_block=is_block)
        kind = "html_block" if is_block else "html_inline"
        if made is None:
            return _html(f'<code class="formula">{escape(formula)}</code>', kind)
        self.holes.append(made)
        hole = f"{OPEN}{len(self.holes) - 1}{CLOSE}"
        return _html(f'<div class="formula">{hole}</div>' if is_block else f'<span class="formula">{hole}</span>', kind)

    def _code(self, token: Token) -> Token:
        language = (token.info or "").strip().split(maxsplit=1)[0].strip("{}.").lower() if token.info.strip() else ""
        if language == "mermaid":
            self.has_diagram = True
            return _html(f'<pre class="diagram" tabindex="0">{escape(token.content)}</pre>\n')
        return _html(f'<pre class="hl" tabindex="0"><code>{colored(token.content, language)}</code></pre>\n')


def colored(code: str, language: str) -> str:
    """Code as HTML with a class for each kind of word (`hl-...`); as it is where the language is not known."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if not language or len(code) > LARGEST_CODE:
        return escape(code)
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return escape(code)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True, classprefix="hl-")))


def _html(content: str, kind: str = "html_block") -> Token:
    token = Token(kind, "", 0)
    token.content = content
    return token


def _task(is_done: bool) -> Token:
    mark, words = ("☑", "done") if is_done else ("☐", "to do")
    return _html(f'<span class="task" role="img" aria-label="{words}">{mark}</span> ', "html_inline")


def _addresses(token: Token) -> list[Token]:
    """A stretch of text with the bare web addresses in it as links."""
    found: list[Token] = []
    at = 0
    for match in _ADDRESS.finditer(token.content):
        link = f'<a class="outside" href="{escape(match[0])}">{escape(match[0])}</a>'
        found += [_text(token.content[at : match.start()]), _html(link, "html_inline")]
        at = match.end()
    return [*found, _text(token.content[at:])]


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


def _plain(token: Token) -> str:
    """The words of an inline token, without marks."""
    return " ".join("".join(one.content for one in token.children or [] if one.type in _WORDS).split())


_WORDS = ("text", "code_inline", "math_inline", "softbreak")
