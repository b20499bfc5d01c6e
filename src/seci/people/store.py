"""Identities and people in bulk, without Django: what a scan needs before it can write one event."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from seci.accounts.actor import Actor
from seci.kit.clock import Micros, now
from seci.kit.database import Database, batches, values
from seci.kit.ids import new_id
from seci.ledger import runs
from seci.ledger.kinds import Kind
from seci.ledger.outcome import Outcome
from seci.people.evidence import Alias
from seci.people.identity import Group, Known, Resolution, resolve

_BATCH = 400


def ensure_identities(db: Database, aliases: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The identity of every alias (name, address), made and tied to a person where it is new.

    Returns {alias key: identity id}; `Alias(name, email).key` is the key. Ensuring the same again changes nothing.
    What a person has decided (joined, split, confirmed, rejected) stays as it is.
    """
    wanted = {alias.key: alias for alias in (Alias(*pair) for pair in aliases)}
    found = _ids(db, wanted)
    if len(found) == len(wanted):
        return found
    with db.transaction():
        _take_turn(db)
        found = _ids(db, wanted)
        fresh = {key: alias for key, alias in wanted.items() if key not in found}
        if fresh:
            known, named = _known(db)
            resolution = resolve(fresh.values(), known, _apart(db))
            _write(db, resolution, named, now())
            found |= _ids(db, fresh)
    return found


def people_of(db: Database) -> dict[int, int]:
    """The person behind every identity: {identity id: person id}. Bots and shared mailboxes included."""
    return dict(db.rows("SELECT id, person_id FROM people_identity"))


def _take_turn(db: Database) -> None:
    """Two scans at once must not make the same person twice. SQLite has one writer anyway."""
    if db.vendor == "postgresql":
        db.run("LOCK TABLE people_identity IN SHARE ROW EXCLUSIVE MODE")


def _ids(db: Database, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(keys, _BATCH):
        found.update(db.rows(f"SELECT key, id FROM people_identity WHERE key IN {values(len(batch))}", batch))
    return found


def _known(db: Database) -> tuple[list[Known], set[int]]:
    """All identities, and the people whose name somebody chose.

    Whoever was described by hand, or has an account, counts as decided: two of them are never made one silently.
    """
    named = {person for (person,) in db.rows("SELECT id FROM people_person WHERE named = ?", [True])}
    described = named | {
        person
        for (person,) in db.rows(
            "SELECT id FROM people_person WHERE function <> '' OR unit_id IS NOT NULL OR starts_on IS NOT NULL "
            "OR leaves_on IS NOT NULL UNION SELECT person FROM accounts_membership WHERE person IS NOT NULL"
        )
    }
    rows = db.rows("SELECT id, name, email, person_id, confirmed FROM people_identity ORDER BY id")
    known = [
        Known(id_, Alias(name, email), person, bool(confirmed) or person in described)
        for id_, name, email, person, confirmed in rows
    ]
    return known, named


def _apart(db: Database) -> list[tuple[int, int]]:
    return [(one, two) for one, two in db.rows("SELECT one_id, two_id FROM people_verdict WHERE same = ?", [False])]


def _write(db: Database, resolution: Resolution, named: set[int], at: Micros) -> None:
    people = _people(db, resolution.groups, named, at)
    for batch in batches(resolution.places, _BATCH):
        rows = [
            (
                place.alias.key, _text(place.alias.name, 200), _text(place.alias.email, 254),
                people[place.group], place.rule, place.confidence, False,
            )
            for place in batch
        ]  # fmt: skip
        db.run(
            "INSERT INTO people_identity (key, name, email, person_id, rule, confidence, confirmed) "
            f"VALUES {values(7, len(rows))} ON CONFLICT (key) DO NOTHING",
            [cell for row in rows for cell in row],
        )
    _suggest(db, resolution, at)


def _people(db: Database, groups: Sequence[Group], named: set[int], at: Micros) -> list[int]:
    """The person of each group: the known one, the survivor of several, or a new one."""
    fresh = iter(_new_people(db, [group for group in groups if not group.persons]))
    people = []
    for group in groups:
        if not group.persons:
            people.append(next(fresh))
            continue
        survivor = group.persons[0] if not named else min(group.persons, key=lambda id_: (id_ not in named, id_))
        for absorbed in group.persons:
            if absorbed != survivor:
                absorb(db, survivor, absorbed, rule="bridge", by=None, at=at)
        if survivor not in named:
            db.run(
                "UPDATE people_person SET name = ? WHERE id = ? AND name <> ?",
                [_text(group.name, 200), survivor, _text(group.name, 200)],
            )
        people.append(survivor)
    return people


def _new_people(db: Database, groups: Sequence[Group]) -> list[int]:
    made: dict[tuple[str, str], list[int]] = defaultdict(list)
    for batch in batches(groups, _BATCH):
        cells = [cell for group in batch for cell in (_text(group.name, 200), group.nature, "", False)]
        for id_, name, nature in db.rows(
            f"INSERT INTO people_person (name, nature, function, named) VALUES {values(4, len(batch))} "
            "RETURNING id, name, nature",
            cells,
        ):
            made[name, nature].append(id_)
    # The order of RETURNING is not promised; people of one name and nature are alike, whoever gets which row.
    for ids in made.values():
        ids.sort(reverse=True)
    return [made[_text(group.name, 200), group.nature].pop() for group in groups]


def absorb(db: Database, survivor: int, absorbed: int, *, rule: str, by: int | None, at: Micros) -> int:
    """Gives all identities of one person to another and remembers it, so that it can be undone; the joining's id.

    The absorbed row stays and points to the survivor, and so does whatever it had absorbed itself.
    """
    moved = [id_ for (id_,) in db.rows("SELECT id FROM people_identity WHERE person_id = ? ORDER BY id", [absorbed])]
    db.run("UPDATE people_identity SET person_id = ? WHERE person_id = ?", [survivor, absorbed])
    db.run(
        "UPDATE people_person SET merged_into_id = ? WHERE id = ? OR merged_into_id = ?",
        [survivor, absorbed, absorbed],
    )
    rows = db.rows(
        "INSERT INTO people_joining (survivor_id, absorbed_id, identities, rule, by, at) "
        "VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        [survivor, absorbed, json.dumps(moved), rule, by, at],
    )
    return int(rows[0][0])


def _suggest(db: Database, resolution: Resolution, at: Micros) -> None:
    wanted = resolution.suggestions
    ids = _ids(db, {alias.key for each in wanted for alias in (each.one, each.two)})
    rows = [
        (*sorted((ids[each.one.key], ids[each.two.key])), each.rule, each.confidence, at)
        for each in wanted
        if each.one.key in ids and each.two.key in ids
    ]
    db.run_many(
        "INSERT INTO people_suggestion (one_id, two_id, rule, confidence, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (one_id, two_id) DO NOTHING",
        rows,
    )
    forget_answered(db)


def forget_answered(db: Database) -> None:
    """Drops suggestions that have become pointless: the two are one person by now, or were said to be two."""
    db.run(
        "DELETE FROM people_suggestion WHERE id IN (SELECT s.id FROM people_suggestion s "
        "JOIN people_identity one ON one.id = s.one_id JOIN people_identity two ON two.id = s.two_id "
        "WHERE one.person_id = two.person_id OR EXISTS (SELECT 1 FROM people_verdict v "
        "JOIN people_identity a ON a.id = v.one_id JOIN people_identity b ON b.id = v.two_id WHERE v.same = ? AND "
        "(a.person_id = one.person_id AND b.person_id = two.person_id "
        "OR a.person_id = two.person_id AND b.person_id = one.person_id)))",
        [False],
    )


def _text(text: str, length: int) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()[:length]


# What people say by hand in this instance is one source of the ledger, and each saying one run of it.
BY_HAND = "seci:people"
# A decision is no contact with an asset: it weighs as little as an event can.
SAID = 1


def record(
    db: Database,
    actor: Actor,
    kind: Kind,
    sentence: str,
    *,
    subject: int | None = None,
    other: int | None = None,
    asset: int | None = None,
    artifact: int | None = None,
    revision: int | None = None,
    outcome: Outcome | None = None,
    weight: int = SAID,
    t: Micros | None = None,
) -> int:
    """Leaves an event in the ledger of what somebody said or did in this instance; its seq. Needs a transaction.

    subject   the person it is about; left out, whoever says it
    artifact  id of the artifact that was written, changed or used
    revision  number of its revision, counted from 1
    outcome   how it went, where that was scored
    weight    thousandths of one unit of contact with the asset
    t         when it happened, if not now; what lies ahead is recorded as said now
    """
    from seci.ledger.append import append
    from seci.ledger.columns import EventColumns
    from seci.ledger.store import score

    at = now()
    source = runs.register(db, kind="people", uri=BY_HAND, title="People, by hand", at=at)
    run = runs.begin(db, source, at=at, unit="events")
    events = EventColumns(
        t=[at if t is None else min(t, at)],
        actor=[identity_of(db, subject if subject is not None else actor.person)],
        kind=[int(kind)],
        source_key=[new_id().bytes],
        other=[None if other is None else identity_of(db, other)],
        asset=[asset],
        artifact=[artifact],
        revision=[revision],
        weight=[weight],
    )
    seq = append(db, events, source=source, run=run.id, at=at).first_seq
    assert seq is not None  # its native identity is new, so it is never a duplicate
    if outcome is not None:
        score(db, seq, outcome)
    who = f"account {actor.account}" if actor.account is not None else "the owner of this machine"
    runs.finish(db, run.id, at=at, sentence=f"{who}: {sentence}")
    return seq


def identity_of(db: Database, person: int | None) -> int:
    """An identity to stand for a person in an event; without a person, that of the instance itself."""
    if person is None:
        alias = Alias("SECI", "instance")
        found = _ids(db, [alias.key]).get(alias.key)
        return found if found is not None else new_person(db, alias, "SECI", nature="agent")[1]
    rows = db.rows("SELECT MIN(id) FROM people_identity WHERE person_id = ?", [person])
    if rows[0][0] is not None:
        return int(rows[0][0])
    name = db.rows("SELECT name FROM people_person WHERE id = ?", [person])[0][0]
    return _identity(db, Alias(name, f"person-{person}"), person)


def new_person(db: Database, alias: Alias, name: str, *, nature: str = "person") -> tuple[int, int]:
    """A person with one identity that a person has vouched for: (person id, identity id)."""
    rows = db.rows(
        f"INSERT INTO people_person (name, nature, function, named) VALUES {values(4)} RETURNING id",
        [_text(name, 200), nature, "", True],
    )
    person = int(rows[0][0])
    return person, _identity(db, alias, person)


def ensure_person(db: Database, alias: Alias) -> int:
    """The person behind an alias, made where it is new; somebody whom no rule ties to anyone gets an own row."""
    identity = ensure_identities(db, [alias])[alias.key]
    return int(db.rows("SELECT person_id FROM people_identity WHERE id = ?", [identity])[0][0])


def _identity(db: Database, alias: Alias, person: int) -> int:
    rows = db.rows(
        "INSERT INTO people_identity (key, name, email, person_id, rule, confidence, confirmed) "
        f"VALUES {values(7)} RETURNING id",
        [alias.key, _text(alias.name, 200), _text(alias.email, 254), person, "said", 1.0, True],
    )
    return int(rows[0][0])


def judge(db: Database, pairs: Iterable[tuple[int, int]], *, same: bool, by: int | None, at: Micros) -> None:
    """Remembers what a person said about pairs of identities; the last word counts."""
    db.run_many(
        "INSERT INTO people_verdict (one_id, two_id, same, by, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (one_id, two_id) DO UPDATE SET same = excluded.same, by = excluded.by, at = excluded.at",
        [(min(pair), max(pair), same, by, at) for pair in pairs],
    )


def confirm(db: Database, identities: Iterable[int]) -> None:
    """Marks identities as decided by a person."""
    db.run_many("UPDATE people_identity SET confirmed = ? WHERE id = ?", [(True, id_) for id_ in identities])


def ties(db: Database, since: Micros) -> dict[tuple[int, int], int]:
    """How often any two people worked together since then: reviews, pairing and other events with a counterpart."""
    return {
        (one, two): times
        for one, two, times in db.rows(
            "SELECT a.person_id, b.person_id, COUNT(DISTINCT e.source_key) FROM ledger_event e "
            "JOIN people_identity a ON a.id = e.actor JOIN people_identity b ON b.id = e.other "
            "JOIN people_person p ON p.id = a.person_id JOIN people_person q ON q.id = b.person_id "
            "WHERE e.t >= ? AND e.weight > 0 AND a.person_id <> b.person_id "
            "AND NOT EXISTS (SELECT 1 FROM ledger_event later WHERE later.supersedes = e.seq) "
            "AND p.nature = 'person' AND q.nature = 'person' GROUP BY a.person_id, b.person_id",
            [since],
        )
    }
