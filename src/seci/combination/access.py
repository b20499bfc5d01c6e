"""The only way to hold a merge, one of its conflicts, a request, a finding or a plan. Members see them all."""
# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from seci.accounts.actor import Actor
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json
from seci.kit.errors import Conflict, NotFound, Refused
from seci.library.access import readable

MergeState = Literal["reading", "failed", "open", "published", "left"]


@dataclass(frozen=True, slots=True)
class Merge:
    """Several documents on their way into one.

    outline      packed outline; None while the sources are still being read
    equivalents  sentences that say the same: [{"kept": [document, sentence], "others": [[document, sentence], ...]}]
    classes      what people decided about classes of requirements
    everything   takes in what one guide alone speaks of, too; `accepts_nc`: the result will never be used for money
    step, done, total  how far the reading is; `sentence` is why it failed
    draft, attribution  documents of the library; `published` is the number of the published revision of the draft
    owner        person who answers for the published text
    """

    id: int
    title: str
    state: MergeState
    recipe: str
    product: str
    asset: int | None
    licence: str
    outline: dict[str, Any] | None
    equivalents: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    classes: dict[str, dict[str, Any]]
    everything: bool
    accepts_nc: bool
    step: str
    done: int
    total: int
    sentence: str
    draft: int | None
    attribution: int | None
    published: int | None
    published_at: Micros | None
    owner: int | None
    at: Micros
    changed_at: Micros


@dataclass(frozen=True, slots=True)
class MergeSource:
    """A document of a merge, held at a revision. `guide` is what it is a page of."""

    id: int
    merge: int
    document: int
    revision: int
    title: str
    guide: str
    licence: str
    source_class: str
    head: int

    @property
    def has_moved(self) -> bool:
        """Whether the document has a later revision than the one the merge holds."""
        return self.head > self.revision


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Two sentences that cannot both be followed.

    found    both rules as they were found; `before` the decision that stood until a sentence changed
    when_a, when_b  of a split: when the first holds, and when the second
    """

    id: int
    merge: int
    kind: str
    sentence: str
    score: float
    found: dict[str, Any]
    fingerprint: str
    state: Literal["open", "asked", "decided"]
    choice: str
    when_a: str
    when_b: str
    reason: str
    adr: int | None
    before: dict[str, Any] | None
    decided_by: int | None
    decided_at: Micros | None


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody who answers for a source is asked which of two sentences holds."""

    id: int
    conflict: int
    merge: int
    document: int
    person: int | None
    question: str
    answer: str
    words: str
    at: Micros
    answered_at: Micros | None


@dataclass(frozen=True, slots=True)
class LibraryFinding:
    """Something in the library to be decided once. `data` depends on its kind."""

    id: int
    kind: str
    fingerprint: str
    sentence: str
    document: int | None
    other: int | None
    merge: int | None
    data: dict[str, Any]
    score: float
    state: Literal["open", "decided", "gone"]
    decision: str
    reason: str
    decided_by: int | None
    decided_at: Micros | None
    at: Micros


@dataclass(frozen=True, slots=True)
class Plan:
    """A path for somebody new. Each step is plain data: kind, number, title, why, done when."""

    id: int
    title: str
    audience: str
    asset: int | None
    concept: int | None
    steps: list[dict[str, Any]]
    document: int | None
    at: Micros
    changed_at: Micros


MERGE = (
    "m.id, m.title, m.state, m.recipe, m.product, m.asset_id, m.licence, m.outline, m.equivalents, m.gaps, m.classes, "
    "m.everything, m.accepts_nc, m.step, m.done, m.total, m.sentence, m.draft_id, m.attribution_id, m.published, "
    "m.published_at, m.owner_id, m.at, m.changed_at"
)
SOURCE = (
    "s.id, s.merge_id, s.document_id, s.revision, d.title, s.guide, s.licence, s.source_class, d.head "
    "FROM combination_source s JOIN library_document d ON d.id = s.document_id"
)
CONFLICT = (
    "c.id, c.merge_id, c.kind, c.sentence, c.score, c.found, c.fingerprint, c.state, c.choice, c.when_a, c.when_b, "
    "c.reason, c.adr_id, c.before, c.decided_by_id, c.decided_at FROM combination_conflict c"
)
REQUEST = (
    "r.id, r.conflict_id, c.merge_id, r.document_id, r.person_id, r.question, r.answer, r.words, r.at, r.answered_at "
    "FROM combination_request r JOIN combination_conflict c ON c.id = r.conflict_id"
)
FINDING = (
    "f.id, f.kind, f.fingerprint, f.sentence, f.document_id, f.other_id, f.merge_id, f.data, f.score, f.state, "
    "f.decision, f.reason, f.decided_by_id, f.decided_at, f.at FROM combination_finding f"
)
PLAN = (
    "p.id, p.title, p.audience, p.asset_id, p.concept, p.steps, p.document_id, p.at, p.changed_at "
    "FROM combination_plan p"
)


def need_member(actor: Actor) -> None:
    if not actor.is_at_least("member"):
        raise Refused("Merges are for members of this instance; ask an admin for that role.")


def get_merge(actor: Actor, db: Database, merge: int) -> Merge:
    """A merge. Raises NotFound, Refused for guests."""
    need_member(actor)
    rows = db.rows(f"SELECT {MERGE} FROM combination_merge m WHERE m.id = ?", [merge])
    if not rows:
        raise NotFound(f"There is no merge {merge}; `seci merge list` shows which there are.")
    return merge_of(rows[0])


def get_changeable(actor: Actor, db: Database, merge: int) -> Merge:
    """A merge that can still be worked on. Raises Conflict for one that was left."""
    found = get_merge(actor, db, merge)
    if found.state == "left":
        raise Conflict(f"Merge {merge} was left; start another one.")
    return found


def get_opened(actor: Actor, db: Database, merge: int) -> Merge:
    """A merge whose sources have been read. Raises Conflict while they are not."""
    found = get_changeable(actor, db, merge)
    if found.outline is None:
        why = found.sentence or "its sources are still being read."
        raise Conflict(f"Merge {merge} cannot be worked on yet: {why}", code="not_read")
    return found


def sources_of(actor: Actor, db: Database, merge: int) -> list[MergeSource]:
    """The sources of a merge in their order."""
    get_merge(actor, db, merge)
    return [MergeSource(*row) for row in db.rows(f"SELECT {SOURCE} WHERE s.merge_id = ? ORDER BY s.place", [merge])]


def get_conflict(actor: Actor, db: Database, conflict: int) -> MergeConflict:
    """A conflict. Raises NotFound, Refused."""
    need_member(actor)
    rows = db.rows(f"SELECT {CONFLICT} WHERE c.id = ?", [conflict])
    if not rows:
        raise NotFound(f"There is no conflict {conflict}; `seci merge conflicts MERGE` shows which there are.")
    return conflict_of(rows[0])


def conflicts_of(actor: Actor, db: Database, merge: int) -> list[MergeConflict]:
    """The conflicts of a merge: open ones first, the likeliest of them on top."""
    get_merge(actor, db, merge)
    order = "CASE c.state WHEN 'open' THEN 0 WHEN 'asked' THEN 1 ELSE 2 END, c.score DESC, c.id"
    return [conflict_of(row) for row in db.rows(f"SELECT {CONFLICT} WHERE c.merge_id = ? ORDER BY {order}", [merge])]


def get_request(actor: Actor, db: Database, request: int) -> Request:
    """A request. Raises NotFound, Refused."""
    need_member(actor)
    rows = db.rows(f"SELECT {REQUEST} WHERE r.id = ?", [request])
    if not rows:
        raise NotFound(f"There is no request {request}; `seci merge asked` shows which there are.")
    return Request(*rows[0])


def seen_by(actor: Actor) -> tuple[str, list[object]]:
    """The condition on `combination_finding f` under which the actor may read what it is about, with its parameters.
    Findings of a merge are seen by all who see the merge."""
    where, asked = readable(actor)
    both = " AND ".join(
        f"(f.{column} IS NULL OR EXISTS (SELECT 1 FROM library_document d WHERE d.id = f.{column} AND {where}))"
        for column in ("document_id", "other_id")
    )
    return f"(f.merge_id IS NOT NULL OR ({both}))", [*asked, *asked]


def get_finding(actor: Actor, db: Database, finding: int) -> LibraryFinding:
    """A finding. Raises NotFound, also where it is about a page that the actor may not read, and Refused."""
    need_member(actor)
    seen, asked = seen_by(actor)
    rows = db.rows(f"SELECT {FINDING} WHERE f.id = ? AND {seen}", [finding, *asked])
    if not rows:
        raise NotFound(f"There is no finding {finding}; `seci findings list` shows which there are.")
    return finding_of(rows[0])


def get_plan(actor: Actor, db: Database, plan: int) -> Plan:
    """A learning plan. Raises NotFound, Refused."""
    need_member(actor)
    rows = db.rows(f"SELECT {PLAN} WHERE p.id = ?", [plan])
    if not rows:
        raise NotFound(f"There is no plan {plan}; `seci training list` shows which there are.")
    return plan_of(rows[0])


def merge_of(row: tuple[Any, ...]) -> Merge:
    cells = list(row)
    for at in (7, 8, 9, 10):
        cells[at] = from_json(cells[at])
    return Merge(*cells)


def conflict_of(row: tuple[Any, ...]) -> MergeConflict:
    cells = list(row)
    cells[5], cells[13] = from_json(cells[5]), from_json(cells[13])
    return MergeConflict(*cells)


def finding_of(row: tuple[Any, ...]) -> LibraryFinding:
    cells = list(row)
    cells[7] = from_json(cells[7])
    return LibraryFinding(*cells)


def plan_of(row: tuple[Any, ...]) -> Plan:
    cells = list(row)
    cells[5] = from_json(cells[5])
    return Plan(*cells)
