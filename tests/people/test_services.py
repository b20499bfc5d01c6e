from __future__ import annotations

from datetime import date

import pytest

from seci.accounts.actor import Actor
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.people import queries, services
from seci.people.evidence import Alias
from seci.people.store import ensure_identities, people_of

ADA = Alias("Ada Byron", "ada@engine.example")
COUNTESS = Alias("countess", "countess@home.example")
CHARLES = Alias("Charles Babbage", "charles@engine.example")


def person_of(db: Database, alias: Alias) -> int:
    identity = ensure_identities(db, [alias])[alias.key]
    return people_of(db)[identity]


def kinds(db: Database) -> list[Kind]:
    return [Kind(kind) for (kind,) in db.rows("SELECT kind FROM ledger_event ORDER BY seq")]


def test_two_people_are_joined_and_a_later_scan_keeps_them_so(ledger: Database, owner: Actor) -> None:
    ada, countess = person_of(ledger, ADA), person_of(ledger, COUNTESS)
    services.describe(owner, ledger, countess, function="poet's daughter")
    survivor = services.join(owner, ledger, [ada, countess])
    assert (survivor.id, survivor.function) == (ada, "poet's daughter")
    assert person_of(ledger, COUNTESS) == ada
    assert queries.person(owner, ledger, countess).person.id == ada
    assert Kind.DECIDE in kinds(ledger)
    assert ensure_identities(ledger, [ADA, COUNTESS, Alias("countess", "else@where.example")])
    assert person_of(ledger, COUNTESS) == ada


def test_a_wrong_joining_is_undone_and_nothing_joins_them_again(ledger: Database, owner: Actor) -> None:
    ada, countess = person_of(ledger, ADA), person_of(ledger, COUNTESS)
    services.join(owner, ledger, [ada, countess])
    back = services.split(owner, ledger, [ensure_identities(ledger, [COUNTESS])[COUNTESS.key]])
    assert back.id == countess
    assert person_of(ledger, COUNTESS) == countess
    # This alias fits both, and would have tied them.
    ensure_identities(ledger, [Alias("Ada Byron", "countess@home.example")])
    assert person_of(ledger, ADA) != person_of(ledger, COUNTESS)


def test_what_a_rule_tied_wrongly_is_split(ledger: Database, owner: Actor) -> None:
    other = Alias("Ada Byron", "ada@poets.example")
    ids = ensure_identities(ledger, [ADA, other])
    assert person_of(ledger, ADA) == person_of(ledger, other)
    part = services.split(owner, ledger, [ids[other.key]], "Ada Byron (poet)")
    assert part.name == "Ada Byron (poet)"
    assert person_of(ledger, ADA) != person_of(ledger, other) == part.id
    ensure_identities(ledger, [Alias("Ada Byron", "ada@third.example")])
    assert person_of(ledger, ADA) != person_of(ledger, other)


def test_a_split_must_name_a_part_of_one_person(ledger: Database, owner: Actor) -> None:
    ids = ensure_identities(ledger, [ADA, CHARLES])
    with pytest.raises(BadInput, match="all identities"):
        services.split(owner, ledger, [ids[ADA.key]])
    with pytest.raises(BadInput, match="different people"):
        services.split(owner, ledger, list(ids.values()))
    with pytest.raises(NotFound):
        services.split(owner, ledger, [4711])


def test_a_suggestion_is_confirmed_rejected_and_reconsidered(ledger: Database, owner: Actor) -> None:
    slip = Alias("Ada Byrron", "other@home.example")
    ensure_identities(ledger, [ADA, slip])
    [question] = queries.suggestions(owner, ledger)
    services.reject(owner, ledger, question.id)
    assert queries.suggestions(owner, ledger) == []
    ensure_identities(ledger, [Alias("A. Byrron", "more@home.example")])
    assert not any({q.one.email, q.two.email} == {ADA.email, slip.email} for q in queries.suggestions(owner, ledger))
    services.reconsider(owner, ledger, question.one.id, question.two.id)
    [again] = [
        q for q in queries.suggestions(owner, ledger) if {q.one.id, q.two.id} == {question.one.id, question.two.id}
    ]
    joined = services.confirm(owner, ledger, again.id)
    assert person_of(ledger, ADA) == person_of(ledger, slip) == joined.id
    page = queries.identity_cases(owner, ledger)
    assert [case.state for case in page.decided] == ["confirmed"]


def test_people_with_accounts_of_their_own_are_not_joined(ledger: Database, owner: Actor) -> None:
    people = [person_of(ledger, ADA), person_of(ledger, CHARLES)]
    for number, person in enumerate(people, 1):
        ledger.run(
            "INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, "
            "is_active, date_joined) VALUES (?, '', ?, ?, '', '', '', ?, ?, '2024-01-01 00:00:00+00')",
            [number, False, f"user{number}", False, True],
        )
        ledger.run("INSERT INTO accounts_membership (user_id, role, person) VALUES (?, 'member', ?)", [number, person])
    with pytest.raises(Conflict, match="accounts"):
        services.join(owner, ledger, people)
    ledger.run("DELETE FROM accounts_membership WHERE user_id = 1")
    services.join(owner, ledger, people)
    assert ledger.rows("SELECT person FROM accounts_membership") == [(people[0],)]


def test_a_chosen_name_stays(ledger: Database, owner: Actor) -> None:
    ada = person_of(ledger, ADA)
    services.rename(owner, ledger, ada, "  Ada,  Countess of Lovelace ")
    ensure_identities(ledger, [Alias("Augusta Ada Byron King", "ada@engine.example")])
    assert queries.person(owner, ledger, ada).person.name == "Ada, Countess of Lovelace"


def test_hiring_moving_and_leaving_are_events_of_the_person(ledger: Database, owner: Actor) -> None:
    ada = person_of(ledger, ADA)
    unit = services.add_unit(owner, ledger, "Engine")
    services.describe(owner, ledger, ada, unit=unit.id, starts_on=date(2024, 1, 2), leaves_on=date(2025, 6, 30))
    assert [kind for kind in kinds(ledger) if kind != Kind.DECIDE] == [Kind.HIRE, Kind.LEAVE, Kind.MOVE]
    identity = ensure_identities(ledger, [ADA])[ADA.key]
    assert ledger.rows("SELECT DISTINCT actor FROM ledger_event WHERE kind = ?", [int(Kind.LEAVE)]) == [(identity,)]
    facts = queries.person(owner, ledger, ada)
    assert (facts.unit.name if facts.unit else "", facts.starts_on) == ("Engine", date(2024, 1, 2))
    assert not facts.person.here
    with pytest.raises(BadInput, match="before starting"):
        services.describe(owner, ledger, ada, leaves_on=date(2023, 1, 1))


def test_a_stranger_changes_nothing_and_sees_no_address(ledger: Database, owner: Actor, stranger: Actor) -> None:
    ada, charles = person_of(ledger, ADA), person_of(ledger, CHARLES)
    for verb in (
        lambda: services.join(stranger, ledger, [ada, charles]),
        lambda: services.rename(stranger, ledger, ada, "x"),
        lambda: services.describe(stranger, ledger, ada, function="x"),
        lambda: services.add_unit(stranger, ledger, "x"),
        lambda: services.import_people(stranger, ledger, "name\nx\n"),
        lambda: queries.suggestions(stranger, ledger),
    ):
        with pytest.raises(Refused):
            verb()
    assert queries.person(stranger, ledger, ada).identities == ()
    assert [row.person.name for row in queries.people(stranger, ledger).people] == ["Ada Byron", "Charles Babbage"]
    herself = Actor(account=5, person=ada, role="member", door="page")
    assert services.describe(herself, ledger, ada, function="analyst").function == "analyst"
    assert queries.person(herself, ledger, ada).identities[0].email == ADA.email
    with pytest.raises(Refused):
        services.describe(herself, ledger, ada, leaves_on=date(2030, 1, 1))


LIST = """name,email,unit,function,starts_on
Ada Byron,ada@engine.example,Engine,analyst,2024-01-02
Charles Babbage,,Engine,,
Broken,not-an-address,,,
Mary Somerville,mary@sky.example,Sky,,
"""


def test_a_list_is_imported_good_rows_going_on(ledger: Database, owner: Actor) -> None:
    ada, charles = person_of(ledger, ADA), person_of(ledger, CHARLES)
    before = ledger.rows("SELECT COUNT(*) FROM ledger_event")
    would = services.import_people(owner, ledger, LIST, dry_run=True)
    assert (would.rows, would.added, would.changed, len(would.faults)) == (4, 1, 2, 1)
    assert before == ledger.rows("SELECT COUNT(*) FROM ledger_event")
    assert ledger.rows("SELECT COUNT(*) FROM people_unit") == [(0,)]

    done = services.import_people(owner, ledger, LIST)
    assert (done.added, done.changed, done.units_added) == (1, 2, 2)
    engine = next(row for row in queries.units(owner, ledger).units if row.unit.name == "Engine")
    assert {person.id for person in engine.people} == {ada, charles}
    assert engine.origin == "csv"
    [(locator, code)] = ledger.rows("SELECT locator, code FROM ledger_quarantine WHERE run_id = ?", [done.run])
    assert (locator, code) == ("line 4", "email")
    again = services.import_people(owner, ledger, LIST)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


def test_units_are_proposed_accepted_once_and_dismissed_for_good(ledger: Database, owner: Actor) -> None:
    people = [person_of(ledger, Alias(f"Person Number{letter * 5}", f"{letter}@x.example")) for letter in "abcdefgh"]
    ties = {(a, b): 9 for group in (people[:4], people[4:]) for a in group for b in group if a < b}
    first, second = services.propose_units(owner, ledger, ties)
    assert all(row.reason.endswith(".") for row in queries.proposed_units(owner, ledger))
    unit = services.keep_unit(owner, ledger, first, "Front")
    services.dismiss_unit(owner, ledger, second)
    assert services.propose_units(owner, ledger, ties) == []
    [row] = queries.units(owner, ledger).units
    assert (row.unit.id, len(row.people)) == (unit.id, 4)
    assert ledger.rows("SELECT origin FROM people_unit") == [("proposed",)]
    services.remove_unit(owner, ledger, unit.id)
    assert queries.person(owner, ledger, row.people[0].id).unit is None
    with pytest.raises(NotFound):
        services.keep_unit(owner, ledger, first)


def test_a_unit_has_a_name_of_its_own(ledger: Database, owner: Actor) -> None:
    unit = services.add_unit(owner, ledger, "Engine")
    with pytest.raises(Conflict):
        services.add_unit(owner, ledger, " Engine ")
    assert services.rename_unit(owner, ledger, unit.id, "Mill").name == "Mill"
    with pytest.raises(BadInput):
        services.add_unit(owner, ledger, " ")
