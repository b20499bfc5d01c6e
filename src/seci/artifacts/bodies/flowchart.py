"""A flowchart: questions, actions and ends, joined by labelled lines (the symbols of ISO 5807). Loops are allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.cases.attribute import Attribute

SymbolKind = Literal["question", "action", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """A way from one symbol to another. `when` lets a case choose the way by itself; the label is for people."""

    to: str
    label: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Symbol:
    """One box of the chart. A question has several lines, an action one, an end none: its text is the outcome."""

    id: str
    text: str
    kind: SymbolKind = "action"
    lines: tuple[Line, ...] = ()
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Flowchart:
    """`start` is the id of the symbol to begin with."""

    purpose: str
    start: str
    symbols: tuple[Symbol, ...]
    attributes: tuple[Attribute, ...] = ()
