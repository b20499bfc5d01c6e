"""What a partner proposes, put to the expert as a question like any other; only an answer takes it in.

A claim that was read out of the expert's words comes back as a line to confirm. Confirmed, it counts as proposed by
the partner and confirmed by a human; corrected, the correction counts as the human's own words; passed over, it is
gone. The words it rests on are cut out of the turn again at that moment, so that nothing else can stand under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args

from seci.artifacts.evidence import Claim, ClaimKind
from seci.cases.case import Case
from seci.externalization.listening.hearing import Hearing, hear
from seci.externalization.state import Rule, State
from seci.externalization.turn import Ask, Change, Contradiction, Explain, Judge, Question, Reflect, Sign, Turn
from seci.externalization.understanding import told
from seci.externalization.understanding.wording import has_words
from seci.partner.proposal import Sentence

Kind = Literal["claims", "probe", "analogy", "case", "no case", "prose", "no prose", "nothing", "remark"]

BY = "partner"
AT_ONCE = 3
"""Claims put to the expert in one question."""

APART = 3
"""Turns between two questions that come from the partner: it helps, it does not lead."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question that waits, as it is stored. `number` is the turn whose words it is about."""

    id: int
    number: int
    kind: Kind
    data: Mapping[str, Any]


def next_of(state: State, waiting: Sequence[Proposal], instead_of: Question) -> tuple[Proposal, Question] | None:
    """The proposal to ask about now, with its question; None when the engine's own question goes first."""
    if isinstance(instead_of, Sign):
        return _prose(state, waiting)
    if state.finishing or isinstance(instead_of, Explain | Contradiction) or instead_of.stage == "done":
        return None
    if any(is_of_partner(turn.question) for turn in state.turns[-APART:]):
        return None
    last = state.turns[-1].question if state.turns else None
    if isinstance(last, Judge) and last.by == "junior":
        return None  # the case that the one who learns has just judged is the expert's now
    found = ((one, question_of(state, one)) for one in waiting)
    return next(((one, question) for one, question in found if question is not None), None)


def _prose(state: State, waiting: Sequence[Proposal]) -> tuple[Proposal, Question] | None:
    """Prose is read once, right before the signature, while all that it says still stands."""
    for one in waiting:
        standing = {claim.id for claim in state.standing}
        said = [each for each in one.data.get("sentences", ()) if set(each["claims"]) <= standing]
        if one.kind == "prose" and said:
            changes = tuple(
                Change(f"{BY}:prose:{n}", "", str(each["text"]), claims=tuple(map(str, each["claims"])))
                for n, each in enumerate(said)
            )
            return one, Reflect("The partner wrote this from what you said. Shall it stand at the beginning?", changes)
    return None


def is_prose(question: Reflect) -> bool:
    return question.changes[0].node.startswith(f"{BY}:prose:")


def is_of_partner(question: Question) -> bool:
    if isinstance(question, Reflect):
        return bool(question.changes) and question.changes[0].node.startswith(f"{BY}:")
    if isinstance(question, Judge):
        return question.case.id.startswith(f"{BY}-")
    return isinstance(question, Ask) and question.probe.startswith(f"{BY}.")


def question_of(state: State, proposal: Proposal) -> Question | None:
    """The question that a proposal makes; None when its words were taken back, or it says nothing new."""
    turn = next((one for one in state.turns if one.id == str(proposal.number)), None)
    if turn is None or turn.id in state.withdrawn | state.undone:
        return None
    data = proposal.data
    if proposal.kind == "claims":
        changes = tuple(_change(turn, each) for each in data["claims"] if _is_news(state, turn, each))[:AT_ONCE]
        return Reflect("The partner read this out of your words. Is it what you mean?", changes) if changes else None
    if proposal.kind == "case":
        return _case(state, proposal)
    about = (turn.id, int(data["start"]), int(data["end"]))
    if proposal.kind == "probe":
        why = "The partner suggests this question on your words; the interviewer passes it on."
        return Ask("attributes", str(data["text"]), "reason", f"{BY}.probe", why, about=about)
    if proposal.kind == "analogy":
        text = f"Is that like {data['like']}? In what way, and where does the likeness end?"
        why = "The partner offers a picture. A picture without its limits misleads others."
        return Ask("attributes", text, "definition", f"{BY}.analogy", why, about=about)
    return None


def _case(state: State, proposal: Proposal) -> Judge | None:
    """A case near a border, judged like any other: nothing is said of who thought it up or what is expected of it."""
    values = dict(proposal.data["values"])
    known = {one.key for one in state.attributes}
    if len(state.outcomes) < 2 or not set(values) <= known:
        return None
    return Judge(Case(f"{BY}-{proposal.id}", values, "synthetic"), state.outcomes, "What would you say here?")


def taken(state: State, turn: Turn, question: Reflect) -> State:
    """The state after the answer to claims that a partner proposed."""
    answer = turn.answer
    if is_prose(question):
        if answer.reply != "confirm":
            return state  # it is left out; what the expert says to it would be no claim on how it is decided
        return replace(state, prose=tuple(Sentence(one.after, one.claims) for one in question.changes))
    if answer.reply in ("confirm", "answer") and not has_words(answer.text):
        found = [_claim(state, turn, n, change) for n, change in enumerate(question.changes)]
        claims = tuple(claim for claim in found if claim is not None)
        rules = tuple(
            Rule(claim.id, one.conditions, one.outcome, one.exception)
            for claim in claims
            if claim.status != "retracted"
            for one in told.rules(claim.text, state.attributes, state.outcomes)
        )
        fresh = tuple(rule for rule in rules if rule not in state.rules)
        return replace(state, claims=(*state.claims, *claims), rules=(*state.rules, *fresh))
    if answer.reply in ("correct", "depends", "cannot_happen", "answer"):
        return hear(replace(state, corrections=state.corrections + 1), turn, Hearing("correction"))
    return state


def _change(turn: Turn, each: Mapping[str, Any]) -> Change:
    start, end = int(each["start"]), int(each["end"])
    quote = turn.answer.text[start:end]
    return Change(f"{BY}:{turn.id}:{start}:{end}:{each['kind']}", "", str(each["text"]), f"You said: “{quote}”")


def _is_news(state: State, turn: Turn, each: Mapping[str, Any]) -> bool:
    """Whether it says more than the words themselves and than what is noted already."""
    known = {_bare(claim.text) for claim in state.claims}
    words = _bare(turn.answer.text[int(each["start"]) : int(each["end"])])
    return _bare(str(each["text"])) not in known | {words}


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _claim(state: State, turn: Turn, n: int, change: Change) -> Claim | None:
    """The claim of one confirmed line, with its words cut out of the turn that they stand in."""
    _, said_in, start, end, kind = change.node.split(":", 4)
    said = next((one for one in state.turns if one.id == said_in), None)
    quote = said.answer.text[int(start) : int(end)] if said else ""
    if not quote.strip() or kind not in get_args(ClaimKind) or said_in in state.withdrawn | state.undone:
        return None
    identity = f"{turn.id}.{n}"
    status = "retracted" if identity in state.withdrawn else "confirmed"
    return Claim(
        identity, cast(ClaimKind, kind), change.after, quote, f"turn:{said_in}", int(start), int(end),
        origin="partner", status=status, confirmed_by=turn.speaker,  # type: ignore[arg-type]
    )  # fmt: skip
