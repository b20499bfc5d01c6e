"""The chapters of the playbook to be: proposed from topics, then put right by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from seci.combination.merge.alignment import Topic
from seci.kit.errors import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and the sections that feed it, by key. `id` stays with it through renaming and moving."""

    id: str
    heading: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Chapters in order; no section is in two. `dropped` are sections that people left out on purpose."""

    chapters: tuple[Chapter, ...] = ()
    dropped: tuple[str, ...] = ()

    def chapter(self, id: str) -> Chapter:  # noqa: A002
        found = next((one for one in self.chapters if one.id == id), None)
        if found is None:
            raise NotFound(f"There is no chapter “{id}” in this outline; it may have been joined into another.")
        return found

    def where(self, section: str) -> str | None:
        """The id of the chapter that holds a section; None where it was dropped or never came in."""
        return next((one.id for one in self.chapters if section in one.sections), None)


def propose(topics: Sequence[Topic]) -> Outline:
    """One chapter for each topic that two guides or more speak of. What one guide alone says goes to the chapter of the
    section above it, else into a chapter that holds what is left of the same outermost heading of the same source."""
    shared = [topic for topic in topics if len({part.source for part in topic.sections}) > 1]
    home: dict[str, object] = {part.key: at for at, topic in enumerate(shared) for part in topic.sections}
    keys = {(part.source, (*part.path, part.heading)): part.key for topic in topics for part in topic.sections}
    chapters: dict[object, Chapter] = {}
    for topic in topics:
        for part in topic.sections:
            at = home.get(part.key)
            if at is None:
                above = (keys.get((part.source, part.path[:depth]), "") for depth in range(len(part.path), 1, -1))
                at = next((home[key] for key in above if key in home), (part.source, part.path[:1]))
            heading = shared[at].heading if isinstance(at, int) else (*part.path, part.heading)[0]
            one = chapters.setdefault(at, Chapter(f"c{len(chapters) + 1}", heading))
            chapters[at] = replace(one, sections=(*one.sections, part.key))
    return Outline(tuple(chapters.values()))


def move(outline: Outline, section: str, chapter: str, at: int | None = None) -> Outline:
    """The section in that chapter, before its section number `at` or at its end; comes back if it was dropped."""
    if outline.where(section) is None and section not in outline.dropped:
        raise NotFound(f"There is no section “{section}” in this outline.")
    outline.chapter(chapter)
    without = _without(outline, section)

    def put(one: Chapter) -> Chapter:
        place = len(one.sections) if at is None else max(0, min(at, len(one.sections)))
        return replace(one, sections=(*one.sections[:place], section, *one.sections[place:]))

    return replace(without, chapters=tuple(put(one) if one.id == chapter else one for one in without.chapters))


def drop(outline: Outline, section: str) -> Outline:
    """The section left out; `move` brings it back."""
    if outline.where(section) is None:
        raise NotFound(f"There is no section “{section}” in a chapter of this outline.")
    return replace(_without(outline, section), dropped=(*outline.dropped, section))


def _without(outline: Outline, section: str) -> Outline:
    chapters = tuple(
        replace(one, sections=tuple(key for key in one.sections if key != section)) for one in outline.chapters
    )
    return Outline(chapters, tuple(key for key in outline.dropped if key != section))


def reorder(outline: Outline, chapter: str, at: int) -> Outline:
    """The chapter at place `at`, from 0; places beyond the ends mean the ends."""
    moved = outline.chapter(chapter)
    rest = [one for one in outline.chapters if one.id != chapter]
    rest.insert(max(0, min(at, len(rest))), moved)
    return replace(outline, chapters=tuple(rest))


def rename(outline: Outline, chapter: str, heading: str) -> Outline:
    """The chapter under another heading."""
    name = _heading(heading)
    outline.chapter(chapter)
    return replace(
        outline,
        chapters=tuple(replace(one, heading=name) if one.id == chapter else one for one in outline.chapters),
    )


def add(outline: Outline, heading: str, at: int | None = None) -> Outline:
    """An empty chapter at place `at`, at the end without it."""
    taken = [int(one.id[1:]) for one in outline.chapters if one.id[1:].isdecimal()]
    made = Chapter(f"c{max(taken, default=0) + 1}", _heading(heading))
    place = len(outline.chapters) if at is None else at
    return reorder(replace(outline, chapters=(*outline.chapters, made)), made.id, place)


def join(outline: Outline, chapter: str, into: str) -> Outline:
    """One chapter less: its sections at the end of the other."""
    if chapter == into:
        raise BadInput("A chapter cannot be joined into itself; choose another one.")
    gone, target = outline.chapter(chapter), outline.chapter(into)
    joined = replace(target, sections=(*target.sections, *gone.sections))
    kept = (joined if one.id == into else one for one in outline.chapters if one.id != chapter)
    return replace(outline, chapters=tuple(kept))


def _heading(heading: str) -> str:
    name = " ".join(heading.split())
    if not name:
        raise BadInput("A chapter needs a heading; write a few words.")
    return name


def packed(outline: Outline) -> dict[str, Any]:
    """As plain data for JSON."""
    chapters = [{"id": one.id, "heading": one.heading, "sections": list(one.sections)} for one in outline.chapters]
    return {"chapters": chapters, "dropped": list(outline.dropped)}


def unpacked(data: Mapping[str, Any]) -> Outline:
    chapters = (Chapter(one["id"], one["heading"], tuple(one["sections"])) for one in data["chapters"])
    return Outline(tuple(chapters), tuple(data.get("dropped", ())))
