"""Words of a text as they are compared: lower case, stemmed, one name for one thing."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

WORD = re.compile(r"[a-z0-9]+(?:['’_.+#-]?[a-z0-9]+)*[+#]*", re.IGNORECASE)

# "font-size" is about fonts and sizes, "10px" about px.
_JOINT = re.compile(r"-|(?<=\d)(?=[a-z]{2,}$)")


@cache
def _data() -> tuple[frozenset[str], dict[str, str], re.Pattern[str]]:
    """Words that carry no topic, the one name of each single word, and a pattern of the names of several words."""
    found = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
    one = {name: names[0].replace(" ", "_") for names in found["same"] for name in names}
    several = sorted((name for name in one if " " in name), key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(name.replace(" ", r"[\s-]+") for name in several) + r")\b", re.IGNORECASE)
    return frozenset(found["empty"].split()), one, pattern


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its ending: reviews, reviewed, reviewing -> review. After Harman's S-stemmer, and -ed, -ing, -ly.

    D. Harman, "How effective is suffixing?", JASIS 42 (1991). Cruder than Porter's and enough to tell topics.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("us", "ss", "is")):
        word = word[:-1]
    for ending in ("ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and re.search("[aeiouy]", word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def plain(text: str) -> list[str]:
    """All words in lower case, as they stand."""
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


@lru_cache(maxsize=16384)
def terms(text: str) -> tuple[str, ...]:
    """What a text is about: its words without empty ones, under one name each, stemmed."""
    empty, one, several = _data()
    joined = several.sub(lambda found: one[re.sub(r"[\s-]+", " ", found.group().lower())], text)
    parts = (part for word in plain(joined) for part in ([word] if word in one else _JOINT.split(word)))
    return tuple(stem(one.get(word, word)) for word in parts if word and word not in empty)


def empty(word: str) -> bool:
    """Whether a word in lower case carries no topic."""
    return word in _data()[0]


def shingles(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """Runs of `size` words as they stand; the whole text where it is shorter."""
    words = plain(text)
    return frozenset(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)) if words)
