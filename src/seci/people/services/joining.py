# ruff: noqa: S608 - statements are put together from constants of this file; values are always parameters
"""Saying who is who: joined, split, confirmed, rejected, and all of it taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product

from seci.accounts.actor import Actor
from seci.kit.clock import now
from seci.kit.database import Database, values
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.ledger.kinds import Kind
from seci.people import store
from seci.people.access import Person, get_person, get_suggestion, need_lead


def join(actor: Actor, db: Database, people: Sequence[int]) -> Person:
    """Says that several are one person, the first of them. Their identities move; nothing is rewritten, and
    `split` undoes it. Raises Conflict when two of them have accounts of their own."""
    need_lead(actor, "join people")
    with db.transaction():
        found = list(dict.fromkeys(get_person(actor, db, person).id for person in people))
        if len(found) < 2:
            raise BadInput("Name at least two different people to join.")
        survivor, at = found[0], now()
        _one_account(db, found)
        for absorbed in found[1:]:
            mine, theirs = _identities(db, survivor), _identities(db, absorbed)
            _fill_in(db, survivor, absorbed)
            store.absorb(db, survivor, absorbed, rule="", by=actor.account, at=at)
            store.confirm(db, mine + theirs)
            store.judge(db, product(mine, theirs), same=True, by=actor.account, at=at)
        store.forget_answered(db)
        names = ", ".join(str(person) for person in found[1:])
        store.record(db, actor, Kind.DECIDE, f"people {names} are person {survivor}", subject=survivor)
        return get_person(actor, db, survivor)


def split(actor: Actor, db: Database, identities: Sequence[int], name: str = "") -> Person:
    """Says that some identities of a person are somebody else's, who is made, or who comes back when they were
    joined before. No rule ties them together again."""
    need_lead(actor, "split people")
    with db.transaction():
        leaving = sorted(set(identities))
        rows = db.rows(
            f"SELECT id, person_id, name, email FROM people_identity WHERE id IN {values(len(leaving) or 1)}",
            leaving or [0],
        )
        owners = {row[1] for row in rows}
        if len(rows) < len(leaving) or not leaving:
            raise NotFound(f"There is no identity {min(set(leaving) - {row[0] for row in rows}, default=0)}.")
        if len(owners) > 1:
            raise BadInput("These identities belong to different people already; name those of one person.")
        whole = owners.pop()
        staying = [id_ for id_ in _identities(db, whole) if id_ not in leaving]
        if not staying:
            raise BadInput("These are all identities of this person; leave at least one.")
        part = _returning(db, whole, leaving) or _fresh(db, name or rows[0][2] or rows[0][3])
        if name:
            db.run("UPDATE people_person SET name = ?, named = ? WHERE id = ?", [name[:200], True, part])
        _part(db, actor, part, leaving, staying)
        store.record(db, actor, Kind.DECIDE, f"person {part} is not person {whole}", subject=whole, other=part)
        return get_person(actor, db, part)


def confirm(actor: Actor, db: Database, suggestion: int) -> Person:
    """Says yes to a suggestion: the two are one person."""
    one, two = get_suggestion(actor, db, suggestion)
    return join(actor, db, [_owner(db, one), _owner(db, two)])


def reject(actor: Actor, db: Database, suggestion: int) -> None:
    """Says no to a suggestion: the two are two people, and it does not come back."""
    one, two = get_suggestion(actor, db, suggestion)
    with db.transaction():
        first, second = _owner(db, one), _owner(db, two)
        pairs = [(one, two)] if first == second else list(product(_identities(db, first), _identities(db, second)))
        store.judge(db, pairs, same=False, by=actor.account, at=now())
        store.forget_answered(db)
        store.record(db, actor, Kind.DECIDE, f"person {first} is not person {second}", subject=first, other=second)


def reconsider(actor: Actor, db: Database, one: int, two: int) -> None:
    """Takes back what was said about two identities; the question is open again."""
    need_lead(actor, "decide who is who")
    with db.transaction():
        first, second = _owner(db, one), _owner(db, two)
        said = db.rows(
            "SELECT same FROM people_verdict WHERE one_id = ? AND two_id = ?", [min(one, two), max(one, two)]
        )
        if not said:
            raise NotFound(f"Nobody has said anything about the identities {one} and {two}.")
        if first == second:
            split(actor, db, _since_joined(db, first, two) or [two])
        mine, theirs = _identities(db, _owner(db, one)), _identities(db, _owner(db, two))
        db.run_many(
            "DELETE FROM people_verdict WHERE one_id = ? AND two_id = ?",
            [(min(pair), max(pair)) for pair in product(mine, theirs)],
        )
        db.run(
            "INSERT INTO people_suggestion (one_id, two_id, rule, confidence, at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (one_id, two_id) DO NOTHING",
            [min(one, two), max(one, two), "reopened", 0.5, now()],
        )
        store.record(db, actor, Kind.DECIDE, f"identities {one} and {two}: open again", subject=first)


def _identities(db: Database, person: int) -> list[int]:
    return [id_ for (id_,) in db.rows("SELECT id FROM people_identity WHERE person_id = ? ORDER BY id", [person])]


def _owner(db: Database, identity: int) -> int:
    rows = db.rows("SELECT person_id FROM people_identity WHERE id = ?", [identity])
    if not rows:
        raise NotFound(f"There is no identity {identity}.")
    return int(rows[0][0])


def _one_account(db: Database, people: Sequence[int]) -> None:
    """Whoever signs in as one of them signs in as the survivor from now on."""
    marks = values(len(people))
    rows = db.rows(f"SELECT user_id, person FROM accounts_membership WHERE person IN {marks}", people)
    if len(rows) > 1:
        raise Conflict("Two of these people have accounts of their own; close one account first, or they are two.")
    if rows:
        db.run("UPDATE accounts_membership SET person = ? WHERE user_id = ?", [people[0], rows[0][0]])


def _fill_in(db: Database, survivor: int, absorbed: int) -> None:
    """What is known of the absorbed and not of the survivor stays known."""
    for column in ("unit_id", "starts_on", "leaves_on", "load_cap"):
        db.run(
            f"UPDATE people_person SET {column} = (SELECT {column} FROM people_person WHERE id = ?) "
            f"WHERE id = ? AND {column} IS NULL",
            [absorbed, survivor],
        )
    db.run(
        "UPDATE people_person SET function = (SELECT function FROM people_person WHERE id = ?) "
        "WHERE id = ? AND function = ''",
        [absorbed, survivor],
    )


def _returning(db: Database, whole: int, leaving: list[int]) -> int | None:
    """Who was joined with exactly these identities, if anyone; the joining counts as undone."""
    for joining, absorbed, moved in db.rows(
        "SELECT j.id, j.absorbed_id, j.identities FROM people_joining j JOIN people_person p ON p.id = j.absorbed_id "
        "WHERE j.undone_at IS NULL AND p.merged_into_id = ? ORDER BY j.id DESC",
        [whole],
    ):
        if sorted(json.loads(moved)) == leaving:
            db.run("UPDATE people_joining SET undone_at = ? WHERE id = ?", [now(), joining])
            db.run("UPDATE people_person SET merged_into_id = NULL WHERE id = ?", [absorbed])
            return int(absorbed)
    return None


def _fresh(db: Database, name: str) -> int:
    rows = db.rows(
        f"INSERT INTO people_person (name, nature, function, named) VALUES {values(4)} RETURNING id",
        [name[:200], "person", "", True],
    )
    return int(rows[0][0])


def _part(db: Database, actor: Actor, part: int, leaving: list[int], staying: list[int]) -> None:
    db.run_many("UPDATE people_identity SET person_id = ? WHERE id = ?", [(part, id_) for id_ in leaving])
    store.confirm(db, leaving + staying)
    store.judge(db, product(leaving, staying), same=False, by=actor.account, at=now())
    store.forget_answered(db)


def _since_joined(db: Database, person: int, identity: int) -> list[int]:
    """The identities that came to a person in one joining together with this one."""
    for (moved,) in db.rows(
        "SELECT identities FROM people_joining WHERE survivor_id = ? AND undone_at IS NULL ORDER BY id DESC", [person]
    ):
        if identity in json.loads(moved):
            return sorted(json.loads(moved))
    return []
