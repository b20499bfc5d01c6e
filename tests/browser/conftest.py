"""A real server on a real instance, walked through in a real browser.

A page fails its test when the browser complains: an error in the console, a report of the content security policy,
an exception, or an answer of 500 and above.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from tests.browser import chromium
from tests.organization import write_organization

AXE = next((Path(__file__).parent / "vendor").glob("axe-*.min.js"))
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
STARTS_WITHIN = 90
# Whoever follows a link while an answer is under way leaves it behind. An answer that fails says so by its own name
# (sendError, responseError, swapError), so these two hide no fault.
LEFT_BEHIND = ("htmx:sendAbort", "htmx:afterRequest")
PATIENCE = 60_000  # milliseconds; slow machines are not wrong machines
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@dataclass
class Site:
    """A served instance. `url` has no slash at its end."""

    url: str
    link: str
    environment: dict[str, str]
    process: subprocess.Popen[str]
    repository: Path | None = None

    def run(self, *arguments: str) -> str:
        """Output of a `seci` command on the same instance."""
        done = subprocess.run(
            [sys.executable, "-m", "seci", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def entry(self, role: str) -> str:
        """A fresh sign-in link for somebody with this role; for the owner of the instance, "owner"."""
        arguments = ["link"] if role == "owner" else ["invite", f"some-{role}", "--role", role]
        answer: dict[str, str] = json.loads(self.run(*arguments, "--json"))
        return self.url + "/" + answer["url"].split("/", 3)[3]

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def serve(data: Path, *paths: Path) -> Site:
    """Scans the repositories as a person would, then serves them on a free port."""
    environment = {**os.environ, "SECI_DATA_DIR": str(data)}
    for name in ("SECI_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SECI_PUBLIC_URL"):
        environment.pop(name, None)
    data.mkdir(parents=True)
    if paths:
        scan = [sys.executable, "-m", "seci", "scan", *map(str, paths)]
        done = subprocess.run(scan, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    log = (data / "up.log").open("w")
    command = [sys.executable, "-m", "seci", "up", "--port", "0", "--no-open", *map(str, paths)]
    process = subprocess.Popen(
        command, env=environment, cwd=data, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
    )
    watchdog = threading.Timer(STARTS_WITHIN, process.kill)
    watchdog.start()
    assert process.stdout is not None
    said: dict[str, str] = {}
    for line in process.stdout:
        said.update({key: line.split()[-1] for key in ("SECI is at", "Sign in once with") if line.startswith(key)})
        if len(said) == 2:
            break
    watchdog.cancel()
    assert len(said) == 2, f"The server did not start: {(data / 'up.log').read_text()}"
    return Site(said["SECI is at"].rstrip("/"), said["Sign in once with"], environment, process)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The organization of `tests.organization`, scanned and served."""
    folder = tmp_path_factory.mktemp("site")
    repository = write_organization(folder / "organization")
    served = serve(folder / "data", repository)
    served.repository = repository
    yield served
    served.stop()


@pytest.fixture(scope="package")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An instance that has read nothing yet."""
    served = serve(tmp_path_factory.mktemp("empty") / "data")
    yield served
    served.stop()


def unreached(page: Page, times: int) -> list[str]:
    """From now on the server refuses so many connections of a form; the addresses that were posted to, as they come."""
    posted: list[str] = []

    def through(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        posted.append(route.request.url)
        return route.abort("connectionrefused") if len(posted) <= times else route.continue_()

    page.route("**/*", through)
    return posted


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    assert path, chromium.MISSING
    # Playwright keeps a loop in this thread; Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Complaints:
    """What the browser had to say against the pages of one test."""

    lines: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        """This test provokes a complaint that contains `part`."""
        self.expected.append(part)

    def watch(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.lines.append(f"exception: {error}"))
        page.on("response", lambda got: got.status >= 500 and self.lines.append(f"{got.status} {got.url}"))

    def hear(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.text.startswith(LEFT_BEHIND):
            self.lines.append(f"console: {said.text} ({said.location.get('url', 'no address')})")

    def left(self) -> list[str]:
        return [line for line in self.lines if not any(part in line for part in self.expected)]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    found = Complaints()
    yield found
    assert not found.left(), "The browser complained:\n" + "\n".join(found.left())


@pytest.fixture(scope="package")
def states(browser: Browser) -> dict[tuple[str, str], Any]:
    """Cookies of who has signed in where, so that a link is opened once for all tests."""
    return {}


Opener = Callable[..., Page]


def enter(page: Page, link: str) -> None:
    """Opens a one-time link. The page behind it sends itself on, so that a mere preview spends nothing."""
    page.goto(link)
    page.wait_for_url(lambda url: "/enter/" not in url)


@pytest.fixture
def open_as(browser: Browser, complaints: Complaints, states: dict[tuple[str, str], Any]) -> Iterator[Opener]:
    """open_as(site, "lead", "/assets/", width="phone", scheme="dark") -> the page, signed in with that role."""
    contexts: list[BrowserContext] = []

    def signed_in(site: Site, role: str) -> Any:
        if (site.url, role) not in states:
            context = browser.new_context()
            page = context.new_page()
            enter(page, site.entry(role))
            states[site.url, role] = context.storage_state()
            context.close()
        return states[site.url, role]

    def opener(
        site: Site,
        role: str | None = "lead",
        path: str = "/",
        *,
        width: str = "wide",
        scheme: str = "light",
        **more: Any,
    ) -> Page:
        x, y = WIDTHS[width]
        context = browser.new_context(
            storage_state=signed_in(site, role) if role else None,
            viewport={"width": x, "height": y},
            color_scheme=scheme,
            base_url=site.url,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        complaints.watch(page)
        page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def open_as_newcomer(open_as: Opener, tmp_path: Path) -> Opener:
    """open_as_newcomer(site, "Nora", width="phone") -> a page of an account that is this person, new in the directory.

    The organization is shared: whoever is somebody of it is no longer free for the test after.
    """

    def opener(site: Site, name: str, **more: Any) -> Page:
        listed = tmp_path / f"{name}.csv"
        listed.write_text(f"name,email\n{name},{name.lower()}@example.net\n")
        site.run("people", "import", str(listed))
        page = open_as(site, None, "/healthz", **more)
        answer = json.loads(site.run("invite", f"{name}-signs-in", "--role", "admin", "--json"))
        enter(page, site.url + "/" + answer["url"].split("/", 3)[3])
        page.goto("/settings/")
        page.locator("#claim").select_option(label=name)
        page.get_by_role("button", name="This is me").click()
        return page

    return opener


WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLORS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def barriers(page: Page, rules: dict[str, Any] = WCAG) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page, one line for each element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # What passed is not looked at here; naming each such element takes axe more time than finding what fails.
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {' '.join(node['target'])} - {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def flaws(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands on both widths and in both schemes; each look is a picture.

    Folded parts are opened first. Every element is looked at by all rules once on each width, and its colors in
    each scheme on each width.
    """
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    found = []
    for width, scheme, rules in (
        ("wide", "light", WCAG),
        ("wide", "dark", COLORS),
        ("phone", "light", COLORS),
        ("phone", "dark", WCAG),
    ):
        x, y = WIDTHS[width]
        page.set_viewport_size({"width": x, "height": y})
        page.emulate_media(color_scheme=scheme)
        look = f"{name}-{width}-{scheme}"
        picture(page, look)
        found += [f"{look}: {line}" for line in barriers(page, rules)]
        if overflow(page) > 0:
            found.append(f"{look}: {overflow(page)} pixels wider than the screen")
    if word := re.search(r"\b(None|NaN|undefined)\b", page.locator("main").inner_text()):
        found.append(f"{name}: shows {word[0]}, a value of the program, instead of a word")
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(page: Page, name: str) -> None:
    """Keeps a screenshot in the folder SECI_SCREENSHOTS, if there is one."""
    folder = os.environ.get("SECI_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
