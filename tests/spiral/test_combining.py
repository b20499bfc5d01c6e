"""Metrics 7 to 9 with planted truths."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.accounts.actor import Actor
from seci.combination.services import deciding, drafting, publishing
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import NotFound, Refused
from seci.ledger.kinds import Kind
from seci.library.services import following
from seci.people.store import record
from seci.search import services as search
from seci.spiral.combining import Demand, Parent, Product, coverage, integration, outside, unseen, variety
from seci.spiral.queries.combining import combination
from tests.artifacts.making import people_and_assets
from tests.combination.merging.making import OWNER, guides, merged

MEMBER = Actor(7, 7, "member", "page")
ALICE, BOB, GUIDE = Parent("p1", "u1", "internal"), Parent("p2", "u2", "other team"), Parent("c1", "c1", "research")
NOBODY = Parent("", "", "")


def test_only_what_joins_different_authors_and_teams_counts_and_open_contradictions_weigh() -> None:
    made = [Product((ALICE, BOB), 1), Product((ALICE, ALICE), 1), Product((ALICE, replace(BOB, team="u1")), 1)]
    assert (integration(made, 0, 0).value, integration(made, 0, 0).n) == (pytest.approx(1 / 3), 3)
    assert integration(made, 4, 1).value == pytest.approx(1 / 4)
    assert integration(made, 4, 4).value == 0.0


def test_what_nobody_knows_is_left_out_and_without_anything_it_is_unknown() -> None:
    assert integration([Product((ALICE, NOBODY), 1)], 0, 0).value is None
    assert integration([Product((ALICE, BOB, NOBODY), 1)], 0, 0).value == 1.0
    assert outside([Product((ALICE, NOBODY), 1)]).value is None
    assert [integration([], 3, 3).value, outside([]).value, variety([]).value, coverage([]).value] == [None] * 4
    assert unseen([]).value is None


def test_a_source_from_outside_counts_once_its_product_is_used() -> None:
    assert outside([Product((ALICE, GUIDE), 0), Product((ALICE, GUIDE), 2), Product((ALICE, BOB), 2)]).value == 1 / 3
    assert variety([Product((ALICE, ALICE), 0)]).value == 0.0
    all_five = tuple(Parent("", "", one) for one in ("internal", "other team", "vendor", "standard", "research"))
    assert variety([Product(all_five, 0)]).value == pytest.approx(1.0)


def test_demand_weighs_by_how_often() -> None:
    found = coverage([Demand(9, True), Demand(1, False), Demand(2, True)])
    assert (found.value, found.n) == (pytest.approx(11 / 12), 3)
    assert unseen([Demand(9, True), Demand(1, False), Demand(2, True)]).value == pytest.approx(1 / 12)


origins = st.sampled_from(["", "internal", "other team", "vendor", "standard", "research"])
parents = st.builds(Parent, st.sampled_from(["", "p1", "p2"]), st.sampled_from(["", "u1", "u2"]), origins)
products = st.lists(
    st.builds(Product, st.lists(parents, min_size=1, max_size=4).map(tuple), st.integers(0, 3)), max_size=8
)


@settings(max_examples=25)
@given(products, st.integers(0, 5), st.integers(0, 5))
def test_each_figure_lies_in_its_interval_and_between_nothing_and_all(
    made: list[Product], settled: int, unresolved: int
) -> None:
    for figure in (integration(made, settled + unresolved, unresolved), outside(made), variety(made)):
        if figure.value is not None:
            assert figure.low is not None
            assert figure.high is not None
            assert -1e-9 <= figure.low <= figure.value + 1e-9
            assert figure.value - 1e-9 <= figure.high <= 1 + 1e-9


def test_a_published_merge_its_use_searches_and_incidents_are_counted(
    ledger: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seci.combination.queries.texts.rounded", lambda: None)
    people_and_assets(ledger)
    there = guides(ledger)
    nothing = combination(MEMBER, ledger, now())
    assert (nothing.products, nothing.integration.value, nothing.coverage.value) == (0, None, None)
    made = merged(ledger, there)
    for (conflict,) in ledger.rows("SELECT id FROM combination_conflict WHERE merge_id = ?", [made.id]):
        deciding.decide(OWNER, ledger, conflict, "a", "Shorter is better read.")
    drafting.write(OWNER, ledger, made.id)
    draft = publishing.publish(OWNER, ledger, made.id).draft
    ledger.run("UPDATE combination_source SET source_class = 'external' WHERE document_id = ?", [there.north])
    page = combination(MEMBER, ledger, now())
    assert (page.products, page.integration.value, page.outside.value, page.unresolved) == (1, 1.0, 0.0, 0)
    assert page.found >= 1
    ledger.run(
        "INSERT INTO library_link (document_id, kind, target, wanted, anchor, label, to_document_id) "
        "VALUES (?, 'links', 'playbook', '', '', '', ?)",
        [there.east, draft],
    )
    following.follow(OWNER, ledger, there.east, "playbook")
    assert combination(MEMBER, ledger, now()).outside.value == 1.0
    with ledger.transaction():
        record(ledger, OWNER, Kind.INCIDENT, "the queue stood still", asset=2)
    search.note(ledger, "rollback rehearsal", "one", answered=True)
    assert combination(MEMBER, ledger, now()).coverage.n == 1
    for asker in range(5):
        want = search.note(ledger, "budget of a team", f"asker {asker}", answered=True)
    search.follow(ledger, want or 0)
    page = combination(MEMBER, ledger, now())
    assert (page.coverage.n, page.coverage.value) == (3, pytest.approx(5 / 7))
    assert combination(MEMBER, ledger, now() + 181 * DAY).coverage.value is None
    assert (combination(MEMBER, ledger, now(), asset=2).coverage.n, combination(MEMBER, ledger, now(), 2).products) == (
        1,
        0,
    )
    with pytest.raises(NotFound):
        combination(MEMBER, ledger, now(), asset=999)
    with pytest.raises(Refused):
        combination(Actor(9, None, "guest", "page"), ledger, now())
