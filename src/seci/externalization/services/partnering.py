"""The partner beside a dialogue: it works on an answer after that is written down, and what it proposes waits.

No page waits for it: an answer leaves a job behind, and what comes of it is asked about later. Only whoever asks for
other words waits for them, no longer than the partner's setting allows; so does a terminal, which has no worker.
"""

from __future__ import annotations

from dataclasses import asdict

from seci import jobs
from seci.accounts.actor import Actor
from seci.externalization import store
from seci.externalization.access import Elicitation, elicitations, get_own
from seci.externalization.codec import question_of
from seci.externalization.listening.hearing import is_context
from seci.externalization.listening.proposals import next_of
from seci.externalization.memory import state_of
from seci.externalization.state import State
from seci.externalization.turn import Ask, Judge, Question, Turn
from seci.externalization.understanding.statements import statements
from seci.externalization.understanding.wording import has_words
from seci.kit.clock import now
from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, Refused
from seci.partner import queries as partners
from seci.partner import services as partner
from seci.partner.proposal import About, Column, Heard

TASK = "seci.externalization.tasks:listen"
CASES_TASK = "seci.externalization.tasks:think_up_cases"
PROSE_TASK = "seci.externalization.tasks:write_prose"
CASES_EVERY = 8
"""Verdicts between two times that a partner is asked for cases near the borders of what is understood."""
AT_TERMINAL = "cli"


def has_partner(actor: Actor, db: Database, found: Elicitation) -> bool:
    """Whether the expert agreed to a partner, and there is one."""
    return found.consent.get("partner", False) and partners.is_on(actor, db)


def says_how(turn: Turn) -> bool:
    """Whether there are words on how it is decided: something to read claims out of."""
    is_asked_for_context = isinstance(turn.question, Ask) and is_context(turn.question.slot)
    return has_words(turn.answer.text) and not is_asked_for_context


def leave_to_partner(actor: Actor, db: Database, found: Elicitation, turn: Turn, after: State) -> None:
    """Queues the partner's work on an answer, in the transaction of the answer."""
    if not has_partner(actor, db, found):
        return
    if actor.door != AT_TERMINAL and says_how(turn):
        jobs.enqueue(TASK, found.id, int(turn.id), key=f"listen:{found.id}:{turn.id}", database=db)
    if actor.door != AT_TERMINAL and ends_in_prose(after, turn) and not store.has_prose(db, found.id):
        jobs.enqueue(PROSE_TASK, found.id, int(turn.id), key=f"prose:{found.id}", database=db)
    judged = len(after.judgements)
    if isinstance(turn.question, Judge) and judged and judged % CASES_EVERY == 0:
        jobs.enqueue(CASES_TASK, found.id, int(turn.id), key=f"cases:{found.id}:{turn.id}", database=db)


def listen(actor: Actor, db: Database, elicitation: int, number: int) -> bool:
    """The partner's work on one answer: what it proposes is kept, to be asked about; nothing else changes.

    Returns whether anything waits now. Done once for each answer, however often it is called; nothing is done for a
    dialogue that is over, or whose expert has not agreed to a partner.
    """
    found = next(iter(elicitations(db, "WHERE id = ?", [elicitation])), None)
    written = store.turn(db, elicitation, number)
    if found is None or found.is_over or written is None or written.answer is None:
        return False
    turn = written.as_turn()
    if not has_partner(actor, db, found) or not says_how(turn) or store.is_worked_on(db, found.id, number):
        return False
    about = _about(state_of(actor, db, found), turn.question)
    helped = partner.listen(actor, db, turn.answer.text, about)
    with db.transaction():
        _keep(db, found.id, number, helped.heard, helped.remark)
    return helped.heard.kept > 0


def think_up_cases(actor: Actor, db: Database, elicitation: int, number: int) -> bool:
    """Cases near the borders of what is understood so far, from the partner, to be judged like any other.

    Returns whether any wait now. Done once for a turn, under the same conditions as `listen`.
    """
    found = next(iter(elicitations(db, "WHERE id = ?", [elicitation])), None)
    if found is None or found.is_over or not has_partner(actor, db, found):
        return False
    if store.is_worked_on(db, found.id, number, cases=True):
        return False
    state = state_of(actor, db, found)
    columns = [Column(one.key, one.name, one.type, one.unit, one.low, one.high, one.levels) for one in state.attributes]
    if not columns or len(state.outcomes) < 2:
        return False
    said = "\n".join(one.words for one in statements(state))
    made = partner.edge_cases(actor, db, columns, said, _about(state, None), count=2).made
    at = now()
    with db.transaction():
        for case in made.cases:
            store.propose(db, found.id, number, "case", asdict(case), at)
        if not made.cases:
            store.propose(db, found.id, number, "no case", {}, at)
    return bool(made.cases)


def write_prose(actor: Actor, db: Database, elicitation: int, number: int) -> bool:
    """Prose from what was said, for guides: asked for once, at the first question of the end.

    Returns whether any waits to be read before the signature; until it is confirmed it is no part of the artifact.
    """
    found = next(iter(elicitations(db, "WHERE id = ?", [elicitation])), None)
    if found is None or found.is_over or not has_partner(actor, db, found) or store.has_prose(db, found.id):
        return False
    state = state_of(actor, db, found)
    claims = {one.id: one.text for one in state.standing if one.status != "contested"}
    written = partner.draft(actor, db, claims, _about(state, None)).made.sentences if claims else ()
    with db.transaction():
        kind = "prose" if written else "no prose"
        store.propose(db, found.id, number, kind, {"sentences": [asdict(one) for one in written]}, now())
    return bool(written)


def ends_in_prose(state: State, turn: Turn) -> bool:
    """Whether this was a question of the end of a dialogue that ends in a guide."""
    return state.setting.wanted == "guide" and turn.question.stage == "sign" and isinstance(turn.question, Ask)


def listen_here(actor: Actor, db: Database, found: Elicitation, number: int) -> None:
    """The same at a terminal, where no worker may run: a wait with an end."""
    if actor.door != AT_TERMINAL:
        return
    listen(actor, db, found.id, number)
    written = store.turn(db, found.id, number)
    if written is not None and ends_in_prose(state_of(actor, db, found), written.as_turn()):
        write_prose(actor, db, found.id, number)


def partner_asks(
    actor: Actor, db: Database, found: Elicitation, state: State, instead_of: Question
) -> tuple[Question, int | None]:
    """What to ask: a proposal's question and its id if its turn has come, else the engine's own and None."""
    if not found.consent.get("partner", False):
        return instead_of, None
    chosen = next_of(state, store.proposals(db, found.id), instead_of)
    return (instead_of, None) if chosen is None else (chosen[1], chosen[0].id)


def reword(actor: Actor, db: Database, elicitation: int, number: int) -> str:
    """The question that waits, in other words; waits at most as long as the partner's setting allows.

    Nothing is written down: the question stays as it was asked. Raises Conflict for another question than the one
    that waits, Refused without a partner, BadInput for a question that is not in words alone.
    """
    found = get_own(actor, db, elicitation)
    waiting = store.last(db, found.id)
    if waiting is None or waiting.number != number or waiting.answer is not None:
        raise Conflict(f"Question {number} does not wait any more; load the page again.")
    if not has_partner(actor, db, found):
        raise Refused("There is no partner in this interview; the question stays as it is.", code="no_partner")
    question = question_of(waiting.question)
    if not isinstance(question, Ask):
        raise BadInput("Only a question in words can be put in other words.")
    helped = partner.word(actor, db, question.text, _about(state_of(actor, db, found), question))
    return helped.made.wording or helped.remark or "It is hard to say in other words; take it as it stands."


def remark_of(actor: Actor, db: Database, elicitation: int, answered: int) -> str:
    """One sentence when the partner did not answer on one of the last two answers; empty when there is nothing."""
    return store.remark_since(db, get_own(actor, db, elicitation).id, max(answered - 1, 1))


def _keep(db: Database, elicitation: int, number: int, heard: Heard, remark: str) -> None:
    at = now()
    if heard.claims:
        store.propose(db, elicitation, number, "claims", {"claims": [asdict(one) for one in heard.claims]}, at)
    if heard.probes:
        store.propose(db, elicitation, number, "probe", asdict(heard.probes[0]), at)
    if heard.analogies:
        store.propose(db, elicitation, number, "analogy", asdict(heard.analogies[0]), at)
    if remark:
        store.propose(db, elicitation, number, "remark", {"text": remark}, at)
    elif not heard.kept:
        store.propose(db, elicitation, number, "nothing", {}, at)


def _about(state: State, question: Question | None) -> About:
    asked = f"Case judged: {question.case.title}" if isinstance(question, Judge) else question.text if question else ""
    return About(
        topic=state.words("decision") or state.setting.decision,
        outcomes=state.outcomes,
        known=tuple(one.name for one in state.attributes),
        question=asked,
    )
