"""Units: made by hand, read from a list, or proposed from who works together and accepted by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.kit.clock import DAY, now
from seci.kit.database import Database, values
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger import runs
from seci.ledger.kinds import Kind
from seci.people import roster, store
from seci.people.access import Unit, get_person, get_unit, need_lead
from seci.people.evidence import Alias
from seci.people.services.describing import describe
from seci.people.units import WorkingGroup, working_groups

YEARS = 2
"""Ties older than this say little on who works together now."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list changed. With `dry_run` nothing was written and the numbers say what would be.

    faults   rows set aside, each with line, code and sentence; also in the quarantine of `run`
    """

    rows: int
    added: int
    changed: int
    unchanged: int
    units_added: int
    faults: tuple[roster.Fault, ...]
    ignored_columns: tuple[str, ...]
    dry_run: bool
    run: int | None = None


def add_unit(actor: Actor, db: Database, name: str, *, parent: int | None = None, people: Sequence[int] = ()) -> Unit:
    """Makes a unit, with people in it if any are named. Raises Conflict when there is one of that name."""
    need_lead(actor, "make units")
    if parent is not None:
        get_unit(actor, db, parent)
    with db.transaction():
        unit = _make(db, name, parent, "hand")
        store.record(db, actor, Kind.DECIDE, f"unit {unit} made")
        for person in people:
            describe(actor, db, person, unit=unit)
        return get_unit(actor, db, unit)


def rename_unit(actor: Actor, db: Database, unit: int, name: str) -> Unit:
    need_lead(actor, "rename units")
    found = get_unit(actor, db, unit)
    with db.transaction():
        db.run("UPDATE people_unit SET name = ? WHERE id = ?", [_free_name(db, name, but=unit), found.id])
        store.record(db, actor, Kind.DECIDE, f"unit {unit} renamed")
        return get_unit(actor, db, unit)


def remove_unit(actor: Actor, db: Database, unit: int) -> None:
    """Takes a unit away; its people and its parts stay, without it."""
    need_lead(actor, "remove units")
    found = get_unit(actor, db, unit)
    with db.transaction():
        db.run("UPDATE people_person SET unit_id = NULL WHERE unit_id = ?", [found.id])
        db.run("UPDATE people_unit SET parent_id = NULL WHERE parent_id = ?", [found.id])
        db.run("DELETE FROM people_unit WHERE id = ?", [found.id])
        store.record(db, actor, Kind.DECIDE, f"unit {unit} removed")


def propose_units(actor: Actor, db: Database, ties: Mapping[tuple[int, int], float] | None = None) -> list[int]:
    """Proposes units from who works together; the ids of the open proposals. Nobody's unit changes.

    ties   {(person, person): times}; left out, the reviews and pairings of the last two years in the ledger
    Groups that were proposed before, whatever the answer was, are not proposed again.
    """
    need_lead(actor, "propose units")
    at = now()
    found = working_groups(store.ties(db, at - YEARS * 365 * DAY) if ties is None else ties)
    with db.transaction():
        known = _proposed(db)
        for group in found:
            if frozenset(group.people) not in known:
                _propose(db, group, at)
        store.record(db, actor, Kind.DECIDE, f"{len(found)} working groups looked at")
        return [id_ for (id_,) in db.rows("SELECT id FROM people_unitproposal WHERE answered_at IS NULL ORDER BY id")]


def keep_unit(actor: Actor, db: Database, proposal: int, name: str = "") -> Unit:
    """Accepts a proposed unit, under a name of its own if given; its people who have no unit yet move there."""
    need_lead(actor, "make units")
    proposed, people = _open_proposal(db, proposal)
    with db.transaction():
        unit = _make(db, name or proposed, None, "proposed")
        store.record(db, actor, Kind.DECIDE, f"unit {unit} kept as proposed")
        for person in people:
            if get_person(actor, db, person).unit is None:
                describe(actor, db, person, unit=unit)
        _answer(db, proposal, accepted=True)
        return get_unit(actor, db, unit)


def dismiss_unit(actor: Actor, db: Database, proposal: int) -> None:
    """Says no to a proposed unit; the same group does not come back."""
    need_lead(actor, "make units")
    _open_proposal(db, proposal)
    with db.transaction():
        _answer(db, proposal, accepted=False)
        store.record(db, actor, Kind.DECIDE, f"proposed unit {proposal} dismissed")


def import_people(actor: Actor, db: Database, content: str, *, dry_run: bool = False) -> Imported:
    """Reads a list of people (CSV with a header). Rows are matched by e-mail, then by a name that only one person
    has; others become new people. Rows that cannot be read are set aside and counted, the others go on."""
    need_lead(actor, "import people")
    read = roster.read(content)
    counts = {"added": 0, "changed": 0, "unchanged": 0, "units": 0}
    run = None
    try:
        with db.transaction():
            for entry in read.entries:
                _take(actor, db, entry, counts)
            if dry_run:
                raise _Rehearsed
            run = _set_aside(db, read)
    except _Rehearsed:
        pass
    return Imported(
        len(read.entries) + len(read.faults), counts["added"], counts["changed"], counts["unchanged"], counts["units"],
        read.faults, read.ignored_columns, dry_run, run,
    )  # fmt: skip


class _Rehearsed(Exception):  # noqa: N818 - no error: it takes the rows of a dry run back
    pass


def _take(actor: Actor, db: Database, entry: roster.Entry, counts: dict[str, int]) -> None:
    person = _match(db, entry)
    new = person is None
    if person is None:
        alias = Alias(entry.name, entry.email)
        person = store.ensure_person(db, alias)
    before = get_person(actor, db, person)
    unit = before.unit
    if entry.unit:
        known = db.rows("SELECT id FROM people_unit WHERE name = ?", [entry.unit])
        counts["units"] += not known
        unit = known[0][0] if known else _make(db, entry.unit, None, "csv")
    after = describe(
        actor, db, person,
        unit=unit,
        function=entry.function or before.function,
        starts_on=entry.starts_on or before.starts_on,
        leaves_on=entry.leaves_on or before.leaves_on,
        load_cap=before.load_cap if entry.load_cap is None else entry.load_cap,
    )  # fmt: skip
    counts["added" if new else "changed" if after != before else "unchanged"] += 1


def _match(db: Database, entry: roster.Entry) -> int | None:
    if entry.email:
        rows = db.rows("SELECT DISTINCT person_id FROM people_identity WHERE LOWER(email) = ?", [entry.email.lower()])
        if len(rows) == 1:
            return int(rows[0][0])
    if entry.name:
        rows = db.rows(
            "SELECT id FROM people_person WHERE LOWER(name) = ? AND nature = 'person' AND merged_into_id IS NULL",
            [entry.name.lower()],
        )
        if len(rows) == 1:
            return int(rows[0][0])
    return None


def _set_aside(db: Database, read: roster.Roster) -> int:
    at = now()
    source = runs.register(db, kind="csv", uri="seci:people.csv", title="Lists of people", at=at)
    run = runs.begin(db, source, at=at, unit="rows").id
    if read.faults:
        rejects = [runs.Reject(f"line {fault.line}", fault.code, fault.sentence) for fault in read.faults]
        runs.reject(db, run, rejects, at=at)
    runs.finish(db, run, at=at, sentence=f"{len(read.entries)} people read, {len(read.faults)} rows set aside")
    return run


def _make(db: Database, name: str, parent: int | None, origin: str) -> int:
    rows = db.rows(
        "INSERT INTO people_unit (name, parent_id, origin) VALUES (?, ?, ?) RETURNING id",
        [_free_name(db, name), parent, origin],
    )
    return int(rows[0][0])


def _free_name(db: Database, name: str, but: int = 0) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise BadInput("Give the unit a name of 1 to 120 characters.")
    if db.rows("SELECT 1 FROM people_unit WHERE name = ? AND id <> ?", [name, but]):
        raise Conflict(f"There is a unit called {name} already.")
    return name


def _proposed(db: Database) -> set[frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for proposal, person in db.rows("SELECT unitproposal_id, person_id FROM people_unitproposal_people"):
        groups.setdefault(proposal, set()).add(person)
    return {frozenset(group) for group in groups.values()}


def _propose(db: Database, group: WorkingGroup, at: int) -> None:
    names: dict[int, str] = dict(
        db.rows(f"SELECT id, name FROM people_person WHERE id IN {values(len(group.people))}", group.people)  # noqa: S608
    )
    first = [names[person].split()[0] for person in group.people[:2]]
    reason = (
        f"{len(group.people)} people who worked together {group.ties:,.0f} times; "
        f"{group.inside:.0%} of their joint work stays among them.".replace("%", " %")
    )
    rows = db.rows(
        "INSERT INTO people_unitproposal (name, reason, at) VALUES (?, ?, ?) RETURNING id",
        [f"Around {' and '.join(first)}"[:120], reason, at],
    )
    db.run_many(
        "INSERT INTO people_unitproposal_people (unitproposal_id, person_id) VALUES (?, ?)",
        [(rows[0][0], person) for person in group.people],
    )


def _open_proposal(db: Database, proposal: int) -> tuple[str, list[int]]:
    rows = db.rows("SELECT name FROM people_unitproposal WHERE id = ? AND answered_at IS NULL", [proposal])
    if not rows:
        raise NotFound(f"There is no open proposal {proposal} of a unit.")
    people = db.rows(
        "SELECT person_id FROM people_unitproposal_people WHERE unitproposal_id = ? ORDER BY id", [proposal]
    )
    return rows[0][0], [person for (person,) in people]


def _answer(db: Database, proposal: int, *, accepted: bool) -> None:
    db.run("UPDATE people_unitproposal SET answered_at = ?, accepted = ? WHERE id = ?", [now(), accepted, proposal])
