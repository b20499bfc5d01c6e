"""A page as the editor in the browser behaves, without browser and socket."""

from __future__ import annotations

import json

from pycrdt import Doc, Text

from seci.combination.live.patch import apply, edits
from seci.combination.live.room import Frame


class Page:
    """Its text, what it has sent and what of that was acknowledged. `out` holds frames on their way to the room."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.doc: Doc[object] = Doc()
        self.text = self.doc.get("text", type=Text)
        self.ticket = self.kept = 0
        self.out: list[Frame] = []
        self.told: list[dict[str, object]] = []
        self.ready = False

    def open(self) -> None:
        self.ready = False
        self.out = [b"\x00" + self.doc.get_state()]

    def write(self, words: str) -> None:
        """Makes the text read `words`, and sends that if the line is open."""
        had = self.doc.get_state()
        with self.doc.transaction():
            apply(self.text, str(self.text), edits(str(self.text), words))
        self._send(self.doc.get_update(had))

    def hear(self, frame: Frame) -> None:
        if isinstance(frame, str):
            said = json.loads(frame)
            self.told.append(said)
            self.kept = max(self.kept, said.get("ticket", 0))
        elif frame[:1] == b"\x00":
            self.doc.apply_update(frame[1:])
        else:
            self.ready = True
            self._send(self.doc.get_update(frame[1:]))

    def _send(self, update: bytes) -> None:
        if self.ready and update != b"\x00\x00":
            self.ticket += 1
            self.out.append(b"\x01" + self.ticket.to_bytes(4, "big") + update)

    def words(self) -> str:
        return str(self.text)
