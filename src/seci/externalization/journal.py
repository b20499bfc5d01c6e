"""The journal of a dialogue: everything that passed, for study, with roles in place of names.

From the journal the conversation can be made again exactly: folding its turns gives the same state, and asking gives
the same questions (R124). Whether somebody agreed to that is checked by who hands it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from seci.externalization import dialogue
from seci.externalization.codec import answer_data, answer_of, question_data, question_of
from seci.externalization.measuring.restatement import structuring_time, trace
from seci.externalization.state import Setting, State
from seci.externalization.turn import Turn
from seci.externalization.understanding.looking import looked_first
from seci.kit.errors import BadInput
from seci.kit.records import from_data, to_data

FORMAT = "seci dialogue journal"
VERSION = 1


def journal(state: State, roles: Mapping[int, str], *, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The journal as plain data.

    roles  role by the number of a speaker ("expert", "junior"); somebody without a role is "somebody"
    names  words to replace wherever they stand in what was said: name -> role
    """
    hidden = _Hider(names or {})
    first = state.turns[0].at if state.turns else 0
    turns = [
        {
            "id": turn.id,
            "role": roles.get(turn.speaker, "somebody") if turn.speaker is not None else "somebody",
            "question": hidden(question_data(turn.question)),
            "answer": hidden(answer_data(turn.answer)),
            "after_ms": (turn.at - first) // 1000,
        }
        for turn in state.turns
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "setting": hidden(to_data(state.setting)),
        "turns": turns,
        "restatements": [to_data(one) for one in trace(state)],
        "opened_first": hidden([to_data(one) for one in looked_first(state.attributes, state.judgements)]),
        "structuring_minutes": to_data(structuring_time(state)),
        "claims": [hidden(to_data(one)) for one in state.claims],
    }


def recreate(data: Mapping[str, Any]) -> State:
    """The dialogue that a journal tells of. Raises BadInput where the data is no journal."""
    if data.get("format") != FORMAT or data.get("version") != VERSION:
        raise BadInput(f"This is no {FORMAT} of version {VERSION}; export it again with this version of SECI.")
    try:
        setting = from_data(Setting, data["setting"])
        turns = [_turn(one) for one in data["turns"]]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(f"The journal is damaged: {error!r} could not be read.") from None
    return dialogue.replay(setting, turns)


def _turn(one: Mapping[str, Any]) -> Turn:
    return Turn(one["id"], question_of(one["question"]), answer_of(one["answer"]), int(one["after_ms"]) * 1000)


class _Hider:
    """Replaces names in every text of plain data; a name is a whole word, whatever its case."""

    def __init__(self, names: Mapping[str, str]) -> None:
        longest = sorted((name for name in names if name.strip()), key=len, reverse=True)
        self.names = {name.casefold(): role for name, role in names.items()}
        self.pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest) or "(?!)", re.I)

    def __call__(self, data: Any) -> Any:
        if isinstance(data, str):
            return self.pattern.sub(lambda hit: self.names[hit.group().casefold()], data)
        if isinstance(data, Mapping):
            return {key: self(value) for key, value in data.items()}
        return [self(one) for one in data] if isinstance(data, list) else data
