"""Protocols: the published ways of asking experts, as data that the dialogue follows.

Each is a file of this folder: where it comes from, and its questions in order, with the stage to which each belongs.
The metaphor questions (metaphor.toml) belong to every protocol; a dialogue without them is marked incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from seci.externalization.protocols.prompts import Prompt, prompt, table
from seci.kit.errors import NotFound

KEYS = ("decision", "cdm", "acta", "pari", "grid", "think_aloud", "after_action", "reciprocal")


@dataclass(frozen=True, slots=True)
class Protocol:
    """One way of asking.

    source   where it was published
    best_for when to choose it, in a sentence
    junior   whether somebody who learns must be present
    """

    key: str
    name: str
    source: str
    best_for: str
    steps: tuple[Prompt, ...]
    junior: bool = False

    def of(self, stage: str) -> tuple[Prompt, ...]:
        return tuple(one for one in self.steps if one.stage == stage)


@lru_cache(maxsize=32)
def protocol(key: str) -> Protocol:
    """A protocol by its key. Raises NotFound with the keys there are."""
    if key not in KEYS:
        raise NotFound(f"There is no protocol “{key}”. Choose one of {', '.join(KEYS)}.")
    data = table(f"{key}.toml", "seci.externalization.protocols")
    steps = tuple(prompt(entry, f"{key}.toml") for entry in data["step"])
    return Protocol(key, data["name"], data["source"], data["best_for"], steps, data.get("junior", False))


@lru_cache(maxsize=1)
def metaphor() -> tuple[Prompt, ...]:
    """Image, match, mismatch, measure: from a picture to something that can be measured (Nonaka and Takeuchi 1995)."""
    return tuple(
        prompt(entry, "metaphor.toml") for entry in table("metaphor.toml", "seci.externalization.protocols")["step"]
    )


@lru_cache(maxsize=1)
def common() -> Mapping[str, Prompt]:
    """Questions of every dialogue, by slot: the frame, the attributes, the closing."""
    return {
        entry["key"]: prompt(entry, "common.toml")
        for entry in table("common.toml", "seci.externalization.protocols")["step"]
    }


def protocols() -> tuple[Protocol, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(protocol(key) for key in KEYS)
