"""An expert with 30 planted rules and 10 exceptions: how many of them does the artifact know? [--quick] [--json]

The expert decides on incoming changes by a list of rules in mind, ten of them exceptions to others. Asked openly, the
expert tells three in ten of them (experts omit up to seven in ten when they describe; Sullivan et al. 2014). A rule
counts as recalled when the artifact answers at least nine in ten unseen cases that it governs as the expert would.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, field, replace
from statistics import fmean, stdev
from typing import Protocol

from seci.artifacts.condition import Condition
from seci.cases.attribute import Attribute
from seci.cases.sampling import sample
from seci.externalization.dialogue import Setting, State, ask, begin, draft, step
from seci.externalization.listening.proposals import BY
from seci.externalization.measuring.restatement import trace
from seci.externalization.turn import Answer, Ask, Change, Done, Question, Reflect, Turn
from seci.externalization.understanding import told
from seci.externalization.understanding.rules import understood
from seci.kit.figures import share
from seci.kit.ids import seeded
from tests.externalization.scripted_expert import Planted, Policy, ScriptedExpert

KINDS = ("schema", "pipeline", "model", "dashboard", "access", "library", "alert", "export", "backfill", "vendor")
OUTCOMES = ("ship", "second look", "stop")
RIGHT, UNSEEN, TOLD = 0.9, 4000, 0.3
MARKS = (60, 100, 150)
EXPERT = 1
ATTRIBUTES = (
    Attribute("kind", "kind of change", "category", levels=KINDS),
    Attribute("lines", "lines changed", "number", "lines", 0, 1000),
    Attribute("consumers", "consumers", "number", "", 0, 40),
    Attribute("tested", "covered by tests", "boolean"),
    Attribute("friday", "late on Friday", "boolean"),
    Attribute("reverts", "recent reverts", "number", "", 0, 10),
    Attribute("author", "experience of the author", "ordinal", levels=("new", "known", "expert")),
)


@dataclass
class Teller(ScriptedExpert):
    """Tells some rules when asked openly, and the rule that decided when asked for the reason of a verdict."""

    told_of: list[Planted] = field(default_factory=list)

    def told(self, question: Ask) -> Answer:
        if question.probe == "decision.incident" and self.told_of:
            return Answer(text="It was a hard one.")
        head, _, outcome = question.slot.partition(":")
        if head in ("rule", "exception", "correction"):
            now = [one for one in self.told_of if outcome in ("", one.then)][:3]
            if now:
                self.told_of = [one for one in self.told_of if one not in now]
                return Answer(text=" ".join(one.say for one in now))
        return super().told(question)


def plant(rules: int, exceptions: int, seed: int) -> Policy:
    """Rules of one kind of change each with a second condition; exceptions narrow one of them by a third."""
    draw = seeded("planted", rules, exceptions, seed)
    options = [Condition("lines", ">", 400.0), Condition("consumers", ">", 15.0), Condition("tested", "is", False),
               Condition("reverts", ">", 4.0), Condition("author", "is", "new")]  # fmt: skip
    grounds = [(kind, option) for kind in KINDS for option in options]
    chosen = draw.sample(grounds, rules)
    plain = [_planted((Condition("kind", "is", kind), option), draw.choice(OUTCOMES[1:])) for kind, option in chosen]
    narrow = Condition("friday", "is", True)
    special = [
        _planted((*one.when, narrow), draw.choice([each for each in OUTCOMES if each != one.then]))
        for one in draw.sample(plain, exceptions)
    ]
    return Policy((*special, *plain), outcomes=OUTCOMES)


def _planted(when: tuple[Condition, ...], then: str) -> Planted:
    parts = [words_of(one, {each.key: each.name for each in ATTRIBUTES}) for one in when]
    return Planted(when, then, f"{then.capitalize()} when {' and '.join(parts)}.")


def words_of(condition: Condition, named: dict[str, str]) -> str:
    name = named[condition.attribute]
    if isinstance(condition.value, bool):
        return f"it is {'' if condition.value else 'not '}{name}"
    return f"{name} is over {condition.value:g}" if condition.operator == ">" else f"{name} is {condition.value}"


def recalled(state: State, policy: Policy, seed: int) -> tuple[list[bool], list[bool]]:
    """Per rule and per exception whether the artifact knows it, on unseen cases; those that govern none are left
    out."""
    cases = sample(ATTRIBUTES, UNSEEN, seed=("unseen", seed))
    said = understood(state).predict(cases)
    governed: dict[int, list[bool]] = {}
    for case, answer in zip(cases, said, strict=True):
        rule = policy.fired(case.values)
        if rule is not None:
            governed.setdefault(policy.rules.index(rule), []).append(answer == rule.then)
    plain: list[bool] = []
    special: list[bool] = []
    for place, right in governed.items():
        known = sum(right) / len(right) >= RIGHT
        (special if len(policy.rules[place].when) > 2 else plain).append(known)
    return plain, special


def untraceable(state: State) -> int:
    """Claims in the draft whose words do not stand in a turn as they are quoted."""
    texts = {f"turn:{turn.id}": turn.answer.said for turn in state.turns}
    return sum(texts.get(one.source, "")[one.start : one.end] != one.quote for one in draft(state).claims)


class Beside(Protocol):
    """Somebody who sits beside the dialogue: may put a question of its own, and hears every answer."""

    def asks(self, state: State, instead_of: Question) -> Question: ...

    def hears(self, state: State) -> None: ...


def run(rules: int, exceptions: int, most_cases: int, seed: int = 1, beside: Beside | None = None) -> dict[str, object]:
    """One session; the expert judges up to `most_cases` cases."""
    state, policy, on_the_way, only_told = session(rules, exceptions, most_cases, seed, beside)
    plain, special = recalled(state, policy, seed)
    found = share(sum(plain) + sum(special), len(plain) + len(special), of="rules", level=0.95)
    return {
        "rules": f"{sum(plain)} of {len(plain)}", "exceptions": f"{sum(special)} of {len(special)}",
        "recall": round(found.value or 0, 3), "low": round(found.low or 0, 3), "high": round(found.high or 0, 3),
        "n": found.n, "seed": seed, "after": on_the_way,
        "told_openly": only_told, "cases": len(state.judgements), "turns": len(state.turns),
        "untraceable_claims": untraceable(state), "claims": len(state.claims),
        "distances": [round(one.distance, 2) for one in trace(state)],
    }  # fmt: skip


def session(
    rules: int, exceptions: int, most_cases: int, seed: int, beside: Beside | None = None
) -> tuple[State, Policy, dict[int, float], int]:
    """The dialogue to its end, the policy, recall on the way, and how many rules would have been told openly."""
    policy = plant(rules, exceptions, seed)
    draw = seeded("tells", seed)
    setting = Setting(
        "What happens with this change?", "changes", outcomes=OUTCOMES, attributes=ATTRIBUTES, seed=seed, minutes=600
    )
    expert = Teller(policy, {"frame.who": "a new reviewer", "frame.situation": "when a change is proposed"})
    expert.told_of = draw.sample(list(policy.rules), round(TOLD * len(policy.rules)))
    only_told = [one for one in policy.rules if one in expert.told_of]
    state = begin(setting)
    on_the_way: dict[int, float] = {}
    for number in range(1, 8 * most_cases):
        question = ask(state) if beside is None else beside.asks(state, ask(state))
        if isinstance(question, Done):
            break
        answer = _answer(question, expert, state, most_cases)
        state = step(state, Turn(str(number), question, answer, number, speaker=EXPERT))
        if beside is not None:
            beside.hears(state)
        for mark in MARKS:
            if len(state.judgements) >= mark and mark not in on_the_way:
                known = [one for part in recalled(state, policy, seed) for one in part]
                on_the_way[mark] = round(sum(known) / len(known), 3)
    return state, policy, on_the_way, len(only_told)


def _answer(question: Question, expert: Teller, state: State, most_cases: int) -> Answer:
    """The expert goes on until enough cases were judged: an offered end is declined before, and taken after."""
    if question.stage == "cases" and len(state.judgements) >= most_cases and not isinstance(question, Ask):
        return Answer("stop")
    if isinstance(question, Ask) and question.probe == "cases.split":
        return Answer(choice="Go on with cases")
    if isinstance(question, Reflect):
        return Answer("confirm" if all(_is_true(one, expert.policy) for one in question.changes) else "skip")
    answer = expert(question)
    early = question.stage in ("teach_back", "sign") and len(state.judgements) < most_cases
    return replace(answer, reply="skip") if early and question.stage == "sign" else answer


def _is_true(change: Change, policy: Policy) -> bool:
    """Whether the expert would sign a line that a partner put; the engine's own lines are what was said or shown."""
    if not change.node.startswith(f"{BY}:"):
        return True
    read = told.rules(change.after, ATTRIBUTES, OUTCOMES)
    meant = {(frozenset(one.when), one.then) for one in policy.rules}
    return bool(read) and all((frozenset(one.conditions), one.outcome) in meant for one in read)


def over(seeds: list[int], most_cases: int) -> dict[str, object]:
    """One session for each seed; the interval is that of the mean over seeds (Student), since the rules of one session
    are not independent of each other."""
    from scipy.stats import t

    each = [run(30, 10, most_cases, seed) for seed in seeds]
    found = [float(str(one["recall"])) for one in each]
    half = float(t.ppf(0.975, len(found) - 1)) * stdev(found) / len(found) ** 0.5 if len(found) > 1 else None
    return {
        "mean_recall": round(fmean(found), 3), "half_width": None if half is None else round(half, 3),
        "untraceable_claims": sum(int(str(one["untraceable_claims"])) for one in each), "sessions": each,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_rules", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="6 rules, 2 exceptions")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="one session each; 1 was used in development")
    parser.add_argument("--cases", type=int, default=200, help="cases that the expert judges")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = run(6, 2, 40) if given.quick else over(given.seeds, given.cases)
    if given.json:
        json.dump(result, sys.stdout)
    else:
        for name, value in result.items():
            print(f"{name:>20}  {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
