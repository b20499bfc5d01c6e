"""Conflicts of a merge: listed, and one of them with both sentences in context and what speaks for each."""

from __future__ import annotations

from typing import Any

from seci.accounts.actor import Actor
from seci.combination.access import (
    REQUEST,
    MergeConflict,
    MergeSource,
    Request,
    conflicts_of,
    get_conflict,
    get_merge,
    need_member,
    sources_of,
)
from seci.combination.adr import Side
from seci.combination.merge.source import Source
from seci.combination.queries.frames import frame
from seci.combination.queries.texts import source_at
from seci.combination.views import ConflictPage, ConflictRow, ConflictsPage, RequestRow, SideView
from seci.kit.clock import now, to_datetime
from seci.kit.database import Database
from seci.people import queries as people

KINDS = {
    "threshold": "different numbers",
    "modality": "one asks what the other forbids or leaves open",
    "action": "same situation, different action",
    "order": "different order",
    "exception": "a rule and its exception",
    "superseded": "the same rule, changed later",
}
AROUND = 2
"""Sentences shown before and after."""


def conflicts(actor: Actor, db: Database, merge: int) -> ConflictsPage:
    """The conflicts of a merge, those that wait on top."""
    guides = {one.document: one.guide for one in sources_of(actor, db, merge)}
    rows = tuple(conflict_row(one, guides) for one in conflicts_of(actor, db, merge))
    return ConflictsPage(frame(actor, db, merge), rows)


def conflict(actor: Actor, db: Database, conflict: int) -> ConflictPage:
    """One conflict, ready to be decided."""
    found = get_conflict(actor, db, conflict)
    guides = {one.document: one.guide for one in sources_of(actor, db, found.merge)}
    one, two = sides(actor, db, found)
    waiting = [each.id for each in conflicts_of(actor, db, found.merge) if each.state == "open" and each.id != conflict]
    named = people.names(actor, db, [found.decided_by] if found.decided_by else [])
    return ConflictPage(
        frame=frame(actor, db, found.merge),
        row=conflict_row(found, guides),
        one=one,
        two=two,
        requests=requests(actor, db, conflict=conflict),
        decided_by=named.get(found.decided_by) if found.decided_by else None,
        when=(found.when_a or one.condition, found.when_b or two.condition),
        after=waiting[0] if waiting else None,
    )


def requests(
    actor: Actor, db: Database, *, conflict: int | None = None, mine: bool = False, open_only: bool = False
) -> tuple[RequestRow, ...]:
    """Who was asked about conflicts; of one conflict, or what waits for the actor."""
    need_member(actor)
    parts, given = ["1 = 1"], list[object]()
    if conflict is not None:
        parts, given = [*parts, "r.conflict_id = ?"], [*given, conflict]
    if mine:
        parts, given = [*parts, "r.person_id = ?"], [*given, actor.person]
    if open_only:
        parts = [*parts, "r.answered_at IS NULL"]
    rows = db.rows(
        f"SELECT {REQUEST} WHERE {' AND '.join(parts)} ORDER BY r.id DESC LIMIT 200",
        given,
    )
    found = [Request(*row) for row in rows]
    named = people.names(actor, db, sorted({one.person for one in found if one.person is not None}))
    return tuple(_request(actor, db, one, named) for one in found)


def _request(actor: Actor, db: Database, one: Request, named: dict[int, Any]) -> RequestRow:
    about = get_conflict(actor, db, one.conflict)
    titles = db.rows("SELECT title FROM library_document WHERE id = ?", [one.document])
    mine = actor.person is not None and actor.person == one.person
    return RequestRow(
        one,
        get_merge(actor, db, one.merge).title,
        str(titles[0][0]) if titles else "",
        named.get(one.person) if one.person else None,
        about.found["a"]["text"],
        about.found["b"]["text"],
        may_answer=one.answered_at is None and (mine or actor.is_at_least("facilitator")),
    )


def conflict_row(found: MergeConflict, guides: dict[int, str]) -> ConflictRow:
    a, b = found.found["a"], found.found["b"]
    return ConflictRow(
        found, a["text"], b["text"], guides.get(a["source"], ""), guides.get(b["source"], ""),
        KINDS.get(found.kind, found.kind),
    )  # fmt: skip


def sides(actor: Actor, db: Database, found: MergeConflict) -> tuple[SideView, SideView]:
    """Both sentences as they stand in the pinned revisions."""
    by_document = {one.document: one for one in sources_of(actor, db, found.merge)}
    a, b = (_side(db, by_document, found.found[name]) for name in ("a", "b"))
    return a, b


def _side(db: Database, by_document: dict[int, MergeSource], rule: dict[str, Any]) -> SideView:
    one = by_document[rule["source"]]
    whole = source_at(db, one, one.revision)
    at = rule["sentence"]
    told = whole.sentences[at] if at < len(whole.sentences) else None
    heading = told.path[-1] if told is not None and told.path else ""
    facts = evidence(whole, rule)
    words = ", ".join(f"{name}: {value}" for name, value in facts)
    near = [each.text for each in whole.sentences[max(0, at - AROUND) : at]]
    later = [each.text for each in whole.sentences[at + 1 : at + 1 + AROUND]]
    side = Side(rule["text"], f"{one.guide}, {one.title} r{one.revision}", heading, words)
    now_says = str(rule.get("now") or "")
    return SideView(
        side, one.document, one.revision, one.title, one.guide, " ".join(near), " ".join(later), facts,
        condition=", and ".join(rule["conditions"]), now="" if now_says == rule["text"] else now_says,
    )  # fmt: skip


def evidence(source: Source, rule: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What speaks for a sentence: how new it is, whether anybody vouches for it, how specific it is."""
    facts = [("Written", f"{source.date:%Y-%m-%d}" if source.date else "unknown")]
    if source.verified is None:
        facts.append(("Verified", "by nobody"))
    else:
        over = source.verified < to_datetime(now())
        facts.append(("Verified", f"{'expired' if over else 'until'} {source.verified:%Y-%m-%d}"))
    facts.append(("Owner", source.owner or "nobody"))
    facts.append(("Specific", specificity(rule)))
    return tuple(facts)


def specificity(rule: dict[str, Any]) -> str:
    """Whether the sentence names a number or a condition: what is more specific is more often an exception."""
    named = []
    if rule["quantities"]:
        named.append(f"names a number ({', '.join(rule['quantities'])})")
    if rule["conditions"]:
        named.append(f"names a condition ({'; '.join(rule['conditions'])})")
    return ", ".join(named) or "holds in general"
