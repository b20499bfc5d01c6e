"""`seci up` is one command: it serves, it works, and it leaves nothing behind however it ends."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from seci.kit import lock
from seci.kit.clock import stopwatch
from tests.conftest import CommandLineInstance
from tests.repositories import Commit

START_SECONDS = 90


@contextmanager
def running(instance: CommandLineInstance, *paths: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    """A server on a free port, and what it said."""
    server = instance.start("up", "--port", "0", "--no-open", "--json", *paths)
    watchdog = threading.Timer(START_SECONDS, server.kill)
    watchdog.start()
    assert server.stdout is not None
    said = ""
    while "}" not in said:
        line = server.stdout.readline()
        assert line, f"it ended: {server.communicate()[1]}"
        said += line
    watchdog.cancel()
    try:
        yield server, json.loads(said)
    finally:
        server.kill()
        server.wait()


def wait_for(what: Callable[[], Any], seconds: float = 90) -> None:
    begin = stopwatch()
    while not what():
        assert stopwatch() - begin < seconds, "it did not come"
        threading.Event().wait(0.1)


def workers(instance: CommandLineInstance) -> list[Path]:
    """The lock files of workers that live."""
    return [path for path in (instance.data / "workers").glob("*.lock") if lock.is_held(path)]


def get(url: str) -> Any:
    return urllib.request.urlopen(url, timeout=30)


def come_in(link: str) -> urllib.request.OpenerDirector:
    """A browser that has followed the sign-in link."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(link, timeout=30).read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    browser.open(link, data=f"csrfmiddlewaretoken={token}".encode(), timeout=30).read()
    return browser


def test_it_serves_what_it_read_and_stops_cleanly(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    path = make_repository([Commit("Alice", f"2026-01-0{n}", {"core/engine.py": f"{n}"}) for n in range(1, 9)])
    with running(instance, path) as (server, said):
        assert json.load(get(said["url"] + "/healthz"))["status"] == "ok"
        browser = come_in(said["link"])
        assert json.loads(instance.run("link", "--json").stdout)["url"].startswith(said["url"] + "/enter/")
        home = browser.open(said["url"] + "/", timeout=30)
        page = home.read().decode()
        assert "script-src 'self'" in home.headers["Content-Security-Policy"]
        assert "unsafe" not in home.headers["Content-Security-Policy"]
        style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert "immutable" in get(said["url"] + style).headers["Cache-Control"]
        with pytest.raises(urllib.error.HTTPError, match="410"):
            come_in(said["link"])
        wait_for(lambda: "8 commits read" in browser.open(said["url"] + "/sources/1/", timeout=30).read().decode())

        again = instance.run("up", "--port", "0", "--no-open", path)
        assert again.returncode == 5
        assert again.stderr.count("\n") == 1
        assert "is using the data folder" in again.stderr

        assert workers(instance)
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
        assert server.stderr is not None
        assert "Stopped." in server.stderr.read().splitlines()
        assert not workers(instance)


def test_killed_it_leaves_no_worker_and_starts_again(
    instance: CommandLineInstance, make_repository: Callable[..., Path]
) -> None:
    path = make_repository([Commit("Alice", "2026-01-02", {"core/engine.py": "1"})])
    with running(instance, path) as (server, _):
        wait_for(lambda: workers(instance))
        server.kill()
        wait_for(lambda: not workers(instance))
    with running(instance, path) as (server, said):
        assert get(said["url"] + "/healthz").status == 200
        server.terminate()
        assert server.wait(30) == 0


def test_a_port_in_use_is_one_sentence(instance: CommandLineInstance) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = instance.run("up", "--no-open", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1
    assert "give another one with --port" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--port", "99999"), 2, "0<=x<=65535"),
        (("--host", "no.such.host.invalid"), 2, "is not an address of this machine"),
        (("/no/such/folder",), 2, "/no/such/folder"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    instance: CommandLineInstance, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    port = () if "--port" in arguments else ("--port", "0")
    done = instance.run("up", "--no-open", *port, *arguments)
    assert done.returncode == code, done.stderr
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
