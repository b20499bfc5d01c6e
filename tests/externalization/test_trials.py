from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.externalization.asking.in_words import follow_up, in_words
from seci.externalization.asking.trials import next_trial
from seci.externalization.dialogue import Setting, State, ask, begin, step
from seci.externalization.turn import Answer, Ask, Change, Explain, Judge, Reflect, Turn
from seci.externalization.understanding.rules import fits, understood
from tests.externalization.scripted_expert import conditions

ATTRIBUTES = (
    Attribute("kind", "kind of change", "category", levels=("schema", "model", "export")),
    Attribute("lines", "lines changed", "number", "lines", 0, 1000),
    Attribute("tested", "covered by tests", "boolean"),
    Attribute("friday", "late on Friday", "boolean"),
)
SETTING = Setting("What happens with this change?", outcomes=("ship", "look", "stop"), attributes=ATTRIBUTES, seed=5)
FRAME = {"frame.who": "a reviewer", "frame.situation": "at a change"}
BIG_SCHEMA: dict[str, Value] = {"kind": "schema", "lines": 700.0, "tested": True, "friday": False}


def answered(state: State, question: Ask | Judge | Reflect, answer: Answer) -> State:
    return step(state, Turn(str(len(state.turns) + 1), question, answer, len(state.turns) * 1_000_000))


def told(state: State, words: str) -> State:
    return answered(state, Ask("structure", "?", "rule", "test.rule"), Answer(text=words))


def judged(state: State, outcome: str, predicted: Any = None, **values: Any) -> State:
    case = Case(f"c{len(state.turns)}", {**BIG_SCHEMA, **values})
    return answered(state, Judge(case, state.outcomes, predicted=predicted), Answer(choice=outcome))


def shown(state: State) -> Case:
    case = next_trial(state)
    assert case is not None
    return case


def holds(case: Case, *words: str) -> bool:
    return all(one.holds(case.values) for one in conditions(list(words), ATTRIBUTES))


def test_a_told_rule_is_tried_where_all_that_it_does_not_ask_is_otherwise() -> None:
    state = told(begin(SETTING), "Stop when kind of change is schema and lines changed is over 400.")
    state = judged(state, "stop")
    case = shown(state)
    assert holds(case, "kind is schema", "lines > 400", "tested is no", "friday is yes")


def test_two_rules_that_both_fit_are_shown_together_until_a_verdict_says_which_wins() -> None:
    state = told(begin(SETTING), "Stop when kind of change is schema and lines changed is over 400.")
    state = told(state, "Look when kind of change is schema and it is not covered by tests.")
    state = judged(state, "ship", kind="model", lines=10.0)
    both = shown(state)
    assert holds(both, "kind is schema", "lines > 400", "tested is no")
    for outcome in ("stop", "look"):
        after = judged(state, outcome, **both.values)
        assert understood(after).predict([both]) == [outcome]
        assert shown(after) != both


def test_every_second_case_is_one_that_no_rule_covers_until_all_values_were_seen_together() -> None:
    state = told(begin(SETTING), "Stop when kind of change is schema and lines changed is over 400.")
    rules = understood(state).rules
    seen: set[tuple[object, object]] = set()
    for _ in range(12):
        case = shown(state)
        assert not any(fits(one.rule, case.values) for one in rules)
        seen.add((case.values["kind"], case.values["friday"]))
        state = judged(judged(state, "ship", **case.values), "stop")  # the second one is the rule's turn
    assert len(seen) == 6


def test_only_cases_at_hand_are_shown_where_there_are_some() -> None:
    pool = tuple(
        Case(f"p{n}", {"kind": "schema", "lines": 90.0 * n, "tested": n % 2 == 0, "friday": n > 6}, "real")
        for n in range(10)
    )
    state = told(
        begin(replace(SETTING, pool=pool)), "Stop when kind of change is schema and lines changed is over 400."
    )
    assert shown(state) in pool
    assert shown(judged(state, "stop", tested=False)) in pool


def test_what_cannot_happen_is_not_made_up() -> None:
    state = told(begin(SETTING), "Stop when kind of change is schema and lines changed is over 400.")
    state = judged(state, "stop")
    gone = Ask("cases", "?", "impossible:c1", "cases.together", options=("covered by tests",), several=True)
    untested = Judge(Case("c9", {**BIG_SCHEMA, "tested": False}, "synthetic"), state.outcomes)
    state = answered(state, untested, Answer("cannot_happen"))
    state = answered(state, replace(gone, slot="impossible:c9"), Answer(choices=("covered by tests",)))
    assert shown(state).values["tested"] is True


def _surprise(state: State) -> State:
    return judged(state, "ship", predicted="stop")


def test_the_reason_of_surprises_is_asked_three_times_in_vain_and_then_of_every_tenth() -> None:
    state = begin(SETTING)
    for key, words in FRAME.items():
        state = answered(state, Ask("frame", "?", key.partition(".")[2], key), Answer(text=words))
    asked = []
    for n in range(25):
        state = _surprise(state)
        question = ask(state)
        if isinstance(question, Ask) and question.probe == "cases.because":
            asked.append(n)
            state = answered(state, question, Answer("skip"))
    assert asked == [0, 1, 2, 12, 22]


def test_who_gives_a_reason_once_is_asked_again() -> None:
    state = begin(SETTING)
    for key, words in FRAME.items():
        state = answered(state, Ask("frame", "?", key.partition(".")[2], key), Answer(text=words))
    replies = [Answer("skip"), Answer("skip"), Answer(text="It was small."), Answer("skip"), Answer("skip")]
    for reply in replies:
        state = _surprise(state)
        question = ask(state)
        assert isinstance(question, Ask)
        assert question.probe == "cases.because"
        state = answered(state, question, reply)


@pytest.mark.parametrize("answer", [Answer(text="It depends on the weather."), Answer("depends")])
def test_it_depends_calls_for_what_it_depends_on_three_times_and_no_more(answer: Answer) -> None:
    state = begin(SETTING)
    for _ in range(34):
        question = ask(state)
        reply = answer if isinstance(question, Ask) else replace(answer, reply="depends")
        state = step(state, Turn(str(len(state.turns) + 1), question, reply, len(state.turns) * 1_000_000))
    probes = [one.question.probe for one in state.turns if isinstance(one.question, Ask)]
    for key in ("depends.on", "depends.flip", "reflect.depends"):
        assert probes.count(key) <= 3


def test_every_disputed_reflection_is_not_asked_what_it_depends_on() -> None:
    state, asked = begin(SETTING), 0
    for n in range(6):
        state = answered(state, Reflect("?", (Change(f"n{n}", "", f"Words {n}"),)), Answer("depends"))
        question = follow_up(state, on_last_answer=True)
        if question is not None:
            asked += 1
            state = answered(state, question, Answer("skip"))
    assert asked == 3


def test_words_that_come_with_a_choice_count_both() -> None:
    question = Ask("structure", "?", "structure", "structure.kind", options=("One thing", "I weigh", "I cannot say"))
    state = answered(begin(SETTING), question, Answer(choice="I weigh", text="Mostly the lines, then the tests."))
    assert state.structure == "weights"
    assert [one.text for one in state.filled["structure"]] == ["Mostly the lines, then the tests.", "I weigh"]


def test_who_goes_by_rules_is_asked_for_others_until_none_comes() -> None:
    state = told(begin(SETTING), "Stop when kind of change is schema and lines changed is over 400.")
    state = told(state, "Look when kind of change is model and it is not covered by tests.")
    state = told(state, "Stop when kind of change is export and it is late on Friday.")
    for n in range(8):
        state = judged(state, "ship", kind="model", lines=10.0 + n)
    other = _others(state)
    assert set(other) == {"rule:ship", "rule:look", "rule:stop"}
    some = answered(state, other["rule:stop"], Answer(text="When kind of change is model and it is late on Friday."))
    assert some.rules[-1].outcome == "stop", "the question says which outcome is meant"
    none = answered(state, other["rule:stop"], Answer("skip"))
    for n in range(10):
        some, none = (judged(one, "ship", kind="model", lines=30.0 + n) for one in (some, none))
    assert "rule:stop" in _others(some)
    assert "rule:stop" not in _others(none)


THREE_RULES = (
    "Stop when kind of change is schema and lines changed is over 400.",
    "Look when kind of change is model and it is not covered by tests.",
    "Stop when kind of change is export and it is late on Friday.",
)


def test_an_earlier_verdict_against_a_rule_told_since_is_asked_about_with_its_case() -> None:
    state = judged(begin(SETTING), "ship", friday=True)
    for key, words in FRAME.items():
        state = answered(state, Ask("frame", "?", key.partition(".")[2], key), Answer(text=words))
    for n, words in enumerate(THREE_RULES):
        state = told(judged(state, "stop", lines=500.0 + n), words)
    question = ask(judged(state, "stop", predicted="stop", lines=900.0))
    assert isinstance(question, Ask)
    assert question.probe == "cases.despite"
    assert "over 400" in question.text
    assert "late on Friday yes" in question.hint
    reason = Answer(text="Ship when kind of change is schema and it is late on Friday.")
    after = answered(judged(state, "stop", predicted="stop", lines=900.0), question, reason)
    assert after.rules[-1].cornerstone == "c0"
    following = ask(after)
    assert not (isinstance(following, Ask) and following.probe == "cases.despite")


def test_a_wrong_answer_in_the_teach_back_is_asked_about() -> None:
    state = replace(judged(begin(SETTING), "stop"), finishing=True, asked=frozenset(FRAME))
    shown_back = Explain(Case("t1", {**BIG_SCHEMA, "friday": True}), "stop", "why", state.outcomes)
    wrong = step(state, Turn("9", shown_back, Answer(choice="ship", right=(False, False)), 9))
    question = ask(wrong)
    assert isinstance(question, Ask)
    assert (question.probe, question.slot) == ("cases.because", "because:t1")


def _others(state: State) -> dict[str, Ask]:
    return {one.slot: one for _, one in in_words(state) if one.probe == "cases.else"}
