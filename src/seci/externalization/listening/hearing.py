"""What an answer in words adds to the state: claims with their spans, rules that can be read, follow-ups that wait."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seci.artifacts.evidence import Claim, ClaimKind
from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.externalization.listening.cues import Cue, detect, lexicon
from seci.externalization.listening.probes import called_for
from seci.externalization.state import Pending, Rule, State
from seci.externalization.turn import Turn
from seci.externalization.understanding import told
from seci.externalization.understanding.wording import LONGEST_READ, has_words, sentences

MOST_CLAIMS = 40
"""Claims kept of one answer. A longer text is a document: it is imported as a transcript, and confirmed bit by bit."""

# Which kind a sentence's claim is when several cues are in it: the first of these.
_RANK = (
    "exception", "vague_size", "depends", "choice", "universal", "cause", "procedure", "comparison", "feeling",
    "just_know", "hedge", "passive", "incident",
)  # fmt: skip
# Slots whose answers make a claim even when no cue is in them.
_BY_SLOT: dict[str, ClaimKind] = {
    "because": "reason", "reason": "reason", "exception": "exception", "definition": "definition", "rule": "rule",
    "threshold": "threshold", "cue": "cue", "role": "step", "step": "step", "weight": "weight", "action": "step",
    "signal": "step", "metaphor": "metaphor", "correction": "rule", "first_look": "cue", "why": "reason",
    "counter_example": "exception", "attribute": "cue", "priority": "rule", "frequency": "threshold",
    "think_aloud": "cue", "construct": "cue",
}  # fmt: skip
# Only these answers state rules: a story tells one case, and what was seen in it is no rule yet.
_STATES_RULES = {"because", "rule", "exception", "correction", "threshold"}
# These answers end a line of questions; what they say calls for no more.
_SETTLED = {"metaphor", "action", "signal", "priority", "frequency", "why", "counter_example", "construct", "role"}
# Cues that are worth a follow-up even in the answer to a follow-up.
_STRONG = {"depends", "exception", "vague_size"}
# Context is kept word for word in its field and makes no claim and no follow-up.
_PLAIN = {
    "decision",
    "outcomes",
    "who",
    "situation",
    "owner",
    "expires",
    "title",
    "exceptions",
    "junior",
    "split",
    "structure",
}


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is being answered: the slot, and what is known of the thing talked about.

    verdict, case  of a reason: what was said of which case
    depth          0 for an answer to a question of the protocol, 1 to a follow-up on it, 2 to one on that
    """

    slot: str
    about: Attribute | None = None
    verdict: str = ""
    case: Case | None = None
    depth: int = 0


def hear(state: State, turn: Turn, hearing: Hearing) -> State:
    """The state with the claims, rules and follow-ups of this answer. Says nothing new where nothing was said."""
    text = turn.answer.text[:LONGEST_READ]
    if not has_words(text) or is_context(hearing.slot):
        return state
    cues = detect(text, lexicon(state.setting.lexicon))
    claims: list[Claim] = []
    rules: list[Rule] = []
    pending: list[Pending] = []
    for start, end in sentences(text):
        if len(claims) >= MOST_CLAIMS:
            break
        inside = [cue for cue in cues if start <= cue.start < end]
        found = _rules(state, hearing, text[start:end])
        kind = _kind(state, hearing, inside, found)
        if kind is None:
            continue
        claim = _claim(state, turn, len(claims), kind, start, end, hearing.slot)
        claims.append(claim)
        if claim.status == "retracted":
            continue
        rules += [
            Rule(claim.id, one.conditions, one.outcome, one.exception, hearing.case.id if hearing.case else None)
            for one in found
        ]
        pending += _follow_ups(turn, inside, claim, hearing)
    return replace(
        state,
        claims=(*state.claims, *claims),
        rules=(*state.rules, *(rule for rule in rules if rule not in state.rules)),
        pending=(*state.pending, *pending),
    )


def is_context(slot: str) -> bool:
    """Whether a slot holds context (who, when, outcomes ...), which says nothing of how it is decided."""
    return slot.split(":")[0] in _PLAIN


def _rules(state: State, hearing: Hearing, sentence: str) -> list[told.Told]:
    if hearing.slot.split(":")[0] not in _STATES_RULES:
        return []
    case = hearing.case.values if hearing.case else None
    found = told.rules(sentence, state.attributes, state.outcomes, verdict=hearing.verdict, case=case)
    if hearing.slot.startswith("exception"):
        return [replace(one, exception=True) for one in found]
    return found


def _kind(state: State, hearing: Hearing, cues: list[Cue], found: list[told.Told]) -> ClaimKind | None:
    if found:
        return "exception" if any(one.exception for one in found) else "rule"
    head = hearing.slot.split(":")[0]
    if head in _BY_SLOT:
        return _BY_SLOT[head]
    classes = lexicon(state.setting.lexicon)
    present = {cue.cue for cue in cues}
    ranked = [key for key in (*_RANK, *sorted(present)) if key in present]
    return classes[ranked[0]].kind if ranked else None


def _claim(state: State, turn: Turn, n: int, kind: ClaimKind, start: int, end: int, slot: str) -> Claim:
    quote = turn.answer.text[start:end]
    identity = f"{turn.id}.{n}"
    status = "retracted" if identity in state.withdrawn else "proposed"
    return Claim(
        identity, kind, " ".join(quote.split()), quote, f"turn:{turn.id}", start, end, slot,
        status=status, # type: ignore[arg-type]
    )  # fmt: skip


def _follow_ups(turn: Turn, cues: list[Cue], claim: Claim, hearing: Hearing) -> list[Pending]:
    """Follow-ups on follow-ups are kept rare, and there are none on those: an expert's minutes are few."""
    if hearing.depth > 1 or hearing.slot.split(":")[0] in _SETTLED:
        return []
    wanted = [cue for cue in cues if hearing.depth == 0 or cue.cue in _STRONG]
    found = [one for cue in wanted for one in called_for(turn.id, cue, claim.id)]
    return [replace(one, weight=one.weight * 0.6) for one in found] if hearing.depth else found
