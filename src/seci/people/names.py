"""Names of people as they are written: folded, split, compared. Pure text, no tables of countries or genders."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ı": "i",
        "’": "'",
        "‐": "-",
    }
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"})
_IDEOGRAPHS = "\u1100"
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]|\"[^\"]*\"|(?<=\s)(?:aka|a\.k\.a\.|via|on behalf of)\s.*$", re.IGNORECASE)
_SPLIT = re.compile(r"[^\w]+|_+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TOGETHER = re.compile(r"\s+(?:\+|&|and)\s+", re.IGNORECASE)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "dr", "mr", "mrs", "ms", "dipl", "ing", "prof"})


class Name:
    """A display name, read. Equal when its tokens are.

    tokens    folded words in the order given name first, without suffixes and remarks
    long      the tokens that are more than an initial
    joined    all tokens written together
    full      enough to stand for one person: two long words, or one in Chinese or Korean
    """

    # Written out, because a scan makes thousands and asks each many times.
    __slots__ = ("full", "joined", "long", "tokens")

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.long = tuple([token for token in tokens if len(token) > 1])
        self.joined = "".join(tokens)
        if len(tokens) == 1:
            self.full = len(self.joined) > 1 and min(self.joined) >= _IDEOGRAPHS
        else:
            self.full = len(self.long) > 1 and max(map(len, self.long)) > 2

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Name) and self.tokens == other.tokens

    def __hash__(self) -> int:
        return hash(self.tokens)

    def __repr__(self) -> str:
        return f"Name({self.tokens!r})"

    @property
    def initials(self) -> tuple[str, ...]:
        """Single letters among the tokens: `("c",)` of Junio C Hamano."""
        return tuple(token for token in self.tokens if len(token) == 1)

    @property
    def latin(self) -> bool:
        return any(letter < "\u0250" for letter in self.joined)


def fold(text: str) -> str:
    """Lower case, without marks: `Ana Krivokapić` becomes `ana krivokapic`. Scripts without case stay as they are."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


def umlauts_spelled_out(text: str) -> str:
    """The German and Nordic way to write a name in ASCII: `Hüdepohl` becomes `huedepohl`."""
    return fold(unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS))


def read(text: str) -> Name:
    """Read a display name; `Doe, John (EXT)` and `john.doe` and `John DOE` give the same name."""
    bare = _REMARK.sub(" ", text) if " " in text or not text.isalnum() else text
    family, comma, given = bare.partition(",")
    given_tokens = _tokens(given)
    # "Doe, John" turns round; "John Doe, Jr." and "Doe," do not.
    if comma and given_tokens:
        return Name((*given_tokens, *_tokens(family)))
    return Name(_tokens(family))


def several(text: str) -> bool:
    """Whether a display name names people who wrote together: `Ada Byron + Bo Li`, `Ada Byron and Bo`."""
    parts = _TOGETHER.split(text)
    return len(parts) > 1 and all(parts) and any(read(part).full for part in parts)


def _tokens(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    words = [word for word in _SPLIT.split(fold(text)) if word]
    if len(words) == 1:
        words = [word for word in _SPLIT.split(fold(_CAMEL.sub(" ", text))) if word]
    return tuple(word for word in words if word not in _SUFFIXES)


def near(one: str, two: str) -> bool:
    """At most one letter inserted, left out, replaced, or exchanged with its neighbor."""
    if one == two:
        return True
    if abs(len(one) - len(two)) > 1:
        return False
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    rest, other = one[start:], two[start:]
    return (
        rest[1:] == other[1:]
        or rest[1:] == other
        or rest == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


def misspellings(word: str) -> set[str]:
    """The word and the word without each one of its letters: two words that share one of these may be `near`."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def alike(one: Name, two: Name) -> bool:
    """Whether the two could be one person's names: a word in common or nearly so, one written together, or two
    scripts, which cannot be compared."""
    if not one.tokens or not two.tokens or one.latin != two.latin:
        return True
    if set(one.long) & set(two.long) or one.joined == two.joined:
        return True
    if one.joined in two.tokens or two.joined in one.tokens:
        return True
    return any(len(first) > 4 and len(second) > 4 and near(first, second) for first in one.long for second in two.long)
