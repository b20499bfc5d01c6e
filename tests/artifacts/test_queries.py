from __future__ import annotations

from dataclasses import replace

import pytest

from seci.artifacts import queries, services
from seci.artifacts.bodies import ASK_EXPERT
from seci.artifacts.context import Context
from seci.artifacts.fidelity import Fidelity
from seci.artifacts.views import Wanted
from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound
from tests.artifacts.making import FOR_ALL, claim, people_and_assets, tree
from tests.artifacts.test_services import EXPERT, FACILITATOR, GUEST, OTHER


@pytest.fixture
def house(ledger: Database) -> Database:
    people_and_assets(ledger)
    return ledger


def a_tree(db: Database, title: str = "May this table be used?", asset: int | None = 2, **more: object) -> int:
    given = {"context": FOR_ALL, "claims": [claim()], **more}
    return services.create(EXPERT, db, "decision_tree", title, tree(), asset=asset, **given).id  # type: ignore[arg-type]


def titles(db: Database, **wanted: object) -> list[str]:
    return [row.title for row in queries.library(EXPERT, db, Wanted(**wanted)).rows]  # type: ignore[arg-type]


def test_an_empty_library_is_empty(house: Database) -> None:
    page = queries.library(EXPERT, house)
    assert (page.rows, page.pager.total, page.assets, page.types) == ((), 0, (), ())


def test_the_library_is_alphabetical_and_filtered_by_what_people_ask(house: Database) -> None:
    b, a, c = a_tree(house, "b 100% sure"), a_tree(house, "A first", asset=3), a_tree(house, "c_last", asset=None)
    assert titles(house) == ["A first", "b 100% sure", "c_last"]
    assert titles(house, asset=3) == ["A first"]
    assert titles(house, q="100%") == ["b 100% sure"]
    assert titles(house, q="_") == ["c_last"]
    assert titles(house, type="checklist") == []
    services.publish(EXPERT, house, b)
    services.retire(EXPERT, house, c)
    services.verify(EXPERT, house, a)
    assert titles(house, state="published") == ["b 100% sure"]
    assert titles(house, state="retired") == ["c_last"]
    assert titles(house, mark="unverified") == ["b 100% sure"]
    services.retract_claim(EXPERT, house, b, "c1")
    assert titles(house, mark="unsupported") == ["b 100% sure"]
    house.run("UPDATE artifacts_artifact SET expires_at = ? WHERE id = ?", [now() - DAY, a])
    assert titles(house, mark="expired") == ["A first"]
    page = queries.library(EXPERT, house)
    assert [link.name for link in page.assets] == ["A2", "A3"]
    for wrong in ({"type": "poem"}, {"state": "lost"}, {"mark": "pretty"}):
        with pytest.raises(BadInput, match="choose one of"):
            titles(house, **wrong)


def test_guests_find_what_is_published_and_no_people(house: Database) -> None:
    drafted, published = a_tree(house, "draft"), a_tree(house, "public")
    services.publish(EXPERT, house, published)
    services.revise(EXPERT, house, published, tree(8.0), base=1)
    (row,) = queries.library(GUEST, house).rows
    assert (row.id, row.owner, row.number) == (published, None, 1)
    page = queries.artifact(GUEST, house, published)
    assert (page.revision.number, page.owner, page.statements, page.revisions, page.recordings) == (1, None, (), (), ())
    assert all(not node.claims for node in page.nodes)
    with pytest.raises(NotFound):
        queries.artifact(GUEST, house, drafted)


def test_every_node_opens_what_it_rests_on(house: Database) -> None:
    page = queries.artifact(OTHER, house, a_tree(house))
    by_id = {row.node.id: row for row in page.nodes}
    assert [(row.node.id, row.depth) for row in page.nodes] == [("n1", 0), ("n2", 1), ("n3", 1), ("n4", 2), ("n5", 2)]
    assert [one.claim.quote for one in by_id["n2"].claims] == [claim().quote]
    assert [case.key for case in by_id["n2"].cases_for] == ["k1", "k2"]
    assert [case.key for case in by_id["n5"].cases_against] == ["k4"]
    assert all(row.supported for row in page.nodes)
    assert (page.contribution.human, page.contribution.n) == (1, 1)
    assert (page.may_change, queries.artifact(FACILITATOR, house, page.artifact.id).may_change) == (False, True)


def test_a_number_of_fidelity_carries_its_n_and_its_lower_bound(house: Database) -> None:
    measured = Fidelity(20, 19, 0.78, 0.9, 4, 1.0, 0.01, "tested")
    page = queries.artifact(EXPERT, house, a_tree(house, fidelity=measured))
    assert page.fidelity is not None
    assert (page.fidelity.value, page.fidelity.n, page.fidelity.low, page.fidelity.level) == (0.95, 20, 0.78, 0.95)
    assert queries.artifact(EXPERT, house, a_tree(house)).fidelity is None


def test_running_an_artifact_says_what_and_why(house: Database) -> None:
    id_ = a_tree(house)
    held = queries.evaluate(OTHER, house, id_, {"nulls": "7,4 %", "source": "Stream"})
    assert (held.trace.outcome, held.values) == ("hold", {"nulls": 7.4, "source": "stream"})
    assert "7.4 % > 5.2 %" in held.why
    assert queries.evaluate(OTHER, house, id_, {"nulls": 3, "source": "stream"}).trace.outcome == "use"
    assert queries.evaluate(OTHER, house, id_, {"nulls": "", "source": None}).trace.outcome == ASK_EXPERT
    assert queries.evaluate(OTHER, house, id_, {"nulls": 140}).trace.outcome == ASK_EXPERT
    services.revise(EXPERT, house, id_, tree(9.0), base=1)
    assert queries.evaluate(OTHER, house, id_, {"nulls": 7.4, "source": "stream"}).trace.outcome == "use"
    assert queries.evaluate(OTHER, house, id_, {"nulls": 7.4}, number=1).trace.outcome == "hold"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"color": "red"}, "There is no attribute 'color'; this artifact asks for nulls, source"),
        ({"nulls": "many"}, "missing values is a number in %; 'many' is none"),
        ({"nulls": "nan"}, "is a number"),
        ({"nulls": True}, "is a number"),
        ({"source": "mars"}, "source is one of stream, backfill; 'mars' is none of them"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_does(
    house: Database, said: dict[str, object], sentence: str
) -> None:
    with pytest.raises(BadInput, match=sentence):
        queries.evaluate(EXPERT, house, a_tree(house), said)


def test_two_revisions_are_compared_in_words(house: Database) -> None:
    id_ = a_tree(house)
    services.revise(EXPERT, house, id_, tree(8.0), base=1, title="Better", context=replace(FOR_ALL, who="Everyone"))
    page = queries.compare(EXPERT, house, id_, 1, 2)
    assert (page.differences[0].node, page.differences[0].kind) == ("n1", "changed")
    assert "5.2 %" in page.differences[0].before
    assert "8 %" in page.differences[0].after
    assert [what for what, _, _ in page.context] == ["Title", "Who it is for"]
    same = queries.preview(EXPERT, house, id_, tree(8.0), "Better", replace(FOR_ALL, who="Everyone"), base=2)
    assert (same.differences, same.context) == ((), ())


def test_what_stands_between_a_draft_and_publication_is_said_all_at_once(house: Database) -> None:
    id_ = a_tree(house, context=Context(), claims=[replace(claim(origin="document"), status="proposed")])
    said = queries.obstacles(EXPERT, house, id_)
    assert said[:2] == [
        "1 claim waits for a person to confirm or take back",
        "it does not say who it is for, when it holds, its exceptions",
    ]


def test_the_artifacts_of_an_asset_are_found_also_after_a_merger(house: Database) -> None:
    a_tree(house, "first", asset=2)
    house.run("UPDATE assets_asset SET merged_into_id = 3, state = 'merged' WHERE id = 2")
    assert [row.title for row in queries.asset_artifacts(EXPERT, house, 3)] == ["first"]
    assert [row.title for row in queries.asset_artifacts(GUEST, house, 3)] == []
