"""The text form of an artifact: Markdown that a person can read, edit and diff, and that loses nothing.

Front matter holds the type and the plain fields of the body; a section each holds the context, the lists of the
body, and the claims. `from_markdown(to_markdown(content)) == content` for every content.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from seci.artifacts.bodies.text import Section
from seci.artifacts.body import class_of
from seci.artifacts.codec import classes_of, decode, default_of, encode, hints_of
from seci.artifacts.coherence import cohere
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.textual import outline, prose
from seci.artifacts.textual.front import read_front, write_front
from seci.artifacts.textual.inline import escape, unescape
from seci.artifacts.textual.outline import Entry
from seci.artifacts.textual.spare import Spare
from seci.kit.errors import BadInput

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 2_000_000
_TITLES = {"root": "Tree"}


def to_markdown(content: Content) -> str:
    """The content as text."""
    body: Any = content.body
    hints = hints_of(body.__class__)
    plain = {
        spot.name: encode(getattr(body, spot.name))
        for spot in fields(body)
        if not _is_structure(hints[spot.name]) and getattr(body, spot.name) != default_of(spot)
    }
    lines = [write_front({"type": content.type, **plain}), "", f"# {escape(content.title)}", ""]
    if content.context != Context():
        lines += ["## Context", "", *outline.write_fields(content.context), ""]
    for spot in fields(body):
        found = getattr(body, spot.name)
        if _is_structure(hints[spot.name]) and found != default_of(spot):
            lines += [f"## {_title(spot.name)}", "", *_structure(found), ""]
    if content.claims:
        lines += ["## Claims", "", *_structure(content.claims), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _structure(found: Any) -> Iterator[str]:
    for one in found if isinstance(found, tuple) else (found,):
        yield from prose.write_section(one) if isinstance(one, Section) else outline.write(one)


def _is_structure(hint: Any) -> bool:
    """Whether a field holds objects, and so has a section of its own."""
    return bool(classes_of(typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else hint))


def _title(name: str) -> str:
    return _TITLES.get(name, name.replace("_", " ").capitalize())


@dataclass(slots=True)
class _Part:
    """What stands under one heading of the second level: list entries, and sections of prose."""

    title: str
    line: int
    entries: list[Entry] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def from_markdown(text: str) -> Content:
    """The content in the text. Raises BadInput with the line and what belongs there."""
    if len(text) > LONGEST:
        raise BadInput(f"The text has {len(text):,} characters; up to {LONGEST:,} can be read.")
    front, offset, rest = read_front(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    type_name = front.pop("type", None)
    if not isinstance(type_name, str):
        raise BadInput("The front matter does not say a type; begin with: type: decision_tree.")
    title, parts = _parts(rest, offset)
    context = _context(parts.pop("Context", None))
    claims = _several(Claim, parts.pop("Claims", None))
    body = _body(class_of(type_name), front, parts)
    cohere(body)
    return Content(type_name, title, body, context, claims)


def _body(kind: type, front: Mapping[str, Any], parts: Mapping[str, _Part]) -> Any:
    hints, found = hints_of(kind), dict[str, Any]()
    titles = {_title(spot.name): spot.name for spot in fields(kind) if _is_structure(hints[spot.name])}
    for title, part in parts.items():
        if title not in titles:
            known = ", ".join(["Context", *titles, "Claims"])
            raise BadInput(f"Line {part.line}: there is no section {title[:40]!r}; it knows {known}.")
        hint = hints[titles[title]]
        many = typing.get_origin(hint) is tuple
        rows = _several(typing.get_args(hint)[0] if many else hint, part)
        if not many and len(rows) != 1:
            raise BadInput(f"Line {part.line}: {title} holds {len(rows)} entries where one belongs.")
        found[titles[title]] = rows if many else rows[0]
    for name, value in front.items():
        if name not in hints or _is_structure(hints[name]):
            known = ", ".join(["type", *(one for one in hints if not _is_structure(hints[one]))])
            raise BadInput(f"The front matter has no field {name!r}; it knows {known}.")
        found[name] = decode(hints[name], value, name)
    for spot in fields(kind):
        if spot.name not in found and default_of(spot) is MISSING:
            if typing.get_origin(hints[spot.name]) is not tuple:
                where = f"a section ## {_title(spot.name)}" if _is_structure(hints[spot.name]) else "the front matter"
                raise BadInput(f"{spot.name.replace('_', ' ').capitalize()} is missing; add it in {where}.")
            found[spot.name] = ()
    return kind(**found)


def _several(hint: Any, part: _Part | None) -> tuple[Any, ...]:
    if part is None:
        return ()
    if Section in classes_of(hint):
        return tuple(part.sections)
    return tuple(outline.read(hint, entry) for entry in part.entries)


def _context(part: _Part | None) -> Context:
    if part is None:
        return Context()
    found: Context = outline.read_fields(Context, part.entries, part.line, {})
    return found


def _parts(text: str, offset: int) -> tuple[str, dict[str, _Part]]:
    """The title and the parts of the text; `offset` lines of front matter stand before it."""
    tokens, lines, spare = prose.parse(text), text.split("\n"), Spare(text)
    heads = [at for at, one in enumerate(tokens) if one.type == "heading_open" and one.level == 0 and one.tag <= "h3"]
    title, parts, current = "", dict[str, _Part](), None
    for at, following in zip(heads, [*heads[1:], len(tokens)], strict=False):
        opened, words = tokens[at], tokens[at + 1].content
        line = (opened.map or [0])[0]
        number = line + offset + 1
        if opened.tag == "h1":
            title = unescape(words)
        elif opened.tag == "h2":
            current = _Part(unescape(words), number, _entries(tokens[at + 3 : following], offset, spare))
            if current.title in parts:
                raise BadInput(f"Line {number}: there are two sections {current.title[:40]!r}; join them.")
            parts[current.title] = current
        elif current is None:
            raise BadInput(f"Line {number}: this section stands before any heading of the second level (##).")
        else:
            end = (tokens[following].map or [0])[0] if following < len(tokens) else len(lines)
            current.sections.append(prose.read_section(words, number, lines[line + 1 : end], spare))
    return title, parts


def _entries(tokens: Sequence[Token], offset: int, spare: Spare) -> list[Entry]:
    """The nested lists among the tokens."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    for token in tokens:
        if token.type == "list_item_open":
            entry = Entry("", (token.map or [0])[0] + offset + 1, spare)
            (open_entries[-1].below if open_entries else top).append(entry)
            open_entries.append(entry)
        elif token.type == "list_item_close":
            open_entries.pop()
        elif token.type == "inline" and open_entries:
            entry = open_entries[-1]
            words = re.sub(r"[ \t]*\n[ \t]*", " ", token.content)
            entry.text = f"{entry.text} {words}".strip(" ")
        elif token.type in ("inline", "fence", "code_block", "html_block") and token.content.strip():
            line = (token.map or [0])[0] + offset + 1
            raise BadInput(f"Line {line}: only lists can stand here; begin the line with a dash.")
    return top
