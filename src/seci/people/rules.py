"""The rules that tie aliases, surest first. Each looks at blocks of readings that share one thing.

| rule | the two share | made silently when |
|---|---|---|
| name | every word of a full name, in any order, initials not contradicting | always |
| e-mail | the mailbox | unless two people with unlike names each write from other mailboxes too |
| account | the number or login of a forge account | always |
| written out | a full name here, the same name in an address, login or computer there | the names are alike |
| handle | a log-in name that is no common word or given name | the names are alike |
| own domain | a log-in name that is also a domain | nobody else writes from there |
| part of name | first and last word, one has more between | only one longer name fits, and more speaks for it |
| misspelled | a full name but for one letter | same organization, or same handle |
| initials | first letters and last name | only one name fits, and organization, first name or project are the same |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from seci.people import names
from seci.people.evidence import Reading, abbreviations
from seci.people.names import Name
from seci.people.ties import Groups

Blocks = Mapping[object, Sequence[int]]
CROWD = 12
"""A block with more groups than this proves nothing about any two of them."""


def tie_all(groups: Groups) -> None:
    """Apply every rule, each on the whole partition that the surer ones have left."""
    by_name(groups)
    by_email(groups)
    by_account(groups)
    by_spelling_out(groups)
    by_handle(groups)
    by_own_domain(groups)
    by_part_of_name(groups)
    by_misspelling(groups)
    by_initials(groups)


def _blocks(pairs: Iterator[tuple[object, int]]) -> Iterator[tuple[object, list[int]]]:
    """Blocks with at least two members, in an order that depends on nothing but their keys."""
    found: dict[object, list[int]] = defaultdict(list)
    for key, at in pairs:
        found[key].append(at)
    shared = [(key, block) for key, block in found.items() if len(block) > 1]
    yield from sorted(shared, key=lambda item: repr(item[0]))


def _people(groups: Groups) -> Iterator[int]:
    return (at for at, reading in enumerate(groups.readings) if reading.nature == "person")


def _heads(groups: Groups, block: Sequence[int]) -> list[int]:
    """One member of each group in a block, by order of alias."""
    first: dict[int, int] = {}
    for at in sorted(block, key=lambda at: groups.readings[at].alias):
        first.setdefault(groups.root(at), at)
    return list(first.values())


def by_name(groups: Groups) -> None:
    def keys() -> Iterator[tuple[object, int]]:
        for at, reading in enumerate(groups.readings):
            if reading.nature in ("bot", "agent"):
                yield (reading.nature, reading.name.tokens), at
            elif reading.name.full:
                yield (reading.nature, tuple(sorted(reading.name.long))), at

    for _, block in _blocks(keys()):
        for same in _by_initials(groups, block):
            for at in same[1:]:
                groups.tie(same[0], at, "name", 0.95)


def _by_initials(groups: Groups, block: Sequence[int]) -> list[list[int]]:
    """John Smith and John A. Smith are one; with a John B. Smith about, nobody knows which of them John Smith is."""
    block = sorted(block, key=lambda at: groups.readings[at].alias)
    letters = {frozenset(groups.readings[at].name.initials) for at in block} - {frozenset()}
    if all(one <= two or two <= one for one, two in combinations(letters, 2)):
        return [block]
    parts: dict[frozenset[str], list[int]] = defaultdict(list)
    for at in block:
        parts[frozenset(groups.readings[at].name.initials)].append(at)
    for one, two in combinations(sorted(parts, key=sorted), 2):
        if not one or not two:
            groups.suggest(parts[one][0], parts[two][0], "name", 0.5)
    return list(parts.values())


def by_email(groups: Groups) -> None:
    found = _blocks((reading.email, at) for at, reading in enumerate(groups.readings) if reading.email)
    for _, heads in [(key, _heads(groups, block)) for key, block in found]:
        strangers = [pair for pair in combinations(heads, 2) if not groups.alike(*pair)]
        crowd = len(heads) > 2 and len(strangers) > len(heads)
        for one, two in combinations(heads, 2):
            if (one, two) not in strangers:
                groups.tie(one, two, "e-mail", 1.0)
            elif crowd:
                continue
            elif _both_write_elsewhere(groups, one, two):
                groups.suggest(one, two, "e-mail", 0.4)
            else:
                groups.tie(one, two, "e-mail", 0.9)


def _both_write_elsewhere(groups: Groups, one: int, two: int) -> bool:
    """Whether each has a mailbox that the other has not: two people, one of whom once used the other's machine."""
    first, second = ({groups.readings[at].email for at in groups.members(head)} - {""} for head in (one, two))
    return bool(first - second) and bool(second - first)


def by_account(groups: Groups) -> None:
    def keys() -> Iterator[tuple[object, int]]:
        for at, reading in enumerate(groups.readings):
            if reading.address.noreply:
                yield ("login", reading.address.local, reading.address.domain), at
                if reading.address.number:
                    yield ("number", reading.address.number, reading.address.domain), at

    for _, block in _blocks(keys()):
        for at in block[1:]:
            groups.tie(block[0], at, "account", 1.0)


def by_spelling_out(groups: Groups) -> None:
    """john.doe@…, @JohnDoe and johndoe@… against John Doe."""
    named: dict[str, list[int]] = defaultdict(list)
    for at in _people(groups):
        name = groups.readings[at].name
        if name.full:
            named[name.joined].append(at)
            named["".join(sorted(name.long))].append(at)
    for at in _people(groups):
        reading = groups.readings[at]
        for text in sorted(_written_out(reading) & named.keys()):
            for other in _heads(groups, named[text]):
                # Jason Wang at qingpei.wang@…: perhaps Qingpei Wang's other name, perhaps a colleague's address.
                if groups.alike(at, other) and not reading.name.full:
                    groups.tie(at, other, "written out", 0.9)
                else:
                    groups.suggest(at, other, "written out", 0.5)


def _written_out(reading: Reading) -> set[str]:
    others = [name for name in reading.spelled if name != reading.name]
    texts = {name.joined for name in others} | {"".join(sorted(name.long)) for name in others}
    return texts | {handle for handle in reading.handles if len(handle) > 7}


def by_handle(groups: Groups) -> None:
    words = {
        token for at in _people(groups) for token in groups.readings[at].name.long if groups.readings[at].name.full
    }
    pairs = ((handle, at) for at in _people(groups) for handle in groups.readings[at].handles)
    waiting = []
    for handle, block in _blocks(pairs):
        heads = _heads(groups, block)
        if len(heads) > 1:
            waiting.append((str(handle), block, heads))
    for handle, block, heads in waiting:
        _same_organization(groups, block)
        if len(heads) > CROWD:
            continue
        telling = len(handle) >= 5 - any(letter.isdigit() for letter in handle) and handle not in words
        agree = all(groups.alike(one, two) for one, two in combinations(heads, 2))
        for one, two in combinations(heads, 2):
            if telling and agree:
                groups.tie(one, two, "handle", 0.85)
            elif groups.alike(one, two):
                groups.suggest(one, two, "handle", 0.5 if telling else 0.3)


def _same_organization(groups: Groups, block: Sequence[int]) -> None:
    """wd@pollux.denx.de and wd@denx.de: one log-in at one organization is one person."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in block:
        organization = groups.readings[at].address.organization
        if organization:
            places[organization].append(at)
    for _, members in sorted(places.items()):
        for one, two in combinations(_heads(groups, members), 2):
            if groups.alike(one, two):
                groups.tie(one, two, "handle", 0.9)


def by_own_domain(groups: Groups) -> None:
    """saghul and …@saghul.net: who has a domain of the own log-in name that nobody else writes from."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in _people(groups):
        if groups.readings[at].address.organization:
            places[groups.readings[at].address.organization.partition(".")[0]].append(at)
    for at in _people(groups):
        for handle in sorted(groups.readings[at].handles & places.keys()):
            heads = _heads(groups, places[handle])
            if len(handle) > 5 and len(heads) == 1 and groups.alike(at, heads[0]):
                groups.tie(at, heads[0], "own domain", 0.8)


def by_part_of_name(groups: Groups) -> None:
    """Endi Dewata and Endi Sukma Dewata; Ricardo Ribalda and Ricardo Ribalda Delgado."""
    short: dict[tuple[str, ...], list[int]] = defaultdict(list)
    long: dict[tuple[str, ...], dict[Name, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at in _people(groups):
        name = groups.readings[at].name
        if name.full and len(name.long) == 2:
            short[name.long].append(at)
        elif name.full:
            for part in {(name.long[0], name.long[-1]), name.long[:2], name.long[-2:]}:
                long[part][name].append(at)
    for part in sorted(short.keys() & long.keys()):
        heads = _heads(groups, short[part])
        fitting = [_heads(groups, block) for _, block in sorted(long[part].items(), key=lambda item: item[0].tokens)]
        for one in heads:
            for two in (at for block in fitting for at in block):
                supported = len(fitting) == 1 and _supported(groups, one, two)
                if supported:
                    groups.tie(one, two, "part of name", 0.85)
                else:
                    groups.suggest(one, two, "part of name", 0.6 / len(fitting))


def _supported(groups: Groups, one: int, two: int) -> bool:
    """Whether two groups share an organization or a handle."""
    return bool(_traces(groups, one) & _traces(groups, two))


def _traces(groups: Groups, at: int) -> set[str]:
    traces: set[str] = set()
    for member in groups.members(at):
        reading = groups.readings[member]
        traces |= {f"{handle}@" for handle in reading.handles}
        if reading.address.organization:
            traces.add(reading.address.organization)
    return traces


def by_misspelling(groups: Groups) -> None:
    def keys() -> Iterator[tuple[object, int]]:
        for at in _people(groups):
            name = groups.readings[at].name
            if name.full and len(name.joined) > 7:
                for variant in names.misspellings(name.joined):
                    yield variant, at

    for _, block in _blocks(keys()):
        heads = _heads(groups, block)
        if len(heads) < 2 or len(heads) > CROWD:
            continue
        for one, two in combinations(heads, 2):
            first, second = groups.readings[one].name, groups.readings[two].name
            # Equal words are not misspelled: initials tell these two apart.
            if sorted(first.long) == sorted(second.long) or not names.near(first.joined, second.joined):
                continue
            if _supported(groups, one, two):
                groups.tie(one, two, "misspelled", 0.85)
            else:
                groups.suggest(one, two, "misspelled", 0.5)


def by_initials(groups: Groups) -> None:
    """jdoe, johnd or J. Doe against John Doe."""
    named: dict[str, dict[Name, list[int]]] = defaultdict(lambda: defaultdict(list))
    for at in _people(groups):
        reading = groups.readings[at]
        for short in abbreviations(reading.name, reading.alias.name):
            named[short][reading.name].append(at)
    for at in _people(groups):
        reading = groups.readings[at]
        if groups.names(at):
            continue
        shorts = set(reading.handles)
        if len(reading.name.tokens) > 1:
            shorts.add(reading.name.joined)
        for short in sorted(shorts & named.keys()):
            _by_initials_of(groups, at, list(named[short].values()))


def _by_initials_of(groups: Groups, at: int, fitting: list[list[int]]) -> None:
    heads = _heads(groups, [other for block in fitting for other in block])
    if len(heads) > 3:
        return
    reading = groups.readings[at]
    for other in heads:
        # A log-in name without a host was given by the project itself, where names are few.
        told = set(reading.name.long) & set(groups.readings[other].name.long) or not reading.address.domain
        if len(heads) == 1 and (told or _same_place(groups, at, other)):
            groups.tie(at, other, "initials", 0.8)
        else:
            groups.suggest(at, other, "initials", 0.5 / len(heads))


def _same_place(groups: Groups, one: int, two: int) -> bool:
    def places(at: int) -> set[str]:
        return {groups.readings[member].address.organization for member in groups.members(at)} - {""}

    return bool(places(one) & places(two))
