from __future__ import annotations

import pytest

from seci.accounts.actor import Actor
from seci.internalization import access
from seci.internalization import queries as practised
from seci.internalization import services as practice
from seci.internalization.challenges import queries as listed
from seci.internalization.challenges import services as challenges
from seci.internalization.gates import Gate
from seci.internalization.sittings import queries, services
from seci.internalization.sittings.states import State
from seci.internalization.sittings.views import SittingView
from seci.kit.clock import DAY, SECOND
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound, Refused
from seci.ledger.kinds import Kind
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, table, through
from tests.internalization.sittings.conftest import seal


def key(title: str) -> str:
    return "hold" if int(title.split()[1]) % 2 == 0 else "use"


def sit(db: Database, actor: Actor, artifact: int, gate: Gate, *, misses: int = 0) -> SittingView:
    """Goes through a whole block at the light profile, the first `misses` cases answered wrongly."""
    opened = services.open_sitting(actor, db, artifact, gate, "light")
    for place in range(len(opened.cases)):
        shown = services.next_sealed(actor, db, opened.id)
        assert shown is not None
        right = key(shown.title)
        given = right if place >= misses else ("use" if right == "hold" else "hold")
        services.answer_sealed(actor, db, opened.id, shown.case, given, confidence=0.9, number=shown.number)
    assert services.next_sealed(actor, db, opened.id) is None
    return queries.sitting(actor, db, opened.id)


def earlier(db: Database, days: int) -> None:
    """Moves all sittings and attempts into the past."""
    db.run(
        "UPDATE internalization_sitting SET started_at = started_at - ?, ended_at = ended_at - ?",
        [days * DAY, days * DAY],
    )
    db.run("UPDATE internalization_attempt SET shown_at = shown_at - ?", [days * DAY])


def test_three_gates_in_their_order_lead_to_retained(house: Database, sealed: int) -> None:
    assert queries.state(LEARNER, house, sealed).state is State.NONE
    cold = sit(house, LEARNER, sealed, Gate.COLD)
    assert cold.result is not None
    assert (cold.result.met, cold.result.n, cold.profile) == (True, 24, "light")
    assert cold.words.startswith("Gate cold met at the light profile, a lighter test than the standard one")
    assert queries.state(LEARNER, house, sealed).state is State.ABLE
    timed = sit(house, LEARNER, sealed, Gate.PRESSURE)
    assert timed.result is not None
    assert timed.result.met
    assert timed.result.kept == (6, 6)
    assert timed.result.drop is not None
    assert queries.state(LEARNER, house, sealed).state is State.UNDER_PRESSURE
    with pytest.raises(Conflict, match="30 days after the last practice"):
        services.open_sitting(LEARNER, house, sealed, Gate.DELAY, "light")
    earlier(house, 30)
    assert sit(house, LEARNER, sealed, Gate.DELAY).result.met  # type: ignore[union-attr]
    found = queries.gates(LEARNER, house, sealed)
    assert found.reached.state is State.RETAINED
    assert found.reached.profiles == ("light", "light", "light")
    assert "0 of 10 real decisions" in found.gates[3].against


def test_cases_met_unaided_in_rounds_as_they_come_up_count_with_the_cold_gate_half_at_most_and_once(
    house: Database, sealed: int
) -> None:
    seal(house, sealed, 24, pool="practice", prefix="p")
    practice.begin(LEARNER, house, sealed)
    for _ in range(4):
        through(house, LEARNER)
    natural = house.rows("SELECT COUNT(*) FROM internalization_attempt WHERE is_natural AND level >= 3")[0][0]
    assert 6 <= natural <= 12
    told = sit(house, LEARNER, sealed, Gate.COLD, misses=8)
    assert told.result is not None
    assert (told.total, told.result.natural, told.result.n) == (24 - natural, natural, 24)
    house.run("UPDATE internalization_sitting SET ended_at = ended_at - ?, started_at = started_at - ?", [8 * DAY] * 2)
    again = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    assert (len(again.cases), again.exposures) == (24, ())


def test_nothing_of_the_result_is_told_before_the_block_ends(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    shown = services.next_sealed(LEARNER, house, opened.id)
    assert shown is not None
    assert services.answer_sealed(LEARNER, house, opened.id, shown.case, "use") == 23
    assert queries.sitting(LEARNER, house, opened.id).result is None
    rows = house.rows("SELECT correct, key_id, grade FROM internalization_attempt")
    assert rows == [(None, None, None)]
    assert not house.rows("SELECT 1 FROM ledger_event WHERE kind = ?", [int(Kind.ASSESS)])


def test_too_many_misses_keep_the_gate_shut_and_say_at_which_bound(house: Database, sealed: int) -> None:
    found = sit(house, LEARNER, sealed, Gate.COLD, misses=8)
    assert found.result is not None
    assert found.result.met is False
    assert "more than 0.50 is asked" in " ".join(found.result.reasons)
    assert "Confidence is" in " ".join(found.result.reasons)
    assert queries.state(LEARNER, house, sealed).state is State.EXPOSED
    with pytest.raises(Conflict, match="retest opens 7 days after"):
        services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")


def test_the_retest_brings_fresh_cases_and_there_is_only_one(house: Database, sealed: int) -> None:
    sit(house, LEARNER, sealed, Gate.COLD, misses=8)
    earlier(house, 8)
    seal(house, sealed, 6, pool="retest", prefix="r")
    again = sit(house, LEARNER, sealed, Gate.COLD, misses=8)
    assert again.is_retest
    first, second = access_cases(house)
    assert not first & second
    earlier(house, 100)
    with pytest.raises(Conflict, match="one retest are used"):
        services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")


def access_cases(db: Database) -> list[set[int]]:
    return [
        {case for (case,) in db.rows("SELECT case_id FROM internalization_attempt WHERE sitting_id = ?", [sitting])}
        for (sitting,) in db.rows("SELECT id FROM internalization_sitting ORDER BY id")
    ]


def test_the_clock_of_the_server_ends_a_case_and_a_late_answer_counts_as_none(house: Database, sealed: int) -> None:
    sit(house, LEARNER, sealed, Gate.COLD)
    opened = services.open_sitting(LEARNER, house, sealed, Gate.PRESSURE, "light")
    first = services.next_sealed(LEARNER, house, opened.id)
    assert first is not None
    assert first.limit_ms == 100_000
    house.run("UPDATE internalization_attempt SET shown_at = shown_at - ? WHERE committed_at IS NULL", [103 * SECOND])
    services.answer_sealed(LEARNER, house, opened.id, first.case, key(first.title))
    second = services.next_sealed(LEARNER, house, opened.id)
    assert second is not None
    assert second.case != first.case
    house.run("UPDATE internalization_attempt SET shown_at = shown_at - ? WHERE committed_at IS NULL", [103 * SECOND])
    third = services.next_sealed(LEARNER, house, opened.id)  # the second one is over
    assert third is not None
    assert third.place == 3
    rows = house.rows(
        "SELECT option, over_time FROM internalization_attempt WHERE sitting_id = ? ORDER BY id", [opened.id]
    )
    assert [(option, bool(late)) for option, late in rows[:2]] == [("", True), ("", True)]
    ended = services.leave_sitting(LEARNER, house, opened.id)
    assert ended.result is not None
    assert (ended.result["timed_out"], ended.result["unseen"], ended.result["met"]) == (3, 17, None)


def test_a_clock_set_back_harms_nobody(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    shown = services.next_sealed(LEARNER, house, opened.id)
    assert shown is not None
    house.run("UPDATE internalization_attempt SET shown_at = shown_at + ?", [DAY])
    house.run("UPDATE internalization_sitting SET started_at = started_at + ?", [DAY])
    assert services.answer_sealed(LEARNER, house, opened.id, shown.case, "use") == 23
    assert house.rows("SELECT latency_ms FROM internalization_attempt") == [(0,)]


def test_a_block_over_its_hours_ends_by_itself(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    shown = services.next_sealed(LEARNER, house, opened.id)
    assert shown is not None
    earlier(house, 1)
    with pytest.raises(Conflict, match="block has ended"):
        services.answer_sealed(LEARNER, house, opened.id, shown.case, "use")
    found = queries.sitting(LEARNER, house, opened.id)
    assert found.state == "ended"
    assert found.result is not None
    assert found.result.met is None
    assert "Not tested: 1 cases" in found.result.reasons[0]


def test_two_tabs_see_the_same_case_and_the_first_answer_counts(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    assert services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light").id == opened.id
    one, other = services.next_sealed(LEARNER, house, opened.id), services.next_sealed(LEARNER, house, opened.id)
    assert one is not None
    assert other is not None
    assert one.case == other.case
    assert services.answer_sealed(LEARNER, house, opened.id, one.case, "use") == 23
    assert services.answer_sealed(LEARNER, house, opened.id, one.case, "use") == 23
    with pytest.raises(Conflict, match="first answer counts"):
        services.answer_sealed(LEARNER, house, opened.id, one.case, "hold")


def test_a_sealed_case_is_refused_outside_its_gate(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    waiting = opened.cases[5].case
    with pytest.raises(Refused, match="sealed"):
        services.answer_sealed(LEARNER, house, opened.id, waiting, "use")
    with pytest.raises(Conflict, match="stays shut"):
        access.get_case(LEARNER, house, waiting)


def test_while_a_test_is_sat_no_other_page_says_what_the_artifact_says(house: Database, sealed: int) -> None:
    practice.begin(LEARNER, house, sealed)
    challenges.challenge(OTHER, house, sealed, "Seven percent was fine.", node="n2")
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    own = practised.own(LEARNER, house)
    assert (own.patterns, [title for _, title, _ in own.resting]) == ((), ["May this table be used?"])
    assert listed.challenges(LEARNER, house).rows == ()
    assert "You are sitting a test" in practice.today(LEARNER, house).empty
    services.leave_sitting(LEARNER, house, opened.id)
    assert practised.own(LEARNER, house).patterns
    assert listed.challenges(LEARNER, house).rows


def test_practice_never_brings_a_sealed_case(house: Database, sealed: int) -> None:
    practice.bring_file(AUTHOR, house, sealed, table())
    practice.begin(LEARNER, house, sealed)
    through(house, LEARNER)
    pools = house.rows(
        "SELECT DISTINCT c.pool FROM internalization_attempt t JOIN internalization_practicecase c ON c.id = t.case_id"
    )
    assert pools == [("practice",)]
    assert queries.state(LEARNER, house, sealed).state is State.PRACTISED


def test_nobody_sees_the_sitting_of_another(house: Database, sealed: int) -> None:
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    for ask in (queries.sitting, services.next_sealed, services.leave_sitting):
        with pytest.raises(NotFound):
            ask(OTHER, house, opened.id)
    with pytest.raises(NotFound):
        queries.sitting(Actor(1, 1, "admin", "page"), house, opened.id)
    assert queries.sittings(OTHER, house) == []


def test_cases_that_no_panel_decided_test_nobody(house: Database, framework: int) -> None:
    lines = table(40).splitlines()
    practice.bring_file(
        AUTHOR, house, framework, "\n".join([f"{lines[0]},pool", *(f"{one},sealed" for one in lines[1:])])
    )
    with pytest.raises(Conflict, match=r"Not tested: 40 sealed cases .* there are 0\. 40 more wait for a clear panel"):
        services.open_sitting(LEARNER, house, framework, Gate.COLD)


def test_who_was_on_the_panel_or_wrote_a_case_is_not_asked_it(house: Database, sealed: int) -> None:
    with pytest.raises(Conflict, match="there are 0"):
        services.open_sitting(AUTHOR, house, sealed, Gate.COLD, "light")


def test_patterns_rest_for_the_gate_of_delay_and_come_back_after_it(house: Database, sealed: int) -> None:
    practice.bring_file(AUTHOR, house, sealed, table())
    practice.begin(LEARNER, house, sealed)
    assert services.rest(LEARNER, house, sealed) == 2
    assert practice.today(LEARNER, house).total == 0
    assert queries.gates(LEARNER, house, sealed).resting
    assert services.rest(LEARNER, house, sealed, resting=False) == 2
    assert practice.today(LEARNER, house).total == 8


def test_the_assessment_lands_in_the_ledger_with_its_pressure_and_the_revision(house: Database, sealed: int) -> None:
    sit(house, LEARNER, sealed, Gate.COLD, misses=6)
    rows = house.rows(
        "SELECT e.artifact, e.revision, o.score, o.pressure, o.aid FROM ledger_event e "
        "JOIN ledger_outcome o ON o.event_id = e.seq WHERE e.kind = ?",
        [int(Kind.ASSESS)],
    )
    assert rows == [(sealed, 1, 0.75, 0, 0)]
    assert len(house.rows("SELECT 1 FROM internalization_attempt WHERE grade IS NOT NULL")) == 24


def test_a_new_revision_leaves_what_was_passed_on_the_old_one(house: Database, sealed: int) -> None:
    sit(house, LEARNER, sealed, Gate.COLD)
    house.run("UPDATE artifacts_revision SET number = 2 WHERE artifact_id = ?", [sealed])
    house.run("UPDATE artifacts_artifact SET head = 2, published = 2 WHERE id = ?", [sealed])
    found = queries.gates(LEARNER, house, sealed)
    assert found.reached.words == "exposed; able passed on r1"
    assert found.gates[0].against == ""


def test_counts_of_states_are_hidden_below_five(house: Database, sealed: int) -> None:
    practice.begin(LEARNER, house, sealed)
    assert queries.state_counts(AUTHOR, house, sealed).counts is None
    for person in (1, 2, 3, 6):
        practice.begin(Actor(person, person, "member", "page"), house, sealed)
    counts = queries.state_counts(AUTHOR, house, sealed)
    assert counts.people == 5
    assert dict(counts.counts or ())["exposed"] == 5


def test_bad_words_get_one_clear_sentence(house: Database, sealed: int) -> None:
    with pytest.raises(BadInput, match="decisions on real work"):
        services.read_gate("transfer")
    with pytest.raises(BadInput, match="choose cold, pressure, delay"):
        services.read_gate("nonsense")
    with pytest.raises(BadInput, match="choose light, standard, strict"):
        services.open_sitting(LEARNER, house, sealed, Gate.COLD, "hard")
    with pytest.raises(BadInput, match="belongs to a person"):
        services.open_sitting(Actor(None, None, "admin", "cli"), house, sealed, Gate.COLD)
    opened = services.open_sitting(LEARNER, house, sealed, Gate.COLD, "light")
    shown = services.next_sealed(LEARNER, house, opened.id)
    assert shown is not None
    with pytest.raises(BadInput, match="none of the options"):
        services.answer_sealed(LEARNER, house, opened.id, shown.case, "perhaps")
