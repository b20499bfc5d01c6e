"""Ba: the shared context that an activity belongs to (Nonaka and Konno 1998)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["originating", "dialoguing", "systemizing", "exercising"]
TYPES: tuple[Type, ...] = ("originating", "dialoguing", "systemizing", "exercising")
"""Originating for socialization, dialoguing for externalization, systemizing for combination, exercising for
internalization."""


@dataclass(frozen=True, slots=True)
class Ba:
    """Why these people meet, where or with what tool, how often, and by which rules. `people` are ids."""

    type: Type
    purpose: str
    people: tuple[int, ...] = ()
    place: str = ""
    rhythm: str = ""
    rules: str = ""
