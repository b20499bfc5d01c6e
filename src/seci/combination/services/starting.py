"""A merge begun, given further sources, told what its sources are, left."""

from __future__ import annotations

from collections.abc import Sequence

from seci import jobs
from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.combination import products, recipes, store
from seci.combination.access import Merge, get_changeable, get_merge, sources_of
from seci.combination.queries.picking import Picked, picking
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.kit.records import clean
from seci.ledger.kinds import Kind
from seci.library.marking import Mark
from seci.library.marking import record as mark
from seci.people.store import record

LONGEST_TITLE = 160
TASK = "seci.combination.tasks:read"


def start(
    actor: Actor,
    db: Database,
    title: str,
    *,
    documents: Sequence[int] = (),
    collections: Sequence[int] = (),
    concept: int | None = None,
    recipe: str = "",
    product: str = "",
    classes: Sequence[tuple[int, str]] = (),
    asset: int | None = None,
    everything: bool = False,
    accept_nc: bool = False,
    later: bool = True,
) -> Merge:
    """A merge of these sources, each held at its latest revision. Its reading is queued.

    recipe, product  keys; empty for none
    classes     (document, class of source as the recipe calls it)
    everything  take in what one guide alone speaks of, too
    accept_nc   the result will never be used for money
    later       queue the reading of the sources; without it the caller reads them (`read_sources`)

    Raises Conflict, in one sentence that says which and why, where licences do not go together.
    """
    name = tidy(title)
    if recipe:
        recipes.recipe(recipe)
    if product:
        products.product(product)
    found = picking(actor, db, documents=documents, collections=collections, concept=concept, accept_nc=accept_nc)
    if not found.outcome.allowed:
        raise Conflict(found.refusal, code="licences")
    about = None if asset is None else get_asset(actor, db, asset).id
    with db.transaction():
        at = now()
        made = store.insert(
            db, "merge", title=name, state="reading", recipe=recipe, product=product, asset_id=about,
            licence=found.outcome.spdx, equivalents=[], gaps=[],
            classes={}, everything=everything, accepts_nc=accept_nc,
            step="", done=0, total=0, sentence="", by=actor.account, at=at, changed_at=at,
        )  # fmt: skip
        _put(db, made, found.picked, classes, 0)
        sentence = f"merge {made} of {len(found.picked)} documents: {name}"
        mark(actor, db, Kind.MERGE, sentence, [Mark(one.document, one.revision, about) for one in found.picked])
        if later:
            jobs.enqueue(TASK, made, key=f"merge:{made}", database=db)
        return get_merge(actor, db, made)


def add(
    actor: Actor, db: Database, merge: int, documents: Sequence[int], *, source_class: str = "", later: bool = True
) -> Merge:
    """Further sources; what was decided stays. Raises Conflict where their licence does not go with the others."""
    found = get_changeable(actor, db, merge)
    there = [one.document for one in sources_of(actor, db, merge)]
    fresh = [one for one in dict.fromkeys(documents) if one not in there]
    if not fresh:
        raise BadInput("These documents are sources of this merge already; pick another one.")
    whole = picking(actor, db, documents=[*there, *fresh], accept_nc=found.accepts_nc)
    if not whole.outcome.allowed:
        raise Conflict(whole.refusal, code="licences")
    with db.transaction():
        picked = [one for one in whole.picked if one.document in fresh]
        _put(db, merge, picked, [(one, source_class) for one in fresh], len(there))
        store.change(
            db, "merge", merge, state="reading", licence=whole.outcome.spdx, step="", sentence="", changed_at=now()
        )
        marks = [Mark(one.document, one.revision, found.asset) for one in picked]
        mark(actor, db, Kind.MERGE, f"merge {merge}: {len(fresh)} more sources", marks)
        if later:
            jobs.enqueue(TASK, merge, key=f"merge:{merge}", database=db)
        return get_merge(actor, db, merge)


def classify(actor: Actor, db: Database, merge: int, documents: Sequence[int], source_class: str) -> Merge:
    """Says which class of source these are, as the recipe of the merge calls it; "" takes it back."""
    found = get_changeable(actor, db, merge)
    if not found.recipe:
        raise BadInput("This merge follows no recipe, so its sources have no class.")
    known = {one.key for one in recipes.recipe(found.recipe).classes}
    if source_class and source_class not in known:
        raise BadInput(f"The recipe knows {', '.join(sorted(known))}; {source_class[:40]!r} is none of these.")
    by_document = {one.document: one.id for one in sources_of(actor, db, merge)}
    if absent := [one for one in documents if one not in by_document]:
        raise NotFound(f"Document {absent[0]} is no source of merge {merge}.")
    with db.transaction():
        for document in documents:
            store.change(db, "source", by_document[document], source_class=source_class)
        record(db, actor, Kind.CATEGORIZE, f"merge {merge}: sources are {source_class or 'of no class'}")
        return get_merge(actor, db, merge)


def follow_recipe(actor: Actor, db: Database, merge: int, recipe: str, product: str) -> Merge:
    """Which recipe and which product a merge is held to; "" is none."""
    found = get_changeable(actor, db, merge)
    for key, look in ((recipe, recipes.recipe), (product, products.product)):
        if key:
            look(key)
    with db.transaction():
        store.change(db, "merge", merge, recipe=recipe, product=product, changed_at=now())
        sentence = f"merge {merge}: recipe {recipe or 'none'}, product {product or 'none'}"
        record(db, actor, Kind.CATEGORIZE, sentence, asset=found.asset)
        return get_merge(actor, db, merge)


def leave(actor: Actor, db: Database, merge: int) -> Merge:
    """Leaves a merge where it is: it is out of the list, its draft and its decisions stay in the library."""
    found = get_merge(actor, db, merge)
    with db.transaction():
        store.change(db, "merge", merge, state="left", changed_at=now())
        record(db, actor, Kind.RETIRE, f"merge {merge} left", asset=found.asset)
        return get_merge(actor, db, merge)


def tidy(title: str) -> str:
    name = " ".join(clean(title).split())
    if not name or len(name) > LONGEST_TITLE:
        raise BadInput(f"Give the playbook a title of 1 to {LONGEST_TITLE} characters.")
    return name


def _put(db: Database, merge: int, picked: Sequence[Picked], classes: Sequence[tuple[int, str]], first: int) -> None:
    said = dict(classes)
    for place, one in enumerate(picked, first):
        store.insert(
            db, "source", merge_id=merge, document_id=one.document, revision=one.revision, guide=one.guide[:200],
            licence=one.licence[:120], source_class=said.get(one.document, "")[:40], place=place,
        )  # fmt: skip
