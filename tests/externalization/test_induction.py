"""Learning from judged cases: planted policies are found, slips forgiven, and nobody is surprised by strange input."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import Leaf, Scorecard, Split, Tree
from seci.artifacts.execution import evaluate
from seci.artifacts.walk import nodes, splits
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case, Judgement
from seci.externalization.induction import Induced, Plan, Prior, Told, choose, induce
from seci.externalization.induction.prior import Structure
from seci.kit.errors import BadInput
from seci.kit.ids import seeded

NULLS = Attribute("nulls", "missing values", "number", unit="%")
ROWS = Attribute("rows", "rows", "number")
SOURCE = Attribute("source", "source", "category", levels=("crm", "web", "files"))
LATE = Attribute("late", "late", "boolean")
RISK = Attribute("risk", "risk", "ordinal", levels=("low", "medium", "high"))
ATTRIBUTES = (NULLS, ROWS, SOURCE, LATE, RISK)
OUTCOMES = ("load", "hold")


def cases(count: int, seed: object = 0) -> list[Case]:
    draw = seeded("cases", seed)
    return [
        Case(f"c{n}", {
            "nulls": round(draw.uniform(0, 20), 1), "rows": draw.randint(1, 5000), "late": draw.random() < 0.5,
            "source": draw.choice(SOURCE.levels), "risk": draw.choice(RISK.levels),
        })
        for n in range(count)
    ]  # fmt: skip


def by_rule(case: Case) -> str:
    """Hold above 7 % missing values, except what comes from the CRM."""
    if float(case.values.get("nulls") or 0) > 7:
        return "load" if case.values.get("source") == "crm" else "hold"
    return "load"


def by_weight(case: Case) -> str:
    nulls, rows = float(case.values["nulls"] or 0), float(case.values["rows"] or 0)
    return "hold" if nulls / 5.8 - rows / 1440 > 0 else "load"


def judged(some: list[Case], policy: Callable[[Case], str] = by_rule) -> list[Judgement]:
    return [Judgement(one, policy(one)) for one in some]


def agreement(made: Induced, some: list[Case], policy: Callable[[Case], str]) -> float:
    return sum(a == policy(b) for a, b in zip(made.predict(some), some, strict=True)) / len(some)


def test_a_planted_rule_with_an_exception_is_found_as_a_tree() -> None:
    made = induce(ATTRIBUTES, OUTCOMES, judged(cases(80)), seed=1)
    assert isinstance(made.body, Tree)
    assert agreement(made, cases(300, "unseen"), by_rule) >= 0.95
    assert {split.condition.attribute for split in splits(made.body.root)} == {"nulls", "source"}


def test_weights_are_found_as_a_scorecard() -> None:
    made = induce(ATTRIBUTES, OUTCOMES, judged(cases(80), by_weight), seed=1)
    assert isinstance(made.body, Scorecard)
    assert {item.condition.attribute for item in made.body.items} <= {"nulls", "rows"}
    assert agreement(made, cases(300, "unseen"), by_weight) >= 0.93


def test_one_slip_in_twenty_does_not_grow_a_rule_of_its_own() -> None:
    flipped = [
        replace(one, outcome="hold" if one.outcome == "load" else "load") if n % 20 == 10 else one
        for n, one in enumerate(judged(cases(80)))
    ]
    made = induce(ATTRIBUTES, OUTCOMES, flipped, seed=1)
    assert agreement(made, cases(300, "unseen"), by_rule) >= 0.93


def test_three_outcomes_on_a_scale_are_told_apart() -> None:
    def policy(case: Case) -> str:
        nulls = float(case.values["nulls"] or 0)
        return "load" if nulls <= 5 else "ask" if nulls <= 12 else "hold"

    made = induce(ATTRIBUTES, ("load", "ask", "hold"), judged(cases(60), policy), seed=1)
    assert agreement(made, cases(300, "unseen"), policy) >= 0.93


def test_values_that_are_not_known_are_learned_from_and_answered() -> None:
    def hole(case: Case, n: int) -> Case:
        return replace(case, values={k: v for m, (k, v) in enumerate(case.values.items()) if (m + n) % 7})

    some = [hole(one, n) for n, one in enumerate(cases(80))]
    made = induce(ATTRIBUTES, OUTCOMES, judged(some), seed=1)
    unseen = [hole(one, n) for n, one in enumerate(cases(200, "unseen"))]
    assert set(made.predict(unseen)) <= set(OUTCOMES)


def test_many_cases_are_answered_as_one_by_one() -> None:
    for policy in (by_rule, by_weight):
        narrow = (replace(NULLS, low=2.0, high=18.0), *ATTRIBUTES[1:])
        made = induce(narrow, OUTCOMES, judged(cases(50), policy), seed=1)
        unseen = [*cases(100, "unseen"), Case("empty", {}), Case("odd", {"nulls": 99, "source": "fax", "late": True})]
        assert made.predict(unseen) == [evaluate(made.body, one.values).outcome for one in unseen]


def test_every_node_names_the_cases_for_and_against_it() -> None:
    some = judged(cases(60))
    made = induce(ATTRIBUTES, OUTCOMES, some, seed=1)
    ids = {one.case.id: one.outcome for one in some}
    found = list(nodes(made.body))
    assert len({node.id for node in found}) == len(found)
    for node in found:
        assert set(node.evidence.cases_for) | set(node.evidence.cases_against) <= set(ids)
    assert isinstance(made.body, Tree)
    assert isinstance(made.body.root, Split)
    assert len(made.body.root.evidence.cases_for) == len(ids)


def test_what_still_says_the_same_keeps_its_id() -> None:
    some = judged(cases(80))
    before = induce(ATTRIBUTES, OUTCOMES, some, seed=1).body
    after = induce(ATTRIBUTES, OUTCOMES, [*some, *judged(cases(1, "one more"))], seed=1).body
    assert isinstance(before, Tree)
    assert isinstance(after, Tree)
    assert isinstance(before.root, Split)
    assert isinstance(after.root, Split)
    if before.root.condition.attribute == after.root.condition.attribute:
        assert before.root.id == after.root.id
    assert {node.id for node in nodes(before)} & {node.id for node in nodes(after)}


def test_the_same_verdicts_give_the_same_artifact_and_the_same_next_case() -> None:
    from seci.externalization.induction.posterior import _kept

    some, pool = judged(cases(30)), cases(100, "pool")
    first = induce(ATTRIBUTES, OUTCOMES, some, seed=3), choose(ATTRIBUTES, OUTCOMES, pool, some, seed=3)
    _kept.cache_clear()
    again = induce(ATTRIBUTES, OUTCOMES, some, seed=3), choose(ATTRIBUTES, OUTCOMES, pool, some, seed=3)
    assert first[0].body == again[0].body
    assert first[1] == again[1]


def test_what_was_opened_on_the_board_tells_which_attributes_count() -> None:
    some = [replace(one, looked=("nulls",) if float(one.case.values["nulls"] or 0) <= 7 else ("nulls", "source"))
            for one in judged(cases(24))]  # fmt: skip
    with_looks = induce(ATTRIBUTES, OUTCOMES, some, seed=1)
    assert agreement(with_looks, cases(300, "unseen"), by_rule) >= 0.85
    used = {attribute for node in [with_looks.body] if isinstance(node, Tree)
            for attribute in (split.condition.attribute for split in splits(node.root))}  # fmt: skip
    assert used <= {"nulls", "source"}


def test_opening_the_same_tiles_on_every_case_is_a_habit_and_no_proof() -> None:
    """A real dialogue on changes of a repository: sizes with a long tail, six tiles opened every time, four needed."""
    columns = (
        Attribute("lines", "lines added", "number"),
        Attribute("folders", "folders touched", "number"),
        Attribute("files", "files touched", "number"),
        *(Attribute(f"other{n}", f"other {n}", "number") for n in range(6)),
        *(Attribute(name, name, "boolean") for name in ("docs", "build", "revert")),
    )
    draw = seeded("habit")

    def drawn(n: int) -> Case:
        size = draw.lognormvariate(3.2, 1.6)
        return Case(f"h{n}", {
            "lines": float(round(size)), "folders": float(1 + round(size**0.25 * draw.random())),
            "files": float(1 + round(size**0.4)), **{f"other{k}": draw.random() for k in range(6)},
            "docs": draw.random() < 0.1, "build": draw.random() < 0.3, "revert": draw.random() < 0.1,
        })  # fmt: skip

    def policy(case: Case) -> str:
        v = case.values
        if v["docs"] or v["revert"]:
            return "load"
        large = v["lines"] > 120 or v["folders"] > 3 or (v["build"] and v["lines"] > 20)  # type: ignore[operator]
        return "hold" if large else "load"

    habit = ("files", "lines", "folders", "docs", "build", "revert")
    seen = [Judgement(case, policy(case), looked=habit) for case in map(drawn, range(90))]
    made = induce(columns, OUTCOMES, seen)
    assert isinstance(made.body, Tree)
    fresh = [drawn(n) for n in range(1000, 1300)]
    assert agreement(made, fresh, policy) > 0.9
    assert len(list(nodes(made.body))) <= 20


def test_all_verdicts_alike_make_one_leaf() -> None:
    made = induce(ATTRIBUTES, OUTCOMES, [Judgement(one, "load") for one in cases(20)], seed=1)
    assert isinstance(made.body, Tree)
    assert isinstance(made.body.root, Leaf)
    assert made.body.root.outcome == "load"


def test_one_case_and_one_attribute_are_enough_to_answer() -> None:
    made = induce((NULLS,), OUTCOMES, judged(cases(1)), seed=1)
    assert made.predict(cases(3, "unseen")) == [made.predict(cases(1))[0]] * 3


def test_the_word_on_the_structure_tips_the_scale_while_verdicts_are_few() -> None:
    some = judged(cases(6))
    shares = []
    structures: tuple[Structure, ...] = ("tree", "weights")
    for structure in structures:
        made = induce(ATTRIBUTES, OUTCOMES, some, prior=Prior(structure=structure), seed=1)
        shares.append(made.posterior.weight[: len(made.posterior.drawn.lists.rest)].sum())
    assert shares[0] > shares[1]


def test_a_told_turning_point_and_direction_narrow_what_is_possible() -> None:
    some = judged(cases(8), by_weight)
    told = Prior(structure="weights", thresholds=(Told("nulls", 7.0, 1.0),), directions={"nulls": 1, "rows": -1})
    loose, tight = (induce(ATTRIBUTES, OUTCOMES, some, prior=one, seed=1).posterior for one in (Prior(), told))
    weights = tight.cards.weights[:, (tight.features.attribute == 0) | (tight.features.attribute == 1)]
    before = loose.cards.weights[:, (loose.features.attribute == 0) | (loose.features.attribute == 1)]
    against = [((one[:, 0] < 0) | (one[:, 1] > 0)).mean() for one in (before, weights)]
    assert against[1] <= against[0]


def test_bad_input_is_said_in_one_sentence() -> None:
    some = judged(cases(5))
    with pytest.raises(BadInput, match="no attributes"):
        induce((), OUTCOMES, some)
    with pytest.raises(BadInput, match="two outcomes"):
        induce(ATTRIBUTES, ("load",), some)
    with pytest.raises(BadInput, match="judge one first"):
        induce(ATTRIBUTES, OUTCOMES, [])
    with pytest.raises(BadInput, match="has been judged"):
        choose(ATTRIBUTES, OUTCOMES, cases(5), some)


VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.booleans(), st.floats(), st.integers(-(10**6), 10**6), st.sampled_from(["crm", "web", "low", "", "5"])
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.fixed_dictionaries({}, optional={a.key: VALUES for a in ATTRIBUTES}),
                          st.sampled_from(OUTCOMES)), min_size=1, max_size=12))  # fmt: skip
def test_any_values_lead_to_an_artifact_that_answers(rows: list[tuple[dict[str, Value], str]]) -> None:
    some = [Judgement(Case(f"c{n}", values), outcome) for n, (values, outcome) in enumerate(rows)]
    made = induce(ATTRIBUTES, OUTCOMES, some, seed=0)
    unseen = cases(5, "unseen")
    assert made.predict(unseen) == [evaluate(made.body, one.values).outcome for one in unseen]
    assert all(0 <= one <= 1 + 1e-9 for one in made.confidence(unseen))


# Choosing


def session(count: int, plan: Plan | None = None) -> list[tuple[str, Judgement]]:
    pool, done = cases(150, "pool"), list[tuple[str, Judgement]]()
    for _ in range(count):
        choice = choose(ATTRIBUTES, OUTCOMES, pool, [one for _, one in done], seed=5, plan=plan)
        verdict = Judgement(
            choice.case, by_rule(choice.case), predicted=choice.predicted, audit=choice.purpose == "audit",
            repeat_of=choice.repeat_of,
        )  # fmt: skip
        done.append((choice.purpose, verdict))
    return done


def test_every_fourth_is_a_blind_audit_and_one_in_ten_comes_again() -> None:
    done = session(12)
    purposes = [purpose for purpose, _ in done]
    assert [n + 1 for n, purpose in enumerate(purposes) if purpose == "audit"] == [4, 8, 12]
    assert [n + 1 for n, purpose in enumerate(purposes) if purpose == "repeat"] == [10]
    fresh = [one.case.id for _, one in done if one.repeat_of is None]
    assert len(set(fresh)) == len(fresh)
    assert all(one.predicted is not None for _, one in done[1:])


def test_audits_do_not_depend_on_what_has_been_learned() -> None:
    pool, some = cases(150, "pool"), judged(cases(7))
    flipped = [replace(one, outcome="hold") for one in some]
    one, other = (choose(ATTRIBUTES, OUTCOMES, pool, verdicts, seed=5) for verdicts in (some, flipped))
    assert one.purpose == other.purpose == "audit"
    assert one.case == other.case


def test_what_is_known_promises_less_information_than_what_is_open() -> None:
    from seci.externalization.induction.choosing import information

    some = judged(cases(60))
    made = induce(ATTRIBUTES, OUTCOMES, some, seed=1)
    # The widest gap between what was judged on both sides of the turning point is what nobody knows yet.
    nulls = sorted(float(one.case.values["nulls"] or 0) for one in some)
    gap = max((b - a, (a + b) / 2) for a, b in itertools.pairwise(nulls) if a <= 7 < b)[1]
    clear, open_ = (
        replace(cases(1)[0], values={**cases(1)[0].values, "nulls": at, "source": "web"}) for at in (0.5, gap)
    )
    low, high = information(made.posterior, [clear, open_])
    assert 0 <= low < 0.1 < high <= 1
