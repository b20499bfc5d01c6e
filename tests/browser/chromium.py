"""The browser of the tests: the one at hand, else Debian's package, else Playwright's own download.

`python -m tests.browser.chromium` makes sure that there is one and fails with one sentence where there cannot be.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
MISSING = (
    "The browser tests need Chromium or Chrome and none could be found or installed; "
    "install one (Debian: apt install chromium) or name it in SECI_BROWSER."
)
# Without these a browser without network tries to reach its maker at every start.
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
)


def find() -> str | None:
    """The path of a browser on this machine, or None."""
    given = os.environ.get("SECI_BROWSER")
    candidates = [given] if given else [*map(shutil.which, NAMES), *MACOS, *_downloaded()]
    return next((path for path in candidates if path and Path(path).exists()), None)


def install() -> str | None:
    """The path of a browser after trying every way to get one, or None."""
    debian = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    commands = [
        *(
            [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]]
            if debian
            else []
        ),
        [sys.executable, "-m", "playwright", "install", "chromium-headless-shell"],
    ]
    for command in commands:
        sys.stderr.write(f"Installing a browser: {' '.join(command)}\n")
        subprocess.run(command, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        if path := find():
            return path
    return None


def _downloaded() -> list[str]:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return [str(path) for name in ("headless_shell", "chrome-headless-shell") for path in cache.glob(f"*/*/{name}")]


if __name__ == "__main__":
    sys.exit(None if find() or install() else MISSING)
