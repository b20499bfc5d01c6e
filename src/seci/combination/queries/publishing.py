"""What stands between a draft and its publication, and how often its sentences proved right."""

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination import products, recipes
from seci.combination.access import Merge, conflicts_of, get_merge, sources_of
from seci.combination.merge.licences import Outcome, outcome
from seci.combination.merge.provenance import statements
from seci.combination.merge.source import Source
from seci.combination.products import Filled, Told
from seci.combination.queries.conflicts import conflicts
from seci.combination.queries.frames import frame
from seci.combination.queries.tracing import Traced, coverage, faults, traced
from seci.combination.recipes import Missing
from seci.combination.views import Coverage, PublishPage
from seci.kit.database import Database
from seci.kit.figures import Figure, share
from seci.library.markdown.reading import blocks
from seci.people import queries as people


@dataclass(frozen=True, slots=True)
class Sampled:
    """A published statement drawn by lot, with the passages it cites."""

    id: int
    number: int
    text: str
    cited: tuple[tuple[str, str], ...]
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class AccuracyPage:
    """combination/accuracy.html: the sample, and the share that people have confirmed."""

    merge: Merge
    rows: tuple[Sampled, ...]
    accuracy: Figure


def outcome_of(actor: Actor, db: Database, merge: int) -> Outcome:
    """The licence of the result, worked out from the sources as they are held."""
    found = get_merge(actor, db, merge)
    held = [
        Source(one.document, one.title, "", (), (), licence=one.licence, guide=one.guide)
        for one in sources_of(actor, db, merge)
    ]
    return outcome(held, ("NC",) if found.accepts_nc else ())


def lacking_classes(actor: Actor, db: Database, found: Merge) -> tuple[Missing, ...]:
    """Classes of source that the recipe of a merge asks for and that are not there."""
    if not found.recipe:
        return ()
    sources = [(one.source_class, one.guide) for one in sources_of(actor, db, found.id) if one.source_class]
    return recipes.missing(recipes.recipe(found.recipe), sources)


def obstacles(actor: Actor, db: Database, merge: int) -> tuple[str, ...]:
    """What stands in the way, one sentence each; nothing where it can be published."""
    return _obstacles(actor, db, get_merge(actor, db, merge))


def _obstacles(actor: Actor, db: Database, found: Merge) -> tuple[str, ...]:
    lacking = [f"the recipe still misses {one.words}." for one in lacking_classes(actor, db, found)]
    ((waiting,),) = db.rows(
        "SELECT COUNT(*) FROM combination_conflict WHERE merge_id = ? AND state = 'open'", [found.id]
    )
    if waiting:
        lacking.append(
            f"{waiting} conflict{' waits' if waiting == 1 else 's wait'} for a decision; "
            "asking the owners is a decision too."
        )
    end = outcome_of(actor, db, found.id)
    if not end.allowed:
        lacking.append(end.reasons[0])
    if found.draft is None:
        return (*lacking, "there is no draft yet.")
    now = traced(actor, db, found.id)
    wrong = faults(actor, db, found.id, now)
    if wrong:
        many = "statement rests" if len(wrong) == 1 else "statements rest"
        lacking.append(f"{len(wrong)} {many} on no checked source: “{wrong[0].text[:120]}” {wrong[0].why}")
    if not now.traces:
        lacking.append("the draft says nothing yet.")
    ignored = _undone(actor, db, found.id, now)
    if ignored:
        many = "decision is" if len(ignored) == 1 else "decisions are"
        lacking.append(
            f"{len(ignored)} {many} not in the draft: “{ignored[0][:120]}” stands there as before. Write it anew, or "
            "change the sentence there."
        )
    filled, told = wholeness(found, now)
    lacking += [
        f"the section “{one.section.title}” is not filled ({one.section.ask})" for one in filled if not one.is_full
    ]
    lacking += [
        f"nothing is said of {one.requirement.name.lower()} ({one.requirement.ask})" for one in told if not one.is_met
    ]
    return tuple(lacking)


def _undone(actor: Actor, db: Database, merge: int, now: Traced) -> list[str]:
    """Sentences that stand in the draft as though nothing had been decided: one that lost, and both of a pair that was
    to be told apart when no word of the draft has changed since."""
    ((written,),) = db.rows(
        "SELECT at FROM library_revision WHERE document_id = ? AND number = ?", [now.document, now.revision]
    )
    standing = {(cited.source, cited.text) for one in now.traces if one.operation == "verbatim" for cited in one.cited}
    found = list[str]()
    for one in conflicts_of(actor, db, merge):
        a, b = ((one.found[side]["source"], " ".join(one.found[side]["text"].split())) for side in ("a", "b"))
        if one.choice in ("a", "b"):
            lost = b if one.choice == "a" else a
            found += [lost[1]] if lost in standing else []
        elif one.choice in ("split", "both") and (one.decided_at or 0) > written and {a, b} <= standing:
            found.append(a[1])
    return found


def wholeness(found: Merge, now: Traced | None) -> tuple[tuple[Filled, ...], tuple[Told, ...]]:
    """How the sections and the requirements of the merge's product stand in a text."""
    if not found.product:
        return (), ()
    wanted = products.product(found.product)
    text = now.text if now else ""
    paths = {one.place: one.path for one in blocks(text)}
    said = [(paths.get(one.block, ()), one.text) for one in statements(text)]
    return (
        products.completeness(wanted, said),
        products.told(wanted.classes, [words for _, words in said], found.classes),
    )


def publishing(actor: Actor, db: Database, merge: int) -> PublishPage:
    """Everything that is looked at before publishing."""
    found = get_merge(actor, db, merge)
    now = traced(actor, db, merge) if found.draft is not None else None
    counted = coverage(now.traces, faults(actor, db, merge, now)) if now else Coverage(0, 0, 0, 0)
    filled, told = wholeness(found, now)
    listed = conflicts(actor, db, merge).rows
    named = people.names(actor, db, [found.owner] if found.owner else [])
    return PublishPage(
        frame=frame(actor, db, merge),
        obstacles=_obstacles(actor, db, found),
        outcome=outcome_of(actor, db, merge),
        coverage=counted,
        open_conflicts=tuple(row for row in listed if row.conflict.state != "decided"),
        product=products.product(found.product) if found.product else None,
        filled=filled,
        told=told,
        missing=lacking_classes(actor, db, found),
        days=180,
        owner=named.get(found.owner) if found.owner else None,
    )


def accuracy(actor: Actor, db: Database, merge: int) -> AccuracyPage:
    """The sample of the published playbook with what people said of it; unknown until somebody has looked."""
    found = get_merge(actor, db, merge)
    rows = db.rows(
        "SELECT id, revision, number, verdict, words FROM combination_sample WHERE merge_id = ? ORDER BY id", [merge]
    )
    by_revision = {number: traced(actor, db, merge, number).traces for number in {row[1] for row in rows}}
    titles = {one.document: f"{one.guide}, {one.title}" for one in sources_of(actor, db, merge)}
    listed = []
    for id_, revision, number, verdict, words in rows:
        trace = by_revision[revision][number]
        cited = tuple((titles.get(one.source, ""), one.text) for one in trace.cited)
        listed.append(Sampled(id_, number, trace.text, cited, verdict, words))
    return AccuracyPage(found, tuple(listed), accuracy_of([row[3] for row in rows]))


def accuracy_of(verdicts: list[str]) -> Figure:
    """The share of judged statements that were confirmed, with a Wilson interval; what is unclear counts as not."""
    judged = [one for one in verdicts if one]
    return share(sum(one == "confirmed" for one in judged), len(judged), of="sampled statements", status="proposal")
