"""A room in which several people write one text. Without sockets and database: frames in, frames out.

What a member sends waits in the room until it is durable; only then it is in the text, goes out to all and is
acknowledged. So whatever anybody sees has been kept, and what was acknowledged survives a kill.

The text is a CRDT (YATA, as Yjs has it: Nicolaescu et al., "Near real-time peer-to-peer shared editing on extensible
data types", 2016): the same changes in any order and any number of times give the same text.

Frames. Binary from a member: 0 + state vector (what I have), 1 + ticket (4 bytes, big endian) + update (what I wrote).
Binary to a member: 0 + update (apply this), 1 + state vector (send what I lack). JSON both ways: where somebody's
cursor stands, who is here, what was kept, what else is to be told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, Text, merge_updates

from seci.combination.live.patch import apply, edits, plain
from seci.kit.errors import BadInput, Refused

Frame = bytes | str
Sending = tuple[int, Frame]

HAVE, WROTE = 0, 1
APPLY, LACK = b"\x00", b"\x01"
COLORS = 8
LONGEST_FRAME = 2_000_000
LONGEST_PLACE = 1_000


@dataclass(slots=True)
class Member:
    """One open page. `line` is its connection; `place` its cursor as the editor says it, None while it has none."""

    line: int
    account: int | None
    person: int | None
    name: str
    may_write: bool = True
    color: int = 0
    place: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Something written and not yet durable. `ticket` is the number its page gave it."""

    line: int
    account: int | None
    person: int | None
    ticket: int
    update: bytes


class Room:
    """The text and those who are in. `number` counts the durable updates that the text holds."""

    def __init__(self, number: int, updates: Iterable[bytes]) -> None:
        self.doc, self.text = document(updates)
        self.number = number
        self.members: dict[int, Member] = {}
        self.waiting: list[Change] = []

    def words(self) -> str:
        return str(self.text)

    def state(self) -> bytes:
        """All that has been kept, as one update."""
        return self.doc.get_update()

    def join(self, member: Member, more: dict[str, Any]) -> list[Sending]:
        """Somebody opens the page: told `more` and who is here, and asked for what the room lacks."""
        taken = {each.color for each in self.members.values()}
        again = [each.color for each in self.members.values() if each.account == member.account is not None]
        member.color = again[0] if again else next((n for n in range(COLORS) if n not in taken), member.line % COLORS)
        self.members[member.line] = member
        welcome = said("welcome", line=member.line, may_write=member.may_write, **more)
        return [(member.line, welcome), *self._presence()]

    def leave(self, line: int) -> list[Sending]:
        return self._presence() if self.members.pop(line, None) else []

    def hear(self, line: int, frame: Frame) -> list[Sending]:
        """What a member says. Raises BadInput for what is no frame, Refused for writing where one may only read."""
        member = self.members[line]
        if len(frame) > LONGEST_FRAME:
            raise BadInput("This is more than 2 MB at once; paste it in parts.")
        if isinstance(frame, str):
            return self._moved(member, frame)
        if frame[:1] == bytes([HAVE]):
            return [(line, APPLY + self._beyond(frame[1:])), (line, LACK + self.doc.get_state())]
        if frame[:1] == bytes([WROTE]) and len(frame) > 5:
            self._wrote(member, int.from_bytes(frame[1:5], "big"), frame[5:])
            return []
        raise BadInput("The page sent something that the room does not know; load the page again.")

    def take(self) -> Sequence[Change]:
        """What waits to be made durable. Give it back by `kept` or `failed`."""
        changes, self.waiting = self.waiting, []
        return changes

    def failed(self, changes: Sequence[Change]) -> None:
        self.waiting[:0] = changes

    def kept(self, changes: Sequence[Change]) -> list[Sending]:
        """These are durable: into the text, out to all, acknowledged to those who wrote them."""
        sendings = self.bring([change.update for change in changes])
        tickets = {change.line: change.ticket for change in changes}
        return sendings + [(line, said("kept", ticket=n)) for line, n in tickets.items() if line in self.members]

    def bring(self, updates: Sequence[bytes]) -> list[Sending]:
        """Durable updates, from here or from elsewhere: into the text and out to all. Twice does no harm."""
        if not updates:
            return []
        whole = updates[0] if len(updates) == 1 else merge_updates(*updates)
        self.doc.apply_update(whole)
        return [(line, APPLY + whole) for line in self.members]

    def tell(self, kind: str, **more: Any) -> list[Sending]:
        """The same words to everybody."""
        return [(line, said(kind, **more)) for line in self.members]

    def _wrote(self, member: Member, ticket: int, update: bytes) -> None:
        if not member.may_write:
            raise Refused("You may read along here; propose a change to a passage instead.")
        try:
            merge_updates(update)
        except ValueError as error:
            raise BadInput("The page sent an edit that cannot be read; load the page again.") from error
        self.waiting.append(Change(member.line, member.account, member.person, ticket, update))

    def _beyond(self, vector: bytes) -> bytes:
        try:
            return self.doc.get_update(vector)
        except ValueError as error:
            raise BadInput("The page sent a state that cannot be read; load the page again.") from error

    def _moved(self, member: Member, frame: str) -> list[Sending]:
        try:
            place = json.loads(frame)["place"] if len(frame) <= LONGEST_PLACE else ""
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise BadInput("The page sent something that the room does not know; load the page again.") from error
        if not (place is None or (isinstance(place, list) and len(place) == 2)):
            raise BadInput("A cursor is two places in the text, or none.")
        member.place = place
        frame = said("place", line=member.line, place=place)
        return [(line, frame) for line in self.members if line != member.line]

    def _presence(self) -> list[Sending]:
        people = [
            {"line": each.line, "name": each.name, "color": each.color, "place": each.place, "writes": each.may_write}
            for each in self.members.values()
        ]
        return self.tell("present", people=people)


def document(updates: Iterable[bytes]) -> tuple[Doc[Any], Text]:
    """A CRDT document made of updates, and the text in it."""
    # Opened on the event loop, filled in a thread beside it; never used by two at once.
    doc: Doc[Any] = Doc(allow_multithreading=True)
    text = doc.get("text", type=Text)
    for update in updates:
        doc.apply_update(update)
    return doc, text


def seed(text: str) -> bytes:
    """A new history that begins with this text. Made once, by the server alone: made twice, the text stands twice."""
    doc, shared = document(())
    shared += plain(text)
    return doc.get_update()


def words_of(updates: Iterable[bytes]) -> str:
    return str(document(updates)[1])


def outside(state: bytes, text: str) -> tuple[bytes, bytes]:
    """A text changed elsewhere, as an edit of the one in `state`: (the update, the state with it).

    `state` is the text as it was when both were last the same; what people have typed since then merges with it.
    """
    doc, shared = document([state])
    had, before = doc.get_state(), str(shared)
    with doc.transaction():
        apply(shared, before, edits(before, plain(text)))
    return doc.get_update(had), doc.get_update()


def said(kind: str, **more: Any) -> str:
    return json.dumps({"kind": kind, **more}, ensure_ascii=False, separators=(",", ":"))
