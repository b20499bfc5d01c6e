"""The open rooms of this process: lines come in, what is typed is kept tick by tick, pauses become revisions.

Everything that touches the database runs in one thread beside the event loop (`Keeper`). Other processes are heard of
through the database: their updates, and revisions that were made elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol, TypeVar

from seci.combination.live.room import Frame, Member, Room, Sending, said
from seci.kit.clock import stopwatch
from seci.kit.errors import Conflict, SeciError

log = logging.getLogger("seci.live")
T = TypeVar("T")
Message = MutableMapping[str, Any]

TICK = 0.05
LOOK = 0.25
PAUSE = 2.0
# Whoever types on and on leaves a revision now and then, too.
LONGEST_TYPING = 60.0
RECHECK = 60.0
AFTER_TROUBLE = 1.0
LINES_AT_MOST = 200
# A page that does not take what is sent to it is let go; it comes back and catches up.
FRAMES_AT_MOST = 2_000

GONE = "This page was removed from the library while you wrote. Your text is still here: copy what you need."
RETIRED = "This page was retired while you wrote. Your text is kept: copy it, or ask for the page to be restored."

SHOWN_OUT = "You are signed out, or what you may do on this page has changed; load it again."


class Keeper(Protocol):
    """What the rooms need of the database; see `services.Journal`."""

    def open(self, document: int) -> Any: ...
    def keep(self, document: int, updates: Sequence[tuple[bytes, int | None]]) -> int: ...
    def standings(self, documents: Sequence[int]) -> Sequence[Any]: ...
    def after(self, document: int, number: int) -> tuple[int, list[bytes]]: ...
    def take_over(self, document: int) -> None: ...
    def revise(self, document: int) -> Any: ...


@dataclass
class Line:
    """One connection: what is to be sent over it, and whether its holder may still be here."""

    queue: asyncio.Queue[Frame | None]
    is_welcome: Callable[[], bool]


@dataclass
class Open:
    """One open room. `changed`, `since`: stopwatch at the last and the first keystroke that no revision holds."""

    document: int
    history: str
    revision: int
    room: Room
    lines: dict[int, Line] = field(default_factory=dict)
    changed: float | None = None
    since: float | None = None
    closed: str = ""
    saving: asyncio.Task[None] | None = None


class Hub:
    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self.rooms: dict[int, Open] = {}
        self.opening = asyncio.Lock()
        self.wake = asyncio.Event()
        self.numbers = count(1)
        self.beat: asyncio.Task[None] | None = None
        self.looked = self.rechecked = stopwatch()

    async def work(self, deed: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, deed, *arguments)

    async def enter(
        self,
        document: int,
        member: Callable[[int], Member],
        history: str,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
        is_welcome: Callable[[], bool] = lambda: True,
    ) -> None:
        """One page, from its opening to its end. `history` is the one that it comes back with, "" for a fresh page."""
        opened = await self._open(document)
        if history and history != opened.history:
            words = "This page was begun anew while yours was away. Copy what you need from it and load it again."
            await send({"type": "websocket.send", "text": said("history", sentence=words)})
            await send({"type": "websocket.close", "code": 4001})
            return
        line = next(self.numbers)
        connection = Line(asyncio.Queue(FRAMES_AT_MOST), is_welcome)
        opened.lines[line] = connection
        sender = asyncio.create_task(send_all(connection.queue, send))
        more = {"history": opened.history, "revision": opened.revision, "closed": opened.closed}
        self.deal(opened, opened.room.join(member(line), more))
        try:
            while not sender.done():
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    break
                self._hear(opened, line, message.get("bytes") or message.get("text") or "")
        finally:
            opened.lines.pop(line, None)
            self.deal(opened, opened.room.leave(line))
            sender.cancel()
            self.wake.set()

    def deal(self, opened: Open, sendings: Sequence[Sending]) -> None:
        """Puts frames on their lines; a line that is full is cut."""
        for number, frame in sendings:
            line = opened.lines.get(number)
            if line is None:
                continue
            if line.queue.full():
                self._cut(opened, number)
            else:
                line.queue.put_nowait(frame)

    async def close(self) -> None:
        """Keeps and saves all that is open, before the process ends."""
        if self.beat:
            self.beat.cancel()
        for opened in list(self.rooms.values()):
            await self._keep(opened)
            await self._save(opened)
        self.thread.shutdown()

    async def _open(self, document: int) -> Open:
        async with self.opening:
            if document not in self.rooms:
                found = await self.work(self.keeper.open, document)
                room = Room(found.number, found.updates)
                opened = self.rooms[document] = Open(document, found.history, found.revision, room)
                if len(found.updates) > 1:
                    # Typed before a kill, and no revision yet.
                    opened.changed = opened.since = stopwatch()
            if self.beat is None or self.beat.done():
                self.beat = asyncio.create_task(self._beat())
            opened = self.rooms[document]
            if len(opened.lines) >= LINES_AT_MOST:
                raise Conflict(f"{LINES_AT_MOST} people have this page open already; come back later.")
            return opened

    def _hear(self, opened: Open, line: int, frame: Frame) -> None:
        try:
            if opened.closed and isinstance(frame, bytes) and frame[:1] == b"\x01":
                raise Conflict(opened.closed)
            self.deal(opened, opened.room.hear(line, frame))
        except SeciError as error:
            self.deal(opened, [(line, said("refused", sentence=error.sentence))])
        if opened.room.waiting:
            self.wake.set()

    async def _beat(self) -> None:
        while self.rooms:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.wake.wait(), LOOK)
            self.wake.clear()
            begun = stopwatch()
            try:
                await self._tick(begun)
            except SeciError as error:
                log.warning("the rooms: %s", error.sentence)
                await asyncio.sleep(AFTER_TROUBLE)
            except Exception:
                log.exception("the rooms stumbled")
                await asyncio.sleep(AFTER_TROUBLE)
            await asyncio.sleep(max(0.0, TICK - (stopwatch() - begun)))

    async def _tick(self, at: float) -> None:
        for opened in list(self.rooms.values()):
            await self._keep(opened)
            if opened.saving is None or opened.saving.done():
                due = opened.changed is not None and opened.since is not None
                if due and (at - opened.changed >= PAUSE or at - opened.since >= LONGEST_TYPING or not opened.lines):  # type: ignore[operator]
                    opened.changed = opened.since = None
                    opened.saving = asyncio.create_task(self._save(opened))
                elif not opened.lines and not due and not opened.room.waiting:
                    del self.rooms[opened.document]
        if at - self.looked >= LOOK:
            self.looked = at
            await self._look()
        if at - self.rechecked >= RECHECK:
            self.rechecked = at
            await self._recheck()

    async def _keep(self, opened: Open) -> None:
        """What waits becomes durable, then visible, then acknowledged."""
        changes = opened.room.take()
        if not changes:
            return
        try:
            last = await self.work(self.keeper.keep, opened.document, [(each.update, each.account) for each in changes])
        except SeciError as error:
            opened.room.failed(changes)
            self.deal(opened, opened.room.tell("trouble", sentence=f"Not kept yet: {error.sentence}"))
            raise
        if last == opened.room.number + len(changes):
            opened.room.number = last
        opened.changed = stopwatch()
        opened.since = opened.since or opened.changed
        self.deal(opened, opened.room.kept(changes))

    async def _save(self, opened: Open) -> None:
        try:
            saved = await self.work(self.keeper.revise, opened.document)
        except SeciError as error:
            if not opened.closed:
                self.deal(opened, opened.room.tell("unsaved", sentence=f"Kept, but no revision yet: {error.sentence}"))
            return
        if saved:
            opened.revision = saved.revision
            self.deal(opened, opened.room.tell("saved", revision=saved.revision, names=saved.names))

    async def _look(self) -> None:
        """What other processes and other doors have done meanwhile."""
        for standing in await self.work(self.keeper.standings, list(self.rooms)):
            opened = self.rooms.get(standing.document)
            if opened is None:
                continue
            self._say_state(opened, standing)
            if standing.head is not None and standing.head != standing.revision:
                await self.work(self.keeper.take_over, opened.document)
                opened.revision = standing.head
                self.deal(opened, opened.room.tell("elsewhere", revision=standing.head))
            elif standing.revision != opened.revision:
                opened.revision = standing.revision
                self.deal(opened, opened.room.tell("saved", revision=standing.revision, names=[]))
            if standing.number != opened.room.number or standing.head != standing.revision:
                last, updates = await self.work(self.keeper.after, opened.document, opened.room.number)
                self.deal(opened, opened.room.bring(updates))
                opened.room.number = last

    def _say_state(self, opened: Open, standing: Any) -> None:
        closed = GONE if standing.head is None or standing.vanished else RETIRED if standing.state == "retired" else ""
        if closed != opened.closed:
            opened.closed = closed
            kind = "closed" if closed else "reopened"
            self.deal(opened, opened.room.tell(kind, sentence=closed or "The page is back; write on."))

    async def _recheck(self) -> None:
        """Whoever has signed out, or may not read or write here as before, is shown out."""
        for opened in list(self.rooms.values()):
            for number, line in list(opened.lines.items()):
                if not await self.work(line.is_welcome):
                    self.deal(opened, [(number, said("refused", sentence=SHOWN_OUT))])
                    self._cut(opened, number)

    def _cut(self, opened: Open, number: int) -> None:
        line = opened.lines.pop(number, None)
        if line is None:
            return
        while line.queue.full():
            line.queue.get_nowait()
        line.queue.put_nowait(None)


async def send_all(queue: asyncio.Queue[Frame | None], send: Callable[[Message], Awaitable[None]]) -> None:
    """Sends what is in the queue, in order; at None the line is closed."""
    while (frame := await queue.get()) is not None:
        await send({"type": "websocket.send", "bytes" if isinstance(frame, bytes) else "text": frame})
    await send({"type": "websocket.close", "code": 4003})
