"""What one alias says about its owner, read once: words of the name, the address, the handles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from seci.kit.ids import fingerprint
from seci.people import addresses, names
from seci.people.addresses import Address
from seci.people.names import Name
from seci.people.natures import Nature, generic, nature, nobodys, placeholder

KEY_LENGTH = 400
_NO_NAME = Name(())
_PUNCTUATION = re.compile(r"[\W_]+")
# What macOS calls a new computer: "Kyle Baker's MacBook Pro" announces itself as Kyle-Bakers-MacBook-Pro.local.
_COMPUTER = re.compile(r"([a-z]+-[a-z-]*[a-z])s-(?:macbook|imac|mac-mini|mac-pro|mac-studio|mbp|mba)\b")


class Alias(NamedTuple):
    """A name and an address as a source gave them."""

    name: str
    email: str

    @property
    def key(self) -> str:
        """The natural key of the identity, at most 400 characters, sound in UTF-8."""
        text = f"{self.name} <{self.email}>".replace("\0", "").encode("utf-8", "replace").decode()
        return text if len(text) <= KEY_LENGTH else f"{text[: KEY_LENGTH - 17]}…{fingerprint(text)[:16]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """An alias with all that can be read from it.

    name      the display name; without words where it names nobody
    spelled   the name in full wherever it is written: display name, local part, forge login, computer
    email     the mailbox, empty where it proves nothing
    handles   lower-case words without punctuation that may be the owner's log-in names
    """

    alias: Alias
    nature: Nature
    name: Name
    address: Address
    email: str
    spelled: tuple[Name, ...]
    handles: frozenset[str]

    @property
    def words(self) -> set[str]:
        """Everything by which this alias could be tied to another one."""
        words = set(self.name.long) | self.handles | set(addresses.rough_words(self.address.local))
        for name in (self.name, *self.spelled):
            words.update(
                name.long,
                (name.joined, name.joined[1:], "".join(reversed(name.tokens))),
                abbreviations(name, self.alias.name),
            )
        return words - {""}


def read(alias: Alias) -> Reading:
    """Read an alias. Never fails: what cannot be read says nothing."""
    address = addresses.read(alias.email)
    shown = alias.name.strip()
    if "@" in shown and " " not in shown:
        named = addresses.read(shown)
        if not address.reachable and named.reachable:
            address = named
        shown = named.local
    name = _NO_NAME if placeholder(shown) else names.read(shown)
    if names.several(shown):
        # Two who wrote together are neither of the two: the address ada+bo@example.org would make them one person.
        return Reading(alias, nature(alias.name, address), name, address, "", (name,), frozenset())
    spelled = _spelled(name, address)
    kind = nature(alias.name, address)
    return Reading(
        alias=alias,
        nature="person" if kind == "shared" and spelled else kind,
        name=name,
        address=address,
        email="" if nobodys(address) else address.email,
        spelled=spelled,
        handles=_handles(name, address),
    )


def abbreviations(name: Name, shown: str) -> set[str]:
    """Log-in names that people form of a full name: jdoe, johnd, and jodoe."""
    if not name.full or len(name.tokens) < 2:
        return set()
    first, last = name.tokens[0], name.tokens[-1]
    found = {first[:1] + last, first[:2] + last, first + last[0]}
    if not shown.isascii():
        # Hüdepohl is lhuedepohl as often as lhudepohl.
        found.add(first[0] + names.read(names.umlauts_spelled_out(shown)).tokens[-1])
    return {short for short in found if len(short) > 3}


def _spelled(name: Name, address: Address) -> tuple[Name, ...]:
    found = [name, names.read(address.local)]
    computer = _COMPUTER.search(address.domain) if "-m" in address.domain or "-i" in address.domain else None
    if computer:
        found.append(names.read(computer[1]))
    return tuple(dict.fromkeys(one for one in found if one.full))


def _handles(name: Name, address: Address) -> frozenset[str]:
    handles = {_PUNCTUATION.sub("", address.local), _PUNCTUATION.sub("", address.local + address.tag)}
    if not name.full:
        handles.add(name.joined)
    return frozenset(handle for handle in handles if len(handle) > 2 and not generic(handle))
