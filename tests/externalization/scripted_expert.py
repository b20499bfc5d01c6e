"""An expert who answers from a script: judges by planted rules or weights, says what is scripted, skips the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute, Values
from seci.externalization.dialogue import Setting, State, ask, begin, step
from seci.externalization.turn import (
    Answer,
    Ask,
    Contradiction,
    Done,
    Explain,
    Judge,
    Question,
    Reflect,
    Turn,
)


@dataclass(frozen=True)
class Planted:
    """A rule in the expert's head: the first whose conditions hold decides. `say` is how the expert would put it."""

    when: tuple[Condition, ...]
    then: str
    say: str


@dataclass(frozen=True)
class Policy:
    """How the expert judges: ordered rules, or points that are summed up to a cut."""

    rules: tuple[Planted, ...] = ()
    points: tuple[tuple[str, float], ...] = ()
    cut: float = 0.0
    outcomes: tuple[str, ...] = ()

    def fired(self, values: Values) -> Planted | None:
        return next((one for one in self.rules if all(c.holds(values) for c in one.when)), None)

    def judge(self, values: Values) -> str:
        if self.points:
            total = sum(weight * float(values.get(key) or 0) for key, weight in self.points)
            return self.outcomes[total > self.cut]
        fired = self.fired(values)
        return fired.then if fired else self.outcomes[0]

    def reason(self, values: Values) -> str:
        fired = self.fired(values)
        return fired.say if fired else ""


def conditions(words: Sequence[str], attributes: Sequence[Attribute]) -> tuple[Condition, ...]:
    """Conditions as a script writes them: "missing > 5", "backfill is yes", "kind in text, images"."""
    kinds = {one.key: one.type for one in attributes}
    found = []
    for word in words:
        key, operator, value = word.split(" ", 2)
        if kinds[key] == "number":
            found.append(Condition(key, operator, float(value)))  # type: ignore[arg-type]
        elif kinds[key] == "boolean":
            found.append(Condition(key, "is", value == "yes"))
        elif operator == "in":
            found.append(Condition(key, "in", tuple(part.strip() for part in value.split(","))))
        else:
            found.append(Condition(key, operator, value))  # type: ignore[arg-type]
    return tuple(found)


def policy_of(script: Mapping[str, Any], setting: Setting) -> Policy:
    if weights := script.get("weights"):
        return Policy((), tuple(map(tuple, weights["points"])), weights["cut"], setting.outcomes)
    rules = tuple(
        Planted(conditions(one["when"], setting.attributes), one["then"], one["say"]) for one in script["rule"]
    )
    return Policy(rules, outcomes=setting.outcomes)


@dataclass
class ScriptedExpert:
    """Answers any question. `answers` holds words by slot or by probe; what is not there is skipped."""

    policy: Policy
    answers: Mapping[str, str] = field(default_factory=dict)
    cases: dict[str, Values] = field(default_factory=dict)

    def __call__(self, question: Question) -> Answer:
        match question:
            case Judge(case=case):
                self.cases[case.id] = case.values
                looked = tuple(case.values) if question.board else ()
                return Answer(choice=self.policy.judge(case.values), looked=looked, latency_ms=9_000)
            case Explain(case=case):
                verdict = self.policy.judge(case.values)
                right = verdict == question.outcome
                return Answer(choice=verdict, right=(right, right), latency_ms=7_000)
            case Ask():
                return self.told(question)
            case Contradiction():
                return Answer(choice=question.options[2], latency_ms=12_000)
            case Reflect():
                return Answer("confirm", latency_ms=8_000)
            case _:
                return Answer("confirm")

    def told(self, question: Ask) -> Answer:
        head, _, rest = question.slot.partition(":")
        said = self.answers.get(question.slot) or self.answers.get(question.probe, "")
        if head == "because" and rest in self.cases:
            said = self.policy.reason(self.cases[rest])
        if not said:
            return Answer("skip", latency_ms=4_000)
        pace = 5_000 + 250 * len(said.split())
        if question.options:
            return Answer(choice=said, latency_ms=pace) if said in question.options else Answer("skip")
        return Answer(text=said, latency_ms=pace)


def session(setting: Setting, expert: ScriptedExpert, *, most: int = 400) -> State:
    """A whole dialogue, signed. Fails when it does not come to an end."""
    state = begin(setting)
    for number in range(1, most + 1):
        question = ask(state)
        if isinstance(question, Done):
            return state
        state = step(state, Turn(str(number), question, expert(question), number * 10_000_000))
    raise AssertionError(f"No end after {most} questions; the last was {question}.")
