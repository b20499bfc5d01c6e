"""Open rooms, without sockets and database: lines are queues, the keeper is a list."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from seci.combination.live import hub as hubs
from seci.combination.live import room
from seci.combination.live.hub import Hub
from seci.combination.live.room import Member
from seci.kit.errors import Unavailable
from tests.combination.live.pages_of import Page


@dataclass(frozen=True)
class Opened:
    history: str
    revision: int
    number: int
    updates: tuple[bytes, ...]


@dataclass(frozen=True)
class Standing:
    document: int
    number: int
    revision: int
    head: int | None
    state: str = "published"
    vanished: bool = False


@dataclass(frozen=True)
class Saved:
    revision: int
    names: tuple[str, ...]


@dataclass
class Memory:
    """A keeper that forgets with the test. `broken`: the disk is full."""

    updates: list[bytes] = field(default_factory=lambda: [room.seed("one two")])
    standing: Standing = Standing(1, 0, 1, 1)
    broken: bool = False
    saves: int = 0

    def open(self, document: int) -> Opened:
        return Opened("h1", self.standing.revision, self.standing.number, tuple(self.updates))

    def keep(self, document: int, updates: Any) -> int:
        if self.broken:
            raise Unavailable("The disk is full.")
        self.updates += [update for update, _ in updates]
        self.standing = replace(self.standing, number=self.standing.number + len(updates))
        return self.standing.number

    def standings(self, documents: Any) -> list[Standing]:
        return [self.standing]

    def after(self, document: int, number: int) -> tuple[int, list[bytes]]:
        return self.standing.number, self.updates

    def take_over(self, document: int) -> None:
        self.standing = replace(self.standing, revision=self.standing.head or 0)

    def revise(self, document: int) -> Saved:
        self.saves += 1
        number = self.standing.revision + 1
        self.standing = replace(self.standing, revision=number, head=number)
        return Saved(number, ("Alice",))


class Browser:
    """A page on a line of a hub."""

    def __init__(self, hub: Hub, line: int, history: str = "") -> None:
        self.page, self.incoming = Page(line), asyncio.Queue[dict[str, Any]]()
        self.closed: int | None = None
        make: Callable[[int], Member] = lambda number: Member(number, line, None, f"P{line}")  # noqa: E731
        self.task = asyncio.create_task(hub.enter(1, make, history, self.incoming.get, self.send))

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]
            return
        frame = message.get("text") or message.get("bytes")
        self.page.hear(frame)
        if isinstance(frame, str) and json.loads(frame)["kind"] == "welcome":
            self.page.open()
        self.go()

    def go(self) -> None:
        for frame in self.page.out:
            self.incoming.put_nowait(
                {"type": "websocket.receive", "text" if isinstance(frame, str) else "bytes": frame}
            )
        self.page.out = []

    def write(self, words: str) -> None:
        self.page.write(words)
        self.go()

    def leave(self) -> None:
        self.incoming.put_nowait({"type": "websocket.disconnect"})

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [said for said in self.page.told if said["kind"] == kind]


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not what():
            await asyncio.sleep(0.005)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Hub, Memory], Coroutine[Any, Any, None]]], None]:
    monkeypatch.setattr(hubs, "PAUSE", 0.05)
    monkeypatch.setattr(hubs, "LOOK", 0.02)

    def go(walk: Callable[[Hub, Memory], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            memory = Memory()
            hub = Hub(memory)
            await walk(hub, memory)
            await hub.close()

        asyncio.run(whole())

    return go


Run = Callable[[Callable[[Hub, Memory], Coroutine[Any, Any, None]]], None]


def test_two_pages_write_one_text_and_a_pause_makes_a_revision(run: Run) -> None:
    async def walk(hub: Hub, memory: Memory) -> None:
        alice, bob = Browser(hub, 1), Browser(hub, 2)
        await until(lambda: alice.page.ready and bob.page.ready)
        alice.write("one and two")
        bob.write("one two three")
        await until(lambda: alice.page.words() == bob.page.words() == "one and two three")
        await until(lambda: alice.told("saved"))
        assert alice.told("saved")[0] == {"kind": "saved", "revision": 2, "names": ["Alice"]}
        assert (alice.page.kept, bob.page.kept) == (1, 1)
        alice.leave()
        bob.leave()
        await until(lambda: not hub.rooms)

    run(walk)


def test_what_cannot_be_kept_is_not_acknowledged_and_goes_out_later(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "AFTER_TROUBLE", 0.01)

    async def walk(hub: Hub, memory: Memory) -> None:
        alice, bob = Browser(hub, 1), Browser(hub, 2)
        await until(lambda: alice.page.ready and bob.page.ready)
        memory.broken = True
        alice.write("one two three")
        await until(lambda: alice.told("trouble"))
        assert (alice.page.kept, bob.page.words()) == (0, "one two")
        memory.broken = False
        await until(lambda: bob.page.words() == "one two three" and alice.page.kept == 1)

    run(walk)


def test_a_page_that_is_retired_or_removed_meanwhile_says_so_and_keeps_its_text(run: Run) -> None:
    async def walk(hub: Hub, memory: Memory) -> None:
        alice = Browser(hub, 1)
        await until(lambda: alice.page.ready)
        memory.standing = replace(memory.standing, state="retired")
        await until(lambda: alice.told("closed"))
        assert "retired while you wrote" in alice.told("closed")[0]["sentence"]
        alice.write("one two three")
        await until(lambda: alice.told("refused"))
        assert (alice.page.words(), memory.standing.number) == ("one two three", 0)
        memory.standing = replace(memory.standing, head=None)
        await until(lambda: len(alice.told("closed")) == 2)
        assert "removed from the library" in alice.told("closed")[1]["sentence"]

    run(walk)


def test_what_another_process_wrote_arrives(run: Run) -> None:
    async def walk(hub: Hub, memory: Memory) -> None:
        alice = Browser(hub, 1)
        await until(lambda: alice.page.ready)
        update, _ = room.outside(memory.updates[0], "one two, imported")
        memory.updates.append(update)
        memory.standing = replace(memory.standing, number=1, head=2)
        await until(lambda: alice.page.words() == "one two, imported")
        assert alice.told("elsewhere")[0]["revision"] == 2

    run(walk)


def test_a_page_of_another_history_is_sent_away_with_its_text(run: Run) -> None:
    async def walk(hub: Hub, memory: Memory) -> None:
        alice = Browser(hub, 1, history="another")
        await until(lambda: alice.closed)
        assert alice.closed == 4001
        assert "Copy what you need" in str(alice.told("history"))

    run(walk)


def test_whoever_has_signed_out_is_shown_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "RECHECK", 0.02)

    async def walk(hub: Hub, memory: Memory) -> None:
        alice = Browser(hub, 1)
        await until(lambda: alice.page.ready)
        for line in hub.rooms[1].lines.values():
            line.is_welcome = lambda: False
        await until(lambda: alice.closed)
        assert alice.closed == 4003

    run(walk)
