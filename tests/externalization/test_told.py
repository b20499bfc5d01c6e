from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute
from seci.externalization.understanding import told
from seci.externalization.understanding.quantities import quantities

ATTRIBUTES = (
    Attribute("missing", "missing values", "number", "%", 0, 40),
    Attribute("share", "share of bots", "number", "", 0, 1),
    Attribute("changed", "source changed", "boolean"),
    Attribute("load", "kind of load", "category", levels=("backfill", "daily", "vendor feed")),
    Attribute("age", "source age", "number", "days", 0, 90),
)
OUTCOMES = ("hold", "ship")


@pytest.mark.parametrize(
    ("words", "conditions", "outcome"),
    [
        ("Hold it when missing values are over 5 %.", [Condition("missing", ">", 5.0)], "hold"),
        ("I hold it above five percent of missing values.", [Condition("missing", ">", 5.0)], "hold"),
        ("If the source has not changed, ship it.", [Condition("changed", "is", False)], "ship"),
        ("The source just changed, so hold.", [Condition("changed", "is", True)], "hold"),
        ("Ship a vendor feed or a backfill.", [Condition("load", "in", ("vendor feed", "backfill"))], "ship"),
        ("Source age under 10 days: ship it.", [Condition("age", "<=", 10.0)], "ship"),
        ("Source age of 30 or more: hold.", [Condition("age", ">", 30.0)], "hold"),
        ("Hold it with a share of bots over 20 %.", [Condition("share", ">", 0.2)], "hold"),
        ("Never ship it with missing values over 7.", [Condition("missing", ">", 7.0)], "hold"),
        (
            "It is not a backfill and missing values exceed 5: hold.",
            [Condition("load", "is not", "backfill"), Condition("missing", ">", 5.0)], "hold",
        ),
    ],
)  # fmt: skip
def test_a_plain_sentence_is_read_as_its_rule(words: str, conditions: list[Condition], outcome: str) -> None:
    (rule,) = told.rules(words, ATTRIBUTES, OUTCOMES)
    assert (list(rule.conditions), rule.outcome) == (conditions, outcome)


def test_unless_makes_an_exception_with_the_other_outcome() -> None:
    main, special = told.rules(
        "Hold it when missing values are over 5 %, unless it is a backfill.", ATTRIBUTES, OUTCOMES
    )
    assert (main.outcome, special.outcome) == ("hold", "ship")
    assert special.exception
    assert special.conditions == (Condition("missing", ">", 5.0), Condition("load", "is", "backfill"))


@pytest.mark.parametrize(
    "words", ["", "It depends.", "Hold or ship, who knows.", "Hold it when it feels wrong.", "🙂 > 5"]
)
def test_what_states_no_rule_is_read_as_none(words: str) -> None:
    assert told.rules(words, ATTRIBUTES, OUTCOMES) == []


def test_what_follows_otherwise_belongs_to_another_rule() -> None:
    (rule,) = told.rules("Hold it over 5 % missing values, otherwise ship.", ATTRIBUTES, OUTCOMES)
    assert rule.outcome == "hold"


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("5 %", 5, "%"), ("5,000 rows", 5000, ""), ("10k rows", 10_000, ""), ("5,2", 5.2, ""), ("two weeks", 2, ""),
        ("twenty-five percent", 25, "%"), ("3 million", 3e6, ""), ("120ms", 120, "ms"), ("about a dozen", 12, ""),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_say_it(words: str, value: float, unit: str) -> None:
    (found,) = quantities(words)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@given(st.text(max_size=200))
def test_no_text_is_too_odd_to_be_read(words: str) -> None:
    told.rules(words, ATTRIBUTES, OUTCOMES, verdict="hold", case={"missing": 1.0})
    assert all(0 <= one.start < one.end <= len(words) for one in quantities(words))


@given(st.sampled_from([">", "<="]), st.floats(0, 40), st.sampled_from(OUTCOMES))
def test_a_rule_said_in_our_words_is_read_back(operator: str, value: float, outcome: str) -> None:
    number = round(value, 1)
    side = "over" if operator == ">" else "at most"
    (rule,) = told.rules(f"{outcome} when missing values are {side} {number} %", ATTRIBUTES, OUTCOMES)
    assert rule.conditions == (Condition("missing", operator, number),)  # type: ignore[arg-type]
