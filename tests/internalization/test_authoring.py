from __future__ import annotations

import json
from dataclasses import replace

import pytest

from seci.accounts.actor import Actor
from seci.artifacts import services as artifacts
from seci.artifacts.bodies import Leaf, Split
from seci.cases import services as banks
from seci.cases import store as bank_store
from seci.cases.case import Judgement
from seci.internalization import queries, services
from seci.internalization.access import current_key, patterns_of
from seci.internalization.services import Answer
from seci.kit.clock import DAY
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.internalization.conftest import AUTHOR
from tests.internalization.practising import LEARNER, OTHER, table, through

BANK = """id,title,nulls,source,verdict
a,many,40,stream,hold
b,few,1,stream,use
c,odd,1,backfill,hold
d,some,30,backfill,hold
e,even,10,stream,
"""


@pytest.fixture
def bank(house: Database, framework: int) -> int:
    return banks.import_table(AUTHOR, house, BANK, title="Deliveries", outcome="verdict").bank.id


def test_each_end_of_a_tree_is_a_pattern_but_where_it_asks_the_expert(house: Database, framework: int) -> None:
    found = patterns_of(house, framework)
    assert [(one.node, one.name) for one in found] == [
        ("n2", "missing values > 5.2 %: hold"),
        ("n5", "missing values ≤ 5.2 %, source is not backfill: use"),
    ]
    assert [one.id for one in services.prepare(AUTHOR, house, framework)] == [one.id for one in found]
    with pytest.raises(Refused):
        services.prepare(LEARNER, house, framework)


def test_whoever_practises_has_the_patterns_of_a_new_revision_too(house: Database, framework: int) -> None:
    services.begin(LEARNER, house, framework)
    before = tree()
    assert isinstance(before.root, Split)
    asked = before.root.no
    assert isinstance(asked, Split)
    told = replace(
        before, root=replace(before.root, no=replace(asked, yes=Leaf("n4", "hold", "", before.root.evidence)))
    )
    artifacts.revise(AUTHOR, house, framework, told, base=1)
    artifacts.publish(AUTHOR, house, framework)
    services.prepare(AUTHOR, house, framework)
    assert len(queries.own(LEARNER, house).patterns) == 3
    assert not queries.own(OTHER, house).patterns


def test_a_draft_is_not_practised(house: Database) -> None:
    draft = artifacts.create(AUTHOR, house, "decision_tree", "T", tree(), context=FOR_ALL, claims=[claim()]).id
    with pytest.raises(Conflict, match="not published"):
        services.prepare(AUTHOR, house, draft)
    with pytest.raises(Conflict, match="not published"):
        services.begin(LEARNER, house, draft)


def test_cases_of_a_bank_carry_what_experts_said(house: Database, framework: int, bank: int) -> None:
    brought = services.bring_bank(AUTHOR, house, framework, bank)
    assert (brought.new, brought.without_key, len(brought.faults)) == (4, 0, 1)
    assert "asks the expert" in brought.faults[0].sentence
    rows = {row.case.title: row for row in queries.cases(Actor.owner_of_the_machine(), house, framework)}
    assert (rows["many"].key, rows["many"].basis, rows["many"].n) == ("hold", "verdicts", 1)
    assert (rows["even"].key, rows["even"].basis, rows["even"].agreement) == ("hold", "artifact", None)
    assert not any(row.decides for row in rows.values())
    assert "- missing values: **40 %**" in rows["many"].case.situation
    assert services.bring_bank(AUTHOR, house, framework, bank).new == 0


def test_experts_who_are_even_give_no_key(house: Database, framework: int, bank: int) -> None:
    case = bank_store.cases(house, bank)[0]
    bank_store.write_judgement(
        house, bank, Judgement(case, "use"), person=None, elicitation=3, number=1, may_be_shown=False, at=1
    )
    faults = services.bring_bank(AUTHOR, house, framework, bank).faults
    assert any("as many experts" in one.sentence for one in faults)


def test_a_variant_keeps_its_cues_and_cannot_decide_a_gate(house: Database, framework: int, bank: int) -> None:
    services.bring_bank(AUTHOR, house, framework, bank)
    rows = {row.case.title: row for row in queries.cases(Actor.owner_of_the_machine(), house, framework)}
    assert services.vary(AUTHOR, house, rows["many"].case.id, 1).new == 1
    [made] = [
        row for row in queries.cases(Actor.owner_of_the_machine(), house, framework) if row.case.variant_of is not None
    ]
    assert made.case.facts["nulls"] == 40
    assert made.case.facts["source"] == "backfill"
    assert (made.key, made.basis, made.decides, made.case.source) == ("hold", "variant", False, "synthetic")
    with pytest.raises(BadInput, match="looks at all"):
        services.vary(AUTHOR, house, rows["few"].case.id)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "no case"),
        ("pattern,situation\nn2,x", "lacks options"),
        ("pattern,situation,options,colour\nn2,x,a|b,red", "no column 'colour'"),
        ("pattern,situation,options,options\nn2,x,a|b,c", "twice"),
    ],
)
def test_a_file_with_wrong_columns_is_refused(house: Database, framework: int, data: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        services.bring_file(AUTHOR, house, framework, data)


def test_rows_that_cannot_be_read_are_set_aside_with_their_line(house: Database, framework: int) -> None:
    rows = [
        "pattern,situation,options,key,critical",
        "n2,fine,use|hold,hold,yes",
        "n9,unknown node,use|hold,hold,",
        "n2,,use|hold,hold,",
        "n2,one option,use,use,",
        "n2,other key,use|hold,drop,",
        "n2,odd,use|hold,hold,perhaps",
        "n2,no key yet,use|hold,,",
        "n2,too,many,cells,here,now",
    ]
    brought = services.bring_file(AUTHOR, house, framework, "\n".join(rows))
    assert (brought.new, brought.without_key) == (2, 1)
    assert [one.line for one in brought.faults] == [3, 4, 5, 6, 7, 9]
    assert "n2, n5" in brought.faults[0].sentence
    waiting = [row for row in queries.cases(Actor.owner_of_the_machine(), house, framework) if row.waiting]
    assert len(waiting) == 1


def test_a_case_that_is_called_timed_is_refused_with_where_the_time_runs(house: Database, framework: int) -> None:
    rows = ["pattern,situation,options,key,kind", "n2,a,use|hold,hold,timed", "n2,b,use|hold,hold,"]
    brought = services.bring_file(AUTHOR, house, framework, "\n".join(rows))
    assert (brought.new, [one.line for one in brought.faults]) == (1, [2])
    assert "under pressure (L4)" in brought.faults[0].sentence


def test_json_lines_come_in_like_a_table(house: Database, framework: int) -> None:
    row = {"pattern": "n5", "situation": "x", "options": ["use", "hold"], "key": "use"}
    data = "\n".join([json.dumps(row), "{broken", json.dumps(row | {"colour": 1}), "[1]"])
    brought = services.bring_file(AUTHOR, house, framework, data)
    assert (brought.new, [one.line for one in brought.faults]) == (1, [2, 3, 4])


def test_a_case_without_a_key_is_in_no_round(house: Database, framework: int) -> None:
    services.bring_file(AUTHOR, house, framework, table().replace(",hold\n", ",\n"))
    services.begin(LEARNER, house, framework)
    seen = {one.title for _ in range(6) for one in through(house, LEARNER)}
    assert seen == {f"Case {number}" for number in range(1, 24, 2)}


def test_a_panel_judges_blindly_and_its_majority_becomes_the_key(house: Database, framework: int) -> None:
    services.bring_file(AUTHOR, house, framework, table(1).replace(",hold", ","))
    case = house.rows("SELECT id FROM internalization_practicecase")[0][0]
    expert = [Actor(account=n, person=n, role="member", door="page") for n in (1, 2, 3)]
    assert services.answer_panel(expert[0], house, case, "hold", latency_ms=1000) == 1
    blind = queries.case(expert[1], house, case)
    assert (blind.hidden, blind.row.key, blind.shares, blind.row.n) == (True, "", (), 1)
    assert not blind.row.decides  # a panel of one
    assert not blind.row.pattern_name.endswith((": hold", ": use"))
    services.answer_panel(expert[1], house, case, "use", reason="the nulls are old", latency_ms=3000)
    assert current_key(house, case) is None  # as many for the one as for the other
    assert services.answer_panel(expert[2], house, case, "hold", latency_ms=2000) == 3
    assert services.answer_panel(expert[2], house, case, "hold") == 3
    seen = queries.case(expert[0], house, case)
    assert (seen.shares, seen.minority) == ((("hold", 2), ("use", 1)), ("use", "the nulls are old"))
    key = current_key(house, case)
    assert key is not None
    assert (key.option, key.n, key.version, seen.row.decides) == ("hold", 3, 3, True)
    assert (seen.row.case.median_ms, seen.row.case.p75_ms) == (2000, 2500)
    with pytest.raises(Conflict, match="judged this case already"):
        services.answer_panel(expert[0], house, case, "use")


def test_experts_judge_again_after_two_weeks_and_the_ceiling_shows(house: Database, framework: int) -> None:
    services.bring_file(AUTHOR, house, framework, table(6))
    cases = [id_ for (id_,) in house.rows("SELECT id FROM internalization_practicecase ORDER BY id")]
    one, two = (Actor(account=n, person=n, role="member", door="page") for n in (1, 2))
    for place, case in enumerate(cases):
        services.answer_panel(one, house, case, ("hold", "use")[place % 2])
        services.answer_panel(two, house, case, ("hold", "use")[place % 2])
    assert queries.panel_next(one, house, framework) is None
    house.run("UPDATE internalization_panelanswer SET at = at - ?", [15 * DAY])
    again = queries.panel_next(one, house, framework)
    assert again is not None
    assert (again.sitting, again.left) == (2, 6)
    for place, case in enumerate(cases):
        services.answer_panel(one, house, case, ("hold", "use")[(place + (place == 0)) % 2])
    found = queries.plan(AUTHOR, house, framework).ceiling
    assert (found.between, found.pairs, found.repeats) == (1.0, 1, 1)
    assert found.within is not None
    assert found.value == pytest.approx(2 / 3)


def test_who_practises_is_on_no_panel_and_who_judged_is_shown_no_case(house: Database, framework: int) -> None:
    services.bring_file(AUTHOR, house, framework, table())
    case = house.rows("SELECT MIN(id) FROM internalization_practicecase")[0][0]
    services.answer_panel(OTHER, house, case, "hold")
    services.begin(LEARNER, house, framework)
    with pytest.raises(Refused, match="You practise"):
        services.answer_panel(LEARNER, house, case, "hold")
    services.begin(OTHER, house, framework)
    assert case not in {one.case for _ in range(6) for one in through(house, OTHER)}


def test_a_learner_sees_the_panel_after_the_commit_without_names(house: Database, framework: int, bank: int) -> None:
    services.bring_bank(AUTHOR, house, framework, bank)
    for n, option in ((1, "hold"), (2, "hold"), (3, "use")):
        for (case,) in house.rows("SELECT id FROM internalization_practicecase ORDER BY id"):
            expert = Actor(account=n, person=n, role="member", door="page")
            services.answer_panel(expert, house, case, option, reason=f"because {option}", cue="missing values")
    services.begin(LEARNER, house, framework)
    opened = services.today(LEARNER, house)
    shown = services.next_case(LEARNER, house, opened.id)
    assert shown is not None
    told = services.commit(LEARNER, house, opened.id, shown.case, Answer("use", 0.8, "missing values are few"))
    assert (told.right, told.basis, told.n, told.shares) == (False, "panel", 3, (("hold", 2), ("use", 1)))
    assert told.minority == ("use", "because use")
    assert "missing values" in told.seen
    assert told.path


def test_a_case_that_was_met_cannot_be_sealed(house: Database, framework: int) -> None:
    services.bring_file(AUTHOR, house, framework, table())
    services.begin(LEARNER, house, framework)
    seen = through(house, LEARNER)[0].case
    with pytest.raises(Conflict, match="met this case"):
        services.move(AUTHOR, house, seen, "sealed")
    fresh = house.rows(
        "SELECT MIN(id) FROM internalization_practicecase c WHERE NOT EXISTS "
        "(SELECT 1 FROM internalization_attempt t WHERE t.case_id = c.id)"
    )[0][0]
    services.move(AUTHOR, house, fresh, "sealed")
    assert fresh not in {one.case for _ in range(6) for one in through(house, LEARNER)}
    services.retire_case(AUTHOR, house, fresh)
    with pytest.raises(Conflict):
        services.retire_case(AUTHOR, house, fresh)


def test_fifty_thousand_rows_are_refused_and_nothing_is_written(house: Database, framework: int) -> None:
    with pytest.raises(BadInput, match="more than 20,000 rows; split it"):
        services.bring_file(AUTHOR, house, framework, table(50_000))
    assert house.rows("SELECT COUNT(*) FROM internalization_practicecase") == [(0,)]
    told: list[int] = []
    assert services.bring_file(AUTHOR, house, framework, table(3_000), told.append).new == 3_000
    assert told == [1_000, 2_000, 3_000]
