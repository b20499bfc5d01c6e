"""Plans for newcomers: listed, one of them, and what a new one could be made of."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.combination.access import PLAN, Plan, get_plan, need_member, plan_of
from seci.combination.curriculum import Page, Step, Tool, lacking
from seci.combination.queries.picking import BELOW
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.records import from_data


@dataclass(frozen=True, slots=True)
class PlanPage:
    """combination/plan.html"""

    plan: Plan
    steps: tuple[Step, ...]
    lacking: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class PlansPage:
    """combination/plans.html: the plans there are, and what a new one can be about."""

    plans: tuple[Plan, ...]
    assets: tuple[tuple[int, str], ...]
    concepts: tuple[tuple[int, str], ...]


def plans(actor: Actor, db: Database) -> PlansPage:
    """All plans, the latest on top."""
    need_member(actor)
    found = db.rows(f"SELECT {PLAN} ORDER BY p.id DESC LIMIT 200")
    assets = db.rows(
        "SELECT s.id, s.name FROM assets_asset s WHERE s.state IN ('proposed', 'kept') AND ("
        "EXISTS (SELECT 1 FROM library_document d WHERE d.asset_id = s.id) OR "
        "EXISTS (SELECT 1 FROM artifacts_artifact a WHERE a.asset_id = s.id)) ORDER BY LOWER(s.name), s.id"
    )
    concepts = db.rows("SELECT id, label FROM library_concept ORDER BY label")
    return PlansPage(
        tuple(plan_of(row) for row in found), tuple((row[0], row[1]) for row in assets),
        tuple((row[0], row[1]) for row in concepts),
    )  # fmt: skip


def plan(actor: Actor, db: Database, plan: int) -> PlanPage:
    """One plan with its steps and what it lacks."""
    found = get_plan(actor, db, plan)
    steps = tuple(from_data(Step, one) for one in found.steps)
    return PlanPage(found, steps, lacking(steps), topic_of(db, found.asset, found.concept))


def material(
    actor: Actor, db: Database, asset: int | None, concept: int | None
) -> tuple[tuple[Page, ...], tuple[Tool, ...]]:
    """Pages and artifacts about an asset, or about a concept and what lies below it; published ones only."""
    need_member(actor)
    at = now()
    if asset is not None:
        head, given = "", [asset]
        pages_of, tools_of = "d.asset_id = ?", "a.asset_id = ?"
    else:
        head, given = BELOW, [concept or 0]
        pages_of = "d.id IN (SELECT t.document_id FROM library_tagging t JOIN below ON below.id = t.concept_id)"
        tools_of = "a.id IN (SELECT t.artifact_id FROM library_tagging t JOIN below ON below.id = t.concept_id)"
    pages = db.rows(
        f"{head} SELECT d.id, d.title, d.diataxis, d.verified_at IS NOT NULL AND COALESCE(d.expires_at, ?) >= ? "
        f"FROM library_document d WHERE {pages_of} AND d.state = 'published' AND d.vanished_at IS NULL "
        "AND d.kind NOT IN ('adr', 'attribution', 'training') ORDER BY d.id",
        [*given, at, at] if head else [at, at, *given],
    )
    tools = db.rows(
        f"{head} SELECT a.id, a.title, a.type, a.verified_at IS NOT NULL AND COALESCE(a.expires_at, ?) >= ? "
        f"FROM artifacts_artifact a WHERE {tools_of} AND a.state = 'published' ORDER BY a.id",
        [*given, at, at] if head else [at, at, *given],
    )
    return (
        tuple(Page(row[0], row[1], row[2], bool(row[3])) for row in pages),
        tuple(Tool(row[0], row[1], row[2], bool(row[3])) for row in tools),
    )


def topic_of(db: Database, asset: int | None, concept: int | None) -> str:
    """What a plan is about, by name."""
    table, column, key = ("assets_asset", "name", asset) if asset is not None else ("library_concept", "label", concept)
    rows = db.rows(f"SELECT {column} FROM {table} WHERE id = ?", [key])
    return str(rows[0][0]) if rows else ""
