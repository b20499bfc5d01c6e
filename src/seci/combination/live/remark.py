"""What is said about a passage: comments with their answers, and other words proposed for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from seci.combination.live.passage import Passage, Place
from seci.kit.clock import Micros
from seci.people.views import PersonRef

State = Literal["open", "taken", "declined", "withdrawn"]
Piece = tuple[Literal["same", "out", "in"], str]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a passage, or on the whole page where `passage` is None.

    place    where the passage stands now; None where it is gone
    author   None for the terminal and for an account that is nobody of the directory; `name` says who all the same
    settled  when somebody said that it is dealt with
    """

    id: int
    passage: Passage | None
    place: Place | None
    text: str
    author: PersonRef | None
    name: str
    at: Micros
    settled: Micros | None
    answers: tuple[Comment, ...] = ()
    may_settle: bool = False

    @property
    def mark(self) -> str:
        """Its name in the address of the page."""
        return f"comment-{self.id}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words for a passage. `now` is what stands there now; None where the passage is gone."""

    id: int
    passage: Passage
    place: Place | None
    now: str | None
    text: str
    message: str
    author: PersonRef | None
    name: str
    at: Micros
    state: State
    decided_by: PersonRef | None
    decided_at: Micros | None
    may_withdraw: bool = False

    @property
    def mark(self) -> str:
        return f"suggestion-{self.id}"

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What it would change, word by word."""
        return pieces(self.passage.quote if self.now is None else self.now, self.text)


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one, word by word: what stays, what goes out, what comes in."""
    old, new = _words(before), _words(after)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            found.append(("out", "".join(old[i1:i2])))
        if j2 > j1:
            found.append(("in", "".join(new[j1:j2])))
    return tuple(found)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
