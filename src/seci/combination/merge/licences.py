"""What a merge may be under, worked out from what its sources are under, and the page that names them.

This says what the stated licences ask for; it is no legal advice, and a licence that nobody stated stays unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from seci.combination.merge.source import Source


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence, as far as a merge must know it.

    spdx         SPDX identifier; empty for one that is not known
    rank         the higher one governs a text made of both
    attribution  the source must be named; notice: its licence text must be kept; changed: changes must be said
    alike        family that the result must carry; empty if any
    paid         may be used for money; changes: changed texts may be shared
    """

    spdx: str
    name: str
    url: str = ""
    rank: int = 0
    attribution: bool = False
    notice: bool = False
    changed: bool = False
    alike: str = ""
    paid: bool = True
    changes: bool = True

    @property
    def known(self) -> bool:
        return bool(self.spdx)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the merged text is under.

    allowed  False: the sources cannot become one text; `reasons` says why
    spdx     licence of the result; empty where that of a source is not known: use it inside, ask before giving it away
    reasons  one sentence each; what was refused first
    """

    allowed: bool
    spdx: str
    name: str
    url: str
    reasons: tuple[str, ...]


@cache
def _table() -> tuple[dict[str, Licence], dict[str, str]]:
    data = tomllib.loads((Path(__file__).parent / "licences.toml").read_text(encoding="utf-8"))
    spellings = {_spelling(word): spdx for spdx, one in data.items() for word in (spdx, one["name"], *one["also"])}
    found = {spdx: Licence(spdx, **{key: one[key] for key in one if key != "also"}) for spdx, one in data.items()}
    return found, spellings


def _spelling(words: str) -> str:
    plain = re.sub(r"[\s_/()-]+", " ", words.lower()).strip(" .")
    return re.sub(r"\b(?:licensed under|license:|licence:|the)\s+|\s+(?:licen[sc]e|unported|deed)$", "", plain).strip()


def licence(words: str) -> Licence:
    """The licence that words name, in any usual spelling or as the address of its text; an unknown one otherwise.

    Of two joined by “or” the one that asks for less is taken, of two joined by “and” the one that asks for more.
    """
    table, spellings = _table()
    said = words.strip()
    if not said:
        return Licence("", "")
    if (found := spellings.get(_spelling(said))) is not None:
        return table[found]
    if (
        address := re.search(r"creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/(\d\.\d)", said, re.I)
    ) is not None:
        kind, number = address.group(1).lower(), address.group(2)
        return licence("cc0" if kind in ("zero", "mark") else f"cc-{kind}-{number}")
    for joint, choose in ((r"\s+or\s+", min), (r"\s+and\s+|\s*[,;/+]\s*", max)):
        words_of = [part for part in re.split(joint, said, flags=re.I) if part.strip()]
        parts = [licence(part) for part in words_of] if len(words_of) > 1 else []
        if parts and all(part.known for part in parts):
            return choose(parts, key=lambda one: one.rank)
    return Licence("", said)


def outcome(sources: Sequence[Source], accept: Collection[str] = ()) -> Outcome:
    """What a text made of these sources is under.

    `accept` may hold "NC": the team has decided that the result will never be used for money. Texts that may not be
    changed (ND, all rights reserved) never become part of a merge; neither do two families that each ask for all.
    """
    named = [(source, licence(source.licence)) for source in sources]
    refused = [why for source, one in named if (why := _refused(source, one, accept))]
    refused += _clash(named)
    unknown = [source for source, one in named if not one.known]
    known = sorted({one.spdx: one for _, one in named if one.known}.values(), key=lambda one: -one.rank)
    if refused:
        return Outcome(False, "", "", "", tuple(refused))
    if unknown:
        return Outcome(True, "", "not known", "", tuple(_unknown(source) for source in unknown))
    if not known:
        return Outcome(True, "", "not known", "", ("Nothing has been chosen yet.",))
    top = _governing(known)
    return Outcome(True, top.spdx, top.name, top.url, _reasons(top, known))


def _refused(source: Source, one: Licence, accept: Collection[str]) -> str:
    if one.known and not one.changes:
        return (
            f"“{source.title}” is under {one.spdx}: changed versions of it may not be shared. "
            "Link to it instead, or ask its authors."
        )
    if one.known and not one.paid and "NC" not in accept:
        return (
            f"“{source.title}” is under {one.spdx}: what is made of it may not be used for money. "
            "Leave it out, or decide that this playbook never will be."
        )
    return ""


# Families that may meet: BY-SA 4.0 may become GPL 3 (Creative Commons, "Compatible Licenses", 2015).
MEET = ({"CC-BY-SA", "GPL"}, {"CC-BY-NC", "CC-BY-NC-SA"})


def _family(one: Licence) -> str:
    return one.alike or ("" if one.paid else "CC-BY-NC")


def _clash(named: Sequence[tuple[Source, Licence]]) -> list[str]:
    """Two families that each ask for the whole."""
    families = {_family(one): source for source, one in named if one.known and one.changes and _family(one)}
    old = any(one.spdx == "CC-BY-SA-3.0" for _, one in named)
    if len(families) < 2 or (set(families) in MEET and not (old and "GPL" in families)):
        return []
    (first, one), (second, other) = list(families.items())[:2]
    return [
        f"“{one.title}” ({first}) and “{other.title}” ({second}) each ask that the whole be theirs: merge only one."
    ]


def _unknown(source: Source) -> str:
    said = source.licence.strip()
    what = f"says “{said}”, which is no licence known here" if said else "states no licence"
    return f"“{source.title}” {what}: ask before the result leaves the house."


def _governing(known: Sequence[Licence]) -> Licence:
    """The highest rank; where BY-SA and GPL meet, GPL."""
    return next((one for one in known if one.alike == "GPL"), known[0])


def _reasons(top: Licence, known: Sequence[Licence]) -> tuple[str, ...]:
    found = []
    if top.alike:
        found.append(f"{top.spdx} asks that what is made of it carries the same licence.")
    elif len(known) > 1:
        others = ", ".join(one.spdx for one in known if one is not top)
        found.append(f"{top.spdx} asks for the most here; {others} can be part of it.")
    if any(one.attribution for one in known):
        found.append("Sources are named on the attribution page, which goes where the text goes.")
    if any(one.notice for one in known):
        kept = ", ".join(one.spdx for one in known if one.notice)
        found.append(f"The licence text of parts under {kept} is kept with them.")
    return tuple(found)
