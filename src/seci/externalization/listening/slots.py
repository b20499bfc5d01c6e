"""Slots: what each kind of answer fills, by the first word of the slot's name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import ClaimStatus
from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.state import Impossible, Metaphor, Pending, State, Step
from seci.externalization.turn import Ask, Contradiction, Judge, Reflect, Turn
from seci.externalization.understanding import describing, differing
from seci.externalization.understanding.wording import has_words, key_of, listed, says_that_was_all

MOST_OUTCOMES = 12
MOST_WORDS = 6


def fill(state: State, turn: Turn, question: Ask, said: str) -> State:
    """The state with what the answer says of its slot; slots that only keep words are filled already."""
    head = question.slot.split(":")[0]
    return _FILLS[head](state, turn, question, said) if head in _FILLS else state


def _outcomes(state: State, turn: Turn, question: Ask, said: str) -> State:
    found = tuple(listed(said)[:MOST_OUTCOMES])
    return replace(state, outcomes=found) if len(found) >= 2 else state


def _attribute(state: State, turn: Turn, question: Ask, said: str) -> State:
    _, what, *rest = question.slot.split(":")
    if what == "new":
        return replace(state, attributes=(*state.attributes, *describing.named(said, state.attributes)))
    change = describing.valued if what == "range" else describing.measured
    changed = tuple(change(one, said) if one.key in rest else one for one in state.attributes)
    return replace(state, attributes=changed)


def _structure(state: State, turn: Turn, question: Ask, said: str) -> State:
    place = question.options.index(said) if said in question.options else 2
    return replace(state, structure=("tree", "weights", None)[place] if place < 2 else None)


def _split(state: State, turn: Turn, question: Ask, said: str) -> State:
    finish = said in (question.options[0], question.options[2]) if len(question.options) == 3 else False
    return replace(state, finishing=finish or state.finishing)


def _metaphor(state: State, turn: Turn, question: Ask, said: str) -> State:
    field = question.slot.split(":")[1]
    if field == "image":
        return replace(state, metaphors=(*state.metaphors, Metaphor(said, claim=f"{turn.id}.0")))
    if not state.metaphors:
        return state
    last = replace(state.metaphors[-1], **{field: said})
    state = replace(state, metaphors=(*state.metaphors[:-1], last))
    if field == "attribute":
        return replace(state, attributes=(*state.attributes, *describing.named(said, state.attributes)))
    return state


def _step(state: State, turn: Turn, question: Ask, said: str) -> State:
    parts = question.slot.split(":")
    if len(parts) < 3:
        return state
    field = parts[2]
    if field == "action" and says_that_was_all(said):
        return state
    if field == "action":
        return replace(state, steps=(*state.steps, Step(turn.id, said)))
    at = int(parts[1]) if parts[1].isdigit() else -1
    if not 0 <= at < len(state.steps):
        return state
    steps = list(state.steps)
    steps[at] = replace(steps[at], **{field: said})
    return replace(state, steps=tuple(steps))


def _construct(state: State, turn: Turn, question: Ask, said: str) -> State:
    """A difference named in a few words is something to look at; a longer answer stays in words."""
    if len(said.split()) > MOST_WORDS:
        return state
    known = {one.key for one in state.attributes}
    key = key_of(said)
    return state if key in known else replace(state, attributes=(*state.attributes, Attribute(key, said, "category")))


def _impossible(state: State, turn: Turn, question: Ask, said: str) -> State:
    case = question.slot.partition(":")[2]
    shown = shown_case(state, case)
    chosen = set(turn.answer.choices or (said,))
    keys = [one for one in state.attributes if one.name in chosen]
    if shown is None or not keys:
        return state
    conditions = tuple(found for one in keys if (found := _around(one, shown)) is not None)
    return replace(state, impossible=(*state.impossible, Impossible(turn.id, conditions, case)))


def _around(attribute: Attribute, case: Case) -> Condition | None:
    """The level itself; of a number the half of the range it lies in: close to this case, and no further."""
    value = case.values.get(attribute.key)
    if value is None:
        return None
    if attribute.type != "number" or isinstance(value, str | bool):
        return Condition(attribute.key, "is", value)
    low, high = attribute.low, attribute.high
    middle = (low + high) / 2 if low is not None and high is not None else float(value)
    return Condition(attribute.key, ">" if value > middle else "<=", (middle + value) / 2)


_FILLS: dict[str, Callable[[State, Turn, Ask, str], State]] = {
    "outcomes": _outcomes,
    "attribute": _attribute,
    "structure": _structure,
    "split": _split,
    "metaphor": _metaphor,
    "step": _step,
    "impossible": _impossible,
    "construct": _construct,
    "apart": differing.chosen,
}


def shown_case(state: State, case: str) -> Case | None:
    """A case that was shown, by its id."""
    shown = (one.question.case for one in state.turns if isinstance(one.question, Judge))
    return next((one for one in shown if one.id == case), None)


def attribute_of(state: State, slot: str) -> Attribute | None:
    """The attribute that a slot is about ("attribute:range:nulls")."""
    key = slot.rpartition(":")[2]
    return next((one for one in state.attributes if one.key == key), None)


def case_of(state: State, question: Ask) -> tuple[str, Case | None]:
    """The verdict and the case that a question asks the reason of; only the verdict where it is asked when else that
    is right; ("", None) for other questions."""
    head, _, case = question.slot.partition(":")
    if head == "rule" and case in state.outcomes:
        return case, None
    if head != "because":
        return "", None
    found = next((one for one in reversed(state.judgements) if one.case.id == case), None)
    return (found.outcome, found.case) if found else ("", None)


def depends(state: State, turn: Turn, question: Ask | Judge) -> State:
    """“It depends” calls for what it depends on, unless the answer says it already."""
    if has_words(turn.answer.text):
        return state
    words = question.text if isinstance(question, Ask) else "It depends"
    waiting = Pending("depends.on", "attribute:new", words, (turn.id, 0, 0), 0.95)
    return replace(state, pending=(*state.pending, waiting))


def settle(state: State, claims: frozenset[str], status: ClaimStatus) -> State:
    """Claims that the expert has confirmed or corrected; those taken back stay so."""
    changed = tuple(
        replace(one, status=status) if one.id in claims and one.status != "retracted" else one for one in state.claims
    )
    gone = claims if status == "corrected" else frozenset()
    return replace(state, claims=changed, rules=tuple(rule for rule in state.rules if rule.claim not in gone))


def reopened(state: State, turn: Turn, question: Reflect) -> State:
    """A statement called wrong without saying how it should read is asked about."""
    if has_words(turn.answer.text) or not question.changes:
        return state
    probe = "reflect.depends" if turn.answer.reply == "depends" else "reflect.correct"
    slot = "attribute:new" if turn.answer.reply == "depends" else "correction"
    words = question.changes[0].after or question.changes[0].before
    return replace(state, pending=(*state.pending, Pending(probe, slot, words, (turn.id, 0, 0), 1.0)))


def exception_wanted(state: State, turn: Turn, question: Contradiction) -> State:
    if has_words(turn.answer.text):
        return state
    waiting = Pending("universal.ever", "exception", question.text, (turn.id, 0, 0), 0.9, question.claim)
    return replace(state, pending=(*state.pending, waiting))


def signed(state: State, turn: Turn) -> State:
    """Signing confirms what stands in the artifact: every claim that is proposed, none that is contested."""
    standing = frozenset(one.id for one in state.claims if one.status == "proposed")
    return replace(settle(state, standing, "confirmed"), signed=turn.id)
