"""Convergence as it is shown: a few numbers, each with what it rests on; where there is too little, words say so."""

from __future__ import annotations

from dataclasses import dataclass

MEANINGS = (
    "Fidelity: some cases are drawn blindly, and what the artifact would say is written down before you answer. "
    "This counts how often it said the same as you. The small number is the share that this proves at the least "
    "(one-sided 95 %).",
    "Stable: how much of all cases the artifact still answers as it did eight answers ago.",
    "You with yourself: a few cases come twice. Nobody agrees with themselves always; no artifact can be better "
    "than that.",
    "Open: what is still vague, or said in two ways.",
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
