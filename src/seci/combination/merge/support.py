"""Whether a sentence says nothing that its citation does not say. Mechanical and strict: it rejects when in doubt.

Every number with its unit, every negation with what it denies, how strongly it binds, every word that turns the meaning
(all, only, unless, before) and every word that carries it must come from the cited sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from seci.combination.merge.lexicon import data, straight
from seci.combination.merge.modality import modalities
from seci.combination.merge.negation import denial
from seci.combination.merge.quantities import numerals, quantities
from seci.combination.merge.words import empty, plain, stem


@cache
def _set(name: str) -> frozenset[str]:
    """`turning`: words that turn what is said, none may come in; `limiting`: those of them that limit a statement, none
    may be lost from a sentence whose statement is taken over; `directed`: what follows them must stay what follows."""
    return frozenset(data()["support"][name])


@dataclass(frozen=True, slots=True)
class Support:
    """`ok`, or why not, in one sentence."""

    ok: bool
    why: str = ""


def supported(sentence: str, cited: Sequence[str]) -> Support:
    """Whether the cited sentences, taken together, hold everything that `sentence` says."""
    if not cited:
        return Support(False, "It cites nothing.")
    tests = (_numbers, _denials, _content, _binding, _turns, _limits, _directions)
    why = next((why for test in tests if (why := test(sentence, cited))), "")
    return Support(not why, why)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in plain(straight(text)) if not empty(word)]


def _content(sentence: str, cited: Sequence[str]) -> str:
    known = {word for text in cited for word in _stems(text)}
    new = [
        word for word in plain(straight(sentence)) if not empty(word) and stem(word) not in known and not numerals(word)
    ]
    return f"“{new[0]}” is in none of the cited sentences." if new else ""


def _numbers(sentence: str, cited: Sequence[str]) -> str:
    known = {(one.value, one.unit, one.bound) for text in cited for one in quantities(text)}
    for one in quantities(sentence):
        if (one.value, one.unit, one.bound) not in known:
            return f"“{one.words}” is not said so in the cited sentences."
    new = numerals(sentence) - {value for text in cited for value in numerals(text)}
    return f"{min(new):g} is in none of the cited sentences." if new else ""


def _denials(sentence: str, cited: Sequence[str]) -> str:
    said, known = denial(sentence), [denial(text) for text in cited]
    for word in sorted(said.denied):
        if not any(word in one.denied for one in known):
            return f"It denies “{word}”, the cited sentences do not."
    for word in sorted(said.affirmed):
        if any(word in one.denied for one in known) and not any(word in one.affirmed for one in known):
            return f"The cited sentences deny “{word}”, it does not."
    if said.negators > sum(one.negators for one in known):
        return "It denies more than the cited sentences do."
    return ""


def _binding(sentence: str, cited: Sequence[str]) -> str:
    said, known = modalities(sentence), [modalities(text) for text in cited]
    new = said - frozenset().union(*known)
    if new:
        return f"It says “{min(new)}”, the cited sentences do not."
    lost = [one for one in known if one and not one & said]
    if lost and len(lost) == len(known):
        return f"The cited sentences say “{min(lost[0])}”, it says so no more."
    return ""


def _turns(sentence: str, cited: Sequence[str]) -> str:
    known = {word for text in cited for word in plain(straight(text))}
    new = [word for word in plain(straight(sentence)) if word in _set("turning") and word not in known]
    return f"“{new[0]}” is in none of the cited sentences." if new else ""


def _limits(sentence: str, cited: Sequence[str]) -> str:
    """A sentence that gives half of its words or more gives its limits too."""
    words, taken = set(plain(straight(sentence))), set(_stems(sentence))
    for text in cited:
        own = set(_stems(text))
        if own and len(own & taken) * 2 >= len(own):
            lost = [word for word in plain(straight(text)) if word in _set("limiting") and word not in words]
            if lost:
                return f"What the cited sentence limits by “{lost[0]}” is said without it."
    return ""


def _directions(sentence: str, cited: Sequence[str]) -> str:
    known = {pair for text in cited for pair in _directed(text)}
    new = [pair for pair in _directed(sentence) if pair not in known]
    return f"“{new[0][0]} {new[0][1]}” is not said so in the cited sentences." if new else ""


def _directed(text: str) -> list[tuple[str, str]]:
    """Words of direction, each with the next word that carries meaning in its clause."""
    found = []
    for clause in re.split(r"[.;:!?,()]", straight(text)):
        words = [word for word in plain(clause) if word in _set("directed") or not empty(word)]
        found += [
            (one, stem(after))
            for one, after in pairwise(words)
            if one in _set("directed") and after not in _set("directed")
        ]
    return found
