"""`seci up`: everything in one command. The server runs here; the worker is a child that dies with it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from seci import jobs
from seci.accounts import door
from seci.kit import lock
from seci.kit.errors import BadInput, Conflict, Unavailable
from seci.kit.terminal import json_option, remark

GRACE_SECONDS = 5.0


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on; 0: a free one."
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 16), help="Processes that do jobs.")
@json_option
def up(paths: tuple[Path, ...], host: str, port: int, no_open: bool, workers: int, as_json: bool) -> None:
    """Read the repositories at PATH (default: the one around you) and serve them as a web application.

    Stop it with Ctrl-C. What it has read stays in the data folder; the next start goes on from there.
    """
    here = door.instance()
    busy = f"Another `seci up` is using the data folder {here.data}; stop it, or set SECI_DATA_DIR to another one."
    with lock.exclusive(here.data / "up.lock", wait=False, busy=busy), listening(host, port) as ear:
        url = announce_to_settings(host, ear.getsockname()[1])
        here.noted_address.write_text(url + "\n")
        door.framework()
        from seci.accounts import services
        from seci.site import statics

        statics.ready()
        services.ensure_owner()
        read(paths)
        from seci.site.server import serve

        # The server hands SIGTERM on to us when it has ended its answers; the worker must be stopped then, too.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
        try:
            with working(workers):
                serve(ear, url, services.console_link(door.actor()).path, opens=not no_open, as_json=as_json)
        except KeyboardInterrupt:
            remark("Stopped.")


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """The socket of the server, taken before anything is started, so that a port in use costs nothing."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        ear = socket.socket(family, kind, protocol)
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        ear.bind(address)
        ear.listen(128)
    except socket.gaierror as error:
        raise BadInput(f"{host} is not an address of this machine; give --host 127.0.0.1 or 0.0.0.0.") from error
    except PermissionError as error:
        raise Unavailable(f"You may not listen on port {port}; give --port a number from 1024 up.") from error
    except OSError as error:
        raise Conflict(
            f"Port {port} on {host} cannot be used ({error.strerror}); give another one with --port, or --port 0."
        ) from error
    with ear:
        yield ear


def announce_to_settings(host: str, port: int) -> str:
    """The address people open; the settings and the worker read it from the environment."""
    name = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104
    own = f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
    os.environ.setdefault("SECI_PUBLIC_URL", own)
    if host == "0.0.0.0" and not os.environ.get("SECI_HOSTS"):  # noqa: S104
        remark("Others reach this server only under the names in SECI_HOSTS (separated by spaces); it is empty now.")
    elif name not in {"127.0.0.1", "localhost", "::1"}:
        os.environ["SECI_HOSTS"] = f"{os.environ.get('SECI_HOSTS', '')} {name}".strip()
    return os.environ["SECI_PUBLIC_URL"]


def read(paths: Sequence[Path]) -> None:
    """Registers the repositories and puts scans of all that are known into the queue; pages show how far they are."""
    from seci.sources.git import services, store

    with door.database() as database:
        for path in paths or around():
            services.add(door.actor(), database, path)
        for each in store.repositories(database):
            jobs.enqueue("seci.cycle.tasks:scan", each.source, key=f"scan:{each.source}", database=database)
            remark(f"Reading {each.path} ...")


def around() -> list[Path]:
    """The repository around the current folder, if there is one."""
    found = subprocess.run(["git", "rev-parse", "--show-toplevel"], capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout.strip():
        return [Path(found.stdout.rstrip("\n"))]
    remark("There is no git repository here; give one as `seci up PATH`, or add it on the page Sources.")
    return []


@contextmanager
def working(count: int) -> Iterator[None]:
    """Keeps `count` workers alive. They hold the other end of a pipe: however we end, they notice and stop."""
    over = threading.Event()
    keepers = [threading.Thread(target=keep, args=(over,), name=f"worker {n}") for n in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        over.set()
        for keeper in keepers:
            keeper.join()


def keep(over: threading.Event) -> None:
    """Starts a worker again when it dies; after a pause, so that one that cannot start does not eat the machine."""
    command = [sys.executable, "-m", "seci.site.worker"]
    while not over.is_set():
        # A session of its own: Ctrl-C in the terminal reaches us alone, and we tell the worker.
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        while worker.poll() is None and not over.wait(0.2):
            pass
        if over.is_set():
            worker.terminate()
            try:
                worker.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                # The job at hand does not listen; the next worker takes it up again.
                worker.kill()
                worker.wait()
        else:
            remark(f"The worker ended with code {worker.returncode}; starting another.")
            over.wait(2)
