"""What a sentence denies: the words that stand under a "not", and whether it denies at all.

After NegEx (Chapman et al., J. Biomed. Inform. 34, 2001): a negator governs what follows, to the end of its clause or
five words that carry meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from seci.combination.merge.lexicon import data, straight
from seci.combination.merge.words import empty, stem

REACH = 5
_TOKEN = re.compile(r"n't\b|[A-Za-z0-9]+(?:[_.+#-][A-Za-z0-9]+)*|'(?!t\b)[a-z]+|[.;:!?()]|,|—|–|\s-\s")
_STOP = set(".;:!?()—–")
# Said to stress, not to deny: "not only", "no matter", "why not", "if not", "whether or not", "no longer than 5".
_NO_DENIAL = re.compile(
    r"\b\w+n't (?:only|just)\b|\b(?:not|don't|shouldn't|never)\s+(?:\w+\s+){0,3}(?:more than|exceed|longer than)\b|"
    r"\b(?:not only|not just|not necessarily|no matter|why not|or not|if not|when in doubt|no problem|no less than|"
    r"no fewer than|no more than|not more than|no later than|no longer than|not less than|not exceed|don't forget|"
    r"do not forget|never forget|don't hesitate|do not hesitate|never hesitate|can't wait|not to mention|"
    r"no (?:need|reason) not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Denial:
    """How a sentence denies.

    denied    stems of the words under a negator; affirmed: of those that stand elsewhere
    negators  how many there are
    """

    denied: frozenset[str]
    affirmed: frozenset[str]
    negators: int


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    found = data()
    return frozenset(found["negators"]), frozenset(found["denying"]), frozenset(found["closing"])


@cache
def denying() -> frozenset[str]:
    """Stems of all words that deny."""
    negators, verbs, _ = _words()
    return frozenset(stem(word) for word in negators | verbs)


def _tokens(text: str) -> Iterator[str]:
    plain = _NO_DENIAL.sub(
        lambda found: re.sub(r"\b(?:not|no|never)\b|n't", "", found.group(), flags=re.I), straight(text)
    )
    plain = re.sub(r"\bcan't\b", "can n't", re.sub(r"\bwon't\b", "will n't", plain, flags=re.I), flags=re.I)
    plain = re.sub(r"(\w)n't\b", r"\1 n't", plain)
    plain = re.sub(r"\bcan ?not\b", "can not", plain, flags=re.I)
    return (found.group().strip().lower() for found in _TOKEN.finditer(plain))


@lru_cache(maxsize=16384)
def denial(text: str) -> Denial:
    """What a sentence denies. Two denials of the same words ("do not avoid") take each other back."""
    negators, denying, closing = _words()
    denied, affirmed, count = set[str](), set[str](), 0
    odd, left = False, 0
    for word in _tokens(text):
        if word in _STOP or word in closing:
            odd, left = False, 0
        elif word in negators or word in denying:
            odd, left, count = not odd, REACH, count + 1
        elif word != "," and not empty(word):
            (denied if odd and left > 0 else affirmed).add(stem(word))
            left -= 1
    return Denial(frozenset(denied), frozenset(affirmed), count)
