"""When a rule holds: the parts of a sentence that say if, when, unless, during, and what is left without them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from seci.combination.merge.lexicon import straight

_WORDS = (
    r"if|when|whenever|unless|in case of|in case|in the case of|in the event of|while|until|once|as long as|"
    r"provided that|except(?: for| when| if)?|during|in cases? where|where"
)
_OPENING = re.compile(
    rf"^(?:(?:and|but|so|also|however|then|otherwise),?\s+)?((?:(?:even|only|especially)\s+)?(?:{_WORDS}|for|after|before|with|on|in)\b[^,;:]*),\s*",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"[\s,(]+((?:(?:even|only|especially|except)\s+)?(?:{_WORDS})\b[^,;)]*)", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"^(?:if|when|where|whenever)\s+(?:possible|needed|necessary|appropriate|applicable|you can help it|in doubt)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Split:
    """A sentence as what it says and when that holds: `main` without its conditions, in order of appearance."""

    main: str
    conditions: tuple[str, ...]

    @property
    def condition(self) -> str:
        return "; ".join(self.conditions)


@lru_cache(maxsize=16384)
def split(sentence: str) -> Split:
    """The main clause and the conditions of a sentence. "If possible" and the like limit nothing and are left out."""
    line, found = straight(sentence), list[str]()
    opening = _OPENING.match(line)
    if opening is not None and len(line) - opening.end() > 8:
        found.append(opening[1])
        line = line[opening.end() :]

    def take(one: re.Match[str]) -> str:
        found.append(one[1])
        return ""

    main = _INSIDE.sub(take, line)
    if len(main.split()) < 2:
        main = line
        found = found[:1] if opening is not None else []
    conditions = (one.strip(" .!?") for one in found)
    return Split(" ".join(main.split()), tuple(one for one in conditions if one and not _POSSIBLE.match(one)))
