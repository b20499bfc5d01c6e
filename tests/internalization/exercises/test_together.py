"""Rankings beside experts, and role-plays of three."""

from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.internalization import queries as practice_queries
from seci.internalization import services as practice
from seci.internalization.playing import queries as playing
from seci.internalization.playing import services as plays
from seci.internalization.shadowing import queries, services
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, table

ORDER = ("call", "wait", "roll back")
EXPERTS = [Actor(account=number, person=number, role="member", door="page") for number in (1, 2, 3)]
RANKED = "id,pattern,title,situation,options,kind\n"
RANKED += "r1,n2,The lag grows,The lag grows since four,wait|call|roll back,shadowbox"


@pytest.fixture
def ranked(house: Database, framework: int) -> int:
    practice.bring_file(AUTHOR, house, framework, RANKED)
    return framework


def panel(db: Database, orders: list[tuple[str, ...]]) -> None:
    case = db.rows("SELECT id FROM internalization_practicecase WHERE kind = 'shadowbox'")[0][0]
    for expert, order in zip(EXPERTS, orders, strict=False):
        said = {"reason": f"because {order[0]}", "cue": "lag", "ranking": order}
        practice.answer_panel(expert, db, case, order[0], **said)  # type: ignore[arg-type]


def scored(db: Database, kind: Kind) -> list[tuple[int, float | None]]:
    return db.rows(  # type: ignore[return-value]
        "SELECT e.actor, o.score FROM ledger_event e JOIN ledger_outcome o ON o.event_id = e.seq WHERE e.kind = ?",
        [int(kind)],
    )


def test_the_first_ranking_counts_theirs_shows_after_it_and_the_second_is_one_s_own(
    house: Database, ranked: int
) -> None:
    panel(house, [ORDER, ORDER, ("wait", "call", "roll back")])
    ranking = services.next_ranking(LEARNER, house, ranked)
    before = queries.ranking(LEARNER, house, ranking)
    assert (before.step, before.told) == ("rank", None)
    assert "because" not in repr(before)
    with pytest.raises(Conflict, match="Rank it first"):
        services.rerank(LEARNER, house, ranking, ORDER, "they know")
    with pytest.raises(BadInput, match="Say why"):
        services.rank(LEARNER, house, ranking, ORDER, " ")
    with pytest.raises(BadInput, match="every option once"):
        services.rank(LEARNER, house, ranking, ("call", "call", "wait"), "lag")
    given = services.rank(LEARNER, house, ranking, ORDER[::-1], "the lag tells")
    assert services.rank(LEARNER, house, ranking, ORDER[::-1], "the lag tells") == given
    with pytest.raises(Conflict, match="first ranking counts"):
        services.rank(LEARNER, house, ranking, ORDER, "no, so")
    told = queries.ranking(LEARNER, house, ranking).told
    assert told is not None
    assert (told.order, told.experts, told.tau, told.seen) == (ORDER, 3, -1.0, ("lag",))
    assert told.reasons[-1] == ("wait", "because wait")
    services.rerank(LEARNER, house, ranking, ORDER, "the pager first")
    assert queries.ranking(LEARNER, house, ranking).step == "done"
    assert scored(house, Kind.PRACTICE) == [(5, 0.0)]
    with pytest.raises(NotFound):
        queries.ranking(OTHER, house, ranking)
    with pytest.raises(Conflict, match="no case to rank left"):
        services.next_ranking(LEARNER, house, ranked)


def test_a_panel_of_one_ranks_for_nobody_and_an_expert_ranks_for_the_panel_alone(house: Database, ranked: int) -> None:
    case = practice_queries.panel_next(EXPERTS[0], house, ranked)
    assert case is not None
    assert case.ranks
    with pytest.raises(BadInput, match="give every option a place"):
        practice.answer_panel(EXPERTS[0], house, case.case, "wait")
    panel(house, [ORDER])
    with pytest.raises(Conflict, match="nobody is compared with one"):
        services.next_ranking(LEARNER, house, ranked)
    panel(house, [ORDER, ORDER])
    assert queries.to_rank(LEARNER, house, ranked) == 1
    with pytest.raises(Conflict):
        services.next_ranking(EXPERTS[0], house, ranked)


def test_a_role_play_shows_each_of_three_what_is_theirs_and_the_form_becomes_an_assessment(
    house: Database, framework: int
) -> None:
    practice.bring_file(AUTHOR, house, framework, table(4))
    with pytest.raises(BadInput, match="three different people"):
        plays.prepare_play(LEARNER, house, framework, 6, 5)
    play = plays.prepare_play(LEARNER, house, framework, 6, 3)
    decider, counterpart, observer = (playing.play(one, house, play) for one in (LEARNER, OTHER, EXPERTS[2]))
    assert (decider.part, counterpart.part, observer.part) == ("decider", "counterpart", "observer")
    assert (decider.scene, decider.hidden, decider.form, decider.beats) == ("", (), (), ())
    assert "arrives" in counterpart.scene
    assert any("missing values" in line for line in counterpart.hidden)
    assert (observer.hidden, counterpart.form) == ((), ())
    with pytest.raises(NotFound):
        playing.play(AUTHOR, house, play)
    ticks = {item.id: "seen" for item in observer.form}
    with pytest.raises(Refused, match="observer's"):
        plays.observe(LEARNER, house, play, ticks)
    with pytest.raises(BadInput, match="Say of"):
        plays.observe(EXPERTS[2], house, play, {})
    plays.observe(EXPERTS[2], house, play, ticks | {"goal": "not_seen", "risk": "no_occasion"}, "well asked")
    over = playing.play(LEARNER, house, play)
    assert over.note == "well asked"
    assert over.result is not None
    assert scored(house, Kind.ASSESS) == [(5, pytest.approx(over.result["share"]))]
    with pytest.raises(Conflict):
        plays.observe(EXPERTS[2], house, play, ticks)
    assert [one.is_over for one in playing.plays(OTHER, house)] == [True]


def test_a_case_that_was_played_comes_in_no_round_of_its_players(house: Database, framework: int) -> None:
    practice.bring_file(AUTHOR, house, framework, table(1))
    plays.prepare_play(LEARNER, house, framework, 6, 3)
    for player in (LEARNER, OTHER):
        practice.begin(player, house, framework)
        assert "no case left" in practice.today(player, house).empty
    with pytest.raises(Conflict, match="no case left"):
        plays.prepare_play(LEARNER, house, framework, 6, 3)
    with pytest.raises(Conflict, match="met this case"):
        practice.move(AUTHOR, house, 1, "sealed")
