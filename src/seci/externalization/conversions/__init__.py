"""Eight starter conversions: something an expert says from feeling, and the artifact it is turned into.

Each is a file of this folder: the sentence, the decision behind it, its outcomes and attributes to begin with (the
expert adds and takes away), the type of artifact, the protocol. Each has a worked sample: a whole dialogue as it was
answered, kept turn by turn in `samples/`, which folds into a valid artifact.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from seci.cases.attribute import Attribute
from seci.externalization import dialogue
from seci.externalization.codec import turn_of
from seci.externalization.drafting.draft import Draft
from seci.externalization.protocols.prompts import table
from seci.externalization.state import Setting, State, Wanted
from seci.externalization.turn import Turn
from seci.kit.errors import NotFound
from seci.kit.records import from_data

KEYS = (
    "model_choice", "dirty_data", "overfitting", "feature_importance", "something_wrong", "data_drift",
    "suspicious_result", "retraining",
)  # fmt: skip
_FOLDER = "seci.externalization.conversions"


@dataclass(frozen=True, slots=True)
class Conversion:
    """One starter: what is said, and what it becomes.

    tacit       the sentence as an expert says it
    title       what it becomes, in words
    wanted      the type of the artifact
    outcomes    of a checklist the harmless one comes first
    attributes  to begin with; cases are drawn from them where none are at hand
    outline     the parts that the artifact will have, in order
    """

    key: str
    tacit: str
    title: str
    wanted: Wanted
    decision: str
    outcomes: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    outline: tuple[str, ...]
    protocol: str = "decision"


@dataclass(frozen=True, slots=True)
class Sample:
    """A worked sample: the turns as they were answered, the state they fold into, and the artifact."""

    turns: tuple[Turn, ...]
    state: State
    draft: Draft


@lru_cache(maxsize=16)
def conversion(key: str) -> Conversion:
    """A starter conversion by its key. Raises NotFound with the keys there are."""
    if key not in KEYS:
        raise NotFound(f"There is no starter conversion “{key}”. Choose one of {', '.join(KEYS)}.")
    return from_data(Conversion, {**table(f"{key}.toml", _FOLDER), "key": key})


def conversions() -> tuple[Conversion, ...]:
    """All of them, in the order in which they are offered."""
    return tuple(conversion(key) for key in KEYS)


def setting(key: str, *, seed: int = 0, minutes: int = 25) -> Setting:
    """What a dialogue of this conversion begins with. Raises NotFound."""
    one = conversion(key)
    return Setting(
        one.decision, "", one.wanted, one.protocol, key, one.outcomes, one.attributes, seed=seed, minutes=minutes
    )


def script(key: str) -> Mapping[str, Any]:
    """What the expert of the worked sample answers, and the rules by which that expert judges (table `sample`)."""
    conversion(key)
    found: Mapping[str, Any] = table(f"{key}.toml", _FOLDER)["sample"]
    return found


@lru_cache(maxsize=16)
def sample(key: str) -> Sample:
    """The worked sample of a conversion, folded anew from its kept turns. Raises NotFound."""
    conversion(key)
    kept = json.loads((files(_FOLDER) / "samples" / f"{key}.json").read_text(encoding="utf-8"))
    turns = tuple(
        turn_of(number, one["question"], one["answer"], one["at"], None) for number, one in enumerate(kept, 1)
    )
    state = dialogue.replay(setting(key), turns)
    return Sample(turns, state, dialogue.draft(state))
