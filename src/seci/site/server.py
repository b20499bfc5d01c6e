"""The web server of `seci up`, on a socket that is open already."""

from __future__ import annotations

import os
import socket
import sys
import webbrowser

import click
import uvicorn

from seci.kit.terminal import remark, show
from seci.site.asgi import application

GRACE_SECONDS = 5
LARGEST_FRAME = 4_000_000


class Server(uvicorn.Server):
    """Says where it is as soon as it answers."""

    def __init__(self, config: uvicorn.Config, url: str, link: str, opens: bool, as_json: bool) -> None:
        super().__init__(config)
        self.url, self.link, self.opens, self.as_json = url, link, opens, as_json

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.as_json:
            show({"url": self.url, "link": self.link})
        else:
            click.echo(f"SECI is at {self.url}")
            click.echo(f"Sign in once with {self.link}")
        remark("The link is good for 15 minutes; `seci link` prints another. Stop with Ctrl-C.")
        sys.stdout.flush()
        if self.opens and has_a_screen():
            webbrowser.open(self.link)


def serve(ear: socket.socket, url: str, path: str, *, opens: bool, as_json: bool) -> None:
    """Runs the server until Ctrl-C or SIGTERM."""
    config = uvicorn.Config(
        application,
        lifespan="on",
        log_config=None,
        # An access log would hold sign-in links.
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=os.environ.get("SECI_PROXIES", "127.0.0.1"),
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="websockets-sansio",
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
    )
    Server(config, url, url + path, opens, as_json).run(sockets=[ear])


def has_a_screen() -> bool:
    """Whether a browser would open where the person sits, not in the terminal or on a server."""
    if os.environ.get("SSH_CONNECTION") or not sys.stdout.isatty():
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
