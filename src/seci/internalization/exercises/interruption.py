"""A timed decision that is interrupted: when, and by what."""

from __future__ import annotations

from dataclasses import dataclass

from seci.kit.ids import Draw, seeded

# Of the panel's 75th percentile: what is allowed (the limit of a timed case).
ROOM = 1.25
EARLIEST, LATEST = 0.25, 0.6
# Somebody else's questions, as they come on duty. None of them helps with the case, all of them want an answer.
QUESTIONS = (
    ("The stand-up asks: will you be there in five minutes?", ("yes", "no", "later")),
    ("A colleague asks: whose turn is the next on-call week?", ("mine", "not mine", "I do not know")),
    ("A message: the report of yesterday was sent twice. Is that yours?", ("yes", "no", "I look later")),
    ("Somebody asks for the link to the release calendar.", ("sent", "later", "ask the team")),
)


@dataclass(frozen=True, slots=True)
class Interruption:
    """A card over the case. `at_ms` since the case was shown; the clock runs on while the card is open."""

    at_ms: int
    question: str
    options: tuple[str, ...]


def limit_ms(panel_p75_ms: int) -> int:
    """What a timed case allows: 1.25 times the panel's 75th percentile."""
    return round(ROOM * panel_p75_ms)


def interrupt(limit: int, draw: Draw) -> Interruption:
    """An interruption between a quarter and three fifths of the limit, when most are deciding."""
    question, options = draw.choice(QUESTIONS)
    return Interruption(round(limit * draw.uniform(EARLIEST, LATEST)), question, options)


def card_of(attempt: int, limit: int) -> Interruption:
    """The interruption of an attempt at a timed case: the same at every look."""
    return interrupt(limit, seeded("interruption", attempt))


def number_of(attempt: int) -> str:
    """The number to keep in mind while a timed case of a round is judged; the same at every look."""
    return str(seeded("second task", attempt).randrange(1000, 10_000))
