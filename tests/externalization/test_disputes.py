from __future__ import annotations

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Claim
from seci.cases.case import Case, Judgement
from seci.externalization.measuring.disputes import Voice, compare
from seci.externalization.state import Rule

OUTCOMES = ("ship", "hold")


def verdicts(*outcomes: str, because: str = "") -> list[Judgement]:
    return [Judgement(Case(f"c{n}", {"missing": float(n)}), one, because=because) for n, one in enumerate(outcomes)]


def test_cases_on_which_experts_differ_are_listed_with_each_reason() -> None:
    first = Voice("expert A", verdicts("hold", "ship", "ship", because="the clock"))
    second = Voice("expert B", verdicts("hold", "ship", "hold"))
    found = compare([first, second], OUTCOMES)
    (dispute,) = found.cases
    assert dispute.case.id == "c2"
    assert [(one.voice, one.says, one.because) for one in dispute.sides] == [
        ("expert A", "ship", "the clock"), ("expert B", "hold", ""),
    ]  # fmt: skip
    assert (found.shared, found.agreement.n) == (3, 3)
    assert 0 < (found.agreement.value or 0) < 1


def test_rules_on_the_same_thing_differ_in_number_or_in_outcome() -> None:
    def voice(name: str, value: float, outcome: str) -> Voice:
        claim = Claim("1.0", "rule", "said", f"{outcome} over {value:g}")
        return Voice(name, rules=[Rule("1.0", (Condition("missing", ">", value),), outcome)], claims=[claim])

    (number,) = compare([voice("A", 5, "hold"), voice("B", 8, "hold")], OUTCOMES).rules
    assert number.kind == "number"
    assert [one.because for one in number.sides] == ["hold over 5", "hold over 8"]
    (outcome,) = compare([voice("A", 5, "hold"), voice("B", 5, "ship")], OUTCOMES).rules
    assert outcome.kind == "outcome"
    assert compare([voice("A", 5, "hold"), voice("B", 5, "hold")], OUTCOMES).rules == ()


def test_without_shared_cases_agreement_is_unknown() -> None:
    found = compare([Voice("A", verdicts("hold")), Voice("B")], OUTCOMES)
    assert (found.shared, found.agreement.value) == (0, None)
