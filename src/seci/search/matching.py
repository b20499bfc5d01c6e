"""How well a text fits what somebody types. Case, accents and the order of words do not matter.

The rule is the same on every database, because the database does not take part in it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What a word of the query hits, best first; the fitness of a text is that of its worst word.
WHOLE, BEGINNING, WORD, INSIDE, ASIDE = 5, 4, 3, 2, 1


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: without case, without accents, letters like ß and ﬁ spelled out."""
    if text.isascii():
        return text.lower()
    # Taken apart first: a letter of mathematics becomes a plain capital only by that.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(query: str) -> list[str]:
    return fold(query).split()


def fitness(wanted: list[str], title: str, aside: str = "") -> int:
    """0 when a word is found nowhere, else how well title (and, less, what stands aside of it) fits.

    5  the title is what was typed
    4  the title begins with the first word
    3  every word begins a word of the title
    2  every word is somewhere in the title
    1  some word is found only aside of the title (address, folder, topic)
    """
    folded = fold(title)
    if any(word not in folded for word in wanted):
        beside = fold(aside) if aside else ""
        return ASIDE if beside and all(word in folded or word in beside for word in wanted) else 0
    if folded == " ".join(wanted):
        return WHOLE
    if all(begins_a_word(word, folded) for word in wanted):
        return BEGINNING if folded.startswith(wanted[0]) else WORD
    return INSIDE


def begins_a_word(word: str, text: str) -> bool:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0
