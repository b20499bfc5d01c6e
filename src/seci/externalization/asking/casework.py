"""Cases to judge: which, how it is shown, and what each verdict calls for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seci.cases.case import Case
from seci.externalization.asking.in_words import is_told, words_of
from seci.externalization.asking.pace import CASES_AT_LEAST, is_used_up
from seci.externalization.asking.trials import next_trial
from seci.externalization.listening.slots import shown_case
from seci.externalization.measuring.convergence import LAST_ANSWERS, Convergence, converge
from seci.externalization.protocols import common
from seci.externalization.state import State
from seci.externalization.turn import Ask, Judge
from seci.externalization.understanding import learner
from seci.externalization.understanding.learner import pool
from seci.externalization.understanding.rules import fits, understood
from seci.kit.ids import seeded

if TYPE_CHECKING:
    from seci.externalization.induction import Choice, Plan

BOARD_FROM = 4
"""Attributes from which on they are hidden until opened."""

ON_OFFER = 10
"""Cases between two offers to end, once the first was declined."""

ALIKE = 8
"""Verdicts after which it is asked where the other side begins, when all were the same."""

AUDIT_EVERY, AUDITS, REPEATS, RARELY = 4, 20, 5, 10
"""Verdicts between two audits, and audits and repeats after which, with an expert who goes by rules, there are only
some now and then."""

GOES_BY_RULES, FEW = 3, 12
"""Rules in force that have a case behind them from which on an expert counts as going by rules, and the cases that are
then drawn by chance for the learner to pick from."""

DULL = 0.1
"""Bits below which the best case at hand tells so little that cases near real ones are made up."""

WATCHED = 150
"""Cases of the pool on which it is watched whether the artifact still changes."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A case that could be asked, and what it is worth in bits."""

    worth: float
    question: Callable[[], Judge]


def next_case(state: State) -> Offered | None:
    """The case to judge next; None where there are no cases, or nothing to tell them apart."""
    if is_told(state) or len(state.outcomes) < 2 or not learner.described(state):
        return None
    if (waiting := _for_the_expert(state)) is not None:
        return Offered(float("inf"), lambda: waiting)
    choice = _or_near(state, learner.chosen(state, *_candidates(state)))
    if choice is None:
        return None
    return Offered(max(0.3, choice.expected_information), lambda: _judge(state, choice))


def _or_near(state: State, choice: Choice | None) -> Choice | None:
    """The choice, or where no case at hand tells much a made-up one near real cases that tells more."""
    from seci.externalization.induction import Plan

    if not state.judgements or (choice and (choice.purpose != "active" or choice.expected_information >= DULL)):
        return choice
    made = [one for one in learner.near(state) if understood(state).told(one.values) is None]
    other = learner.chosen(state, made, Plan(0, 0, 0, what_if=False)) if made else None
    least = DULL if choice is None else choice.expected_information
    return other if other is not None and other.expected_information > least else choice


def _candidates(state: State) -> tuple[Sequence[Case], Plan]:
    """What to choose from, and how often it is audited and repeated. With an expert who goes by rules it is what tries
    these rules; the blind audit draws from all cases."""
    from seci.externalization.induction import Plan

    every, sure = pool(state), [one.rule for one in understood(state).rules if one.cases_for]
    by_rules = len(sure) >= GOES_BY_RULES
    plan = _by_rules(state) if by_rules else Plan()
    if (len(state.judgements) + 1) % plan.audit_every == 0:
        return every, plan
    if by_rules and (trial := next_trial(state)) is not None:
        return (trial,), plan
    judged = {one.case.id for one in state.judgements}
    still_open = tuple(case for case in every if not any(fits(rule, case.values) for rule in sure))
    fresh = [case for case in still_open if case.id not in judged]
    if not sure or not fresh:
        return every, plan
    # What the learner doubts is not where the rules are that nobody has told yet: it picks from a few drawn by chance.
    few = seeded("still open", state.setting.seed, len(state.judgements))
    return few.sample(fresh, min(FEW, len(fresh))) if by_rules else still_open, plan


def _by_rules(state: State) -> Plan:
    """Without what-ifs, since a surprise is asked about in words; audits and repeats get rare once there are enough
    of them for the highest label and for a share."""
    from seci.externalization.induction import Plan

    audits = sum(one.audit for one in state.judgements)
    again = sum(one.repeat_of is not None for one in state.judgements)
    return Plan(
        audit_every=AUDIT_EVERY if audits < AUDITS else RARELY,
        repeat_every=10 if again < REPEATS else RARELY * 3,
        what_if=False,
    )


def _judge(state: State, choice: Choice) -> Judge:
    predicted = understood(state).predict([choice.case])[0]
    audit, again = choice.purpose == "audit", choice.purpose == "repeat"
    many = sum(choice.case.values.get(one.key) is not None for one in state.attributes) >= BOARD_FROM
    judge = Judge(
        choice.case, state.outcomes, _text(state), many and not audit and not again, audit,
        choice.repeat_of, predicted,
    )  # fmt: skip
    if state.setting.junior and not audit and not again:
        return Judge(judge.case, judge.outcomes, "First the one who learns: what would you say?", by="junior")
    return judge


def _text(state: State) -> str:
    if state.setting.wanted in ("runbook", "flowchart") and not state.words("decision").endswith("?"):
        return "What would you do next here?"
    return state.words("decision") or "What would you say here?"


def _for_the_expert(state: State) -> Judge | None:
    """The case that the junior has just answered, now for the expert."""
    last = state.turns[-1].question if state.turns else None
    if isinstance(last, Judge) and last.by == "junior":
        return Judge(last.case, last.outcomes, "And you? What would you say?", predicted=last.predicted)
    return None


def needed(state: State) -> Ask | None:
    """What the verdicts so far call for before the next case."""
    if not state.judgements:
        return None
    return _all_alike(state) or _never_settles(state) or _cannot_go_together(state) or _junior_differs(state)


def _all_alike(state: State) -> Ask | None:
    if len(state.judgements) < ALIKE or len({one.outcome for one in state.judgements}) > 1:
        return None
    if "cases.same" in state.asked:
        return None
    return common()["cases.same"].asked({**words_of(state), "outcome": state.judgements[-1].outcome})


def _never_settles(state: State) -> Ask | None:
    if "cases.split" in state.asked or not numbers(state).advise_split:
        return None
    return common()["cases.split"].asked(words_of(state))


def _cannot_go_together(state: State) -> Ask | None:
    """A case that cannot happen: which values exclude each other? Asked once each, and only of made-up cases."""
    for one in state.impossible:
        if one.conditions or f"cases.together|impossible:{one.case}|" in state.asked:
            continue
        names = _names(state, one.case)
        if len(names) >= 2:
            prompt = common()["cases.together"]
            asked = prompt.asked(words_of(state), slot=f"impossible:{one.case}")
            return Ask(asked.stage, asked.text, asked.slot, asked.probe, asked.why, asked.hint, names, several=True)
    return None


def _names(state: State, case: str) -> tuple[str, ...]:
    shown = shown_case(state, case)
    if shown is None or shown.source == "real":
        return ()
    return tuple(one.name for one in state.attributes if shown.values.get(one.key) is not None)


def _junior_differs(state: State) -> Ask | None:
    """Where the one who learns said something else, the expert says what made the difference (reciprocal
    elicitation)."""
    if not state.learning or not state.judgements:
        return None
    junior, expert = state.learning[-1], state.judgements[-1]
    slot = f"because:{expert.case.id}"
    if junior.case.id != expert.case.id or junior.outcome == expert.outcome or expert.because:
        return None
    if any(mark.endswith(f"|{slot}|") for mark in state.asked):
        return None
    text = (
        f"You said “{expert.outcome}”, the other of you “{junior.outcome}”. What did you see that makes the difference?"
    )
    return Ask("cases", text, slot, "reciprocal.difference", "What one of you saw and the other did not is the lesson.")


def numbers(state: State) -> Convergence:
    """The convergence of this dialogue, with what is still open in it."""
    key = ("numbers", learner.stamp(state), state.contested, len(state.pending))
    return learner.kept(state, key, lambda: _numbers(state))


def _numbers(state: State) -> Convergence:
    vague = {one.words for one in state.pending if one.probe == "vague.number"}
    residue = len(state.contested) + len(vague)
    return converge(state.judgements, _versions(state), residue, contested=len(state.contested))


def _versions(state: State) -> list[list[str]]:
    """What the artifact answers on the pool now, and what it did eight verdicts ago; nothing while that is unknown."""
    earlier = state.judgements[:-LAST_ANSWERS]
    if len(earlier) < learner.FEWEST:
        return []
    cases = pool(state)[:WATCHED]
    then = [one or "" for one in understood(replace(state, judgements=earlier)).predict(cases)]
    now = [one or "" for one in understood(state).predict(cases)]
    return [then, *[now] * LAST_ANSWERS]


def offers_an_end(state: State) -> bool:
    """Whether an end is offered now: the stop rule holds, or the expert's time is used up. Once it was declined, it is
    offered again after some more cases."""
    if state.go_on and len(state.judgements) < state.resumed_at + ON_OFFER:
        return False
    return is_used_up(state) or _is_converged(state)


def _is_converged(state: State) -> bool:
    if len(state.judgements) < CASES_AT_LEAST and (is_told(state) or learner.described(state)):
        return False
    return bool(numbers(state).may_stop) and not state.contested
