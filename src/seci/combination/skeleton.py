"""The first outline of a playbook: chapters that guides share, or the sections that a product has to have."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from seci.combination.merge.alignment import Topic
from seci.combination.merge.outline import Chapter, Outline, propose
from seci.combination.products import Product, section_of


def first(
    topics: Sequence[Topic], *, product: Product | None = None, everything: bool = False,
    wanted: Collection[str] = (),
) -> Outline:  # fmt: skip
    """The outline to begin with.

    product     its sections are the chapters; what fits none of them is left out, to be taken in by hand. A chapter
                of which no two guides speak takes what one alone says: it has to be filled
    everything  also what one guide alone speaks of; else that is left out, to be taken in by hand
    wanted      keys of sections that go in whatever else holds: where something contradicts
    """
    if product is not None:
        return _by_product(topics, product, everything, wanted)
    proposed = propose(topics)
    if everything:
        return proposed
    guides = {part.key: part.source for topic in topics for part in topic.sections}
    shared = _shared(topics)
    kept, dropped = [], list(proposed.dropped)
    for chapter in proposed.chapters:
        if any(key in shared or key in wanted for key in chapter.sections):
            kept.append(chapter)
        else:
            dropped += [key for key in chapter.sections if key in guides]
    return Outline(tuple(kept), tuple(dropped))


def grown(outline: Outline, topics: Sequence[Topic], product: Product | None = None) -> Outline:
    """An outline that people have worked on, with sections of further sources: each in the chapter of the section it
    is aligned with, or in that chapter of the product that it fits and that is empty; else left out. Sections that are
    gone are taken away."""
    empty = {one.heading: one.id for one in outline.chapters if not one.sections}
    there = {part.key for topic in topics for part in topic.sections}
    home = {key: chapter.id for chapter in outline.chapters for key in chapter.sections}
    fresh: dict[str, list[str]] = {}
    dropped = [key for key in outline.dropped if key in there]
    for topic in topics:
        keys = [part.key for part in topic.sections]
        chapter = next((home[key] for key in keys if key in home), None)
        if chapter is None and product is not None and empty:
            fits = section_of(product, _headings(topic))
            chapter = empty.get(fits.title) if fits is not None else None
        for key in keys:
            if key in home or key in dropped:
                continue
            if chapter is None:
                dropped.append(key)
            else:
                fresh.setdefault(chapter, []).append(key)
    chapters = tuple(
        Chapter(one.id, one.heading, (*(key for key in one.sections if key in there), *fresh.get(one.id, ())))
        for one in outline.chapters
    )
    return Outline(chapters, tuple(dropped))


def _shared(topics: Sequence[Topic]) -> set[str]:
    """Keys of the sections that are about something a second source speaks of too."""
    found = (topic for topic in topics if len(topic.sections) > 1)
    return {part.key for topic in found for part in topic.sections}


def _headings(topic: Topic) -> str:
    return " ".join((topic.heading, *(part.heading for part in topic.sections)))


def _by_product(topics: Sequence[Topic], product: Product, everything: bool, wanted: Collection[str]) -> Outline:
    held: dict[str, list[str]] = {one.key: [] for one in product.sections}
    alone: dict[str, list[str]] = {one.key: [] for one in product.sections}
    dropped = []
    shared = _shared(topics)
    for topic in topics:
        fits = section_of(product, _headings(topic))
        for part in topic.sections:
            if fits is None:
                dropped.append(part.key)
            elif everything or part.key in shared or part.key in wanted:
                held[fits.key].append(part.key)
            else:
                alone[fits.key].append(part.key)
    for key, parts in alone.items():
        if held[key]:
            dropped += parts
        else:
            held[key] = parts
    chapters = (
        Chapter(f"c{number}", one.title, tuple(held[one.key])) for number, one in enumerate(product.sections, 1)
    )
    return Outline(tuple(chapters), tuple(dropped))
