"""The outline and the groups of a merge put right by hand."""

from __future__ import annotations

from collections.abc import Callable

from seci.accounts.actor import Actor
from seci.combination import store
from seci.combination.access import Merge, get_merge, get_opened
from seci.combination.grouping import Group, Place, join, keep, of_data, split, to_data
from seci.combination.merge import outline as chapters
from seci.combination.merge.outline import Outline
from seci.combination.queries.texts import pinned
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput
from seci.ledger.kinds import Kind
from seci.people.store import record


def move_chapter(actor: Actor, db: Database, merge: int, chapter: str, at: int) -> Merge:
    """The chapter at place `at`, from 0."""
    return _shape(actor, db, merge, lambda one: chapters.reorder(one, chapter, at), f"chapter {chapter} moved")


def move_section(actor: Actor, db: Database, merge: int, section: str, chapter: str, at: int | None = None) -> Merge:
    """A section of a source in that chapter, at place `at` or at its end; one that was left out comes in."""
    return _shape(actor, db, merge, lambda one: chapters.move(one, section, chapter, at), f"section {section} moved")


def take_in(actor: Actor, db: Database, merge: int, section: str, heading: str) -> Merge:
    """A section that was left out comes in as a chapter of its own."""

    def work(one: Outline) -> Outline:
        made = chapters.add(one, heading)
        return chapters.move(made, section, made.chapters[-1].id)

    return _shape(actor, db, merge, work, f"section {section} taken in")


def drop_section(actor: Actor, db: Database, merge: int, section: str) -> Merge:
    """A section is left out of the playbook; `move_section` brings it back."""
    return _shape(actor, db, merge, lambda one: chapters.drop(one, section), f"section {section} left out")


def drop_chapter(actor: Actor, db: Database, merge: int, chapter: str) -> Merge:
    """A chapter goes; its sections are left out."""

    def work(one: Outline) -> Outline:
        for section in one.chapter(chapter).sections:
            one = chapters.drop(one, section)
        return Outline(tuple(each for each in one.chapters if each.id != chapter), one.dropped)

    return _shape(actor, db, merge, work, f"chapter {chapter} left out")


def rename_chapter(actor: Actor, db: Database, merge: int, chapter: str, heading: str) -> Merge:
    """The chapter under another heading."""
    return _shape(actor, db, merge, lambda one: chapters.rename(one, chapter, heading), f"chapter {chapter} renamed")


def add_chapter(actor: Actor, db: Database, merge: int, heading: str) -> Merge:
    """An empty chapter at the end."""
    return _shape(actor, db, merge, lambda one: chapters.add(one, heading), "chapter added")


def join_chapters(actor: Actor, db: Database, merge: int, chapter: str, into: str) -> Merge:
    """One chapter less: its sections go to the end of the other."""
    return _shape(actor, db, merge, lambda one: chapters.join(one, chapter, into), f"chapter {chapter} joined")


def keep_sentence(actor: Actor, db: Database, merge: int, document: int, sentence: int) -> Merge:
    """Of sentences that say the same, this one is kept word for word; the others are cited with it."""
    return _group(actor, db, merge, lambda groups: keep(groups, (document, sentence)), [(document, sentence)], "kept")


def split_sentence(actor: Actor, db: Database, merge: int, document: int, sentence: int) -> Merge:
    """This sentence does not say the same as the others of its group: it stands for itself."""
    return _group(actor, db, merge, lambda groups: split(groups, (document, sentence)), [(document, sentence)], "split")


def join_sentences(actor: Actor, db: Database, merge: int, one: Place, two: Place) -> Merge:
    """Two sentences say the same. Raises BadInput for two that are in one group already."""
    return _group(actor, db, merge, lambda groups: join(groups, one, two), [one, two], "joined")


def _shape(actor: Actor, db: Database, merge: int, work: Callable[[Outline], Outline], deed: str) -> Merge:
    with db.transaction():
        store.take(db, merge)
        found = get_opened(actor, db, merge)
        assert found.outline is not None
        after = work(chapters.unpacked(found.outline))
        store.change(db, "merge", merge, outline=chapters.packed(after), changed_at=now())
        record(db, actor, Kind.MERGE, f"merge {merge}: {deed}", asset=found.asset)
        return get_merge(actor, db, merge)


def _group(
    actor: Actor, db: Database, merge: int, work: Callable[[tuple[Group, ...]], tuple[Group, ...]],
    places: list[Place], deed: str,
) -> Merge:  # fmt: skip
    sizes = {one.id: len(one.sentences) for one in pinned(actor, db, merge)}
    for document, sentence in places:
        if not 0 <= sentence < sizes.get(document, 0):
            raise BadInput(f"Source {document} has no sentence {sentence}.")
    with db.transaction():
        store.take(db, merge)
        found = get_opened(actor, db, merge)
        after = work(of_data(found.equivalents))
        store.change(db, "merge", merge, equivalents=to_data(after), changed_at=now())
        record(db, actor, Kind.DEDUPLICATE, f"merge {merge}: sentences {deed}", asset=found.asset)
        return get_merge(actor, db, merge)
