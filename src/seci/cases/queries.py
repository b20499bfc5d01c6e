"""Reads about banks of cases, one function per question."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from seci.accounts.actor import Actor
from seci.cases import store
from seci.cases.access import Bank, banks, get_bank
from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.cases.table import write_table
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.kit.pager import Pager
from seci.people import queries as people
from seci.people.views import PersonRef

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank in a list: how many cases, real ones among them, and how many judgements stand."""

    bank: Bank
    asset_name: str
    cases: int
    real: int
    judgements: int


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a case. `person` only where that person agreed to be named."""

    judgement: Judgement
    person: PersonRef | None
    at: Micros


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the table of its bank; `outcomes` are the verdicts that stand, with how often each was given."""

    case: Case
    outcomes: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class BankPage:
    bank: Bank
    asset_name: str
    rows: tuple[CaseRow, ...]
    pager: Pager
    q: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class WholeBank:
    """For export: nothing says who judged."""

    bank: Bank
    cases: tuple[Case, ...]
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    bank: Bank
    case: Case
    said: tuple[Said, ...]


def all_banks(actor: Actor, db: Database, *, asset: int | None = None, q: str = "") -> list[BankRow]:
    """Banks in use with their counts, in alphabetical order."""
    if not actor.is_at_least("member"):
        raise Refused("Cases are for members of this instance; ask an admin for that role.")
    counts = {
        bank: (cases, real)
        for bank, cases, real in db.rows(
            "SELECT bank_id, COUNT(*), SUM(CASE WHEN source = 'real' THEN 1 ELSE 0 END) FROM cases_case "
            "GROUP BY bank_id"
        )
    }
    judged: dict[int, int] = dict(
        db.rows(
            "SELECT c.bank_id, COUNT(*) FROM cases_judgement j JOIN cases_case c ON c.id = j.case_id "
            "WHERE j.retracted_at IS NULL GROUP BY c.bank_id"
        )
    )
    names: dict[int, str] = dict(db.rows("SELECT id, name FROM assets_asset"))
    return [
        BankRow(
            bank,
            names.get(bank.asset, "") if bank.asset else "",
            *counts.get(bank.id, (0, 0)),
            judged.get(bank.id, 0),
        )
        for bank in banks(db, "WHERE retired_at IS NULL")
        if (asset is None or bank.asset == asset) and q.casefold() in bank.title.casefold()
    ]


def bank(actor: Actor, db: Database, bank: int, *, q: str = "", page: int = 1, size: int = PER_PAGE) -> BankPage:
    """A bank with one page of its cases and how each was judged."""
    found = get_bank(actor, db, bank)
    pager = Pager(max(page, 1), max(1, min(size, 1000)), store.count(db, bank, q))
    shown = store.cases(db, bank, limit=pager.size, offset=(pager.page - 1) * pager.size, q=q)
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for judgement, _ in store.judgements(db, bank):
        verdicts[judgement.case.id][judgement.outcome] += 1
    return BankPage(
        bank=found,
        asset_name=_asset_name(db, found.asset),
        rows=tuple(CaseRow(case, tuple(sorted(verdicts[case.id].items()))) for case in shown),
        pager=pager,
        q=q,
        may_change=actor.is_at_least("facilitator") or (found.by is not None and found.by == actor.account),
    )


def case(actor: Actor, db: Database, bank: int, key: str) -> CasePage:
    """One case and what was said of it."""
    found = get_bank(actor, db, bank)
    asked = store.named(db, bank, key)
    if asked is None:
        raise NotFound(f"The bank {found.title!r} holds no case {key}; `seci cases show {bank}` lists its cases.")
    said = [(judgement, more) for judgement, more in store.judgements(db, bank) if judgement.case.id == key]
    named = people.names(
        actor, db, sorted({more["person"] for _, more in said if more["person"] and more["may_be_shown"]})
    )
    return CasePage(
        found,
        asked,
        tuple(
            Said(judgement, named.get(more["person"]) if more["may_be_shown"] else None, more["at"])
            for judgement, more in said
        ),
    )


def attribute(actor: Actor, db: Database, bank: int, key: str) -> Attribute:
    """One attribute of a bank. Raises NotFound."""
    found = get_bank(actor, db, bank)
    one = found.attribute(key)
    if one is None:
        raise NotFound(f"This bank has no attribute {key}; it has {', '.join(a.key for a in found.attributes)}.")
    return one


def whole_bank(actor: Actor, db: Database, bank: int) -> WholeBank:
    """A bank with all its cases and judgements, the people left out."""
    found = get_bank(actor, db, bank)
    return WholeBank(found, tuple(store.cases(db, bank)), judged(actor, db, bank))


def as_table(actor: Actor, db: Database, bank: int) -> str:
    """A bank as CSV. A case has a verdict where all who judged it agree."""
    found = whole_bank(actor, db, bank)
    said: dict[str, set[str]] = defaultdict(set)
    for each in found.judgements:
        said[each.case.id].add(each.outcome)
    agreed = [each for each in found.judgements if len(said[each.case.id]) == 1]
    return write_table(found.bank.attributes, found.cases, agreed)


def pool(actor: Actor, db: Database, bank: int) -> tuple[Case, ...]:
    """All cases of a bank that an expert may be asked about: what-if cases of earlier dialogues are left out."""
    get_bank(actor, db, bank)
    return tuple(case for case in store.cases(db, bank) if case.source != "what_if")


def judged(actor: Actor, db: Database, bank: int) -> tuple[Judgement, ...]:
    """Judgements of a bank that stand, without the people."""
    get_bank(actor, db, bank)
    return tuple(judgement for judgement, _ in store.judgements(db, bank))


def _asset_name(db: Database, asset: int | None) -> str:
    rows = db.rows("SELECT name FROM assets_asset WHERE id = ?", [asset]) if asset is not None else []
    return str(rows[0][0]) if rows else ""
