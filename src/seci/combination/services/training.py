"""Plans for newcomers: made from what is there, put right by hand, exported as a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.combination import store
from seci.combination.access import Plan, get_plan, need_member
from seci.combination.curriculum import Step, path, to_markdown
from seci.combination.queries.tracing import head
from seci.combination.queries.training import material, topic_of
from seci.combination.services.starting import tidy
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from seci.kit.records import clean, from_data, to_data
from seci.ledger.kinds import Kind
from seci.library import services as library
from seci.people.store import record


def plan_training(
    actor: Actor, db: Database, title: str, *, asset: int | None = None, concept: int | None = None, audience: str = ""
) -> Plan:
    """A path about an asset or a concept, from its published pages and artifacts.

    Raises BadInput where neither or both are named, or where nothing published is about it.
    """
    need_member(actor)
    if (asset is None) == (concept is None):
        raise BadInput("Say what the plan is about: an asset or a concept.")
    if asset is not None:
        get_asset(actor, db, asset)
    topic = topic_of(db, asset, concept)
    if not topic:
        raise NotFound(f"There is no concept {concept}.")
    steps = path(*material(actor, db, asset, concept), topic)
    if not steps:
        raise BadInput(f"Nothing published is about {topic} yet; publish a page or an artifact first.")
    with db.transaction():
        at = now()
        words = " ".join(clean(audience).split())[:200]
        made = store.insert(
            db, "plan", title=tidy(title or f"Getting to know {topic}"), audience=words,
            asset_id=asset, concept=concept, steps=to_data(steps), by=actor.account, at=at, changed_at=at,
        )  # fmt: skip
        record(db, actor, Kind.SYNTHESIZE, f"plan {made} for newcomers: {topic}", asset=asset)
        return get_plan(actor, db, made)


def move_step(actor: Actor, db: Database, plan: int, step: int, to: int) -> Plan:
    """The step at place `step` at place `to`, both from 0."""

    def work(steps: list[Step]) -> list[Step]:
        moved = steps.pop(step)
        steps.insert(max(0, min(to, len(steps))), moved)
        return steps

    return _change(actor, db, plan, step, work)


def drop_step(actor: Actor, db: Database, plan: int, step: int) -> Plan:
    """The plan without one of its steps."""
    return _change(actor, db, plan, step, lambda steps: steps[:step] + steps[step + 1 :])


def say_step(actor: Actor, db: Database, plan: int, step: int, why: str, done: str) -> Plan:
    """Why a step is there, and when it is done."""
    words = [" ".join(clean(one).split())[:400] for one in (why, done)]
    if not all(words):
        raise BadInput("Say why the step is there, and when it is done.")

    def work(steps: list[Step]) -> list[Step]:
        steps[step] = replace(steps[step], why=words[0].rstrip("."), done=words[1])
        return steps

    return _change(actor, db, plan, step, work)


def export_plan(actor: Actor, db: Database, plan: int) -> int:
    """The plan as a page of the library, published; the number of the document. Done again, it is revised."""
    found = get_plan(actor, db, plan)
    steps = [from_data(Step, one) for one in found.steps]
    addresses: dict[tuple[str, int], str] = {
        (one.what, one.number): f"/{'library' if one.what == 'document' else 'artifacts'}/{one.number}/"
        for one in steps
        if one.what
    }
    text = to_markdown(found.title, found.audience, steps, addresses)
    with db.transaction():
        if found.document is None:
            document = library.create(actor, db, found.title, text, kind="training", message="from a plan")
            library.publish(actor, db, document)
            store.change(db, "plan", plan, document_id=document, changed_at=now())
        else:
            document = found.document
            library.revise(actor, db, document, text, base=head(db, document), message="from its plan", cause="merge")
        record(db, actor, Kind.PUBLISH, f"plan {plan} as document {document}", asset=found.asset)
        return document


def _change(actor: Actor, db: Database, plan: int, step: int, work: Callable[[list[Step]], list[Step]]) -> Plan:
    with db.transaction():
        found = get_plan(actor, db, plan)
        steps = [from_data(Step, one) for one in found.steps]
        if not 0 <= step < len(steps):
            raise NotFound(f"Plan {plan} has no step {step + 1}.")
        store.change(db, "plan", plan, steps=to_data(work(steps)), changed_at=now())
        record(db, actor, Kind.SYNTHESIZE, f"plan {plan} changed", asset=found.asset)
        return get_plan(actor, db, plan)
