"""One question, one answer: each is written down before the next is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace

from seci.accounts.actor import Actor
from seci.externalization import dialogue, store
from seci.externalization.access import Elicitation, get_own
from seci.externalization.codec import answer_data, question_of, read_answer
from seci.externalization.memory import place_of, state_of
from seci.externalization.services.fitting import check
from seci.externalization.services.partnering import leave_to_partner, listen_here, partner_asks
from seci.externalization.services.signing import sign
from seci.externalization.services.traces import leave_traces
from seci.externalization.state import State
from seci.externalization.store import Written
from seci.externalization.turn import Answer, Done, Question, Sign
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import Conflict, Refused
from seci.kit.records import to_data


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it waits to be answered. `number` is what an answer to it must name.

    answered  how many answers are written down so far
    """

    elicitation: int
    number: int
    question: Question
    answered: int
    state: str


def question(actor: Actor, db: Database, elicitation: int) -> Shown:
    """The question that waits. It is written down before it is returned, so that it is the same after a restart.

    Raises NotFound, Refused.
    """
    found = get_own(actor, db, elicitation)
    if found.is_over:
        return _over(db, found)
    waiting = store.last(db, found.id)
    if waiting is None or waiting.answer is not None:
        waiting = _asked(actor, db, found, waiting.number + 1 if waiting else 1)
    if waiting is None:
        return _over(db, found)
    return Shown(found.id, waiting.number, question_of(waiting.question), waiting.number - 1, found.state)


def _asked(actor: Actor, db: Database, found: Elicitation, number: int) -> Written | None:
    """Works the next question out and writes it down; None when there is nothing left to ask."""
    with place_of(db, found).turn:
        state = state_of(actor, db, found)
        fresh = dialogue.ask(state)
        if isinstance(fresh, Done):
            return None
        fresh, proposal = partner_asks(actor, db, found, state, fresh)
        with db.transaction():
            if store.write_question(db, found.id, number, fresh, now()) and proposal is not None:
                store.proposal_asked(db, proposal, number)
    return store.turn(db, found.id, number)


def _over(db: Database, found: Elicitation) -> Shown:
    last = store.last(db, found.id)
    answered = 0 if last is None else last.number - (last.answer is None)
    return Shown(found.id, answered, Done("This interview is over."), answered, found.state)


def answer(actor: Actor, db: Database, elicitation: int, number: int, answer: Answer) -> Shown:
    """Writes an answer down and returns the next question.

    The answer is committed before the next question is worked out. Sending the same answer again changes nothing;
    another answer to the same question is a Conflict. Answering an interview that rests takes it up again. "stop"
    goes on to the signing of what there is; there it rests the interview instead, and the signing waits. Raises
    BadInput for an answer that does not fit its question, Refused before consent, NotFound.
    """
    answer = read_answer(to_data(answer))
    found = _answerable(get_own(actor, db, elicitation))
    asked = store.turn(db, found.id, number)
    if asked is None:
        raise Conflict(f"Question {number} of interview {found.id} has not been asked yet; load the page again.")
    state = state_of(actor, db, found)
    answer = check(question_of(asked.question), answer, state)
    if asked.answer is not None:
        return _again(actor, db, found, asked, answer)
    if answer.reply == "stop" and isinstance(question_of(asked.question), Sign):
        return _rest(actor, db, found, asked)
    if not _written(actor, db, found, asked, answer, state):
        raced = store.turn(db, found.id, number)
        assert raced is not None
        return _again(actor, db, found, raced, answer)
    listen_here(actor, db, found, number)
    return question(actor, db, found.id)


def _answerable(found: Elicitation) -> Elicitation:
    if found.is_over:
        raise Conflict(f"Interview {found.id} is {found.state}; open a new one, or resume it if it was called off.")
    if found.consented_at is None:
        raise Refused("Say first that you agree to your answers being recorded.", code="consent")
    return found


def _written(actor: Actor, db: Database, found: Elicitation, asked: Written, answer: Answer, state: State) -> bool:
    """Answer, judgement, events and artifact, all or nothing; False when somebody else was first."""
    at = now()
    with db.transaction():
        if not store.write_answer(db, actor, found, asked.number, answer, at):
            return False
        turn = replace(asked, answer=answer_data(answer), answered_at=at, speaker=found.expert).as_turn()
        after = dialogue.step(state, turn)
        columns: dict[str, object] = {} if found.state == "open" else {"state": "open"}
        columns |= leave_traces(actor, db, found, turn, state, after, at)
        if after.signed is not None:
            columns |= sign(actor, db, found, after, at)
        store.change(db, found.id, at, columns)
        leave_to_partner(actor, db, found, turn, after)
    return True


def _rest(actor: Actor, db: Database, found: Elicitation, asked: Written) -> Shown:
    from seci.externalization.services.opening import pause

    pause(actor, db, found.id)
    return Shown(found.id, asked.number, question_of(asked.question), asked.number - 1, "paused")


def _again(actor: Actor, db: Database, found: Elicitation, asked: Written, answer: Answer) -> Shown:
    """The same answer sent twice counts once; another one is refused, because the first is written down."""
    assert asked.answer is not None
    if _essence(asked.answer) != _essence(answer_data(answer)):
        raise Conflict(
            f"Question {asked.number} was answered already and the dialogue has gone on; use Back to change an answer."
        )
    return question(actor, db, found.id)


def _essence(data: dict[str, object]) -> dict[str, object]:
    """An answer without what differs between two sendings of it."""
    return {name: value for name, value in data.items() if name not in ("latency_ms", "looked")}
