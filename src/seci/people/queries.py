# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""Reads about people, one function per question. Others see name, unit and function, and nothing counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seci.accounts.actor import Actor
from seci.kit.clock import today
from seci.kit.database import CONTAINS, Database, Row, containing, values
from seci.kit.errors import BadInput, NotFound
from seci.kit.pager import Pager
from seci.people.access import day, get_person, need_lead
from seci.people.ba import Ba
from seci.people.views import (
    IdentitiesPage,
    IdentityCase,
    IdentityRow,
    PeoplePage,
    PersonFacts,
    PersonRef,
    PersonRow,
    UnitRef,
    UnitRow,
    UnitsPage,
)

PER_PAGE = 50

RULES: dict[str, str] = {
    "alone": "the only one of this name and address",
    "name": "the same full name",
    "e-mail": "the same mailbox",
    "account": "the same forge account",
    "written out": "the name written out in the address",
    "handle": "the same log-in name",
    "own domain": "a domain of the same name as the log-in",
    "part of name": "one name is part of the other",
    "misspelled": "names that differ by one letter",
    "initials": "initials that fit the name",
    "bridge": "another alias that fits both",
    "said": "a person said so",
    "reopened": "a decision was taken back",
}
"""What tied an identity to a person, in words."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Two identities that may be one person's."""

    id: int
    one: IdentityRow
    one_person: PersonRef
    two: IdentityRow
    two_person: PersonRef
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class ProposedUnit:
    id: int
    name: str
    people: tuple[PersonRef, ...]
    reason: str


def people(
    actor: Actor, db: Database, *, q: str = "", unit: int | None = None, page: int = 1, per_page: int = PER_PAGE
) -> PeoplePage:
    """The directory in alphabetical order: everybody who is a person, without bots, agents and shared mailboxes."""
    where = "p.nature = 'person' AND p.merged_into_id IS NULL"
    asked: list[object] = []
    if q:
        where += (
            f" AND (LOWER(p.name) {CONTAINS} OR EXISTS (SELECT 1 FROM people_identity i "
            f"WHERE i.person_id = p.id AND LOWER(i.name) {CONTAINS}))"
        )
        asked += [containing(q)] * 2
    if unit is not None:
        where += " AND p.unit_id = ?"
        asked.append(unit)
    total = int(db.rows(f"SELECT COUNT(*) FROM people_person p WHERE {where}", asked)[0][0])
    pager = Pager(page, per_page, total)
    rows = db.rows(
        "SELECT p.id, p.name, p.leaves_on, u.id, u.name, p.function FROM people_person p "
        f"LEFT JOIN people_unit u ON u.id = p.unit_id WHERE {where} ORDER BY LOWER(p.name), p.id LIMIT ? OFFSET ?",
        [*asked, per_page, (page - 1) * per_page],
    )
    return PeoplePage(
        people=tuple(
            PersonRow(
                ref(id_, name, leaves), UnitRef(unit_id, unit_name) if unit_id else None, function, id_ == actor.person
            )
            for id_, name, leaves, unit_id, unit_name, function in rows
        ),
        pager=pager,
        units=units_by_name(actor, db),
        q=q,
        unit=unit,
        suggestions=count_suggestions(actor, db) if actor.is_at_least("lead") else None,
    )


def person(actor: Actor, db: Database, person: int) -> PersonFacts:
    """Who someone is. Addresses and dates are for the person and for leads."""
    found = get_person(actor, db, person)
    close = actor.person == found.id or actor.is_at_least("lead")
    unit = db.rows("SELECT id, name FROM people_unit WHERE id = ?", [found.unit]) if found.unit else []
    return PersonFacts(
        person=PersonRef(found.id, found.name, found.leaves_on is None or found.leaves_on >= today()),
        unit=UnitRef(*unit[0]) if unit else None,
        function=found.function,
        starts_on=found.starts_on if close else None,
        leaves_on=found.leaves_on if close else None,
        identities=tuple(identities(actor, db, found.id)) if close else (),
    )


def identities(actor: Actor, db: Database, person: int) -> list[IdentityRow]:
    """The names and addresses of a person, with what tied each of them."""
    rows = db.rows(f"SELECT {_IDENTITY} FROM people_identity i WHERE i.person_id = ? ORDER BY i.id", [person])
    return [_identity(row) for row in rows]


def units_by_name(actor: Actor, db: Database) -> tuple[UnitRef, ...]:
    return tuple(UnitRef(id_, name) for id_, name in db.rows("SELECT id, name FROM people_unit ORDER BY name"))


def units(actor: Actor, db: Database) -> UnitsPage:
    """All units with their people; a lead also sees what is proposed."""
    members: dict[int, list[PersonRef]] = defaultdict(list)
    for unit, id_, name, leaves in db.rows(
        "SELECT unit_id, id, name, leaves_on FROM people_person WHERE unit_id IS NOT NULL AND merged_into_id IS NULL "
        "AND nature = 'person' ORDER BY LOWER(name), id"
    ):
        members[unit].append(ref(id_, name, leaves))
    rows = [
        UnitRow(UnitRef(id_, name), tuple(members[id_]), UnitRef(parent, above) if parent else None, origin)
        for id_, name, origin, parent, above in db.rows(
            "SELECT u.id, u.name, u.origin, p.id, p.name FROM people_unit u "
            "LEFT JOIN people_unit p ON p.id = u.parent_id ORDER BY u.name"
        )
    ]
    if not actor.is_at_least("lead"):
        return UnitsPage(tuple(rows))
    proposed = [
        UnitRow(UnitRef(each.id, each.name), each.people, None, "proposed", each.reason)
        for each in proposed_units(actor, db)
    ]
    # A unit that was kept as proposed is a unit like any other.
    settled = [replace(row, origin="hand") if row.origin == "proposed" else row for row in rows]
    return UnitsPage((*proposed, *settled), True)


def proposed_units(actor: Actor, db: Database) -> list[ProposedUnit]:
    """The units that are proposed and not answered yet."""
    need_lead(actor, "look at proposed units")
    members: dict[int, list[PersonRef]] = defaultdict(list)
    for proposal, id_, name, leaves in db.rows(
        "SELECT m.unitproposal_id, p.id, p.name, p.leaves_on FROM people_unitproposal_people m "
        "JOIN people_unitproposal u ON u.id = m.unitproposal_id AND u.answered_at IS NULL "
        "JOIN people_person p ON p.id = m.person_id ORDER BY m.id"
    ):
        members[proposal].append(ref(id_, name, leaves))
    return [
        ProposedUnit(id_, name, tuple(members[id_]), reason)
        for id_, name, reason in db.rows(
            "SELECT id, name, reason FROM people_unitproposal WHERE answered_at IS NULL ORDER BY id"
        )
    ]


def count_suggestions(actor: Actor, db: Database) -> int:
    return int(db.rows("SELECT COUNT(*) FROM people_suggestion")[0][0])


def suggestions(actor: Actor, db: Database, *, page: int = 1, per_page: int = PER_PAGE) -> list[OpenQuestion]:
    """Who may be whom, surest first."""
    need_lead(actor, "decide who is who")
    rows = db.rows(
        f"SELECT s.id, s.rule, s.confidence, p.id, p.name, p.leaves_on, q.id, q.name, q.leaves_on, "
        f"{_IDENTITY}, {_IDENTITY.replace('i.', 'j.')} FROM people_suggestion s "
        "JOIN people_identity i ON i.id = s.one_id JOIN people_identity j ON j.id = s.two_id "
        "JOIN people_person p ON p.id = i.person_id JOIN people_person q ON q.id = j.person_id "
        "ORDER BY s.confidence DESC, s.id LIMIT ? OFFSET ?",
        [per_page, (page - 1) * per_page],
    )
    return [
        OpenQuestion(
            row[0], _identity(row[9:15]), ref(*row[3:6]), _identity(row[15:21]), ref(*row[6:9]),
            rule_in_words(row[1]), row[2],
        )
        for row in rows
    ]  # fmt: skip


def identity_cases(actor: Actor, db: Database, *, page: int = 1, per_page: int = PER_PAGE) -> IdentitiesPage:
    """The open questions about identities, and what people have decided last."""
    found = suggestions(actor, db, page=page, per_page=per_page)
    total = count_suggestions(actor, db)
    counts = db.rows(
        "SELECT COUNT(*), (SELECT COUNT(*) FROM people_identity) FROM people_person "
        "WHERE nature = 'person' AND merged_into_id IS NULL"
    )[0]
    return IdentitiesPage(
        open=tuple(
            IdentityCase(case.id, case.one_person, (case.one, case.two), case.confidence, case.rule) for case in found
        ),
        decided=tuple(_decided(db)),
        pager=Pager(page, per_page, total),
        people=int(counts[0]),
        identities=int(counts[1]),
    )


def names(actor: Actor, db: Database, people: Sequence[int]) -> dict[int, PersonRef]:
    """Links to people by id; whoever was joined to another is found as the other."""
    if not people:
        return {}
    rows = db.rows(
        "SELECT p.id, s.id, s.name, s.leaves_on FROM people_person p "
        f"JOIN people_person s ON s.id = COALESCE(p.merged_into_id, p.id) WHERE p.id IN {values(len(people))}",
        people,
    )
    return {asked: ref(id_, name, leaves) for asked, id_, name, leaves in rows}


def ref(id_: int, name: str, leaves_on: object) -> PersonRef:
    last = day(leaves_on)
    return PersonRef(id_, name, last is None or last >= today())


def decided_pair(actor: Actor, db: Database, verdict: int) -> tuple[int, int]:
    """The two identities that a decision was about. Raises NotFound."""
    found = db.rows("SELECT one_id, two_id FROM people_verdict WHERE id = ?", [verdict])
    if not found:
        raise NotFound("This decision was taken back already.")
    return int(found[0][0]), int(found[0][1])


def named(actor: Actor, db: Database, name: str) -> int:
    """The one person of this name. Raises NotFound, or BadInput when several have it."""
    found = db.rows(
        "SELECT id FROM people_person WHERE LOWER(name) = ? AND nature = 'person' AND merged_into_id IS NULL",
        [" ".join(name.split()).lower()],
    )
    if not found:
        raise NotFound(f"There is nobody called {name!r} in the directory.")
    if len(found) > 1:
        raise BadInput(f"{len(found)} people are called {name!r}; join them first, or rename one.")
    return int(found[0][0])


def rule_in_words(rule: str) -> str:
    return RULES.get(rule, rule)


_IDENTITY = "i.id, i.name, i.email, i.rule, i.confidence, i.confirmed"


def _identity(row: Row) -> IdentityRow:
    id_, name, email, rule, confidence, confirmed = row
    return IdentityRow(id_, name, email, rule_in_words(rule), confidence, bool(confirmed))


def _decided(db: Database, limit: int = 50) -> list[IdentityCase]:
    """What people said last, one case per verdict between two persons; the case is known by its verdict."""
    rows = db.rows(
        f"SELECT v.id, v.same, p.id, p.name, p.leaves_on, {_IDENTITY}, {_IDENTITY.replace('i.', 'j.')} "
        "FROM people_verdict v JOIN people_identity i ON i.id = v.one_id JOIN people_identity j ON j.id = v.two_id "
        "JOIN people_person p ON p.id = i.person_id "
        "WHERE v.id IN (SELECT MIN(w.id) FROM people_verdict w JOIN people_identity a ON a.id = w.one_id "
        "JOIN people_identity b ON b.id = w.two_id GROUP BY w.at, w.same, a.person_id, b.person_id) "
        "ORDER BY v.at DESC, v.id DESC LIMIT ?",
        [limit],
    )
    return [
        IdentityCase(
            row[0], ref(*row[2:5]), (_identity(row[5:11]), _identity(row[11:17])), 1.0, "a person said so",
            "confirmed" if row[1] else "rejected",
        )
        for row in rows
    ]  # fmt: skip


def ba(actor: Actor, db: Database, ba: int) -> Ba:
    """A shared context. Raises NotFound."""
    rows = db.rows("SELECT type, purpose, place, rhythm, rules FROM people_ba WHERE id = ?", [ba])
    if not rows:
        raise NotFound(f"There is no ba {ba}.")
    people = db.rows("SELECT person_id FROM people_ba_people WHERE ba_id = ? ORDER BY id", [ba])
    type_, purpose, place, rhythm, rules = rows[0]
    return Ba(type_, purpose, tuple(person for (person,) in people), place, rhythm, rules)
