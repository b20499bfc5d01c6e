"""A note after the action: what was expected, what happened, why, and what will be looked at next time.

The four questions of the after-action review (U.S. Army TC 25-20, 1993). It belongs to whoever wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass

from seci.kit.errors import BadInput

QUESTIONS = {
    "expected": "What was to happen?",
    "happened": "What did happen?",
    "because": "Why the difference?",
    "next_time": "What do you look at next time?",
}
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Note:
    expected: str
    happened: str
    because: str
    next_time: str


def note(expected: str, happened: str, because: str, next_time: str) -> Note:
    """A complete note. Raises BadInput naming the question that is open, or the answer that is too long."""
    given = dict(zip(QUESTIONS, (expected, happened, because, next_time), strict=True))
    for name, words in given.items():
        if not words.strip():
            raise BadInput(f"{QUESTIONS[name]} Answer in a line; all four make the note.")
        if len(words) > LONGEST:
            raise BadInput(f"{QUESTIONS[name]} The answer has {len(words)} characters; {LONGEST} are the most.")
    return Note(*(words.strip() for words in given.values()))
