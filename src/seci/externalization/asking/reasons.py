"""Reasons of verdicts: which of them call for one. A reason in words is worth many cases, and an expert's patience."""

from __future__ import annotations

from dataclasses import replace

from seci.cases.case import Judgement
from seci.externalization.asking.forms import in_short
from seci.externalization.asking.in_words import words_of
from seci.externalization.protocols import common
from seci.externalization.state import Rule, State
from seci.externalization.turn import Ask, Explain
from seci.externalization.understanding import differing
from seci.externalization.understanding.rules import fits, ordered, understood
from seci.externalization.understanding.wording import has_words

GOES_BY_RULES = 3
"""Rules in force from which on a verdict without one is asked about."""

SKIPPED, RARELY = 3, 10
"""Times in a row that the reason of a surprise was passed over from which on only every tenth one is asked about."""

IN_VAIN = 2
"""Verdicts of one kind whose reason was asked for and brought no rule, after which no more of them are asked about."""


def unexplained(state: State) -> Ask | None:
    """The reason of a verdict that was not what we had understood, or that no rule explains although this expert goes
    by rules; asked once, right after it. Else that of an earlier one which the rules told since do not explain."""
    last = state.judgements[-1] if state.judgements else None
    if last is None:
        return None
    if state.turns[-1].answer.choice == "":
        return _apart(state)
    if not last.because and not last.repeat_of:
        if _is_surprise(last):
            if not _is_tiresome(state, last) and (found := _because(state, last, "cases.because")) is not None:
                return found
        elif _has_no_rule(state, last) and (found := _because(state, last, "cases.which")) is not None:
            return found
    return _earlier(state)


def _apart(state: State) -> Ask | None:
    """Right after a reason that brought no rule, where a told rule erred: what tells the case from its cornerstone."""
    before = state.turns[-1].question if state.turns else None
    if not isinstance(before, Ask) or not before.slot.startswith("because:"):
        return None
    case = before.slot.partition(":")[2]
    one = next((each for each in reversed(state.judgements) if each.case.id == case), None)
    if one is None or any(rule.cornerstone == case for rule in state.rules):
        return None
    other = differing.cornerstone(state, one)
    options = tuple(differing.differences(state, one.case, other.case)) if other is not None else ()
    if other is None or not 0 < len(options) <= differing.MOST:
        return None
    slot = differing.slot(one.case, other.case)
    if f"cases.apart|{slot}|" in state.asked:
        return None
    words = {**words_of(state), "outcome": one.outcome, "other": other.outcome}
    hint = f"The other one was: {in_short(state, other.case, every=True)}"
    return replace(common()["cases.apart"].asked(words, slot=slot, hint=hint), options=options)


def taught_otherwise(state: State) -> Ask | None:
    """The reason of a verdict that put the artifact right in the teach-back, asked right after it."""
    if not state.taught or not state.turns or not isinstance(state.turns[-1].question, Explain):
        return None
    last, wrong = state.judgements[-1], state.taught[-1]
    if wrong.verdict_right or wrong.case.id != last.case.id or last.because:
        return None
    return _because(state, last, "cases.because")


def _earlier(state: State) -> Ask | None:
    known = understood(state)
    if len(known.rules) < GOES_BY_RULES:
        return None
    for one in reversed(state.judgements[:-1]):
        if one.because or one.repeat_of or one.case.id in state.overruled:
            continue
        rule = known.told(one.case.values)
        erring = rule.rule if rule is not None else _fallen(state, one)
        if erring is not None and erring.outcome != one.outcome and not _in_vain(state, one, "cases.despite"):
            claim = state.claim(erring.claim)
            found = _because(state, one, "cases.despite", words=claim.text if claim else "")
        elif rule is None and _has_no_rule(state, one):
            found = _because(state, one, "cases.earlier")
        else:
            continue
        if found is not None:
            return found
    return None


def _fallen(state: State, one: Judgement) -> Rule | None:
    """The told rule that this verdict helped to put out of force: what made it fall may be an exception to it."""
    fitting = (rule for rule in ordered(state.rules) if rule.conditions and fits(rule, one.case.values))
    return next((rule for rule in fitting if rule.outcome != one.outcome), None)


def _has_no_rule(state: State, one: Judgement) -> bool:
    """Whether this expert goes by rules and none covers the case; an outcome whose reason was asked for in vain is
    what is said where no rule fits, and is not asked about again."""
    known = understood(state)
    if len(known.rules) < GOES_BY_RULES or known.told(one.case.values) is not None:
        return False
    return not _in_vain(state, one, "cases.which", "cases.earlier")


def _in_vain(state: State, one: Judgement, *probes: str) -> bool:
    marks = [mark.split("|") for mark in state.asked if mark.startswith("cases.") and "|" in mark]
    asked = {slot.partition(":")[2] for probe, slot, *_ in marks if probe in probes}
    ruled = {rule.cornerstone for rule in state.rules}
    without = {each.case.id for each in state.judgements if each.outcome == one.outcome} & (asked - ruled)
    return len(without) >= IN_VAIN


def _is_surprise(one: Judgement) -> bool:
    return one.repeat_of is None and one.predicted is not None and one.predicted != one.outcome


def _is_tiresome(state: State, last: Judgement) -> bool:
    """Whether the reason of surprises like this one was passed over `SKIPPED` times in a row, and fewer than `RARELY`
    came since. Surprises are alike when the verdict is the same; all are, for somebody who never gave a reason."""
    verdicts = {one.case.id: one.outcome for one in state.judgements}
    asked = [(case, said) for case, said in _reasons(state) if case in verdicts]
    surprises = [one.case.id for one in state.judgements if _is_surprise(one)]
    alike = [case for case in surprises if verdicts[case] == last.outcome]
    of_kind = [(case, said) for case, said in asked if verdicts[case] == last.outcome]
    never = not any(said for _, said in asked)
    return _passed_over(of_kind, alike) or (never and _passed_over(asked, surprises))


def _reasons(state: State) -> list[tuple[str, bool]]:
    """Cases whose surprise was asked about, and whether a reason was given."""
    gone = state.undone | state.withdrawn
    return [
        (turn.question.slot.partition(":")[2], turn.answer.reply != "skip" and has_words(turn.answer.text))
        for turn in state.turns
        if isinstance(turn.question, Ask) and turn.question.probe == "cases.because" and turn.id not in gone
    ]


def _passed_over(asked: list[tuple[str, bool]], surprises: list[str]) -> bool:
    latest = asked[-SKIPPED:]
    if len(latest) < SKIPPED or any(said for _, said in latest) or latest[-1][0] not in surprises:
        return False
    return len(surprises) - 1 - surprises.index(latest[-1][0]) < RARELY


def _because(state: State, one: Judgement, key: str, words: str = "") -> Ask | None:
    """The question for the reason of a verdict, unless it was asked; with an earlier one the case is told again."""
    slot = f"because:{one.case.id}"
    if any(mark.endswith(f"|{slot}|") for mark in state.asked):
        return None
    hint = "" if one is state.judgements[-1] else f"It was: {in_short(state, one.case, every=True)}"
    return common()[key].asked({**words_of(state), "outcome": one.outcome, "words": words}, slot=slot, hint=hint)
