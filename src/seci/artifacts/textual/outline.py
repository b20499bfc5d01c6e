"""Objects as nested lists, read off their type hints: a head with the id, below it one entry per field that says
something.

    - if missing > 5.2 {#n2}
      - claims: k1, k2
      - yes: hold {#n5}
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any

from seci.artifacts.bodies import (
    Blank,
    Check,
    Criterion,
    Item,
    Leaf,
    Level,
    Line,
    Option,
    Score,
    Split,
    Step,
    Symbol,
)
from seci.artifacts.codec import classes_of, decode, default_of, hints_of
from seci.artifacts.condition import Condition
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim, Evidence
from seci.artifacts.textual.formula import formula, number, read_formula
from seci.artifacts.textual.inline import escape, join, split, unescape
from seci.artifacts.textual.spare import Spare
from seci.cases.attribute import Attribute
from seci.kit.errors import BadInput

# The field that stands in the head of an object, and the one that names it.
HEADS: dict[type, tuple[str, str]] = {
    Attribute: ("name", "key"), Blank: ("name", "id"), Check: ("text", "id"), Claim: ("text", "id"),
    Criterion: ("name", "id"), Item: ("condition", "id"), Leaf: ("outcome", "id"), Level: ("name", ""),
    Line: ("to", ""), Option: ("name", "id"), Score: ("criterion", ""), Split: ("condition", "id"),
    Step: ("action", "id"), Symbol: ("text", "id"), Context: ("", ""),
}  # fmt: skip
_EVIDENCE = {
    "claims": "claims",
    "cases for": "cases_for",
    "cases against": "cases_against",
    "cornerstone": "cornerstone",
}
_NAME = re.compile(r"\s*(?<!\\)\{#((?:\\.|[^\\{}])*)\}\s*\Z", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z][A-Za-z ]*):(?:\s+|\Z)", re.DOTALL)
_TASK = re.compile(r"\[[ xX]\]\s+")
IF = "if "


@dataclass(slots=True)
class Entry:
    """An item of a nested list: its text as it stands, its line (from 1), what is nested in it, and names to spare."""

    text: str
    line: int
    spare: Spare
    below: list[Entry] = field(default_factory=list)


# Writing


def write(value: Any, indent: int = 0, label: str = "") -> Iterator[str]:
    """The lines of one object."""
    yield f"{'  ' * indent}- {label}{_head(value)}"
    yield from write_fields(value, indent + 1)


def write_fields(value: Any, indent: int = 0) -> Iterator[str]:
    """The lines of the fields of an object that stand below its head."""
    hints = hints_of(type(value))
    for spot in fields(value):
        found = getattr(value, spot.name)
        if spot.name in HEADS[type(value)] or found == default_of(spot):
            continue
        yield from _field(spot.name.replace("_", " "), hints[spot.name], found, indent)


def _field(name: str, hint: Any, found: Any, indent: int) -> Iterator[str]:
    margin = "  " * indent
    if isinstance(found, Evidence):
        for label, key in _EVIDENCE.items():
            one = getattr(found, key)
            if one:
                yield f"{margin}- {label}: {escape(one) if isinstance(one, str) else join(one)}"
    elif isinstance(found, tuple) and _holds_objects(hint):
        yield f"{margin}- {name}:"
        for one in found:
            yield from [f"{margin}  - {formula(one)}"] if isinstance(one, Condition) else write(one, indent + 1)
    elif isinstance(found, Condition):
        yield f"{margin}- {name}: {formula(found)}"
    elif is_dataclass(found):
        yield from write(found, indent, f"{name}: ")
    else:
        yield f"{margin}- {name}: {_scalar(found)}"


def _head(value: Any) -> str:
    head, name = HEADS[type(value)]
    found = getattr(value, head)
    words = formula(found) if isinstance(found, Condition) else escape(found)
    if isinstance(value, Split):
        words = IF + words
    elif isinstance(value, Leaf) and words.startswith(IF):
        words = f"&#105;{words[1:]}"
    elif isinstance(value, Check):
        words = f"[ ] {words}"
    return f"{words} {{#{escape(getattr(value, name), also='}')}}}" if name else words


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return join(value)
    return escape(value) if isinstance(value, str) else number(value)


def _holds_objects(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple and bool(classes_of(typing.get_args(hint)[0]))


# Reading


def read(hint: Any, entry: Entry, text: str | None = None) -> Any:
    """The object in an entry. Raises BadInput with the line."""
    text = entry.text if text is None else text
    classes = classes_of(hint)
    kind = classes[0] if len(classes) == 1 else Split if text.startswith(IF) else Leaf
    if kind is Condition:
        return _at(entry, read_formula, text)
    head, name = HEADS[kind]
    found: dict[str, Any] = {}
    if name:
        if match := _NAME.search(text):
            text, found[name] = text[: match.start()], unescape(match[1])
        else:
            found[name] = entry.spare.key(text) if kind is Attribute else entry.spare.name(text)
    if kind is Split:
        text = text.removeprefix(IF)
    if kind is Check:
        text = _TASK.sub("", text, count=1) if _TASK.match(text) else text
    is_condition = hints_of(kind)[head] is Condition
    found[head] = _at(entry, read_formula, text) if is_condition else unescape(text.strip())
    return read_fields(kind, entry.below, entry.line, found)


def read_fields(kind: type, entries: list[Entry], line: int, found: dict[str, Any]) -> Any:
    """An object out of the entries of its fields; `found` holds what its head said."""
    hints, evidence = hints_of(kind), dict[str, Any]()
    known = {spot.name.replace("_", " "): spot for spot in fields(kind) if spot.name not in HEADS[kind]}
    for entry in entries:
        match = _ENTRY.match(entry.text)
        label = match[1].lower() if match else ""
        rest = entry.text[match.end() :] if match else ""
        if label in _EVIDENCE and "evidence" in known:
            key = _EVIDENCE[label]
            evidence[key] = unescape(rest) if key == "cornerstone" else split(rest)
        elif label in known and label != "evidence":
            name = known[label].name
            if name in found:
                raise BadInput(f"Line {entry.line}: {label} is said twice; keep one.")
            found[name] = _value(hints[name], entry, rest, label)
        else:
            names = [*(one for one in known if one != "evidence"), *(_EVIDENCE if "evidence" in known else ())]
            raise BadInput(
                f"Line {entry.line}: “{entry.text[:40]}” is none of {', '.join(names)}; begin with one of these."
            )
    if evidence:
        found["evidence"] = Evidence(**evidence)
    for spot in fields(kind):
        if spot.name not in found and default_of(spot) is MISSING:
            if typing.get_origin(hints[spot.name]) is tuple:
                found[spot.name] = ()
            else:
                raise BadInput(f"Line {line}: {spot.name.replace('_', ' ')} is missing here; add it below.")
    return kind(**found)


def _value(hint: Any, entry: Entry, text: str, label: str) -> Any:
    if _holds_objects(hint):
        return tuple(read(typing.get_args(hint)[0], one) for one in entry.below)
    if classes_of(hint):
        return read(hint, entry, text)
    if entry.below:
        raise BadInput(f"Line {entry.below[0].line}: nothing can stand below {label}; write it on its line.")
    if typing.get_origin(hint) is tuple:
        return split(text)
    members = set(typing.get_args(hint)) - {type(None)} if typing.get_args(hint) else {hint}
    data: Any = unescape(text.strip())
    if members & {float, int}:
        data = _number(data, int in members)
    elif bool in members:
        data = {"yes": True, "true": True, "no": False, "false": False}.get(data.lower(), data)
    return _at(entry, lambda found: decode(hint, found, label), data)


def _number(text: str, whole: bool) -> Any:
    try:
        return int(text) if whole else float(text.replace("−", "-"))
    except ValueError:
        return text


def _at(entry: Entry, reading: Any, text: Any) -> Any:
    """What `reading` makes of the text; its complaint names the line."""
    try:
        return reading(text)
    except BadInput as error:
        raise BadInput(f"Line {entry.line}: {error.sentence}") from error
