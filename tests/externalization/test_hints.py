"""What words and looks say before the verdicts do, and cases made up near real ones."""

from __future__ import annotations

from dataclasses import replace

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement
from seci.externalization.asking import casework
from seci.externalization.dialogue import Setting, State, begin, step
from seci.externalization.induction import Told
from seci.externalization.turn import Answer, Ask, Judge, Turn
from seci.externalization.understanding import learner
from seci.externalization.understanding.hints import prior
from seci.externalization.understanding.looking import Look, looked_first
from seci.kit.ids import seeded

ATTRIBUTES = (
    Attribute("missing", "missing values", "number", "%", 0, 40),
    Attribute("changed", "source changed", "boolean"),
    Attribute("age", "age of the file", "number", "days", 0, 100),
)
SETTING = Setting("Does this data need a hold?", outcomes=("ship", "hold"), attributes=ATTRIBUTES, seed=3)


def said(slot: str, text: str, state: State | None = None) -> State:
    state = state or begin(SETTING)
    return step(state, Turn(str(len(state.turns) + 1), Ask("structure", "?", slot, "test"), Answer(text=text), 0))


def test_a_told_number_is_where_the_learner_looks_and_which_way_it_turns() -> None:
    found = prior(said("rule", "Hold when missing values are over 5 %."))
    assert found.thresholds == (Told("missing", 5.0),)
    assert found.directions == {"missing": 1}
    turned = prior(said("rule", "Ship when missing values are over 5 %."))
    assert turned.directions == {"missing": -1}


def test_a_number_that_was_said_without_an_outcome_is_a_hint_too() -> None:
    assert prior(said("threshold", "Missing values above ten percent.")).thresholds == (Told("missing", 10.0),)


def test_what_is_said_both_ways_says_nothing_of_the_direction() -> None:
    state = said("rule", "Hold when missing values are over 5 %.")
    assert prior(said("rule", "Ship when missing values are over 30 %.", state)).directions == {}


def test_what_is_said_to_be_looked_at_first_counts_for_the_learner() -> None:
    assert prior(said("first_look", "The age of the file, then the missing values.")).first_looks == {
        "age": 0.5, "missing": 0.5,
    }  # fmt: skip


def board(*looked: str) -> Judgement:
    return Judgement(Case("c", {}), "ship", looked)


def test_the_order_of_looks_is_counted_where_it_is_an_order_of_ones_own() -> None:
    own = [board("age", "missing"), board("age", "changed"), board("changed"), board("age")]
    assert looked_first(ATTRIBUTES, own) == (
        Look("age", "age of the file", 3, 4), Look("changed", "source changed", 1, 4),
    )  # fmt: skip
    as_they_lie = [board("missing", "changed", "age")] * 20
    assert looked_first(ATTRIBUTES, as_they_lie) == ()
    assert looked_first(ATTRIBUTES, [*own[:3], *as_they_lie]) == (), "three boards are too few"


def test_when_the_bank_has_nothing_left_to_tell_a_plausible_neighbor_is_asked() -> None:
    draw = seeded("bank")
    pool = []
    for n in range(16):
        missing = draw.choice((draw.uniform(0, 10), draw.uniform(30, 40)))
        pool.append(Case(f"c{n}", {"missing": round(missing, 1), "changed": draw.random() < 0.5, "age": 1.0 * n}))
    state = begin(replace(SETTING, pool=tuple(pool)))
    for n, case in enumerate(pool):
        verdict = "hold" if float(case.values["missing"] or 0) > 20 else "ship"
        state = step(state, Turn(str(n), Judge(case, state.outcomes), Answer(choice=verdict), n))
    offered = casework.next_case(state)
    assert offered is not None
    case = offered.question().case
    assert case.source == "synthetic"
    assert case.parent in {one.id for one in pool}
    assert 0 <= float(case.values["missing"] or 0) <= 40
    few = replace(state, setting=replace(state.setting, pool=tuple(pool[:8])))
    assert learner.near(few) == (), "eight real cases are too few to say what is plausible"
