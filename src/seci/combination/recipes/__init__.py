"""Recipes of a synthesis: which kinds of source must come together before it counts as one.

Each recipe is a file beside this one. A recipe refuses to close while a class of source is missing, and names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from seci.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class SourceClass:
    """A kind of source that a recipe needs.

    ask    what is looked for, as a question to whoever picks
    least  how many different guides of it there must be
    """

    key: str
    name: str
    ask: str
    least: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    key: str
    title: str
    purpose: str
    classes: tuple[SourceClass, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A class of source of which there are fewer guides than the recipe asks for."""

    source_class: SourceClass
    there: int

    @property
    def words(self) -> str:
        one = self.source_class
        if self.there == 0 and one.least == 1:
            return f"{one.name} ({one.ask})"
        return f"{one.name}: {self.there} of {one.least} ({one.ask})"


@cache
def recipes() -> tuple[Recipe, ...]:
    """All recipes, by title."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    return tuple(sorted((_read(file) for file in files), key=lambda one: one.title))


def recipe(key: str) -> Recipe:
    """One recipe. Raises NotFound that names those there are."""
    found = next((one for one in recipes() if one.key == key), None)
    if found is None:
        raise NotFound(f"There is no recipe {key[:40]!r}; there are {', '.join(one.key for one in recipes())}.")
    return found


def missing(wanted: Recipe, sources: Iterable[tuple[str, str]]) -> tuple[Missing, ...]:
    """The classes that `sources`, pairs of class and guide, do not fill yet. Pages of one guide count once."""
    guides: dict[str, set[str]] = {}
    for source_class, guide in sources:
        guides.setdefault(source_class, set()).add(guide)
    counted = ((one, len(guides.get(one.key, ()))) for one in wanted.classes)
    return tuple(Missing(one, there) for one, there in counted if there < one.least)


def _read(file: Path) -> Recipe:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    classes = tuple(SourceClass(**one) for one in data["class"])
    return Recipe(file.stem, data["title"], data["purpose"], classes)
