from __future__ import annotations

from collections.abc import Sequence

import pytest

from seci.accounts.actor import Actor
from seci.assets import queries, services
from seci.assets.proposal import Proposal
from seci.assets.scope import Map
from seci.assets.store import assets_of, ensure_assets, hidden, load_scopes, survivors
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.ledger.runs import register
from seci.people.evidence import Alias
from seci.people.store import ensure_person


def proposal(name: str, *prefixes: str) -> Proposal:
    scopes: Sequence[tuple[str, str]] = [(prefix, "") for prefix in prefixes]
    return Proposal(name, name, "code", ("Python",), tuple(scopes), f"Files under {name}.")


PROPOSALS = [proposal("engine", "src/engine/"), proposal("search", "src/search/"), proposal("rest", "")]


@pytest.fixture
def source(ledger: Database) -> int:
    return register(ledger, kind="git", uri="/srv/made", title="made", at=1)


@pytest.fixture
def engine(ledger: Database, source: int) -> int:
    return ensure_assets(ledger, source, PROPOSALS)[0]


def named(db: Database, name: str) -> int:
    return int(db.rows("SELECT id FROM assets_asset WHERE name = ?", [name])[0][0])


def home(db: Database, source: int, path: str) -> int:
    return Map(load_scopes(db, source)).asset_of(path)


def kinds(db: Database) -> list[Kind]:
    return [Kind(kind) for (kind,) in db.rows("SELECT kind FROM ledger_event ORDER BY seq")]


def test_proposals_become_assets_once(ledger: Database, source: int) -> None:
    first = ensure_assets(ledger, source, PROPOSALS)
    assert ensure_assets(ledger, source, PROPOSALS) == first == assets_of(ledger, source)
    assert home(ledger, source, "src/engine/a.py") == named(ledger, "engine")
    assert home(ledger, source, "README") == named(ledger, "rest")
    other = register(ledger, kind="git", uri="/srv/other", title="other", at=1)
    assert set(ensure_assets(ledger, other, PROPOSALS)).isdisjoint(first)


def test_what_is_new_later_is_only_suggested(ledger: Database, source: int, owner: Actor, engine: int) -> None:
    fresh = proposal("payments", "src/payments/")
    ensure_assets(ledger, source, [*PROPOSALS, fresh])
    ensure_assets(ledger, source, [*PROPOSALS, fresh])
    [suggested] = queries.suggested(owner, ledger)
    assert home(ledger, source, "src/payments/a.py") == named(ledger, "rest")
    accepted = services.accept(owner, ledger, suggested.id)
    assert accepted.sources == (source,)
    assert home(ledger, source, "src/payments/a.py") == accepted.part.id
    ensure_assets(ledger, source, [*PROPOSALS, fresh, proposal("mail", "src/mail/")])
    [mail] = queries.suggested(owner, ledger)
    services.dismiss(owner, ledger, mail.id)
    ensure_assets(ledger, source, [*PROPOSALS, fresh, proposal("mail", "src/mail/")])
    assert queries.suggested(owner, ledger) == []


def test_an_asset_is_kept_renamed_and_described(ledger: Database, owner: Actor, engine: int) -> None:
    assert services.keep(owner, ledger, engine).state == "kept"
    assert services.rename(owner, ledger, engine, " The  engine ").name == "The engine"
    ada = ensure_person(ledger, Alias("Ada Byron", "ada@engine.example"))
    found = services.describe(
        owner, ledger, engine, owner=ada, users=[ada], criticality=(0.2, 0.9), codifiability=0.3, decay="speed"
    )
    assert (found.owner, found.users, found.criticality_low, found.criticality_high) == (ada, (ada,), 0.2, 0.9)
    assert services.describe(owner, ledger, engine, concept="Turns cards into numbers.").codifiability == 0.3
    assert kinds(ledger) == [Kind.DECIDE, Kind.CATEGORIZE, Kind.OWN, Kind.CATEGORIZE]
    facts = queries.asset(owner, ledger, engine)
    assert facts.owner is not None
    assert facts.owner.name == "Ada Byron"
    for wrong in ({"criticality": (0.9, 0.2)}, {"codifiability": 2.0}, {"decay": "slowly"}, {"task_type": "odd"}):
        with pytest.raises(BadInput):
            services.describe(owner, ledger, engine, **wrong)  # type: ignore[arg-type]


def test_a_merged_asset_is_read_as_the_survivor_and_comes_back(ledger: Database, owner: Actor, engine: int) -> None:
    search, rest = named(ledger, "search"), named(ledger, "rest")
    services.merge(owner, ledger, [search, rest])
    services.merge(owner, ledger, [engine, search])
    assert survivors(ledger) == {engine: engine, search: engine, rest: engine}
    assert dict(ledger.rows("SELECT id, merged_into_id FROM assets_asset")) == {
        engine: None,
        search: engine,
        rest: engine,
    }
    assert [asset.id for asset in queries.assets(owner, ledger)] == [engine]
    assert {alias.id for alias in queries.asset(owner, ledger, engine).aliases} == {search, rest}
    with pytest.raises(Conflict):
        services.merge(owner, ledger, [engine, rest])

    assert services.undo_merge(owner, ledger, search).state == "proposed"
    assert survivors(ledger) == {engine: engine, search: search, rest: search}
    services.undo_merge(owner, ledger, rest)
    assert survivors(ledger) == {engine: engine, search: search, rest: rest}
    assert [event.what for event in queries.history(owner, ledger, rest)] == ["unmerged", "merged"]
    with pytest.raises(Conflict):
        services.undo_merge(owner, ledger, rest)


def test_a_part_is_split_off_and_its_sources_are_named(
    ledger: Database, source: int, owner: Actor, engine: int
) -> None:
    done = services.split(
        owner, ledger, engine, [(source, "src/engine/mill/", ""), (source, "src/engine/card.py", "")], "Mill"
    )
    assert done.sources == (source,)
    assert done.part.state == "kept"
    assert home(ledger, source, "src/engine/mill/a.py") == home(ledger, source, "src/engine/card.py") == done.part.id
    assert home(ledger, source, "src/engine/b.py") == engine
    again = services.split(owner, ledger, done.part.id, [(source, "src/engine/mill/", "")], "Mill proper")
    assert home(ledger, source, "src/engine/mill/a.py") == again.part.id
    with pytest.raises(BadInput, match="not part of"):
        services.split(owner, ledger, engine, [(source, "src/search/", "")], "x")
    with pytest.raises(BadInput, match="all of"):
        services.split(owner, ledger, named(ledger, "search"), [(source, "src/search/", "")], "x")


def test_a_retired_asset_is_out_of_use_until_restored(ledger: Database, owner: Actor, engine: int) -> None:
    services.keep(owner, ledger, engine)
    assert services.retire(owner, ledger, engine, "sold").state == "retired"
    assert engine not in {asset.id for asset in queries.assets(owner, ledger)}
    with pytest.raises(Conflict):
        services.retire(owner, ledger, engine)
    assert services.restore(owner, ledger, engine).state == "kept"
    assert [event.what for event in queries.history(owner, ledger, engine)] == ["restored", "retired"]
    assert kinds(ledger) == [Kind.DECIDE, Kind.RETIRE, Kind.DECIDE]


def test_nominations_stand_beside_the_evidence(ledger: Database, owner: Actor, stranger: Actor, engine: int) -> None:
    ada = ensure_person(ledger, Alias("Ada Byron", "ada@engine.example"))
    mary = ensure_person(ledger, Alias("Mary Somerville", "mary@sky.example"))
    number = services.nominate(stranger, ledger, ada, engine)
    assert services.nominate(stranger, ledger, ada, engine) == number
    services.nominate(owner, ledger, mary, engine)
    found = queries.agreement(owner, ledger, engine, {ada: 0.8})
    assert (found.both, found.only_named) == ((ada,), (mary,))
    services.withdraw(stranger, ledger, number)
    assert [each.person.id for each in queries.nominations(owner, ledger, engine)] == [mary]
    with pytest.raises(NotFound):
        services.withdraw(owner, ledger, number)
    with pytest.raises(Refused):
        services.nominate(Actor(7, None, "guest", "page"), ledger, ada, engine)


def test_only_the_person_hides_an_own_entry(ledger: Database, stranger: Actor, engine: int) -> None:
    ada = ensure_person(ledger, Alias("Ada Byron", "ada@engine.example"))
    herself = Actor(5, ada, "member", "page")
    for lead in (stranger, Actor(6, None, "lead", "page")):
        with pytest.raises(Refused):
            services.correct(lead, ledger, ada, engine, "hidden")
    services.correct(herself, ledger, ada, engine, "wrong", "only a typo")
    services.correct(herself, ledger, ada, engine, "hidden")
    assert hidden(ledger) == {(ada, engine)}
    assert queries.hidden_assets(herself, ledger, ada) == {engine}
    services.lift(herself, ledger, ada, engine)
    assert hidden(ledger) == set()
    with pytest.raises(Conflict):
        services.lift(herself, ledger, ada, engine)


def test_a_member_changes_no_asset_but_the_own(ledger: Database, owner: Actor, stranger: Actor, engine: int) -> None:
    ada = ensure_person(ledger, Alias("Ada Byron", "ada@engine.example"))
    services.describe(owner, ledger, engine, owner=ada)
    for verb in (
        lambda: services.rename(stranger, ledger, engine, "x"),
        lambda: services.retire(stranger, ledger, engine),
        lambda: services.merge(stranger, ledger, [engine, named(ledger, "search")]),
        lambda: services.keep(stranger, ledger, engine),
    ):
        with pytest.raises(Refused):
            verb()
    assert services.rename(Actor(5, ada, "member", "page"), ledger, engine, "Mine").name == "Mine"
    with pytest.raises(NotFound):
        queries.asset(stranger, ledger, 4711)


def test_assets_that_may_be_one_are_found(ledger: Database, source: int, owner: Actor, engine: int) -> None:
    other = register(ledger, kind="git", uri="/srv/fork", title="fork", at=1)
    ensure_assets(ledger, other, [proposal("engine", "src/engine/")])
    [pair] = queries.alike(owner, ledger)
    assert engine in (pair.one, pair.two)
