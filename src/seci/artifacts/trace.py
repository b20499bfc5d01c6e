"""What an artifact answered for a case, and by which way: the answer to "why?"."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.words import listed, signed


@dataclass(frozen=True, slots=True)
class Visit:
    """A node on the way. `held` is the answer to its question; None where it could not be answered or there was none.

    points  what it added to the sum, of a scorecard or a matrix; None elsewhere
    """

    node: str
    words: str
    held: bool | None = None
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer with its way.

    outcome  one of the outcomes of the body, or ASK_EXPERT
    visits   the nodes in the order they were asked
    because  the reason given at the end of the way; for ASK_EXPERT why the artifact does not answer
    unknown  keys of the attributes that were asked for and not known
    score    the sum or weighted mean, where there is one
    settled  False when what is not known could still turn the answer
    """

    outcome: str
    visits: tuple[Visit, ...] = ()
    because: str = ""
    unknown: tuple[str, ...] = ()
    score: float | None = None
    settled: bool = True

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(visit.node for visit in self.visits)

    @property
    def asks_expert(self) -> bool:
        return self.outcome == ASK_EXPERT


def why(trace: Trace) -> str:
    """One sentence: `hold, because source changed is yes and missing values 7.4 % > 5.2 % (late data is wrong).`"""
    facts = [visit.words for visit in trace.visits if visit.words and visit.points != 0]
    if trace.score is not None:
        counted = ", ".join(
            f"{visit.words} ({signed(visit.points)})" for visit in trace.visits if visit.words and visit.points
        )
        grounds = f"{trace.because}: {counted}" if counted else trace.because
    elif trace.asks_expert:
        grounds = listed([*facts, trace.because] if trace.because else facts, "and")
    else:
        grounds = listed(facts, "and") + (f" ({trace.because})" if facts and trace.because else trace.because)
    sentence = f"{trace.outcome}, because {grounds}" if grounds else trace.outcome
    doubt = "" if trace.settled else "; what is not known could still turn it"
    return f"{sentence}{doubt}."
