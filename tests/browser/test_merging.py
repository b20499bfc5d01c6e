"""Two guides become one playbook in a real browser; a source is edited, and its sentence comes back."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SCHEMES, Opener, Site, barriers, overflow, picture

WRITE = """
import json
from seci.accounts import door
from seci.library import services
from seci.library.incoming import Page
from tests.combination.merging.making import NORTH, SOUTH
db, actor, made = door.database(), door.actor(), {}
guides = (("Guide of the north", "Reviewing code", NORTH), ("Guide of the south", "How we review", SOUTH))
for name, title, text in guides:
    shelf = services.collection(actor, db, name, "folder", name, "CC-BY-4.0")
    services.put(actor, db, shelf, Page("review.md", title, text))
    made[name[-5:]] = [shelf, db.rows("SELECT id FROM library_document WHERE collection_id = ?", [shelf])[0][0]]
print(json.dumps(made))
"""


@pytest.fixture(scope="module")
def there(site: Site) -> Any:
    """{"north": [collection, document], "south": ...}"""
    done = subprocess.run([sys.executable, "-c", WRITE], env=site.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def seen(page: Page, name: str) -> None:
    """Looked at on a wide screen and on a phone, in both color schemes."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            picture(page, f"{name}-{width}-{scheme}")
        assert overflow(page) <= 0, name
    assert not barriers(page), name
    page.set_viewport_size({"width": 1440, "height": 900})


def test_guides_become_one_playbook_and_the_sentence_whose_source_changes_comes_back(
    site: Site, open_as: Opener, there: Any
) -> None:
    page = open_as(site, "owner", "/merges/new/")
    for collection, _ in there.values():
        page.locator(f"input[name=collection][value='{collection}']").check()
    page.get_by_role("button", name="Look what comes of it").click()
    expect(page.locator(".note", has_text="The result will be under")).to_contain_text("CC-BY-4.0")
    page.get_by_label("Title of the playbook").fill("One way to review")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".progress")).to_have_count(0)
    page.goto(page.url + "outline/")
    expect(page.locator(".chapter").first).to_be_visible()
    seen(page, "merge-outline")
    page.get_by_role("link", name="Conflicts").click()
    while page.get_by_role("link", name="Decide:").count():
        page.get_by_role("link", name="Decide:").first.click()
        page.get_by_label("The reason").fill("Long changes are read badly.")
        page.get_by_role("button", name="Take A").click()
        page.get_by_role("link", name="Conflicts").click()
    page.locator(".merge-steps a", has_text="Draft").click()
    page.get_by_role("button", name="Write the draft").click()
    expect(page.locator(".note.success")).to_contain_text("every statement has its source")
    seen(page, "merge-draft")
    page.locator(".merge-steps a", has_text="Publish").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Published as r1")).to_be_visible()
    merge = page.url.split("/merges/")[1].split("/")[0]

    page.goto(f"/library/{there['north'][1]}/write/")
    text = page.locator("textarea[name=text]")
    text.fill(text.input_value().replace("would fail without it", "fail without it"))
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/merges/{merge}/review/")
    page.get_by_role("button", name="Look at the sources now").click()
    expect(page.get_by_role("heading", name="1 sentence came back")).to_be_visible()
    expect(page.locator("ins")).to_have_text("Every change must come with tests that fail without it.")
    seen(page, "merge-review")
    page.get_by_role("button", name="Take the new wording").click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
