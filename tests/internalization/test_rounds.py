from __future__ import annotations

from typing import Any

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import queries as looking
from seci.artifacts import services as artifacts
from seci.combination.shelving import services as shelving
from seci.internalization import queries, services
from seci.internalization.access import get_round
from seci.internalization.scaffold import Level
from seci.internalization.services import Answer
from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.library import queries as library
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, right, table, through, wrong


@pytest.fixture
def begun(house: Database, framework: int) -> int:
    """The framework with 24 cases and one learner."""
    services.bring_file(AUTHOR, house, framework, table())
    services.begin(LEARNER, house, framework)
    return framework


def back(db: Database, days: int) -> None:
    """Moves all that was practised into the past."""
    for table_, columns in (
        ("attempt", ("shown_at", "committed_at")),
        ("standing", ("since", "last_at", "due_at")),
        ("round", ("started_at",)),
    ):
        for column in columns:
            db.run(f"UPDATE internalization_{table_} SET {column} = {column} - ? WHERE {column} > 0", [days * DAY])
    db.run("UPDATE internalization_round SET day = day - ?", [days])


def test_the_first_round_places_and_the_next_begins_where_it_put_the_learner(house: Database, begun: int) -> None:
    first = services.today(LEARNER, house)
    assert (first.kind, first.total, first.done) == ("placement", 8, 0)
    seen = through(house, LEARNER)
    assert len(seen) == 8
    assert all(one.level is Level.CLOSED and not one.path and not one.answer for one in seen)
    own = queries.own(LEARNER, house)
    assert {one.level for one in own.patterns} == {Level.CLOSED}
    assert all("placement" in one.why for one in own.patterns)
    daily = services.today(LEARNER, house, more=True)
    assert daily.kind == "daily"
    assert daily.total == 6  # two patterns, three of one at most
    assert services.today(LEARNER, house, more=True).id == daily.id


def test_who_misses_the_placement_begins_with_worked_cases(house: Database, begun: int) -> None:
    through(house, LEARNER, wrong)
    [one, two] = queries.own(LEARNER, house).patterns
    assert (one.level, two.level) == (Level.WORKED, Level.WORKED)
    daily = services.today(LEARNER, house, more=True)
    shown = services.next_case(LEARNER, house, daily.id)
    assert shown is not None
    assert shown.answer == right(shown).option
    assert shown.path


def test_nothing_is_revealed_before_the_commit_and_all_of_it_after(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    told = services.commit(LEARNER, house, opened.id, shown.case, wrong(shown))
    assert (told.right, told.key, told.basis, told.n, told.shares) == (False, right(shown).option, "author", 0, ())
    assert told.path[0] == f"missing values > 5.2 %? {'yes' if told.key == 'hold' else 'no'}"
    # To the other end the way parts at the first question, or at the second where that leads back.
    assert (told.parted_node, told.parted) == ("n1", "missing values > 5.2 %?")
    assert told.missed[0] == "missing values"
    services.note(LEARNER, house, told.attempt, "  the share of\nmissing values ")
    assert services.today(LEARNER, house).reveals[0].next_time == "the share of missing values"


def test_a_double_submit_counts_once_and_another_answer_is_refused(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    first = services.commit(LEARNER, house, opened.id, shown.case, right(shown))
    assert services.commit(LEARNER, house, opened.id, shown.case, right(shown)) == first
    with pytest.raises(Conflict, match="first answer counts"):
        services.commit(LEARNER, house, opened.id, shown.case, wrong(shown))
    assert events(house, Kind.PRACTICE) == [(5, 1)]
    score = house.rows("SELECT o.score, o.pressure, o.aid FROM ledger_outcome o")
    assert score == [(1.0, 0, 0)]


def events(db: Database, kind: Kind) -> list[tuple[int, int]]:
    return db.rows("SELECT actor, revision FROM ledger_event WHERE kind = ? ORDER BY seq", [int(kind)])  # type: ignore[return-value]


def test_two_tabs_see_one_round_and_one_case(house: Database, begun: int) -> None:
    one, two = services.today(LEARNER, house), services.today(LEARNER, house)
    assert one.id == two.id
    first, second = services.next_case(LEARNER, house, one.id), services.next_case(LEARNER, house, two.id)
    assert first is not None
    assert second is not None
    assert (first.case, first.attempt) == (second.case, second.attempt)
    later = next(case for case, _, _ in get_round(LEARNER, house, one.id).picks if case != first.case)
    with pytest.raises(Conflict, match="not shown"):
        services.commit(LEARNER, house, one.id, later, Answer("use"))


def test_no_case_is_ever_shown_twice(house: Database, begun: int) -> None:
    seen = [one.case for _ in range(6) for one in through(house, LEARNER)]
    assert len(seen) == len(set(seen)) == 24
    assert "no case left" in services.today(LEARNER, house, more=True).empty


def test_levels_rise_over_two_days_and_fall_after_two_misses(house: Database, begun: int) -> None:
    through(house, LEARNER)
    through(house, LEARNER)  # three on each pattern, closed
    back(house, 2)
    through(house, LEARNER)  # three more on another day
    own = queries.own(LEARNER, house)
    assert {one.level for one in own.patterns} == {Level.PRESSURE}, [one.missing for one in own.patterns]
    opened = services.today(LEARNER, house, more=True)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert shown.level is Level.PRESSURE
    assert shown.limit_ms == 60_000
    assert shown.left_ms is not None
    assert 0 < shown.left_ms <= shown.limit_ms


def test_what_comes_after_the_limit_is_over_time_by_the_clock_of_the_server(house: Database, begun: int) -> None:
    services.today(LEARNER, house)
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    house.run("UPDATE internalization_attempt SET limit_ms = 1000, shown_at = shown_at - 60000000")
    late = services.commit(LEARNER, house, opened.id, shown.case, Answer("use", latency_ms=5))
    assert late.over_time


def test_a_clock_that_was_set_back_makes_no_answer_late_and_no_time_negative(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    house.run("UPDATE internalization_attempt SET limit_ms = 1000, shown_at = shown_at + 3600000000")
    told = services.commit(LEARNER, house, opened.id, shown.case, Answer("use", latency_ms=-5))
    assert not told.over_time
    assert house.rows("SELECT latency_ms FROM internalization_attempt WHERE id = ?", [shown.attempt]) == [(0,)]


def test_the_artifact_is_opened_on_request_only_and_the_look_is_counted(house: Database, begun: int) -> None:
    through(house, LEARNER, lambda shown: Answer(right(shown).option, 0.7))  # right, not sure: level 2
    opened = services.today(LEARNER, house, more=True)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert (shown.level, shown.may_look_up) == (Level.ON_REQUEST, True)
    assert services.look_up(LEARNER, house, shown.attempt) == services.look_up(LEARNER, house, shown.attempt)
    assert len(events(house, Kind.READ)) == 2  # the beginning, and one look
    assert services.commit(LEARNER, house, opened.id, shown.case, right(shown)).looked_up
    house.run("UPDATE internalization_standing SET level = 3")
    closed = services.next_case(LEARNER, house, opened.id)
    assert closed is not None
    with pytest.raises(Conflict, match="without the artifact"):
        services.look_up(LEARNER, house, closed.attempt)


def its_page(actor: Actor, db: Database, artifact: int) -> None:
    """Reads the page that an artifact was laid beside documents as."""
    (page,) = shelving.shelve(AUTHOR, db, [artifact])
    library.one(actor, db, page)


@pytest.mark.parametrize("door", [looking.artifact, looking.content, its_page])
def test_an_artifact_opened_beside_a_case_that_waits_counts_as_a_look(house: Database, begun: int, door: Any) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert shown.level is Level.CLOSED
    door(OTHER, house, begun)
    assert not services.today(LEARNER, house).reveals
    door(LEARNER, house, begun)
    door(LEARNER, house, begun)
    assert len(events(house, Kind.READ)) == 2  # the beginning, and one look
    again = services.next_case(LEARNER, house, opened.id)
    assert again is not None
    assert again.looked_up
    assert services.commit(LEARNER, house, opened.id, shown.case, right(shown)).looked_up


def test_what_is_judged_without_the_rule_is_named_without_its_answer(house: Database, begun: int) -> None:
    def named() -> list[bool]:
        return [one.name.endswith((": hold", ": use")) for one in queries.own(LEARNER, house).patterns]

    assert named() == [False, False]  # a placement asks it unaided
    house.run("UPDATE internalization_standing SET since = 1")
    assert named() == [True, True]
    house.run("UPDATE internalization_standing SET level = ?", [int(Level.ON_REQUEST)])
    assert named() == [False, False]
    shown = services.next_case(LEARNER, house, services.today(LEARNER, house).id)
    assert shown is not None
    assert (shown.level, shown.pattern_name, hasattr(shown, "pattern")) == (Level.ON_REQUEST, "", False)


def test_what_somebody_did_is_for_their_eyes_alone(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    told = services.commit(LEARNER, house, opened.id, shown.case, right(shown))
    admin = Actor(account=1, person=1, role="admin", door="page")
    for who in (OTHER, admin):
        with pytest.raises(Refused, match="them alone"):
            queries.own(who, house, person=5)
        with pytest.raises(NotFound):
            services.next_case(who, house, opened.id)
        with pytest.raises(NotFound):
            services.note(who, house, told.attempt, "mine")
    with pytest.raises(Refused):
        services.today(Actor(account=9, person=None, role="guest", door="page"), house)
    with pytest.raises(BadInput, match="person"):
        services.today(Actor.owner_of_the_machine(), house)
    assert queries.progress(admin, house, begun).learners.value is None


def test_a_learner_may_not_read_cases_ahead(house: Database, begun: int) -> None:
    with pytest.raises(Refused, match="in a round"):
        queries.case(LEARNER, house, 1)
    with pytest.raises(Refused):
        queries.cases(LEARNER, house, begun)


@pytest.mark.parametrize("answer", [Answer("perhaps"), Answer(""), Answer("use", 1.5), Answer("use", -1)])
def test_an_answer_that_cannot_be_is_refused_and_nothing_is_written(
    house: Database, begun: int, answer: Answer
) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    with pytest.raises(BadInput):
        services.commit(LEARNER, house, opened.id, shown.case, answer)
    assert services.today(LEARNER, house).done == 0


def test_the_models_are_compared_on_the_instances_own_log(house: Database, begun: int) -> None:
    owner = Actor.owner_of_the_machine("job")
    assert "not been compared" in queries.model(owner, house).sentence
    through(house, LEARNER)
    assert services.refit(owner, house) == "elo"
    status = queries.model(owner, house)
    assert (status.learners, status.attempts, status.elo) == (1, 8, None)
    with pytest.raises(Refused):
        services.refit(LEARNER, house)


def test_a_round_goes_on_when_a_case_loses_its_key_or_the_artifact_is_retired(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    first = services.next_case(LEARNER, house, opened.id)
    assert first is not None
    house.run(
        "INSERT INTO internalization_key (case_id, version, option, basis, n, at) VALUES (?, 2, '', 'panel', 2, 0)",
        [first.case],
    )
    with pytest.raises(Conflict, match="taken back"):
        services.commit(LEARNER, house, opened.id, first.case, Answer("use"))
    second = services.next_case(LEARNER, house, opened.id)
    assert second is not None
    assert second.case != first.case
    artifacts.retire(AUTHOR, house, begun, "another one is better")
    assert services.commit(LEARNER, house, opened.id, second.case, right(second)).right
    assert services.next_case(LEARNER, house, opened.id) is None
    assert services.today(LEARNER, house).state == "finished"
    assert "practise nothing" in services.today(LEARNER, house, more=True).empty
