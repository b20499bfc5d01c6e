from __future__ import annotations

from dataclasses import replace

import pytest

from seci.accounts.actor import Actor
from seci.cases import queries, services, store
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.people.evidence import Alias
from seci.people.store import ensure_person

TABLE = """id;Missing values (%);Owner known;Verdict
a;3,5;yes;accept
b;40,1;no;hold
c;;yes;accept
d;7;yes;accept;too many
e;1,5;no
"""


def imported(db: Database, actor: Actor, **more: object) -> services.Imported:
    return services.import_table(actor, db, TABLE, title="Deliveries", outcome="Verdict", **more)  # type: ignore[arg-type]


def kinds(db: Database) -> list[Kind]:
    return [Kind(kind) for (kind,) in db.rows("SELECT kind FROM ledger_event ORDER BY seq")]


def test_a_table_becomes_a_bank_and_bad_rows_are_counted(ledger: Database, member: Actor) -> None:
    brought = imported(ledger, member)
    assert (brought.new, brought.verdicts, len(brought.faults)) == (3, 3, 2)
    assert all("Line" in fault.sentence for fault in brought.faults)
    assert brought.bank.outcomes == ("accept", "hold")
    [missing, owner] = brought.bank.attributes
    assert (missing.type, missing.unit, owner.type) == ("number", "%", "boolean")
    [row] = queries.all_banks(member, ledger)
    assert (row.cases, row.real, row.judgements) == (3, 3, 3)
    page = queries.bank(member, ledger, brought.bank.id)
    assert [each.outcomes for each in page.rows] == [(("accept", 1),), (("hold", 1),), (("accept", 1),)]
    assert page.rows[2].case.values["missing_values"] is None
    assert {Kind.CATEGORIZE, Kind.IMPORT_EXTERNAL} <= set(kinds(ledger))


def test_the_same_table_again_changes_nothing(ledger: Database, member: Actor) -> None:
    first = imported(ledger, member)
    again = services.import_table(member, ledger, TABLE, bank=first.bank.id, outcome="Verdict")
    assert (again.new, again.duplicate, again.verdicts) == (0, 3, 0)
    assert store.count(ledger, first.bank.id) == 3
    without_ids = "Size,Kind\n1,x\n2,y\n1,x\n"
    made = services.import_table(member, ledger, without_ids, title="No ids")
    assert made.new == 3
    assert services.import_table(member, ledger, without_ids, bank=made.bank.id).new == 0


def test_a_bank_goes_out_as_the_table_that_came_in(ledger: Database, member: Actor) -> None:
    first = imported(ledger, member).bank
    text = queries.as_table(member, ledger, first.id)
    back = services.import_table(member, ledger, text, title="Again", outcome="verdict").bank
    assert store.cases(ledger, back.id) == store.cases(ledger, first.id)
    assert [one.type for one in back.attributes] == [one.type for one in first.attributes]


def test_attributes_are_described_and_keep_their_type_and_levels(ledger: Database, member: Actor) -> None:
    bank = services.import_table(member, ledger, "Region,Size\nnorth,1\nsouth,2\n", title="Regions").bank
    size = next(one for one in bank.attributes if one.key == "size")
    better = replace(size, name="Size of the file", unit="MB", low=0.0, high=9.0, how_measured="ls -l")
    done = services.describe_attribute(member, ledger, bank.id, better)
    assert done.attribute("size") == better
    region = next(one for one in bank.attributes if one.key == "region")
    with pytest.raises(BadInput, match="north"):
        services.describe_attribute(member, ledger, bank.id, replace(region, levels=("south",)))
    with pytest.raises(BadInput, match="swap its ends"):
        services.describe_attribute(member, ledger, bank.id, replace(better, low=10.0))
    with pytest.raises(BadInput, match="no attribute"):
        services.describe_attribute(member, ledger, bank.id, Attribute("nope", "Nope", "number"))


def test_cases_of_another_type_are_refused_and_wider_ranges_widen(ledger: Database, member: Actor) -> None:
    bank = services.import_table(member, ledger, "id,Size\na,1\nb,2\n", title="Sizes").bank
    wide = Attribute("size", "Size", "number", low=-5.0, high=99.0)
    added = services.add_cases(member, ledger, bank.id, [Case("c", {"size": 99.0})], [wide])
    size = added.bank.attribute("size")
    assert size is not None
    assert (size.low, size.high) == (-5.0, 99.0)
    with pytest.raises(BadInput, match="Size is a number"):
        services.add_cases(
            member,
            ledger,
            bank.id,
            [Case("d", {"size": "big"})],
            [Attribute("size", "Size", "category", levels=("big",))],
        )


def test_a_judgement_names_nobody_who_has_not_agreed(ledger: Database, member: Actor) -> None:
    bank = imported(ledger, member).bank
    dan = ensure_person(ledger, Alias("Dan Senior", "dan@example.org"))
    case = store.cases(ledger, bank.id)[0]
    for number, named in ((1, False), (2, True), (2, True)):
        store.write_judgement(
            ledger, bank.id, Judgement(case, "hold", because="too few rows"), person=dan, elicitation=5,
            number=number, may_be_shown=named, at=number,
        )  # fmt: skip
    said = queries.case(member, ledger, bank.id, case.id).said
    assert [one.person.name if one.person else None for one in said] == [None, None, "Dan Senior"]
    assert "Dan" not in str(queries.whole_bank(member, ledger, bank.id))
    store.retract_judgements(ledger, 5, [1], at=9)
    assert len(queries.case(member, ledger, bank.id, case.id).said) == 2


def test_a_case_judged_in_two_ways_goes_out_without_a_verdict(ledger: Database, member: Actor) -> None:
    bank = imported(ledger, member).bank
    case = store.cases(ledger, bank.id)[0]
    store.write_judgement(
        ledger, bank.id, Judgement(case, "hold"), person=None, elicitation=1, number=1, may_be_shown=False, at=1
    )
    lines = queries.as_table(member, ledger, bank.id).splitlines()
    assert lines[1].startswith("a,")
    assert lines[1].endswith(",")
    assert lines[2].endswith("hold")


def test_who_may_do_what(ledger: Database, member: Actor) -> None:
    bank = imported(ledger, member).bank
    other = Actor(account=8, person=None, role="member", door="page")
    guest = Actor(account=9, person=None, role="guest", door="page")
    facilitator = Actor(account=10, person=None, role="facilitator", door="page")
    assert queries.bank(other, ledger, bank.id).may_change is False
    with pytest.raises(Refused):
        services.describe_bank(other, ledger, bank.id, title="Mine now")
    with pytest.raises(Refused):
        queries.bank(guest, ledger, bank.id)
    with pytest.raises(Refused):
        services.make_bank(guest, ledger, "Guests")
    assert services.describe_bank(facilitator, ledger, bank.id, title="Data sets").title == "Data sets"
    services.retire_bank(facilitator, ledger, bank.id)
    assert queries.all_banks(member, ledger) == []
    with pytest.raises(Conflict):
        services.retire_bank(facilitator, ledger, bank.id)
    with pytest.raises(NotFound):
        queries.bank(member, ledger, 999)


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "\0"])
def test_a_bank_needs_a_title(ledger: Database, member: Actor, title: str) -> None:
    with pytest.raises(BadInput):
        services.make_bank(member, ledger, title)


def test_nothing_is_left_of_an_import_that_fails(ledger: Database, member: Actor) -> None:
    for text in ("", "only a heading\n", "\0\0\0"):
        with pytest.raises(BadInput):
            services.import_table(member, ledger, text, title="Broken")
    with pytest.raises(NotFound):
        services.import_table(member, ledger, TABLE, title="No asset", asset=77)
    assert queries.all_banks(member, ledger) == []


def test_search_takes_signs_of_the_database_as_letters(ledger: Database, member: Actor) -> None:
    text = "id,title,Size\na,100% sure,1\nb,100 sure,2\nc,x_y,3\n"
    bank = services.import_table(member, ledger, text, title="t").bank
    assert store.count(ledger, bank.id, "100%") == 1
    assert store.count(ledger, bank.id, "_") == 1
    assert store.count(ledger, bank.id, "SURE") == 2
