"""The outline and the groups of a merge put right by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an outline.

    act      one of `CHANGES`
    chapter  id of the chapter it is about, or that a section goes to
    section  key of the section it is about
    at       place from 0; None for the end
    into     id of the chapter that another is joined to
    """

    act: str
    chapter: str = ""
    section: str = ""
    at: int | None = None
    into: str = ""
    heading: str = ""


def _take_in(one: Outline, said: Change) -> Outline:
    """A section that was left out comes in as a chapter of its own."""
    made = chapters.add(one, said.heading)
    return chapters.move(made, said.section, made.chapters[-1].id)


def _drop_chapter(one: Outline, said: Change) -> Outline:
    """A chapter goes; its sections are left out."""
    for section in one.chapter(said.chapter).sections:
        one = chapters.drop(one, section)
    return Outline(tuple(each for each in one.chapters if each.id != said.chapter), one.dropped)


CHANGES: dict[str, tuple[Callable[[Outline, Change], Outline], str]] = {
    "chapter": (lambda one, said: chapters.reorder(one, said.chapter, said.at or 0), "chapter {0.chapter} moved"),
    "section": (
        lambda one, said: chapters.move(one, said.section, said.chapter, said.at),
        "section {0.section} moved",
    ),
    "take": (_take_in, "section {0.section} taken in"),
    "drop": (lambda one, said: chapters.drop(one, said.section), "section {0.section} left out"),
    "drop-chapter": (_drop_chapter, "chapter {0.chapter} left out"),
    "rename": (lambda one, said: chapters.rename(one, said.chapter, said.heading), "chapter {0.chapter} renamed"),
    "add": (lambda one, said: chapters.add(one, said.heading), "chapter added"),
    "join": (lambda one, said: chapters.join(one, said.chapter, said.into), "chapter {0.chapter} joined"),
}
"""What can be done with an outline: how, and how the ledger tells it."""

GROUPINGS: dict[str, tuple[Callable[..., tuple[Group, ...]], str]] = {
    "keep": (keep, "kept"),
    "split": (split, "split"),
    "join": (join, "joined"),
}
"""What can be done with sentences that say the same: one of them kept word for word and the others cited with it, one
that says something else taken out, two made one group."""


def shape(actor: Actor, db: Database, merge: int, said: Change) -> Merge:
    """The outline after one change. Raises BadInput for an act that there is not and for what the outline refuses."""
    if said.act not in CHANGES:
        raise BadInput(f"Say what to change in the outline: {', '.join(CHANGES)}.")
    work, deed = CHANGES[said.act]
    with db.transaction():
        store.take(db, merge)
        found = get_opened(actor, db, merge)
        assert found.outline is not None
        after = work(chapters.unpacked(found.outline), said)
        store.change(db, "merge", merge, outline=chapters.packed(after), changed_at=now())
        record(db, actor, Kind.MERGE, f"merge {merge}: {deed.format(said)}", asset=found.asset)
        return get_merge(actor, db, merge)


def regroup(actor: Actor, db: Database, merge: int, act: str, places: Sequence[Place]) -> Merge:
    """What says the same after one change; every further place of a join goes to the first one's group.

    Raises BadInput for an act that there is not, places that do not fit it, and two that are in one group already.
    """
    if act not in GROUPINGS or (len(places) < 2 if act == "join" else len(places) != 1):
        raise BadInput("Say keep or split with one sentence, or join with two or more that say the same.")
    work, deed = GROUPINGS[act]
    sizes = {one.id: len(one.sentences) for one in pinned(actor, db, merge)}
    for document, sentence in places:
        if not 0 <= sentence < sizes.get(document, 0):
            raise BadInput(f"Source {document} has no sentence {sentence}.")
    with db.transaction():
        store.take(db, merge)
        found = get_opened(actor, db, merge)
        after = of_data(found.equivalents)
        for each in [(one,) for one in places] if act != "join" else [(places[0], one) for one in places[1:]]:
            after = work(after, *each)
        store.change(db, "merge", merge, equivalents=to_data(after), changed_at=now())
        record(db, actor, Kind.DEDUPLICATE, f"merge {merge}: sentences {deed}", asset=found.asset)
        return get_merge(actor, db, merge)
