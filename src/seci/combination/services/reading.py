"""The sources of a merge read: what is about the same, what says the same, what contradicts, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from seci.accounts.actor import Actor
from seci.combination import products, store
from seci.combination.access import Merge, conflicts_of, get_merge
from seci.combination.grouping import Group, to_data
from seci.combination.merge import alignment, equivalents, gaps, outline
from seci.combination.merge.conflicts import Conflict, conflicts
from seci.combination.merge.rules import Rule
from seci.combination.merge.source import Source
from seci.combination.queries.texts import embedding, pinned
from seci.combination.skeleton import first, grown
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import SeciError
from seci.kit.records import to_data as plain
from seci.ledger.kinds import Kind
from seci.people.store import record

STEPS = ("reading", "aligning sections", "finding what says the same", "finding what contradicts", "looking for gaps")
SHOWN = 60
"""Conflicts put to people at most, the likeliest first."""

Tell = Callable[[str, int, int], None]


def read_sources(actor: Actor, db: Database, merge: int, *, tell: Tell | None = None) -> Merge:
    """Works out outline, equivalents, conflicts and gaps of a merge and opens it. Doing so again changes nothing that
    people have decided.

    tell  is called with the step, how many are done, and of how many

    A failure is kept in the merge as a sentence and raised.
    """
    found = get_merge(actor, db, merge)
    try:
        return _read(actor, db, found, tell or _silent)
    except SeciError as error:
        with db.transaction():
            store.change(db, "merge", merge, state="failed", sentence=error.sentence, changed_at=now())
            record(db, actor, Kind.MERGE, f"merge {merge} could not be read: {error.sentence}"[:300])
        raise


def _read(actor: Actor, db: Database, found: Merge, tell: Tell) -> Merge:
    def step(number: int) -> None:
        tell(STEPS[number], number, len(STEPS))
        store.change(db, "merge", found.id, step=STEPS[number], done=number, total=len(STEPS))

    step(0)
    sources, embed = pinned(actor, db, found.id), embedding()
    step(1)
    topics = alignment.align(sources, embed)
    step(2)
    same = equivalents.equivalents(sources, embed)
    step(3)
    against = conflicts(sources, embed)[:SHOWN]
    step(4)
    lacking = gaps.gaps(topics, sources, wanted=_wanted(found))
    wanted = _sections_of(against, sources)
    product = products.product(found.product) if found.product else None
    if found.outline is None:
        shape = first(topics, product=product, everything=found.everything, wanted=wanted)
    else:
        shape = grown(outline.unpacked(found.outline), topics, product)
    groups = tuple(
        Group((one.kept.source, one.kept.sentence), tuple((o.source, o.sentence) for o in one.others)) for one in same
    )
    with db.transaction():
        store.take(db, found.id)
        known = {one.fingerprint for one in conflicts_of(actor, db, found.id)}
        at = now()
        store.forget_conflicts(db, found.id, (one.fingerprint for one in against))
        for one in against:
            if one.fingerprint not in known:
                _keep(db, found.id, one, at)
        settled = {} if found.equivalents else {"equivalents": to_data(groups)}
        store.change(
            db, "merge", found.id, state="open" if found.published is None else "published",
            outline=outline.packed(shape), gaps=[plain(one) for one in lacking], step="", done=len(STEPS),
            total=len(STEPS), sentence="", changed_at=at, **settled,
        )  # fmt: skip
        sentence = f"merge {found.id}: {len(sources)} sources read, {len(against)} possible conflicts"
        record(db, actor, Kind.MERGE, sentence, asset=found.asset)
        return get_merge(actor, db, found.id)


def _wanted(found: Merge) -> dict[str, tuple[str, ...]]:
    """Headings that the product of a merge asks for, each with words of a section about it."""
    return {one.title: one.words for one in products.product(found.product).sections} if found.product else {}


def _keep(db: Database, merge: int, one: Conflict, at: int) -> None:
    store.insert_once(
        db, "conflict", merge_id=merge, kind=one.kind, sentence=one.why, score=float(one.score), found=packed(one),
        fingerprint=one.fingerprint, state="open", choice="", when_a="", when_b="", reason="", at=at,
    )  # fmt: skip


def packed(one: Conflict) -> dict[str, Any]:
    """Both sides of a conflict as plain data, as pages show them and decisions name them."""
    return {"context": one.context, "newer": one.newer, "a": _side(one.a), "b": _side(one.b)}


def _side(rule: Rule) -> dict[str, Any]:
    return {
        "source": rule.said.source, "sentence": rule.said.sentence, "text": rule.text, "path": list(rule.path),
        "conditions": list(rule.conditions), "modality": rule.modality,
        "quantities": [one.words for one in rule.quantities],
    }  # fmt: skip


def _sections_of(against: tuple[Conflict, ...], sources: tuple[Source, ...]) -> set[str]:
    """Keys of the sections in which something contradicts."""
    held = {
        (part.source, number): part.key
        for one in sources
        for part in alignment.sections(one)
        for number in part.sentences
    }
    said = (rule.said for one in against for rule in (one.a, one.b))
    return {held[one.source, one.sentence] for one in said if (one.source, one.sentence) in held}


def _silent(step: str, done: int, total: int) -> None:
    """Nobody is watching."""
