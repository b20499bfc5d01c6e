"""What an answer leaves outside its dialogue: a judgement in the bank of cases, events in the ledger."""

from __future__ import annotations

import json

from seci.accounts.actor import Actor
from seci.cases import store as cases
from seci.cases.case import Judgement
from seci.externalization.access import Elicitation
from seci.externalization.state import State
from seci.externalization.turn import Ask, Explain, Judge, Reflect, Turn
from seci.kit.clock import Micros
from seci.kit.database import Database
from seci.kit.records import to_data
from seci.ledger.kinds import Kind
from seci.people.store import record

SITTING: Micros = 30 * 60 * 1_000_000
"""A dialogue that rested longer than this goes on in another sitting."""


def leave_traces(
    actor: Actor, db: Database, found: Elicitation, turn: Turn, before: State, after: State, at: Micros
) -> dict[str, object]:
    """Writes judgement and events of one answer, in the transaction of the answer; columns of the dialogue that
    change with it."""
    changed: dict[str, object] = {}
    bank = found.bank
    judgement = judged(turn)
    if judgement is not None:
        if bank is None:
            bank = changed["bank_id"] = _new_bank(actor, db, found, after, at)
        cases.write_judgement(
            db, bank, judgement, person=found.expert, elicitation=found.id, number=int(turn.id),
            may_be_shown=found.consent.get("named", False), at=at,
        )  # fmt: skip
    gone = (after.undone | after.withdrawn) - (before.undone | before.withdrawn)
    if gone:
        cases.retract_judgements(db, found.id, [int(one) for one in gone if one.isdigit()], at)
    for kind in kinds_of(turn, before, at):
        record(
            db, actor, kind, f"interview {found.id}, turn {turn.id}",
            subject=found.expert, asset=found.asset, artifact=found.artifact,
        )  # fmt: skip
    return changed


def judged(turn: Turn) -> Judgement | None:
    """The expert's judgement in a turn, where it is one; whoever learns beside them is not measured."""
    question, answer = turn.question, turn.answer
    if not isinstance(question, Judge) or question.by != "expert" or answer.reply != "answer":
        return None
    return Judgement(
        case=question.case,
        outcome=answer.choice,
        looked=answer.looked,
        latency_ms=answer.latency_ms,
        sure=answer.sure,
        predicted=question.predicted,
        audit=question.audit,
        repeat_of=question.repeat_of,
        because=answer.text,
    )


def kinds_of(turn: Turn, before: State, at: Micros) -> list[Kind]:
    """The events that one answer is. Articulation and structuring are told apart (R026).

    elicit once in a sitting, explain_why for a reason in words, structure for a change of the artifact that the
    expert confirmed or corrected.
    """
    kinds = []
    if not before.turns or at - before.turns[-1].at > SITTING:
        kinds.append(Kind.ELICIT)
    if gives_reason(turn):
        kinds.append(Kind.EXPLAIN_WHY)
    if isinstance(turn.question, Reflect) and turn.answer.reply in ("answer", "confirm", "correct"):
        kinds.append(Kind.STRUCTURE)
    return kinds


def gives_reason(turn: Turn) -> bool:
    if turn.answer.reply not in ("answer", "depends", "correct") or not turn.answer.text.strip():
        return False
    match turn.question:
        case Judge() | Explain():
            return True
        case Ask(slot=slot):
            return slot.startswith(("because", "why", "reason", "cause"))
        case _:
            return False


def _new_bank(actor: Actor, db: Database, found: Elicitation, state: State, at: Micros) -> int:
    """A bank for the judgements of a dialogue that began without one."""
    rows = db.rows(
        "INSERT INTO cases_bank (title, decision, asset_id, outcomes, attributes, by, created_at, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [
            found.title, state.setting.decision or state.words("decision"), found.asset, json.dumps(state.outcomes),
            json.dumps([to_data(one) for one in state.attributes]), actor.account, at, at,
        ],
    )  # fmt: skip
    return int(rows[0][0])
