"""Follow-ups: which question a cue in the expert's words calls for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from seci.externalization.listening.cues import Cue
from seci.externalization.protocols.prompts import Prompt, prompt, table
from seci.externalization.state import Pending

MOST_ON_ONE_SPAN = 2


@lru_cache(maxsize=1)
def probes() -> Mapping[str, Prompt]:
    """Every probe by key, in the order in which they are tried."""
    entries = table("probes.toml", "seci.externalization.listening")["probe"]
    return {entry["key"]: prompt(entry, "probes.toml") for entry in entries}


@lru_cache(maxsize=32)
def for_cue(cue: str) -> tuple[Prompt, ...]:
    """The follow-ups of a class of cues. A class of the user's own without probes is treated as a vague word."""
    own = tuple(one for one in probes().values() if one.cue == cue)
    return own or (probes()["feeling.contrast"],)


def called_for(turn: str, cue: Cue, claim: str) -> list[Pending]:
    """What waits to be asked because of one cue, each on its span."""
    about = (turn, cue.start, cue.end)
    return [
        Pending(one.key, one.slot, cue.words, about, one.weight, claim) for one in for_cue(cue.cue)[:MOST_ON_ONE_SPAN]
    ]
