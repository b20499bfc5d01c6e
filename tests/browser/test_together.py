"""One page of the library, written in two browsers at once; what is said about it, seen on a phone in the dark."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCHEMES, Complaints, Opener, Site, barriers, overflow, picture

TEXT = (
    "# Code review\\n\\nHow we review changes.\\n\\n## Before you ask\\n\\n- Keep a change **small**.\\n"
    "- Say *why*.\\n\\n> A review is a conversation, not a gate.\\n"
)
WRITE = (
    "from seci.accounts import door; from seci.library import services; db = door.database(); a = door.actor(); "
    f'd = services.create(a, db, "Code review", "{TEXT}"); services.publish(a, db, d); print(d)'
)


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WRITE], env=site.environment, capture_output=True, text=True, check=True
    )
    return f"/library/{done.stdout.strip()}/together/"


def test_two_browsers_write_one_page(site: Site, open_as: Opener, complaints: Complaints, address: str) -> None:
    alice = open_as(site, "owner", address)
    bob = open_as(site, "member", address, width="phone", scheme="dark")
    for page in (alice, bob):
        expect(page.locator(".cm-content")).to_be_visible()
    alice.locator(".cm-line", has_text="How we review").click()
    alice.keyboard.press("End")
    alice.keyboard.type(" Ask early.")
    bob.locator(".cm-line", has_text="Say *why*").click()
    bob.keyboard.press("End")
    bob.keyboard.type(" And for whom.")
    for page in (alice, bob):
        expect(page.locator(".cm-content")).to_contain_text("How we review changes. Ask early.")
        expect(page.locator(".cm-content")).to_contain_text("And for whom.")
        expect(page.locator("[data-live-people] li")).to_have_count(2)
    expect(alice.locator(".live-caret")).to_contain_text("some-member")
    expect(bob.locator("[data-live-state]")).to_have_text("Saved as r2")

    bob.locator("summary", has_text="Suggest other words").click()
    bob.get_by_label("Passage").last.fill("a conversation, not a gate")
    bob.get_by_label("Other words").fill("a talk among equals")
    bob.get_by_role("button", name="Suggest", exact=True).click()
    expect(bob.locator(".note.success")).to_contain_text("Suggested.")
    bob.get_by_role("link", name="In the text").click()
    expect(bob.locator(".cm-editor.cm-focused")).to_be_visible()

    alice.locator("#remarks").dispatch_event("listen")
    alice.get_by_role("button", name="Take it").click()
    for page in (alice, bob):
        expect(page.locator(".cm-content")).to_contain_text("A review is a talk among equals")
    found = json.loads(site.run("remarks", "list", address.split("/")[2], "--json"))
    assert [each["state"] for each in found["decided"]] == ["taken"]
    # The line is lost: what is typed meanwhile stays, and goes out when it is back.
    bob.evaluate("document.querySelector('live-text').line.socket.close()")
    bob.locator(".cm-line", has_text="How we review").click()
    bob.keyboard.press("End")
    bob.keyboard.type(" Offline, too.")
    expect(alice.locator(".cm-content")).to_contain_text("Offline, too.")

    hurdles = []
    for page in (alice, bob):
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            name = f"together-{page.viewport_size['width']}-{scheme}"  # type: ignore[index]
            hurdles += [f"{name}: {line}" for line in barriers(page)]
            assert overflow(page) == 0, name
            picture(page, name)
    assert not hurdles, "\n".join(hurdles)
