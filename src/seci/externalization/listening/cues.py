"""Cues: places in an expert's words that call for a follow-up, found by patterns that are data (cues.toml).

Thirteen classes. A lexicon is no reader: `python -m benchmarks.cues` says how often it is right on sentences labeled
by hand. The level to expect of such patterns is that of requirements smells: precision 59 %, recall 82 % (Femmer et
al., Journal of Systems and Software 2017).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import get_args

from seci.artifacts.evidence import ClaimKind
from seci.externalization.understanding.wording import LONGEST_READ
from seci.kit.errors import BadInput


@dataclass(frozen=True, slots=True)
class Cue:
    """One place: the class of cue, the words, and where they stand in the text."""

    cue: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CueClass:
    """One class of cues: what it is called, the kind of claim its sentence makes, and its patterns."""

    key: str
    name: str
    kind: ClaimKind
    patterns: tuple[re.Pattern[str], ...]


Lexicon = Mapping[str, CueClass]


@lru_cache(maxsize=8)
def lexicon(extra: str = "") -> Lexicon:
    """The classes by key; `extra` is a file of the user's own, whose patterns are added to ours.

    Raises BadInput with the class and the mistake where the file is not of the form of cues.toml.
    """
    ours = _read((files("seci.externalization.listening") / "cues.toml").read_text(), {})
    return _read(extra, ours) if extra.strip() else ours


def _read(text: str, base: Lexicon) -> dict[str, CueClass]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The cue file is not TOML: {error}.") from None
    found = dict(base)
    for key, table in tables.items():
        found[key] = _class(key, table, base.get(key))
    return found


def _class(key: str, table: object, before: CueClass | None) -> CueClass:
    if not isinstance(table, dict) or not isinstance(table.get("patterns"), list):
        raise BadInput(f"The cue class “{key}” needs a list “patterns” of regular expressions.")
    kind = table.get("kind", before.kind if before else "cue")
    if kind not in get_args(ClaimKind):
        raise BadInput(f"The cue class “{key}” names the kind “{kind}”; use one of {', '.join(get_args(ClaimKind))}.")
    patterns = tuple(_pattern(key, one) for one in table["patterns"])
    name = str(table.get("name", before.name if before else key))
    return CueClass(key, name, kind, (*(before.patterns if before else ()), *patterns))


def _pattern(key: str, pattern: object) -> re.Pattern[str]:
    try:
        return re.compile(str(pattern), re.IGNORECASE)
    except re.error as error:
        raise BadInput(f"A pattern of the cue class “{key}” is no regular expression: {error}.") from None


def detect(text: str, classes: Lexicon | None = None) -> tuple[Cue, ...]:
    """The cues in a text, in order of place; of two of one class that overlap, the longer."""
    read = text[:LONGEST_READ]
    found = [
        Cue(key, hit.group().strip(" ,:;."), *_trim(hit))
        for key, one in (classes or lexicon()).items()
        for pattern in one.patterns
        for hit in pattern.finditer(read)
        if hit.group().strip(" ,:;.")
    ]
    return tuple(sorted(_widest(found), key=lambda cue: (cue.start, cue.end, cue.cue)))


def _trim(hit: re.Match[str]) -> tuple[int, int]:
    words = hit.group()
    start = hit.start() + len(words) - len(words.lstrip(" ,:;."))
    return start, start + len(words.strip(" ,:;."))


def _widest(found: list[Cue]) -> list[Cue]:
    kept: dict[str, list[Cue]] = {}
    for cue in sorted(found, key=lambda cue: (cue.start, -cue.end)):
        taken = kept.setdefault(cue.cue, [])
        if taken and cue.start < taken[-1].end:
            if cue.end > taken[-1].end and cue.start == taken[-1].start:
                taken[-1] = cue
            continue
        taken.append(cue)
    return [cue for cues in kept.values() for cue in cues]
