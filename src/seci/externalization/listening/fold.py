"""One turn more: what an answer changes. No learner, no chance, no error: any answer folds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from seci.cases.case import Judgement
from seci.externalization.listening import proposals, slots
from seci.externalization.listening.hearing import Hearing, hear
from seci.externalization.measuring.restatement import distance
from seci.externalization.state import Impossible, Memo, Said, Setting, State, Taught
from seci.externalization.turn import Answer, Ask, Contradiction, Explain, Judge, Reflect, Sign, Turn
from seci.externalization.understanding.wording import has_words

EVERYTHING = "*"


def begin(setting: Setting) -> State:
    filled = {"decision": (Said("", setting.decision),)} if setting.decision else {}
    return State(setting, filled=filled, outcomes=setting.outcomes, attributes=setting.attributes)


def step(state: State, turn: Turn) -> State:
    """The state after `turn`. Taking back and going back fold the other turns again, so that nothing is left behind."""
    turns = (*state.turns, turn)
    match turn.answer.reply:
        case "retract":
            return _refold(state, turns, state.withdrawn | _taken_back(state, turn.answer), state.undone)
        case "back":
            last = _last_turn(state)
            return _refold(state, turns, state.withdrawn, state.undone | ({last} if last else set()))
        case _:
            return replace(_apply(state, turn), turns=turns)


def _taken_back(state: State, answer: Answer) -> frozenset[str]:
    """Ids of claims or turns. Without one, the last answer; "*" takes back everything said and judged."""
    if answer.claim == EVERYTHING:
        return frozenset(turn.id for turn in state.turns)
    last = _last_turn(state)
    return frozenset({answer.claim.removeprefix("turn:")} if answer.claim else {last} if last else ())


def _last_turn(state: State) -> str:
    gone = state.undone | state.withdrawn
    return next((turn.id for turn in reversed(state.turns) if _counts(turn) and turn.id not in gone), "")


def _counts(turn: Turn) -> bool:
    return turn.answer.reply not in ("retract", "back")


def _refold(state: State, turns: tuple[Turn, ...], withdrawn: frozenset[str], undone: frozenset[str]) -> State:
    fresh = replace(begin(state.setting), withdrawn=withdrawn, undone=undone, memo=Memo())
    for turn in turns:
        if _counts(turn) and turn.id not in undone and turn.id not in withdrawn:
            fresh = replace(_apply(fresh, turn), turns=(*fresh.turns, turn))
    return replace(fresh, turns=turns)


def _apply(state: State, turn: Turn) -> State:
    question, answer = turn.question, turn.answer
    if answer.reply == "stop" and not isinstance(question, Sign):
        if not state.finishing:
            return replace(state, finishing=True)
        # Said again on the way to the end, it passes the question over, which would come back for ever.
        turn = replace(turn, answer=replace(answer, reply="skip"))
    match question:
        case Ask():
            return _asked(state, turn, question)
        case Judge():
            return _judged(state, turn, question)
        case Reflect():
            return _reflected(state, turn, question)
        case Contradiction():
            return _contradicted(state, turn, question)
        case Explain():
            return _taught(state, turn, question)
        case Sign():
            return _at_the_end(state, turn)
        case _:
            return state


def _asked(state: State, turn: Turn, question: Ask) -> State:
    state = _marked(state, question)
    answer = turn.answer
    if answer.reply in ("skip", "cannot_happen"):
        return state
    chosen = ", ".join(answer.choices) or answer.choice
    if answer.reply == "confirm" and not (chosen or answer.text) and question.options:
        chosen = question.options[0]
    # Words that come with a choice are kept beside it; the choice is what fills the slot.
    words = [one for one in (answer.text, chosen) if has_words(one)]
    if words and not (question.options and chosen):
        words = words[:1]
    if words:
        filled = (*state.filled.get(question.slot, ()), *(Said(turn.id, one) for one in words))
        state = replace(state, filled={**state.filled, question.slot: filled})
        state = slots.fill(state, turn, question, words[-1])
    if answer.reply == "depends":
        state = slots.depends(state, turn, question)
    about = slots.attribute_of(state, question.slot)
    return hear(state, turn, Hearing(question.slot, about, *slots.case_of(state, question), _depth(state, question)))


def _depth(state: State, question: Ask) -> int:
    """How far a question is from the protocol's own: 0 one of these, 1 a follow-up on its answer, and so on."""
    if question.about is None:
        return 0
    asked = next((turn.question for turn in state.turns if turn.id == question.about[0]), None)
    return 2 if isinstance(asked, Ask) and asked.about is not None else 1


def _marked(state: State, question: Ask) -> State:
    """A question asked is not asked again; a follow-up leaves the agenda, and its span is one nearer to its limit."""
    mark = f"{question.probe}|{question.slot}|{question.about or ''}"
    probed: Mapping[tuple[str, int, int], int] = state.probed
    pending = state.pending
    if question.about is not None:
        probed = {**probed, question.about: probed.get(question.about, 0) + 1}
        pending = tuple(one for one in pending if not (one.about == question.about and one.probe == question.probe))
    return replace(
        state, asked=state.asked | {mark, question.probe}, probed=probed, pending=pending,
        last_open=not question.options,
    )  # fmt: skip


def _judged(state: State, turn: Turn, question: Judge) -> State:
    answer = turn.answer
    state = replace(state, last_open=False)
    if answer.reply == "cannot_happen":
        return replace(state, impossible=(*state.impossible, Impossible(turn.id, (), question.case.id)))
    if answer.reply == "depends":
        state = slots.depends(state, turn, question)
    if answer.choice not in question.outcomes or answer.reply in ("skip", "depends"):
        skipped = state.skipped | {question.case.id}
        return hear(replace(state, skipped=skipped), turn, Hearing("because", case=question.case))
    judgement = Judgement(
        question.case, answer.choice, answer.looked, answer.latency_ms, answer.sure, question.predicted,
        question.audit, question.repeat_of, answer.text,
    )  # fmt: skip
    if question.by == "junior":
        return replace(state, learning=(*state.learning, judgement))
    state = replace(state, judgements=(*state.judgements, judgement))
    return hear(state, turn, Hearing("because", verdict=answer.choice, case=question.case))


def _reflected(state: State, turn: Turn, question: Reflect) -> State:
    if proposals.is_of_partner(question):
        return proposals.taken(state, turn, question)
    answer = turn.answer
    shown = dict(state.shown)
    for change in question.changes:
        if change.after:
            shown[change.node] = change.after
        else:
            shown.pop(change.node, None)
    nodes = frozenset(change.node for change in question.changes)
    state = replace(
        state, shown=shown, reflected_at=len(state.judgements),
        distances=(*state.distances, distance(state.shown, shown)),
    )  # fmt: skip
    cited = frozenset(claim for change in question.changes for claim in change.claims)
    match answer.reply:
        case "confirm" | "answer" if not has_words(answer.text):
            state = slots.settle(state, cited, "confirmed")
            return replace(state, confirmed=state.confirmed | nodes, contested=state.contested - nodes)
        case "correct" | "depends" | "cannot_happen" | "answer":
            state = replace(state, contested=state.contested | nodes, corrections=state.corrections + 1)
            state = slots.reopened(state, turn, question)
            return hear(state, turn, Hearing("correction"))
        case _:
            return state


def _contradicted(state: State, turn: Turn, question: Contradiction) -> State:
    """My words: the claim stands. My verdicts: it goes. Both: it stands, and an exception is looked for."""
    said = turn.answer.choice
    state = replace(state, asked=state.asked | {f"say_do|{question.claim}"}, last_open=False)
    if turn.answer.reply == "skip" or said not in question.options:
        return hear(state, turn, Hearing("exception"))
    if said == question.options[0]:
        state = slots.settle(state, frozenset({question.claim}), "confirmed")
        return hear(replace(state, overruled=state.overruled | set(question.cases)), turn, Hearing("exception"))
    if said == question.options[1]:
        return hear(slots.settle(state, frozenset({question.claim}), "corrected"), turn, Hearing("rule"))
    state = slots.exception_wanted(state, turn, question)
    return hear(state, turn, Hearing("exception"))


def _taught(state: State, turn: Turn, question: Explain) -> State:
    answer = turn.answer
    if answer.reply in ("skip", "cannot_happen") or (answer.right is None and not answer.choice):
        return replace(state, skipped=state.skipped | {question.case.id})
    chosen = answer.choice if answer.choice in question.outcomes else ""
    verdict, reason = answer.right or (chosen in ("", question.outcome), chosen in ("", question.outcome))
    if chosen and chosen != question.outcome:
        verdict = False
    correct = question.outcome if verdict else chosen
    taught = Taught(question.case, question.outcome, verdict, reason and verdict, correct)
    state = replace(state, taught=(*state.taught, taught), last_open=False)
    if not verdict and correct:
        # The answer was shown before the verdict, so it teaches the artifact but never measures it.
        judgement = Judgement(question.case, correct, because=answer.text)
        state = replace(state, judgements=(*state.judgements, judgement))
    return hear(state, turn, Hearing("because", verdict=correct, case=question.case))


def _at_the_end(state: State, turn: Turn) -> State:
    match turn.answer.reply:
        case "confirm":
            return slots.signed(state, turn)
        case "stop":
            return replace(state, stopped=True)
        case _:
            state = replace(state, finishing=False, go_on=True, resumed_at=len(state.judgements))
            return hear(state, turn, Hearing("correction"))
