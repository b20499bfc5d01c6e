"""Convergence as it is shown: a few numbers, each with what it rests on; where there is too little, words say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from seci.artifacts.contribution import Contribution
from seci.artifacts.fidelity import Fidelity
from seci.externalization.measuring.restatement import Restatement
from seci.externalization.understanding.wording import counted

TOO_EARLY = "too early"
MEANINGS = (
    "Fidelity: some cases are drawn blindly, and what the artifact would say is written down before you answer. "
    "This counts how often it said the same as you. The small number is the share that this proves at the least "
    "(one-sided 95 %).",
    "Stable: how much of all cases the artifact still answers as it did eight answers ago.",
    "With yourself: a few cases come twice. Nobody agrees with themselves always; no artifact can be better than that.",
    "Open: what is still vague, or said in two ways.",
    "Too early: not enough data to say.",
    "Draft becomes working at 9 of 10 and stable, tested at 18 of 20, strong at 29 of 30. It is an offer to stop, "
    "never a must.",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. While it is not `known`, `value` is the word for that."""

    name: str
    value: str
    small: str = ""
    known: bool = True


@dataclass(frozen=True, slots=True)
class Meter:
    """externalization/_meter.html. `none` is one sentence in place of numbers that are not there yet."""

    label: str
    cells: tuple[Cell, ...] = ()
    none: str = ""
    offer: str = ""
    notes: tuple[str, ...] = ()
    meanings: tuple[str, ...] = MEANINGS


SPLIT = (
    "Many cases, and the answers still do not settle: that mostly means two decisions in one. Finish here, and open an "
    "interview on each part."
)


def meter(
    fidelity: Fidelity | None, still_open: int, *, offer: str = "", split: bool = False, notes: tuple[str, ...] = ()
) -> Meter:
    """`still_open` counts slots that are vague or contested. Before the first blind case there is one sentence.

    split  whether the decision is better cut in parts, which is said in place of an empty offer
    notes  sentences below the numbers
    """
    offer = offer or (SPLIT if split else "")
    if fidelity is None or not fidelity.n:
        said = f"; {still_open} open" if still_open else ""
        return Meter("draft", none=f"Not enough data: no case judged blind yet{said}.", offer=offer, notes=notes)
    return Meter(
        fidelity.label,
        (
            Cell("Label", fidelity.label),
            Cell("Fidelity", f"{fidelity.agree} of {fidelity.n}", _bound(fidelity)),
            _stable(fidelity),
            _self(fidelity),
            Cell("Open", str(still_open)),
        ),
        offer=offer,
        notes=notes,
    )


def said_by(claims: Contribution) -> str:
    """Whose words it is made of; empty while there are none."""
    if not claims.n:
        return ""
    parts = [
        (claims.human, "said by you"),
        (claims.partner, "read by the partner and confirmed by you"),
        (claims.document, "from documents and confirmed by you"),
        (claims.waiting, "waiting for your word, and not part of what is published"),
    ]
    return f"{counted(claims.n, 'claim')}: {', '.join(f'{n} {words}' for n, words in parts if n)}."


def converging(said_back: Sequence[Restatement]) -> str:
    """How far the last restatement was from the one before; empty before the second."""
    if len(said_back) < 2:
        return ""
    changed = ", ".join(f"{one.distance:.0%}" for one in said_back[-4:])
    corrected = sum(one.corrected for one in said_back)
    return f"Said back to you {len(said_back)} times, corrected {corrected}; of what was said, changed: {changed}."


def _bound(fidelity: Fidelity) -> str:
    return "" if fidelity.lower95 is None else "≥ " + f"{fidelity.lower95:.2f}".removeprefix("0")


def _stable(fidelity: Fidelity) -> Cell:
    if fidelity.stability is None:
        return Cell("Stable", TOO_EARLY, known=False)
    return Cell("Stable", f"{(1 - fidelity.stability) * 100:.0f} %")


def _self(fidelity: Fidelity) -> Cell:
    """How often the expert said the same of a case that came twice: shown to that expert alone."""
    if not fidelity.repeats or fidelity.consistency is None:
        return Cell("With yourself", TOO_EARLY, known=False)
    return Cell("With yourself", f"{round(fidelity.consistency * fidelity.repeats)} of {fidelity.repeats}")
