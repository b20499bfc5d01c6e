"""Convergence as it is shown: a few numbers, each with what it rests on; where there is too little, words say so."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.fidelity import Fidelity

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
    meanings: tuple[str, ...] = MEANINGS


def meter(fidelity: Fidelity | None, still_open: int, *, offer: str = "") -> Meter:
    """`still_open` counts slots that are vague or contested. Before the first blind case there is one sentence."""
    if fidelity is None or not fidelity.n:
        said = f"; {still_open} open" if still_open else ""
        return Meter("draft", none=f"Not enough data: no case judged blind yet{said}.", offer=offer)
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
    )


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
