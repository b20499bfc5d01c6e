from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.planted_rules import ATTRIBUTES, OUTCOMES, run
from seci.artifacts.bodies import ASK_EXPERT
from seci.artifacts.body import from_data, to_data, type_of
from seci.artifacts.condition import Condition
from seci.artifacts.execution import evaluate
from seci.cases.attribute import Attribute
from seci.cases.sampling import sample
from seci.externalization.dialogue import Setting, begin, draft
from seci.externalization.state import Rule
from seci.externalization.understanding import composing
from seci.externalization.understanding.rules import Standing, Understanding, ordered, understood
from seci.externalization.understanding.statements import paths

CASES = sample(ATTRIBUTES, 150, seed="composing")
conditions = st.one_of(
    st.builds(Condition, st.just("kind"), st.just("is"), st.sampled_from(ATTRIBUTES[0].levels)),
    st.builds(Condition, st.just("lines"), st.sampled_from(["<=", ">"]), st.sampled_from([200.0, 500.0, 800.0])),
    st.builds(Condition, st.just("tested"), st.just("is"), st.booleans()),
    st.builds(Condition, st.just("author"), st.just("is not"), st.sampled_from(ATTRIBUTES[-1].levels)),
    st.just(Condition("kind", "in", ("schema", "model"))),
)
rules = st.builds(
    Rule, st.just("1.0"), st.lists(conditions, min_size=1, max_size=3).map(tuple), st.sampled_from(OUTCOMES)
)


@settings(max_examples=30, deadline=None)
@given(st.lists(rules, min_size=1, max_size=4))
def test_a_composed_tree_answers_as_the_rules_in_their_order(given_rules: list[Rule]) -> None:
    state = begin(Setting("?", outcomes=OUTCOMES, attributes=ATTRIBUTES))
    known = Understanding(tuple(Standing(one) for one in ordered(given_rules)), None)
    body = composing.tree(state, known)
    assert len({path.leaf.id for path in paths(body)}) == len(list(paths(body)))
    for case in CASES:
        assert evaluate(body, case.values).outcome == (known.predict([case])[0] or ASK_EXPERT)
    assert from_data("decision_tree", to_data(body)) == body


def test_an_expert_with_planted_rules_is_understood_and_nothing_is_invented() -> None:
    result = run(3, 1, 24)
    assert result["untraceable_claims"] == 0
    assert result["recall"] >= 0.6  # type: ignore[operator]
    assert result["distances"][-1] < result["distances"][0]  # type: ignore[index]


INDEPENDENT = tuple(
    Rule(f"{n}.0", (Condition(f"a{n}", ">", 5.0), Condition(f"b{n}", "is", True)), OUTCOMES[n % 3]) for n in range(9)
)
WIDE = tuple(Attribute(f"a{n}", f"reading {n}", "number", "", 0, 10) for n in range(9)) + tuple(
    Attribute(f"b{n}", f"switch {n}", "boolean") for n in range(9)
)


def test_rules_without_a_compact_tree_become_a_flowchart_that_answers_the_same() -> None:
    state = replace(begin(Setting("?", outcomes=OUTCOMES, attributes=WIDE)), rules=INDEPENDENT)
    body = draft(state).body
    assert type_of(body) == "flowchart"
    cases = sample(WIDE, 200, seed="wide")
    said = understood(state).predict(cases)
    assert len(set(said)) == 4
    assert [evaluate(body, case.values).outcome for case in cases] == [one or ASK_EXPERT for one in said]
