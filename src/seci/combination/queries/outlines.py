"""The outline of a merge, its groups of sentences that say the same, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from seci.accounts.actor import Actor
from seci.combination import products
from seci.combination.access import Merge, get_merge, sources_of
from seci.combination.grouping import of_data
from seci.combination.merge import outline
from seci.combination.merge.alignment import Section, sections
from seci.combination.merge.licences import licence
from seci.combination.merge.outline import Outline
from seci.combination.merge.source import Source
from seci.combination.queries.frames import frame, missing
from seci.combination.queries.publishing import lacking_classes, outcome_of
from seci.combination.queries.texts import pinned
from seci.combination.recipes import recipe
from seci.combination.views import (
    ChapterRow,
    GapsPage,
    GuideRow,
    OutlinePage,
    SamePage,
    SectionRow,
    SentenceRow,
    SourceRow,
    SourcesPage,
)
from seci.kit.database import Database

LONGEST = 140
"""Characters of a section's beginning."""


def sources(actor: Actor, db: Database, merge: int) -> SourcesPage:
    """What a merge is made of, guide by guide, and the licence of the result."""
    found = get_merge(actor, db, merge)
    guides: dict[str, list[SourceRow]] = {}
    classes: dict[str, str] = {}
    for one in sources_of(actor, db, merge):
        guides.setdefault(one.guide, []).append(SourceRow(one, licence(one.licence).name or "not stated"))
        classes[one.guide] = one.source_class
    return SourcesPage(
        frame=frame(actor, db, merge),
        guides=tuple(GuideRow(name, tuple(pages), classes[name]) for name, pages in guides.items()),
        outcome=outcome_of(actor, db, merge),
        recipe=recipe(found.recipe) if found.recipe else None,
        missing=lacking_classes(actor, db, found),
    )


def outlined(actor: Actor, db: Database, merge: int) -> OutlinePage:
    """The chapters with the sections that go into them, and what is left out."""
    found = get_merge(actor, db, merge)
    shape, rows = _shape(found), _section_rows(pinned(actor, db, merge))
    asks = {one.title: one.ask for one in products.product(found.product).sections} if found.product else {}
    chapters = tuple(
        ChapterRow(
            one.id, one.heading, tuple(rows[key] for key in one.sections if key in rows),
            len({rows[key].guide for key in one.sections if key in rows}), asks.get(one.heading, ""),
        )
        for one in shape.chapters
    )  # fmt: skip
    return OutlinePage(frame(actor, db, merge), chapters, _left_out(shape, rows))


def same(actor: Actor, db: Database, merge: int, chapter: str = "") -> SamePage:
    """Groups of sentences that say the same; of one chapter, with all its sentences, or of the whole outline."""
    found = get_merge(actor, db, merge)
    held, shape = pinned(actor, db, merge), _shape(found)
    parts = {part.key: part for source in held for part in sections(source)}
    titles = {one.id: one for one in held}
    numbered = {place: number for number, group in enumerate(of_data(found.equivalents), 1) for place in group.places}
    kept = {group.kept for group in of_data(found.equivalents)}

    def row(source: int, number: int) -> SentenceRow:
        whole = titles[source]
        said = whole.sentences[number]
        return SentenceRow(
            source, number, said.text, whole.title, whole.guide, said.path[-1] if said.path else whole.title,
            numbered.get((source, number), 0), (source, number) in kept,
        )  # fmt: skip

    wanted = [one for one in shape.chapters if chapter in ("", one.id)]
    keys = [key for one in wanted for key in one.sections if key in parts]
    listed = tuple(row(parts[key].source, number) for key in keys for number in parts[key].sentences)
    there = {one.group for one in listed if one.group}
    groups = tuple(
        tuple(row(*place) for place in group.places if place[0] in titles)
        for number, group in enumerate(of_data(found.equivalents), 1)
        if number in there
    )
    return SamePage(
        frame(actor, db, merge), groups, tuple((one.id, one.heading) for one in shape.chapters), chapter,
        listed if chapter else (),
    )  # fmt: skip


def gaps(actor: Actor, db: Database, merge: int) -> GapsPage:
    """What only one guide speaks of, or none, and the sections that are left out."""
    found = get_merge(actor, db, merge)
    shape, rows = _shape(found), _section_rows(pinned(actor, db, merge))
    chapters = tuple((one.id, one.heading) for one in shape.chapters)
    return GapsPage(frame(actor, db, merge), tuple(missing(found.gaps)), _left_out(shape, rows), chapters)


def _shape(found: Merge) -> Outline:
    return outline.unpacked(found.outline) if found.outline is not None else Outline()


def _left_out(shape: Outline, rows: dict[str, SectionRow]) -> tuple[SectionRow, ...]:
    taken = {key for one in shape.chapters for key in one.sections}
    return tuple(row for key, row in rows.items() if key not in taken)


def _section_rows(held: Sequence[Source]) -> dict[str, SectionRow]:
    return {part.key: _section_row(source, part) for source in held for part in sections(source)}


def _section_row(source: Source, part: Section) -> SectionRow:
    begins = _short(source.sentences[number].text for number in part.sentences) or " ".join(part.text.split())[:LONGEST]
    return SectionRow(
        part.key, part.heading, part.path, source.id, source.revision, source.title, source.guide or source.title,
        len(part.sentences), begins,
    )  # fmt: skip


def _short(texts: Iterable[str]) -> str:
    first = next(iter(texts), "")
    return first if len(first) <= LONGEST else f"{first[:LONGEST].rsplit(' ', 1)[0]} …"
