"""What may be done to banks of cases: make one, bring cases in, say what an attribute means, take it out of use."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seci.accounts.actor import Actor
from seci.assets.access import get_asset
from seci.cases import store
from seci.cases.access import Bank, get_bank, get_changeable
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.cases.table import Fault, Table, read_table
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.kit.ids import fingerprint
from seci.kit.records import clean, to_data
from seci.ledger.kinds import Kind
from seci.people.store import record

MOST_CASES = 50_000
MOST_ATTRIBUTES = 200
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table brought. `faults` are the rows that were set aside, each with its line and the reason."""

    bank: Bank
    new: int
    duplicate: int
    verdicts: int
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought: cases that were new, those the bank held already."""

    bank: Bank
    new: int
    duplicate: int


def make_bank(
    actor: Actor,
    db: Database,
    title: str,
    *,
    decision: str = "",
    asset: int | None = None,
    outcomes: Sequence[str] = (),
    attributes: Sequence[Attribute] = (),
) -> Bank:
    """A new bank of cases. Members may make one. Raises BadInput, Refused."""
    _member(actor)
    title = _line(title, "title of a bank", 200)
    found = get_asset(actor, db, asset).id if asset is not None else None
    at = now()
    with db.transaction():
        rows = db.rows(
            "INSERT INTO cases_bank (title, decision, asset_id, outcomes, attributes, by, created_at, changed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [
                title, clean(decision).strip()[:2000], found, json.dumps(_outcomes(outcomes)),
                json.dumps([to_data(one) for one in _checked(attributes)]), actor.account, at, at,
            ],
        )  # fmt: skip
        record(db, actor, Kind.CATEGORIZE, f"bank of cases {rows[0][0]} made", asset=found)
        return get_bank(actor, db, rows[0][0])


def describe_bank(
    actor: Actor,
    db: Database,
    bank: int,
    *,
    title: str | None = None,
    decision: str | None = None,
    outcomes: Sequence[str] | None = None,
) -> Bank:
    """Says what a bank is about: its title, what is decided, what can be decided."""
    found = get_changeable(actor, db, bank, "describe")
    with db.transaction():
        db.run(
            "UPDATE cases_bank SET title = ?, decision = ?, outcomes = ?, changed_at = ? WHERE id = ?",
            [
                found.title if title is None else _line(title, "title of a bank", 200),
                found.decision if decision is None else clean(decision).strip()[:2000],
                json.dumps(found.outcomes if outcomes is None else _outcomes(outcomes)),
                now(),
                found.id,
            ],
        )
        record(db, actor, Kind.DECIDE, f"bank of cases {found.id} described", asset=found.asset)
        return get_bank(actor, db, found.id)


def describe_attribute(actor: Actor, db: Database, bank: int, attribute: Attribute) -> Bank:
    """Says what an attribute of a bank is called, in which unit and range it is and how it is measured.

    `attribute.key` names the one that is changed. Its type stays, because the values are of that type.
    """
    found = get_changeable(actor, db, bank, "describe")
    before = found.attribute(attribute.key)
    if before is None:
        known = ", ".join(one.key for one in found.attributes) or "none"
        raise BadInput(f"This bank has no attribute {attribute.key}; it has {known}.")
    after = replace(attribute, type=before.type, name=_line(attribute.name or before.name, "name of an attribute", 120))
    if before.type in ("category", "ordinal") and (lost := set(_seen_levels(db, found, before)) - set(after.levels)):
        raise BadInput(f"Cases have the level {min(lost)!r} of {before.name}; keep it among the levels.")
    changed = _checked([after if one.key == before.key else one for one in found.attributes])
    with db.transaction():
        store.write_attributes(db, found.id, changed, now())
        record(db, actor, Kind.STRUCTURE, f"attribute {before.key} of bank {found.id} described", asset=found.asset)
        return get_bank(actor, db, found.id)


def add_cases(
    actor: Actor, db: Database, bank: int, cases: Sequence[Case], attributes: Sequence[Attribute] = (), origin: str = ""
) -> Added:
    """Brings cases into a bank; those whose id it holds already are left as they are.

    attributes  of the cases; those the bank does not have yet are added, known ones stay as people described them
    origin      where they come from, for the record ("a table", "commits of main")
    """
    found = get_changeable(actor, db, bank, "add cases to")
    if len(cases) + store.count(db, found.id) > MOST_CASES:
        raise BadInput(f"A bank holds up to {MOST_CASES:,} cases; import the part that the decision is about.")
    with db.transaction():
        new = store.add_cases(db, found.id, cases)
        store.write_attributes(db, found.id, _checked(_together(found.attributes, attributes)), now())
        record(
            db, actor, Kind.IMPORT_EXTERNAL, f"{new} cases into bank {found.id} from {origin or 'elsewhere'}",
            asset=found.asset,
        )  # fmt: skip
        return Added(get_bank(actor, db, found.id), new, len(cases) - new)


def import_table(
    actor: Actor, db: Database, data: bytes | str, *, bank: int | None = None, title: str = "", outcome: str = "",
    asset: int | None = None, decision: str = "",
) -> Imported:  # fmt: skip
    """Brings the rows of a CSV file into a bank, or into a new one called `title`.

    outcome  heading of the column that holds a verdict, if there is one; it is kept as a judgement of nobody named
    Rows that cannot be read are set aside and counted. The same file again brings nothing new. Raises BadInput where
    the file is no table.
    """
    before = get_changeable(actor, db, bank, "add cases to") if bank is not None else None
    table = preview(data, known=before.attributes if before else (), outcome=outcome)
    with db.transaction():
        into = before or make_bank(actor, db, title, decision=decision, asset=asset)
        known = {case.id for case in store.cases(db, into.id)}
        added = add_cases(actor, db, into.id, table.cases, table.attributes, "a table")
        fresh = [case for case in table.cases if case.id not in known and case.id in table.outcomes]
        for case in fresh:
            judged = Judgement(case, table.outcomes[case.id])
            store.write_judgement(
                db, into.id, judged, person=None, elicitation=None, number=None, may_be_shown=False, at=now()
            )
        if outcomes := list(dict.fromkeys([*into.outcomes, *table.outcomes.values()])):
            describe_bank(actor, db, into.id, outcomes=outcomes)
        found = get_bank(actor, db, into.id)
    return Imported(found, added.new, added.duplicate, len(fresh), table.faults, table.remarks)


def preview(data: bytes | str, *, known: Sequence[Attribute] = (), outcome: str = "") -> Table:
    """What an import would bring; nothing is written. Ids of rows without one follow from the file, so that the same
    file brings the same cases."""
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    return read_table(data, known=known, outcome=outcome, prefix=f"{fingerprint(raw.hex())[:6]}-row")


def retire_bank(actor: Actor, db: Database, bank: int) -> None:
    """Takes a bank out of use; what rests on its cases stays as it is."""
    found = get_changeable(actor, db, bank, "retire")
    if found.retired_at is not None:
        raise Conflict(f"The bank {found.title!r} is out of use already.")
    with db.transaction():
        db.run("UPDATE cases_bank SET retired_at = ? WHERE id = ?", [now(), found.id])
        record(db, actor, Kind.RETIRE, f"bank of cases {found.id} out of use", asset=found.asset)


def _together(known: Sequence[Attribute], brought: Sequence[Attribute]) -> list[Attribute]:
    """Known attributes, widened by the levels and range of what was brought, then the new ones."""
    by_key = {one.key: one for one in brought}
    kept = []
    for one in known:
        other = by_key.pop(one.key, None)
        if other is not None and other.type != one.type:
            raise BadInput(f"{one.name} is a {one.type} in this bank and a {other.type} in the new cases; mend these.")
        kept.append(one if other is None else _widened(one, other))
    return [*kept, *by_key.values()]


def _widened(one: Attribute, other: Attribute) -> Attribute:
    return replace(
        one,
        low=min((x for x in (one.low, other.low) if x is not None), default=None),
        high=max((x for x in (one.high, other.high) if x is not None), default=None),
        levels=(*one.levels, *(level for level in other.levels if level not in one.levels)),
    )


def _seen_levels(db: Database, bank: Bank, attribute: Attribute) -> set[str]:
    return {str(case.values[attribute.key]) for case in store.cases(db, bank.id) if case.values.get(attribute.key)}


def _checked(attributes: Sequence[Attribute]) -> list[Attribute]:
    """Attributes that can be stored. Raises BadInput for a key, range or number of them that cannot be."""
    if len(attributes) > MOST_ATTRIBUTES:
        raise BadInput(f"A case has up to {MOST_ATTRIBUTES} attributes, not {len(attributes)}; leave some columns out.")
    seen: set[str] = set()
    for one in attributes:
        if not KEY.fullmatch(one.key) or one.key in seen:
            raise BadInput(f"{one.key!r} is no key of its own: letters, digits and underscores, each key once.")
        if one.low is not None and one.high is not None and one.low > one.high:
            raise BadInput(f"The range of {one.name} goes from {one.low:g} down to {one.high:g}; swap its ends.")
        seen.add(one.key)
    return list(attributes)


def _outcomes(outcomes: Sequence[str]) -> list[str]:
    tidy = list(dict.fromkeys(" ".join(clean(one).split()) for one in outcomes if one.strip()))
    if len(tidy) > 12 or any(len(one) > 80 for one in tidy):
        raise BadInput("Name up to 12 outcomes of up to 80 characters each.")
    return tidy


def _line(text: str, what: str, longest: int) -> str:
    tidy = " ".join(clean(text).split())
    if not tidy or len(tidy) > longest:
        raise BadInput(f"The {what} has 1 to {longest} characters.")
    return tidy


def _member(actor: Actor) -> None:
    if not actor.is_at_least("member"):
        raise Refused("Only members of this instance may make a bank of cases.")
