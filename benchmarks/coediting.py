"""Twenty-five people type into one page at once, over real lines to a real server, which is killed in the middle.

    python -m benchmarks.coediting --json

Each types a word of its own several times a second, anywhere in the text. Propagation is the time from typing a word to
seeing it on each of the other pages; it holds the wait for the disk, as nothing is shown before it is durable. Then the
server is killed (SIGKILL) while all go on typing: every word acknowledged before has to be in the database before
anybody comes back, and after the restart all pages and the server have to hold one and the same text, with every word
exactly once. All clients share the machine, and one process, with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

WORD = re.compile(r"«(\d+)\.(\d+)»")
TEXT = "# A page\n\n" + "\n\n".join(f"Paragraph {n} says what {n} people agreed on, in a sentence." for n in range(60))


def prepare(data: Path, clients: int) -> tuple[int, list[str]]:
    """A published page and the session cookies of as many members; (number of the page, cookies)."""
    os.environ["SECI_DATA_DIR"] = str(data)
    from seci.accounts import door

    data.mkdir(parents=True)
    door.framework()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    from seci.accounts.models import Membership
    from seci.library import services as library

    with door.database() as db:
        page = library.create(door.actor(), db, "A page", TEXT)
        library.publish(door.actor(), db, page)
    cookies = []
    for number in range(clients):
        user = get_user_model().objects.create_user(f"writer{number}")
        Membership.objects.create(user=user, role="member")
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")
    return page, cookies


def serve(data: Path, port: int) -> tuple[subprocess.Popen[str], int]:
    """The server and its port, once it answers."""
    command = [sys.executable, "-m", "seci", "up", "--port", str(port), "--no-open", "--json"]
    process = subprocess.Popen(
        command, cwd=data, env={**os.environ, "SECI_DATA_DIR": str(data)}, stdout=subprocess.PIPE,
        stderr=(data / "log").open("a"), text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("}") or (line.startswith("{") and line.rstrip().endswith("}")):
            return process, int(json.loads(said)["url"].rsplit(":", 1)[1])
    raise SystemExit(f"The server did not start: {(data / 'log').read_text()}")


class Writer:
    """One page as a browser has it."""

    typed: dict[tuple[int, int], float] = {}

    def __init__(self, number: int, cookie: str, seed: int) -> None:
        from pycrdt import Doc, Text

        self.number, self.cookie, self.draw = number, cookie, random.Random(seed)
        self.doc: Any = Doc()
        self.text = self.doc.get("text", type=Text)
        self.text.observe(self.saw)
        self.words = self.ticket = self.kept = 0
        self.sent: dict[int, int] = {}
        self.acknowledged: set[int] = set()
        self.delays: list[float] = []
        self.history = ""
        self.socket: Any = None
        self.synced = asyncio.Event()
        self.is_measured = False

    def saw(self, event: Any) -> None:
        at = time.perf_counter()
        for part in event.delta:
            for found in WORD.finditer(part.get("insert", "")):
                word = (int(found[1]), int(found[2]))
                if word[0] != self.number and self.is_measured and word in Writer.typed:
                    self.delays.append(at - Writer.typed[word])

    async def run(self, page: int, port: int) -> None:
        """On the line until it is cut."""
        from websockets.asyncio.client import connect
        from websockets.exceptions import ConnectionClosed

        address = f"ws://127.0.0.1:{port}/library/{page}/together/line?history={self.history}"
        headers = {"Cookie": self.cookie}
        try:
            async with connect(
                address,
                additional_headers=headers,
                origin=f"http://127.0.0.1:{port}",
                compression=None,  # type: ignore[arg-type]
            ) as self.socket:
                async for frame in self.socket:
                    await self.hear(frame)
        except (ConnectionClosed, OSError):
            pass
        finally:
            self.synced.clear()

    async def hear(self, frame: str | bytes) -> None:
        if isinstance(frame, str):
            said = json.loads(frame)
            if said["kind"] == "welcome":
                self.history, self.ticket, self.kept, self.sent = said["history"], 0, 0, {}
                await self.socket.send(b"\x00" + self.doc.get_state())
            elif said["kind"] == "kept":
                self.acknowledged |= {word for ticket, word in self.sent.items() if ticket <= said["ticket"]}
        elif frame[:1] == b"\x00":
            self.doc.apply_update(frame[1:])
        else:
            self.synced.set()
            rest = self.doc.get_update(frame[1:])
            if len(rest) > 2:
                await self.send(rest)

    async def type_word(self) -> None:
        self.words += 1
        had = self.doc.get_state()
        # All that is before is ASCII or whole words: a place between two lines is between two characters.
        places = [found.end() for found in re.finditer(b"\n", str(self.text).encode())]
        Writer.typed[self.number, self.words] = time.perf_counter()
        self.text.insert(self.draw.choice(places), f"«{self.number}.{self.words}» ")
        if self.synced.is_set():
            await self.send(self.doc.get_update(had), self.words)

    async def send(self, update: bytes, word: int | None = None) -> None:
        from websockets.exceptions import ConnectionClosed

        self.ticket += 1
        if word is not None:
            self.sent[self.ticket] = word
        try:
            await self.socket.send(b"\x01" + self.ticket.to_bytes(4, "big") + update)
        except ConnectionClosed:
            self.synced.clear()


async def type_on(writers: list[Writer], seconds: float, pause: float) -> None:
    end = time.perf_counter() + seconds

    async def one(writer: Writer) -> None:
        while time.perf_counter() < end:
            await asyncio.sleep(pause * (0.5 + writer.draw.random()))
            await writer.type_word()

    await asyncio.gather(*map(one, writers))


def on_disk(page: int) -> str:
    """The text as the database alone has it."""
    from seci.accounts import door
    from seci.combination.live import queries

    with door.database() as db:
        found = queries.now(db, page)
    assert found
    return found[0]


def cpu_seconds(process: int) -> float:
    """Processor time of a process so far; 0 where the system does not tell (it is Linux that does, proc(5))."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


async def measure(data: Path, clients: int, seconds: float, pause: float) -> dict[str, Any]:
    page, cookies = await asyncio.to_thread(prepare, data, clients)
    server, port = await asyncio.to_thread(serve, data, 0)
    try:
        writers = [Writer(number, cookie, number) for number, cookie in enumerate(cookies)]
        lines = [asyncio.create_task(writer.run(page, port)) for writer in writers]
        await asyncio.gather(*(writer.synced.wait() for writer in writers))
        await type_on(writers, 2, pause)  # a first page loads code
        for writer in writers:
            writer.is_measured = True
        begun = cpu_seconds(server.pid), time.process_time()
        await type_on(writers, seconds, pause)
        spent = cpu_seconds(server.pid) - begun[0], time.process_time() - begun[1]
        for writer in writers:
            writer.is_measured = False
        typing = asyncio.create_task(type_on(writers, 3, pause))
        await asyncio.sleep(1.5)
        os.kill(server.pid, signal.SIGKILL)
        await asyncio.gather(*lines)
        acknowledged = {(writer.number, word) for writer in writers for word in writer.acknowledged}
        await typing
        kept = {(int(a), int(b)) for a, b in WORD.findall(await asyncio.to_thread(on_disk, page))}
        server.wait()
        server, _ = await asyncio.to_thread(serve, data, port)
        lines = [asyncio.create_task(writer.run(page, port)) for writer in writers]
        await asyncio.gather(*(writer.synced.wait() for writer in writers))
        for _ in range(100):
            texts = {str(writer.text) for writer in writers} | {await asyncio.to_thread(on_disk, page)}
            if len(texts) == 1:
                break
            await asyncio.sleep(0.1)
        words = WORD.findall(min(texts))
        for line in lines:
            line.cancel()
    finally:
        server.terminate()
        server.wait()
    delays = sorted(delay for writer in writers for delay in writer.delays)
    typed = sum(writer.words for writer in writers)
    return {
        "clients": clients,
        "words": typed,
        "propagations": len(delays),
        "p50_ms": round(1000 * statistics.median(delays), 1),
        "p95_ms": round(1000 * delays[int(0.95 * len(delays))], 1),
        "p99_ms": round(1000 * delays[int(0.99 * len(delays))], 1),
        "acknowledged_before_the_kill": len(acknowledged),
        "acknowledged_and_lost": len(acknowledged - kept),
        "texts_at_the_end": len(texts),
        "digest": digest(min(texts)),
        "words_missing": typed - len(set(words)),
        "words_twice": len(words) - len(set(words)),
        "server_cpu_percent": round(100 * spent[0] / seconds, 1),
        "clients_cpu_percent": round(100 * spent[1] / seconds, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.coediting", description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=25)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between two words of one person, on average")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seci-coediting-") as folder:
        seconds = 5 if given.quick else given.seconds
        result = asyncio.run(measure(Path(folder) / "data", given.clients, seconds, given.pause))
    if given.json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            print(f"{name.replace('_', ' '):>30}  {value}")
    return 0 if result["acknowledged_and_lost"] == 0 and result["texts_at_the_end"] == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
