"""Where one sentence of prose ends and the next begins.

Rules, no model: an end mark closes a sentence if white space follows and what comes then can begin one. Abbreviations,
initials, numbers in a list and lower-case words that follow keep it open (the cases that Grefenstette and Tapanainen,
"What is a word, what is a sentence?", 1994, list as the hard ones).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CLOSERS = "\"'”’»)]}*_"
_END = re.compile(rf"(?:[.!?…]+[{re.escape(_CLOSERS)}]*(?=\s|\Z))|(?:[。！？]+[」』）]*)")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What is never the last word of a sentence, whatever follows.
_TITLES = _set("dr mr mrs ms prof sr jr st vs e.g i.e eg ie cf viz approx fig figs eq eqs sec ch vol ed eds")
_MONTHS = _set("jan feb mar apr jun jul aug sep sept oct nov dec")
# What may end a sentence; a capital letter after it says so.
_OFTEN = _set("etc al inc ltd co corp resp incl dept est no nos pp ca a.m p.m ph.d") | _MONTHS
# Names that other names follow: only a word that opens sentences ends one here.
_DOTTED = _set("u.s u.k e.u u.n d.c")
_OPENERS = _set("the this that these those a an we you it they he she if when in on for but and however use")
_NUMBERED = _set("no nos pp p fig figs eq eqs sec ch vol ca approx") | _MONTHS
_WORD = re.compile(r"[\w.'’-]*\Z")


def ends(text: str, is_whole: Callable[[int], bool] = lambda at: False) -> Iterator[tuple[int, int]]:
    """(end of a sentence, start of the next one), as characters of `text`.

    is_whole  whether a character belongs to what is never cut, such as code or a link
    """
    began = 0
    for found in _END.finditer(text):
        if is_whole(found.start()) and is_whole(min(found.end(), len(text) - 1)):
            continue
        after = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
        if after >= len(text):
            return
        if _closes(text[began : found.end()], found[0], text[after:], is_whole(after)):
            yield found.end(), after
            began = after


def _closes(sentence: str, mark: str, rest: str, rest_is_whole: bool) -> bool:
    """Whether a mark at the end of `sentence` closes it, given what follows."""
    if mark[0] in "。！？":
        return True
    first = rest.lstrip("\"'“‘«([{*_")[:1]
    if not _may_begin(rest, first) and not (rest_is_whole and not first.isdigit()):
        return False
    if mark[0] != ".":
        return True
    word = _last_word(sentence[: -len(mark)])
    # "1. First" at the start of a line counts, it does not state.
    if sentence[: -len(mark)].strip().isdigit():
        return False
    if word in _TITLES or (word in _NUMBERED and first.isdigit()):
        return False
    if word in _DOTTED:
        return rest.split(maxsplit=1)[0].lower() in _OPENERS
    if word in _OFTEN:
        return first.isupper() or rest_is_whole
    return not (len(word) == 1 and word.isalpha() and word != "i" and first.isupper() and _is_initial(sentence, mark))


def _last_word(before: str) -> str:
    found = _WORD.search(before)
    return found[0].lstrip("'-.").lower() if found else ""


def _is_initial(sentence: str, mark: str) -> bool:
    """J. Doe: one capital letter with a dot. "Plan B." ends a sentence only where a small word stands before."""
    before = sentence[: -len(mark)]
    return before[-1:].isupper() and (len(before) < 2 or not before[:-1].rstrip()[-1:].islower())


def _may_begin(rest: str, first: str) -> bool:
    if not first:
        return False
    if not first.islower():
        return True
    # iOS, eBay, gRPC begin sentences too.
    name = re.match(r"[^\s.,;:!?]+", rest)
    return bool(name and any(letter.isupper() for letter in name[0]))
