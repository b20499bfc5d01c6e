"""Questions in words: the frame, the protocol's own, what the attributes still need, follow-ups on what was said."""

from __future__ import annotations

from collections.abc import Iterator

from seci.externalization.asking import forms
from seci.externalization.listening.probes import MOST_ON_ONE_SPAN, probes
from seci.externalization.protocols import Protocol, common, metaphor, protocol
from seci.externalization.protocols.prompts import Prompt
from seci.externalization.state import Pending, State
from seci.externalization.turn import Ask, Judge
from seci.externalization.understanding.describing import is_described
from seci.externalization.understanding.wording import either

# Texts need neither verdicts nor outcomes.
TOLD = ("guide", "story", "template")
FEWEST_ATTRIBUTES, ENOUGH_ATTRIBUTES = 1, 3
"""Attributes without which there are no cases, and with which they can begin; the others are asked for among them."""

MOST_TIMES = 3
"""Times that one probe is put in one dialogue; more of the same is a nuisance."""

GOES_BY_RULES = 3
"""Rules that were told from which on an expert counts as going by rules."""

ELSEWHERE_FROM, ELSEWHERE_AGAIN = 8, 10
"""Verdicts from which on it is asked when else an outcome is right, and verdicts before that is asked again."""


def words_of(state: State) -> dict[str, str]:
    """What the blanks of a question are filled with."""
    return {
        "decision": state.words("decision") or "the decision",
        "asset": state.setting.asset or "it",
        "names": ", ".join(one.name for one in state.attributes) or "none yet",
        "outcomes": either(state.outcomes),
        "image": state.metaphors[-1].image if state.metaphors else "the picture",
        "junior": state.words("junior:question") or "nothing yet",
        "retelling": state.words("junior:retelling") or "nothing yet",
    }


def is_told(state: State) -> bool:
    return state.setting.wanted in TOLD


def frame(state: State) -> Ask | None:
    """What must be known first: the decision, its outcomes, for whom and when."""
    wanted = ["frame.decision"] if not state.words("decision") else []
    if len(state.outcomes) < 2 and not is_told(state):
        wanted.append("frame.outcomes")
    wanted += [f"frame.{slot}" for slot in ("who", "situation") if not state.words(slot)]
    for key in wanted:
        if key not in state.asked or (key == "frame.outcomes" and _times(state, key) < 2):
            return common()[key].asked(words_of(state))
    return None


def _times(state: State, key: str) -> int:
    return sum(isinstance(turn.question, Ask) and turn.question.probe == key for turn in state.turns)


def opening(state: State) -> Ask | None:
    """The next question of the protocol that belongs before the cases."""
    followed = _protocol(state)
    for one in followed.of("incident"):
        if one.form == "step":
            question = forms.steps(state, followed, words_of(state))
            if question is not None:
                return question
        elif one.key not in state.asked:
            return one.asked(words_of(state))
    return None


def _protocol(state: State) -> Protocol:
    """The protocol that was chosen; with somebody present who learns, the one for two."""
    key = state.setting.protocol
    return protocol("reciprocal" if state.setting.junior and key == "decision" else key)


def needed(state: State) -> Ask | None:
    """What cases cannot do without: something to tell them apart by, and the values it takes."""
    if is_told(state):
        return None
    if len(state.attributes) < FEWEST_ATTRIBUTES and "attributes.look" not in state.asked:
        return common()["attributes.look"].asked(words_of(state))
    described = sum(is_described(one) for one in state.attributes)
    if state.setting.pool or described >= ENOUGH_ATTRIBUTES:
        return None
    for one in state.attributes:
        if not is_described(one) and (question := _range(state, one.key, one.name)) is not None:
            return question
    return None


def _range(state: State, key: str, name: str) -> Ask | None:
    slot = f"attribute:range:{key}"
    if f"attributes.range|{slot}|" in state.asked:
        return None
    return common()["attributes.range"].asked({**words_of(state), "attribute": name}, slot=slot)


def picture(state: State) -> Ask | None:
    """Where a picture fits and where it breaks is asked at once, while it is before the expert's eyes."""
    if not state.metaphors:
        return None
    step = next((one for one in metaphor()[1:3] if one.key not in state.asked), None)
    return step.asked(words_of(state)) if step is not None else None


def in_words(state: State) -> Iterator[tuple[float, Ask]]:
    """Every question in words that could be asked now, with its worth: slot weight times how open the slot is."""
    yield from _follow_ups(state)
    for one in _waiting_prompts(state):
        for question in _asked(state, one):
            yield one.weight, question
    yield from _on_attributes(state)
    yield from _actions(state)
    yield from _elsewhere(state)


def _waiting_prompts(state: State) -> Iterator[Prompt]:
    """One picture is asked for in every dialogue (R025); its limits follow at once."""
    step = next((one for one in metaphor() if one.key not in state.asked), None)
    if step is not None and (step.key == "metaphor.image" or state.metaphors) and len(state.judgements) >= 3:
        yield step
    for stage in ("attributes", "structure"):
        yield from (one for one in _protocol(state).of(stage) if one.form != "words" or one.key not in state.asked)
    for key in ("structure.kind", "structure.first", "attributes.more"):
        if key not in state.asked and len(state.judgements) >= (8 if key == "attributes.more" else 2):
            yield common()[key]


def _asked(state: State, one: Prompt) -> Iterator[Ask]:
    match one.form:
        case "words":
            yield one.asked(words_of(state))
        case "detail":
            yield from forms.details(state, one, words_of(state))
        case "triad":
            yield from forms.threes(state, one, words_of(state))
        case "construct":
            yield from forms.constructs(state, one, words_of(state))


def _on_attributes(state: State) -> Iterator[tuple[float, Ask]]:
    for one in state.attributes:
        words = {**words_of(state), "attribute": one.name}
        if not is_described(one, state.setting.pool):
            question = _range(state, one.key, one.name)
            if question is not None:
                yield common()["attributes.range"].weight, question
        elif not one.how_measured and not state.setting.pool:
            slot = f"attribute:measure:{one.key}"
            if f"attributes.measure|{slot}|" not in state.asked and _times(state, "attributes.measure") < 3:
                yield common()["attributes.measure"].weight, common()["attributes.measure"].asked(words, slot=slot)


def _actions(state: State) -> Iterator[tuple[float, Ask]]:
    """A procedure ends in something that is done: what, and how one sees that it worked."""
    if state.setting.wanted not in ("flowchart", "runbook", "checklist") or len(state.judgements) < 4:
        return
    for outcome in dict.fromkeys(one.outcome for one in state.judgements):
        for key in ("action.do", "action.signal"):
            prompt = common()[key]
            slot = f"{prompt.slot}:{outcome}"
            if f"{key}|{slot}|" not in state.asked:
                yield prompt.weight, prompt.asked({**words_of(state), "outcome": outcome}, slot=slot)
                break


def _elsewhere(state: State) -> Iterator[tuple[float, Ask]]:
    """An expert who goes by rules is asked for the others, outcome by outcome, and again as long as some come: what
    comes to mind first is a small part of what is known, and every outcome calls up others."""
    if len(state.judgements) < ELSEWHERE_FROM or sum(len(one.conditions) > 0 for one in state.rules) < GOES_BY_RULES:
        return
    prompt = common()["cases.else"]
    judged = 0
    before: dict[str, list[tuple[str, int]]] = {}
    for turn in state.turns:
        judged += isinstance(turn.question, Judge)
        if isinstance(turn.question, Ask) and turn.question.probe == prompt.key:
            before.setdefault(turn.question.slot, []).append((turn.id, judged))
    for outcome in state.outcomes:
        slot = f"{prompt.slot}:{outcome}"
        times = before.get(slot, [])
        if times:
            turn_id, at = times[-1]
            brought = any(rule.claim.startswith(f"{turn_id}.") for rule in state.rules)
            if not brought or judged - at < ELSEWHERE_AGAIN:
                continue
        yield prompt.weight, prompt.asked({**words_of(state), "outcome": outcome}, slot=slot)


def _follow_ups(state: State) -> Iterator[tuple[float, Ask]]:
    for one in state.pending:
        if _may_ask(state, one):
            yield one.weight * _openness(state, one), _worded(state, one)


def _may_ask(state: State, one: Pending) -> bool:
    """At most two on one span, three of one kind, none on a confirmed statement, none on words taken back."""
    if state.probed.get(one.about, 0) >= MOST_ON_ONE_SPAN or one.about[0] in state.withdrawn | state.undone:
        return False
    if _times(state, one.probe) >= MOST_TIMES and (one.probe in probes() or one.probe == "reflect.depends"):
        return False
    claim = state.claim(one.claim) if one.claim else None
    return claim is None or claim.status in ("proposed", "contested")


def _openness(state: State, one: Pending) -> float:
    """1 while nothing of the kind was said, less with every answer that fills the same slot or came to this probe."""
    return 1 / (1 + 0.5 * len(state.filled.get(one.slot, ())) + _times(state, one.probe))


def follow_up(state: State, *, on_last_answer: bool) -> Ask | None:
    """The best follow-up that waits, on the last answer only where that is wanted."""
    last = state.turns[-1].id if state.turns else ""
    waiting = [one for one in state.pending if _may_ask(state, one) and (not on_last_answer or one.about[0] == last)]
    best = max(waiting, key=lambda one: one.weight * _openness(state, one), default=None)
    return _worded(state, best) if best is not None else None


def _worded(state: State, one: Pending) -> Ask:
    prompt = probes().get(one.probe) or common()[one.probe]
    return prompt.asked({**words_of(state), "words": one.words}, slot=one.slot, about=one.about)
