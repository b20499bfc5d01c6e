"""Mentors, notes, paths, quiet days, interruptions and proposals: what stands around practice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.internalization import queries, services
from seci.internalization.coaching import queries as coaching
from seci.internalization.coaching import services as coached
from seci.internalization.exercises.interruption import card_of
from seci.internalization.load import PATTERNS_A_DAY, Waiting, length_of, spread, weekday
from seci.internalization.maintenance import is_check, next_check
from seci.internalization.proposals import queries as proposals
from seci.internalization.proposals import services as proposing
from seci.internalization.runs import services as runs
from seci.internalization.services import Answer
from seci.internalization.tracing import choice
from seci.internalization.tracing.scores import Scores, scores
from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, right, table, through, wrong

FACILITATOR = Actor(account=7, person=7, role="facilitator", door="page")
NOTE = ("it holds", "it broke", "the disk was full", "the disk")


@pytest.fixture
def begun(house: Database, framework: int) -> int:
    services.bring_file(AUTHOR, house, framework, table())
    services.begin(LEARNER, house, framework)
    return framework


def kinds(db: Database, kind: Kind) -> list[tuple[int, int]]:
    return db.rows("SELECT actor, other FROM ledger_event WHERE kind = ?", [int(kind)])  # type: ignore[return-value]


def test_a_mentor_named_by_the_learner_reads_answers_and_says_something_that_both_see_and_nobody_else(
    house: Database, begun: int
) -> None:
    through(house, LEARNER)
    named = coached.name_mentor(LEARNER, house, begun, 6)
    services.note(LEARNER, house, coaching.mentee(OTHER, house, named).answers[0].attempt, "mine alone")
    page = coaching.mentee(OTHER, house, named)
    assert len(page.answers) == 8
    assert "mine alone" not in repr(page)
    coached.remark(OTHER, house, page.answers[0].attempt, "look at the source too")
    assert [one[0] for one in coaching.new_remarks(LEARNER, house)] == [page.answers[0].attempt]
    assert [one.words for one in coaching.remarks(LEARNER, house, page.answers[0].attempt)] == [
        "look at the source too"
    ]
    assert kinds(house, Kind.MENTOR) == [(6, 5)]
    assert coached.read_remarks(LEARNER, house) == 1
    assert coaching.remarks(FACILITATOR, house, page.answers[0].attempt) == ()
    for stranger in (AUTHOR, FACILITATOR):
        with pytest.raises(NotFound):
            coaching.mentee(stranger, house, named)
        with pytest.raises(NotFound):
            coached.remark(stranger, house, page.answers[0].attempt, "I too")
    coached.end_mentor(LEARNER, house, named)
    with pytest.raises(NotFound):
        coached.remark(OTHER, house, page.answers[0].attempt, "once more")


def test_a_mentor_proposed_by_a_facilitator_sees_nothing_before_the_learner_s_yes(house: Database, begun: int) -> None:
    with pytest.raises(Refused, match="for yourself"):
        coached.name_mentor(AUTHOR, house, begun, 6, person=5)
    named = coached.name_mentor(FACILITATOR, house, begun, 6, person=5)
    with pytest.raises(NotFound):
        coaching.mentee(OTHER, house, named)
    assert coaching.mentors(LEARNER, house)[0][0].waiting
    with pytest.raises(Refused):
        coached.agree_to_mentor(OTHER, house, named)
    coached.agree_to_mentor(LEARNER, house, named)
    assert coaching.mentee(OTHER, house, named).answers == ()
    with pytest.raises(Conflict):
        coached.name_mentor(LEARNER, house, begun, 6)
    with pytest.raises(BadInput, match="somebody else"):
        coached.name_mentor(LEARNER, house, begun, 5)


def test_a_note_needs_its_four_answers_and_is_read_by_its_writer_alone(house: Database, begun: int) -> None:
    with pytest.raises(BadInput, match="What do you look at next time"):
        coached.keep_note(LEARNER, house, *NOTE[:3], " ")
    coached.keep_note(LEARNER, house, *NOTE, artifact=begun, about="run:1")
    assert [(one.next_time, one.title) for one in coaching.notes(LEARNER, house)] == [
        ("the disk", "May this table be used?")
    ]
    assert coaching.notes(OTHER, house) == []
    assert (5, None) in [(one, None) for one, _ in kinds(house, Kind.FEEDBACK)]


def test_each_of_four_paths_is_followed_with_dates_and_counts_what_was_done_since(house: Database, begun: int) -> None:
    for role in ("engineer", "product_manager", "data_scientist", "mlops_engineer"):
        coached.follow_path(LEARNER, house, role, pace=2)
    through(house, LEARNER)
    coached.keep_note(LEARNER, house, *NOTE)
    first = coaching.followed(LEARNER, house)[0]
    see, do = first.needs[:2]
    assert see.have == (("round", 1, 6),)
    assert ("reflection", 1, 1) in do.have
    assert [need.until - first.begun_at for need in first.needs] == [weeks * 14 * DAY for weeks in (2, 4, 6, 12)]
    with pytest.raises(Conflict):
        coached.follow_path(LEARNER, house, "engineer")
    with pytest.raises(BadInput, match="none"):
        coached.follow_path(LEARNER, house, "wizard")
    coached.leave_path(LEARNER, house, first.id)
    assert len(coaching.followed(LEARNER, house)) == 3
    with pytest.raises(NotFound):
        coached.leave_path(OTHER, house, first.id)


def test_an_easy_day_has_half_a_round(house: Database, begun: int) -> None:
    other = artifacts.create(AUTHOR, house, "decision_tree", "T", tree(), asset=2, context=FOR_ALL, claims=[claim()]).id
    artifacts.publish(AUTHOR, house, other)
    services.prepare(AUTHOR, house, other)
    services.bring_file(AUTHOR, house, other, table())
    services.begin(LEARNER, house, other)
    house.run("UPDATE internalization_standing SET since = 1, level = 3, placed = 3")
    with pytest.raises(BadInput, match="six may be easy"):
        coached.set_easy_days(LEARNER, house, range(7))
    assert services.today(LEARNER, house).total == 12
    house.run("DELETE FROM internalization_round")
    coached.set_easy_days(LEARNER, house, [weekday(queries.own(LEARNER, house).today)])
    assert services.today(LEARNER, house).total == 6


@given(
    st.lists(st.tuples(st.integers(0, 30), st.floats(0, 5)), max_size=60),
    st.integers(10, 20),
    st.sets(st.integers(0, 6), max_size=6),
)
def test_a_backlog_is_spread_whole_and_never_before_it_is_due(
    rows: list[tuple[int, float]], today: int, easy: set[int]
) -> None:
    waiting = [Waiting(number, due, pressing) for number, (due, pressing) in enumerate(rows)]
    planned = spread(waiting, today, easy)
    assert set(planned) == set(range(len(rows)))
    assert all(planned[one.pattern] >= max(today, one.due) for one in waiting)
    days = list(planned.values())
    assert all(days.count(day) <= length_of(day, easy, PATTERNS_A_DAY) for day in days)


def test_after_an_absence_what_presses_most_comes_first() -> None:
    planned = spread([Waiting(number, 5, number / 10) for number in range(14)], 100)
    assert [number for number, day in planned.items() if day == 100] == [13, 12, 11, 10, 9, 8]
    assert max(planned.values()) == 102


def test_three_checks_in_the_first_month_keep_what_has_passed() -> None:
    passed = 1_000 * DAY
    assert next_check(passed, None) == passed + 7 * DAY
    assert next_check(passed, passed + 7 * DAY) == passed + 14 * DAY
    assert next_check(passed, passed + 20 * DAY) == passed + 28 * DAY
    assert next_check(passed, passed + 28 * DAY) is None
    assert not is_check(passed, passed, passed + 6 * DAY)
    assert is_check(passed, passed, passed + 7 * DAY)
    assert not is_check(None, passed, passed + 9 * DAY)


def test_whoever_comes_in_is_answered_once_and_what_it_took_is_told_after(house: Database, begun: int) -> None:
    through(house, LEARNER)
    house.run("UPDATE internalization_standing SET level = 4, placed = 4")
    opened = services.today(LEARNER, house, more=True)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert shown.card == card_of(shown.attempt, shown.limit_ms or 0)
    with pytest.raises(BadInput, match="Answer one of these"):
        services.answer_card(LEARNER, house, shown.attempt, "perhaps")
    with pytest.raises(NotFound):
        services.answer_card(OTHER, house, shown.attempt, shown.card.options[0])
    house.run("UPDATE internalization_attempt SET shown_at = shown_at - ?", [(shown.card.at_ms + 3_000) * 1_000])
    away = services.answer_card(LEARNER, house, shown.attempt, shown.card.options[0])
    assert away is not None
    assert 3_000 <= away < 30_000
    assert services.answer_card(LEARNER, house, shown.attempt, shown.card.options[1]) == away
    again = services.next_case(LEARNER, house, opened.id)
    assert again is not None
    assert again.card is None
    told = services.commit(LEARNER, house, opened.id, shown.case, right(shown)._replace(number=shown.number))
    assert (told.away_ms, told.kept) == (away, True)


def test_an_untimed_case_is_not_interrupted(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    assert shown.card is None
    with pytest.raises(Conflict, match="untimed"):
        services.answer_card(LEARNER, house, shown.attempt, "yes")


def test_an_agent_proposes_and_only_a_person_confirms(house: Database, begun: int) -> None:
    agent = Actor(account=4, person=4, role="member", door="mcp")
    run = runs.start(LEARNER, house, begun, "Table 7", "alone")
    runs.move(LEARNER, house, run.id, 1, "decide", value="hold")
    runs.finish(LEARNER, house, run.id)
    made = proposing.propose_review(agent, house, run.id, upheld=True, decision="hold", because="the share is high")
    assert [one.words for one in proposals.proposals(AUTHOR, house)] == ["hold"]
    assert house.rows("SELECT COUNT(*) FROM internalization_review") == [(0,)]
    with pytest.raises(Refused, match="A person confirms"):
        proposing.confirm(agent, house, made)
    with pytest.raises(NotFound):
        proposing.confirm(OTHER, house, made)
    proposing.confirm(AUTHOR, house, made)
    assert house.rows("SELECT COUNT(*) FROM internalization_review") == [(1,)]
    with pytest.raises(Conflict):
        proposing.confirm(AUTHOR, house, made)
    step = proposing.propose_step(agent, house, begun, 5, 1, "three exercises")
    proposing.confirm(AUTHOR, house, step)
    assert house.rows("SELECT rung FROM internalization_promotion") == [(1,)]
    with pytest.raises(Refused):
        proposing.propose_step(LEARNER, house, begun, 6, 1)
    dropped = proposing.propose_step(agent, house, begun, 5, 2, "more")
    proposing.drop(AUTHOR, house, dropped)
    assert proposals.proposals(AUTHOR, house) == []


def test_patterns_are_weighed_with_what_is_mistaken_for_them(house: Database, begun: int) -> None:
    one, other = (pattern for (pattern,) in house.rows("SELECT id FROM internalization_pattern ORDER BY id"))
    assert services.weigh(AUTHOR, house, one, frequency=3, near=[other]).near == (other,)
    assert services.weigh(AUTHOR, house, one, stake=2).near == (other,)
    for strange in (one, 999):
        with pytest.raises(BadInput, match="no other pattern"):
            services.weigh(AUTHOR, house, one, near=[strange])


def test_rounds_are_composed_by_what_the_better_model_foretold(
    house: Database, begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Every third is missed: a model has nothing to learn from who is always right.
    through(house, LEARNER, lambda shown: right(shown) if int(shown.title.split()[1]) % 3 else wrong(shown))
    better = choice.Choice("combined", 5, *_scores())
    monkeypatch.setattr(choice, "choose", lambda *of, **more: better)
    owner = Actor.owner_of_the_machine("job")
    assert services.refit(owner, house) == "combined"
    rows = house.rows("SELECT person_id, chance FROM internalization_forecast")
    assert len(rows) == 16
    assert all(person == 5 and 0 < chance < 1 for person, chance in rows)
    assert "composed by it" in queries.model(owner, house).sentence
    opened = services.today(LEARNER, house, more=True)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    [(predicted,)] = house.rows("SELECT predicted FROM internalization_attempt WHERE id = ?", [shown.attempt])
    told = house.rows("SELECT chance FROM internalization_forecast WHERE case_id = ?", [shown.case])
    assert told == [(predicted,)]


def _scores() -> tuple[Scores, Scores]:
    right = np.array([0, 1] * 10)
    return scores(right, np.full(20, 0.5)), scores(right, np.where(right, 0.9, 0.1))


def test_what_is_retired_says_why_it_is_practised_no_more(house: Database, begun: int) -> None:
    artifacts.retire(AUTHOR, house, begun, "another one is better")
    own = queries.own(LEARNER, house)
    assert own.patterns == ()
    assert [(title, "retired" in why) for _, title, why in own.resting] == [("May this table be used?", True)]


def test_an_answer_needs_an_open_option(house: Database, begun: int) -> None:
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    with pytest.raises(BadInput):
        services.commit(LEARNER, house, opened.id, shown.case, Answer("maybe", number="1"))
