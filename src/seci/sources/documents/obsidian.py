"""An Obsidian vault: links by name become links by path, embeds pictures or links, tags in the text tags."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote

from seci.kit.errors import SeciError
from seci.library.markdown.front import body_start, fields
from seci.sources.documents import folder
from seci.sources.documents.fields import fields_of
from seci.sources.documents.files import File, Files, composed
from seci.sources.documents.limits import LARGEST_PAGE
from seci.sources.documents.page import Found, Known, Page, nothing_known

_LINK = re.compile(r"(!?)\[\[([^\[\]|#\n]*?)(#[^\[\]|\n]*?)?(?:\\?\|([^\[\]\n]*))?\]\]")
# Code is left alone: fences, indented by lists or not, and stretches between backticks, unless they are the words of a
# link.
_CODE = re.compile(
    r"(^[ \t>]*(`{3,}|~{3,}).*?(?:^[ \t>]*\2|\Z)|(?<!`)(`+)(?!`).+?(?<!`)\3(?!`))"
    r"|(\[\[[^\[\]\n`]*`[^\[\]\n]*\]\])",
    re.MULTILINE | re.DOTALL,
)
_CALLOUT = re.compile(r"^( {0,3}>[> ]*)\[!([\w-]+)[^\]\n]*\][-+]?[ \t]*(.*)$", re.MULTILINE)
_COMMENT = re.compile(r"%%(.*?)%%", re.DOTALL)
_TAG = re.compile(r"(?<![\w&/#(\[])#([^\W\d_][\w/-]*|\d[\w/-]*[^\W\d_][\w/-]*)")
SAMPLED, SAMPLE = 40, 20_000
"""Notes that are looked at to tell a vault, and bytes of each."""
ALERTS = frozenset({"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"})
"""Kinds of callouts that GitHub has too, and the library shows as such."""
_PICTURE = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".avif")


def read(files: Files, known: Known = nothing_known) -> Iterator[Found]:
    """The pages of a vault."""
    vault = Vault(files)
    for found in folder.read(files, known, rewrite=vault.rewritten):
        if isinstance(found, Page):
            tags = dict.fromkeys((*found.tags, *tags_in(found.text)))
            yield replace(found, tags=tuple(tags))
        else:
            yield found


def is_vault(files: Files) -> bool:
    """Whether notes link each other by name. The folder of Obsidian's settings says so too, but whoever keeps a vault
    with git mostly leaves it out."""
    if ".obsidian" in files.hidden:
        return True
    notes = [file for file in files if file.suffix == ".md" and file.size <= LARGEST_PAGE]
    some = notes[:: max(1, len(notes) // SAMPLED)]
    vault = Vault(files)
    return bool(some) and 4 * sum(_leads_by_name(vault, file) for file in some) >= len(some)


def _leads_by_name(vault: Vault, file: File) -> bool:
    try:
        prose = _CODE.sub(" ", file.read(SAMPLE).decode("utf-8", "replace"))
    except (OSError, SeciError):
        return False  # whoever reads it will say so
    return any(found[2].strip() and vault.named(found[2].strip(), file.path) for found in _LINK.finditer(prose))


def tags_in(text: str) -> list[str]:
    """`#tag` and `#tag/below` in the words of a note; numbers alone and headings are none."""
    words = re.sub(r"\]\([^)]*\)|<[^>]*>|https?://\S+", " ", _CODE.sub(" ", text[body_start(text) :]))
    return list(dict.fromkeys(_TAG.findall(words)))


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub and most renderers make it."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.strip().lower()))


class Vault:
    """The names of a vault: a link by name leads to the file of that name, nearest to the note it stands in."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for path in files.all:
            name = path.rpartition("/")[2].casefold()
            self._by_name[name].append(path)
            if name.endswith(".md"):
                self._by_name[name[:-3]].append(path)

    @cached_property
    def _by_alias(self) -> dict[str, str]:
        """The other names that notes give themselves. Read only when some link needs them."""
        found: dict[str, str] = {}
        for file in self._files:
            if file.suffix == ".md" and file.size <= LARGEST_PAGE:
                front = fields(file.read(20_000).decode("utf-8", "replace").replace("\r\n", "\n"))
                for alias in fields_of(front).aliases:
                    found.setdefault(composed(alias).casefold(), file.path)
        return found

    def rewritten(self, text: str, path: str) -> str:
        """The note with links of Markdown. Comments of Obsidian become comments of HTML."""
        out, at = [], 0
        for code in _CODE.finditer(text):
            out += [self._prose(text[at : code.start()], path), self._prose(code[0], path) if code[4] else code[0]]
            at = code.end()
        return "".join([*out, self._prose(text[at:], path)])

    def _prose(self, text: str, path: str) -> str:
        text = _COMMENT.sub(lambda one: f"<!--{one[1].replace('--', '- -')}-->", text)
        text = _CALLOUT.sub(_called, text)
        return _LINK.sub(lambda one: self._link(one, path), text)

    def _link(self, found: re.Match[str], path: str) -> str:
        embed, name, heading, alias = found[1], found[2].strip(), found[3] or "", (found[4] or "").strip()
        part = heading.rpartition("#")[2].strip()
        anchor = "" if not part or part.startswith("^") else f"#{slug(part)}"
        words = alias or " > ".join(one for one in (name, *heading.strip("#").split("#")) if one and one[0] != "^")
        if not name:
            return f"[{words or 'above'}]({anchor or '#'})"
        where = self.find(name, path)
        if embed and (where or name).lower().endswith(_PICTURE):
            # `|300` and `|300x200` are sizes.
            words = "" if re.fullmatch(r"\d+(x\d+)?", alias) else alias
            return f"![{words or name.rpartition('/')[2]}]({_relative(where or name, path)})"
        near = _relative(where, path) if where else quote(f"{name}.md")
        return f"[{words or name}]({near}{anchor})"

    def find(self, name: str, path: str) -> str:
        """The path of the file that a link leads to from the note at `path`; "" when there is none."""
        return self.named(name, path) or self._by_alias.get(composed(name).casefold(), "")

    def named(self, name: str, path: str) -> str:
        """The same by the names of files alone."""
        name = composed(name)
        for wanted in (name, f"{name}.md", posixpath.normpath(posixpath.join(posixpath.dirname(path), name))):
            for one in (wanted, f"{wanted}.md"):
                if one in self._files:
                    return one
        tail = name.casefold()
        same = [one for one in self._by_name.get(tail.rpartition("/")[2], ()) if _ends(one, tail)]
        if same:
            here = posixpath.dirname(path)
            return min(same, key=lambda one: (posixpath.dirname(one) != here, one.count("/"), one))
        return ""


def _called(found: re.Match[str]) -> str:
    """The head of a callout: an alert where there is one of its kind; its title in bold, else its kind."""
    head, kind, title = found[1], found[2].upper(), found[3].strip()
    alert = f"{head}[!{kind}]" if kind in ALERTS else ""
    if alert and not title:
        return alert
    words = title or found[2].replace("-", " ").capitalize()
    return "\n".join(line for line in (alert, f"{head}**{words.strip('*')}**", head.rstrip()) if line)


def _ends(path: str, tail: str) -> bool:
    path = path.casefold()
    return any(path == one or path.endswith(f"/{one}") for one in (tail, f"{tail}.md"))


def _relative(where: str, path: str) -> str:
    return quote(posixpath.relpath(where, posixpath.dirname(path) or "."), safe="/!$&'*+,;=:@~-._")
