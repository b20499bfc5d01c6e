"""Turns and invitations through SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seci.accounts.actor import Actor
from seci.externalization.access import Elicitation
from seci.externalization.codec import answer_data, question_data, turn_of
from seci.externalization.listening.proposals import Proposal
from seci.externalization.turn import Answer, Question, Turn
from seci.kit.clock import Micros
from seci.kit.database import Database, from_json


@dataclass(frozen=True, slots=True)
class Written:
    """A turn as it is written down; `answer` is None while the question waits."""

    number: int
    question: dict[str, Any]
    answer: dict[str, Any] | None
    asked_at: Micros
    answered_at: Micros | None
    speaker: int | None
    door: str

    def as_turn(self) -> Turn:
        assert self.answer is not None
        return turn_of(self.number, self.question, self.answer, self.answered_at or self.asked_at, self.speaker)


_COLUMNS = "number, question, answer, asked_at, answered_at, speaker_id, door"


def written(db: Database, elicitation: int, after: int = 0) -> list[Written]:
    """Turns with a number above `after`, in order; the last may still wait for its answer."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM externalization_turn WHERE elicitation_id = ? AND number > ? ORDER BY number",
        [elicitation, after],
    )
    return [_written(row) for row in rows]


def turn(db: Database, elicitation: int, number: int) -> Written | None:
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM externalization_turn WHERE elicitation_id = ? AND number = ?", [elicitation, number]
    )
    return _written(rows[0]) if rows else None


def last(db: Database, elicitation: int) -> Written | None:
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM externalization_turn WHERE elicitation_id = ? ORDER BY number DESC LIMIT 1",
        [elicitation],
    )
    return _written(rows[0]) if rows else None


def write_question(db: Database, elicitation: int, number: int, question: Question, at: Micros) -> bool:
    """Writes the next question down before anyone sees it; False when another process was first."""
    return bool(
        db.run(
            "INSERT INTO externalization_turn (elicitation_id, number, question, asked_at, door) "
            "VALUES (?, ?, ?, ?, '') ON CONFLICT (elicitation_id, number) DO NOTHING",
            [elicitation, number, json.dumps(question_data(question)), at],
        )
    )


def write_answer(db: Database, actor: Actor, found: Elicitation, number: int, answer: Answer, at: Micros) -> bool:
    """Writes an answer to a question that waits; False when it has one already."""
    return bool(
        db.run(
            "UPDATE externalization_turn SET answer = ?, answered_at = ?, speaker_id = ?, account = ?, door = ? "
            "WHERE elicitation_id = ? AND number = ? AND answer IS NULL",
            [
                json.dumps(answer_data(answer)), at, found.expert if actor.person is None else actor.person,
                actor.account, actor.door, found.id, number,
            ],
        )
    )  # fmt: skip


def change(db: Database, elicitation: int, at: Micros, columns: Mapping[str, object]) -> None:
    """Changes columns of a dialogue, and when it was changed last."""
    names = ", ".join(f"{name} = ?" for name in [*columns, "changed_at"])
    db.run(f"UPDATE externalization_elicitation SET {names} WHERE id = ?", [*columns.values(), at, elicitation])


def show_names(db: Database, elicitation: int, named: bool) -> None:
    """Whether the expert may be named beside the judgements of a dialogue, those given already too."""
    db.run("UPDATE cases_judgement SET may_be_shown = ? WHERE elicitation = ?", [named, elicitation])


def _written(row: tuple[Any, ...]) -> Written:
    number, question, answer, asked_at, answered_at, speaker, door = row
    return Written(
        number,
        from_json(question),
        None if answer is None else from_json(answer),
        asked_at,
        answered_at,
        speaker,
        door,
    )


def propose(db: Database, elicitation: int, number: int, kind: str, data: Mapping[str, Any], at: Micros) -> None:
    """Keeps one question that a partner's work on a turn makes, or a remark on that work, until it is its turn."""
    db.run(
        "INSERT INTO externalization_proposal (elicitation_id, number, kind, data, at) VALUES (?, ?, ?, ?, ?)",
        [elicitation, number, kind, json.dumps(data), at],
    )


def is_worked_on(db: Database, elicitation: int, number: int, *, cases: bool = False) -> bool:
    """Whether a partner's work on a turn (on its words, or on cases after it) is done: a job may be begun twice."""
    which = "kind IN ('case', 'no case')" if cases else "kind NOT IN ('case', 'no case', 'prose', 'no prose')"
    sql = f"SELECT 1 FROM externalization_proposal WHERE elicitation_id = ? AND number = ? AND {which} LIMIT 1"
    return bool(db.rows(sql, [elicitation, number]))


def has_prose(db: Database, elicitation: int) -> bool:
    """Whether a partner was asked for prose in this dialogue, which is done once."""
    sql = "SELECT 1 FROM externalization_proposal WHERE elicitation_id = ? AND kind IN ('prose', 'no prose') LIMIT 1"
    return bool(db.rows(sql, [elicitation]))


def proposals(db: Database, elicitation: int) -> list[Proposal]:
    """What waits to be asked, in the order of the words it is about."""
    rows = db.rows(
        "SELECT id, number, kind, data FROM externalization_proposal WHERE elicitation_id = ? AND asked_in IS NULL "
        "AND kind IN ('claims', 'probe', 'analogy', 'case', 'prose') ORDER BY number, id",
        [elicitation],
    )
    return [Proposal(id_, number, kind, from_json(data)) for id_, number, kind, data in rows]


def proposal_asked(db: Database, proposal: int, number: int) -> None:
    db.run("UPDATE externalization_proposal SET asked_in = ? WHERE id = ?", [number, proposal])


def remark_since(db: Database, elicitation: int, number: int) -> str:
    """What there is to say of the partner's work on the turns from `number` on; empty when all went well."""
    rows = db.rows(
        "SELECT kind, data FROM externalization_proposal WHERE elicitation_id = ? AND number >= ? "
        "ORDER BY number DESC, id DESC LIMIT 1",
        [elicitation, number],
    )
    return str(from_json(rows[0][1]).get("text", "")) if rows and rows[0][0] == "remark" else ""
