"""A template: blanks to fill in, each with its type and the help somebody new to it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from seci.artifacts.evidence import Evidence

BlankType = Literal["text", "number", "date", "choice", "yes_no"]


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to fill in. `options` are those of a choice, `unit` that of a number; `help` says what belongs here."""

    id: str
    name: str
    type: BlankType = "text"
    required: bool = True
    help: str = ""
    example: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()
    because: str = ""
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Template:
    purpose: str
    blanks: tuple[Blank, ...]
