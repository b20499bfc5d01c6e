"""Documents are dropped on the page of imports and looked at, by somebody of this file's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site, flaws
from tests.sources.documents.made import packed, pdf

Opener = Callable[..., Page]


def test_a_zip_is_sent_and_every_file_has_its_outcome(site: Site, open_as: Opener, tmp_path: Path) -> None:
    files: dict[str, Any] = {
        "dropped/a.md": "# A dropped guide\n\nSee [b](b.md).\n",
        "dropped/b.md": "# B\n",
        "dropped/scan.pdf": pdf(),
    }
    page = open_as(site, "owner", "/library/import/", width="phone")
    expect(page.get_by_text("Or drop files or a folder here.")).to_be_visible()
    page.get_by_label("Files, or a zip").set_input_files(packed(tmp_path / "dropped.zip", files))
    expect(page.locator(".chosen")).to_contain_text("1 file")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_role("heading", name="dropped")).to_be_visible()
    expect(page.get_by_text("2 new, 1 failed.")).to_be_visible()
    expect(page.get_by_text("It holds pictures of pages and no text")).to_be_visible()
    assert flaws(page, "import") == []
    address = page.url
    page.goto(f"{site.url}/library/import/")
    assert flaws(page, "imports") == []
    page.goto(address)
    page.get_by_role("link", name="a.md").click()
    expect(page.get_by_role("heading", name="A dropped guide", level=1).first).to_be_visible()


def test_a_folder_chosen_before_the_script_arrives_keeps_its_paths(site: Site, open_as: Opener, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "hasty" / name).mkdir(parents=True)
        (tmp_path / "hasty" / name / "notes.md").write_text(f"# Notes {name}\n")
    page = open_as(site, "owner", "/library/import/")
    held: list[Route] = []
    page.route("**/drop-files*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.get_by_label("Or a folder").set_input_files(tmp_path / "hasty")
    while not held:  # the page may still be on its way to its script
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator("drop-files [role=status]")).to_contain_text("hasty: 2 files")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("2 new")).to_be_visible()
    expect(page.get_by_role("link", name="one/notes.md")).to_be_visible()
