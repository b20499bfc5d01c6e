"""What may be done in practice: cases prepared, panels heard, rounds gone through."""

from seci.internalization.services.authoring import (
    Brought,
    bring_bank,
    bring_file,
    move,
    prepare,
    retire_case,
    vary,
    weigh,
)
from seci.internalization.services.interrupting import answer_card
from seci.internalization.services.panels import answer_panel
from seci.internalization.services.predicting import refit
from seci.internalization.services.rounds import Answer, begin, commit, look_up, next_case, note, today

__all__ = [
    "Answer",
    "Brought",
    "answer_card",
    "answer_panel",
    "begin",
    "bring_bank",
    "bring_file",
    "commit",
    "look_up",
    "move",
    "next_case",
    "note",
    "prepare",
    "refit",
    "retire_case",
    "today",
    "vary",
    "weigh",
]
