"""Products of a synthesis: the sections that one has to have, and the requirements that it has to speak of.

Each product is a file beside this one. Whether a section is filled is told by what stands under a heading that
fits it, never by the heading alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from seci.kit.errors import NotFound

FULL = 2
"""Statements that a section needs to count as filled."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A section of a product.

    words  stems that a heading has one of when it is this section
    """

    key: str
    title: str
    ask: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """`classes` are the keys of the requirement classes that it has to speak of."""

    key: str
    title: str
    purpose: str
    sections: tuple[Wanted, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A class of requirements; `words` are stems of which a sentence about it has one."""

    key: str
    name: str
    ask: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """How a section stands: `statements` under a heading that fits it."""

    section: Wanted
    statements: int

    @property
    def is_full(self) -> bool:
        return self.statements >= FULL


@dataclass(frozen=True, slots=True)
class Told:
    """How a class of requirements stands in a text.

    statements  sentences that speak of it
    waived      why it does not apply, in a person's words; empty where it does
    artifact    an artifact that can be run to check it
    """

    requirement: Requirement
    statements: tuple[str, ...]
    waived: str = ""
    artifact: int | None = None

    @property
    def is_met(self) -> bool:
        return bool(self.statements or self.waived)


@cache
def products() -> tuple[Product, ...]:
    """All products, by title."""
    files = sorted(file for file in Path(__file__).parent.glob("*.toml") if file.stem != "requirements")
    return tuple(sorted((_read(file) for file in files), key=lambda one: one.title))


def product(key: str) -> Product:
    """One product. Raises NotFound that names those there are."""
    found = next((one for one in products() if one.key == key), None)
    if found is None:
        raise NotFound(f"There is no product {key[:40]!r}; there are {', '.join(one.key for one in products())}.")
    return found


@cache
def requirements() -> tuple[Requirement, ...]:
    """The classes of requirements, in the order in which they are asked for."""
    data = tomllib.loads((Path(__file__).parent / "requirements.toml").read_text(encoding="utf-8"))
    return tuple(Requirement(one["key"], one["name"], one["ask"], tuple(one["words"])) for one in data["class"])


def section_of(wanted: Product, heading: str) -> Wanted | None:
    """The section of a product that a heading belongs to, if any: the one it names, else the one that most of its
    words speak for."""
    named = next((one for one in wanted.sections if one.title.casefold() == " ".join(heading.split()).casefold()), None)
    if named is not None:
        return named
    counted = [(sum(_has(heading, word) for word in one.words), -at, one) for at, one in enumerate(wanted.sections)]
    best = max(counted, key=lambda each: each[:2], default=None)
    return best[2] if best is not None and best[0] else None


def completeness(wanted: Product, statements: Sequence[tuple[Sequence[str], str]]) -> tuple[Filled, ...]:
    """How each section stands. `statements` are (headings above it, text), in the order of the document."""
    counts = dict.fromkeys((one.key for one in wanted.sections), 0)
    for path, _ in statements:
        keys = (found.key for heading in reversed(path) if (found := section_of(wanted, heading)) is not None)
        if (key := next(keys, None)) is not None:
            counts[key] += 1
    return tuple(Filled(one, counts[one.key]) for one in wanted.sections)


def told(
    wanted: Sequence[str], statements: Sequence[str], said: Mapping[str, Mapping[str, object]]
) -> tuple[Told, ...]:
    """How each wanted class of requirements stands; `said` holds what people decided of it, by key."""
    found = []
    for one in requirements():
        if one.key in wanted:
            own = said.get(one.key, {})
            about = tuple(text for text in statements if any(_has(text, word) for word in one.words))
            artifact = own.get("artifact")
            found.append(Told(one, about, str(own.get("waived", "")), artifact if isinstance(artifact, int) else None))
    return tuple(found)


def _has(text: str, stem: str) -> bool:
    """Whether a word of the text begins with the stem."""
    return re.search(rf"\b{re.escape(stem)}", text, re.IGNORECASE) is not None


def _read(file: Path) -> Product:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    sections = tuple(Wanted(one["key"], one["title"], one["ask"], tuple(one["words"])) for one in data["section"])
    return Product(file.stem, data["title"], data["purpose"], sections, tuple(data["requirements"]))
