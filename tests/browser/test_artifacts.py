"""An artifact written down, tried, changed and published in a real browser, on both widths and in both schemes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browser.conftest import Opener, Site, flaws


@pytest.fixture(scope="module")
def text() -> str:
    return to_markdown(Content("decision_tree", "May this table be used?", tree(), FOR_ALL, (claim(),)))


@pytest.fixture(scope="module")
def address(site: Site, text: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("artifact") / "tree.md"
    file.write_text(text)
    number = site.run("artifacts", "import", str(file)).split()[0]
    return f"/artifacts/{number}/"


def test_from_a_draft_to_publication_on_a_phone(site: Site, open_as: Opener, text: str) -> None:
    page = open_as(site, "owner", "/artifacts/new/", width="phone")
    page.get_by_role("link", name="decision tree").click()
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.locator("h1")).to_have_text("May this table be used?")
    page.locator("summary", has_text="hold").click()
    expect(page.locator(".nodes details[open] blockquote")).to_be_visible()

    page.get_by_role("link", name="Try it on a case").click()
    page.get_by_label("missing values").fill("7.4")
    page.get_by_role("button", name="What does it say?").click()
    expect(page.locator(".outcome")).to_have_text("Hold")
    page.go_back()
    page.go_back()

    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Text").fill(text.replace("> 5.2", "> 8"))
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("ins").first).to_contain_text("8 %")
    page.get_by_role("button", name="Save", exact=True).click()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Publish r2").click()
    expect(page.get_by_role("status")).to_contain_text("Published.")


def test_pages_of_artifacts_are_accessible_and_fit(site: Site, open_as: Opener, address: str) -> None:
    found = []
    page = open_as(site, "owner", "/artifacts/")
    for path in (
        "/artifacts/",
        "/artifacts/new/?type=checklist",
        address,
        f"{address}try/?fact.nulls=9",
        f"{address}edit/",
    ):
        page.goto(path)
        found += flaws(page, path.strip("/").replace("/", "-").split("?")[0])
    assert not found, "\n".join(found)
