"""A text as the words it is found by: without case and accents, without words that say nothing, by their stems.

The same on every database, because the database takes no part in it. Stems are those of Porter's English rules
(Snowball, "english"); words of other languages mostly stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zlib import crc32

from seci.search.matching import fold

# The usual words of questions and answers that nothing is found by (van Rijsbergen 1979, shortened to what is
# common English grammar: "system" or "problem" may be all that somebody looks for).
STOP = frozenset(
    """a about above after again against all also although am among an and another any anyone anything are aren as at
    be became because become becomes been before being below between both but by can cannot could couldn did didn do
    does doesn doing don done down due during each either else ever every everyone everything few for from further
    get gets give given gives had hadn has hasn have haven having he hence her here hers herself him himself his how
    however i if in into is isn it its itself just least less let made make makes many may me might more most much
    must my myself neither no nor not nothing now of off often on once one only onto or other others otherwise ought
    our ours ourselves out over own per perhaps please put quite rather really s same see seem seemed seems several
    shall she should shouldn since so some someone something such t than that the their theirs them themselves then
    there thereby therefore these they this those though through throughout thus to together too toward towards two
    under until up upon us use used uses using various very was wasn way we well were weren what whatever when where
    whereas whether which while who whole whom whose why will with within without won would wouldn yet you your yours
    yourself yourselves""".split()  # noqa: SIM905
)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """The stem of one folded word; empty for a word that says nothing."""
    word = word.split("'")[0].split("’")[0]
    if word in STOP:
        return ""
    return str(_stemmer().stemWord(word)) if len(word) > 2 and not word.isdigit() else word


def stems(text: str) -> list[str]:
    """The stems of a text in their order, with repeats; words that say nothing are left out."""
    return [found for word in _WORD.findall(fold(text)) if (found := stem(word))]


@lru_cache(maxsize=262144)
def number(stem_: str) -> int:
    """A stem as a number of 31 bits, the same everywhere and for ever, so that no list of words is kept. Of 100,000
    different stems about two share a number with another one."""
    return crc32(stem_.encode()) & 0x7FFFFFFF


def counted(texts: Iterable[tuple[str, int]]) -> Counter[int]:
    """How often each stem stands in weighted texts: number of the stem -> sum of weights."""
    total: Counter[int] = Counter()
    for text, weight in texts:
        for one, times in Counter(map(number, stems(text))).items():
            total[one] += times * weight
    return total
