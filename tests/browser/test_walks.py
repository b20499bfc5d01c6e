"""What a lead does on the pages, from the first look to the settings; with the mouse, the keys, and in a hurry."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.conftest import Opener, Site, flaws

MAIN = ["Home", "Who knows what", "At risk", "Artifacts", "What if", "Next", "Interviews", "Sources"]
MAIN += ["People", "Settings"]


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("navigation", name="Main").locator('[aria-current="page"]')).to_have_text(name)


def open_asset(page: Page, name: str) -> None:
    go(page, "Who knows what")
    page.locator("main").get_by_role("link", name=re.compile(name, re.I)).first.click()
    expect(page.locator("h1")).to_have_text(re.compile(name, re.I))


def test_the_path_of_a_lead(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead")
    expect(page.locator("h1")).not_to_be_empty()

    open_asset(page, "billing")
    help_there = page.locator("section", has_text="Who can help")
    expect(help_there.get_by_role("link", name="Dan Senior").first).to_be_visible()
    help_there.get_by_role("link", name="Evidence").first.click()
    expect(page.locator("h1")).to_contain_text("Dan Senior")
    expect(page.locator("main code, main .sha").first).to_be_visible()

    go(page, "What if")
    page.get_by_role("searchbox", name="Who leaves").fill("Dan")
    page.get_by_role("button", name="See what is lost").click()
    page.get_by_label("Dan Senior").check()
    page.get_by_role("button", name="See what is lost").click()
    losses = page.locator("main table").first
    expect(losses.get_by_role("row", name=re.compile("billing", re.I)).first).to_be_visible()

    go(page, "Next")
    expect(page.locator("h1")).to_contain_text("What to do next")
    go(page, "Settings")
    expect(page.locator("h1")).to_contain_text("Settings")


def test_the_planted_single_holder_is_seen_at_risk_and_the_shared_area_is_not(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead")
    go(page, "At risk")
    row = page.get_by_role("row", name=re.compile("billing", re.I)).first
    expect(row).to_be_visible()


def test_the_keys(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead", "/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    page.keyboard.type("bill", delay=30)
    hit = page.locator("#hits a").first
    expect(hit).to_contain_text(re.compile("billing", re.I))
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("billing", re.I))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(site.url + "/")


def test_the_first_tab_leads_past_the_navigation(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead", "/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_back_leads_to_where_one_was(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead", "/")
    before = page.locator("h1").inner_text()
    open_asset(page, "engine")
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text(before)


def test_a_hasty_second_click_does_nothing_twice(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead", "/")
    open_asset(page, "web")
    keep = page.get_by_role("button", name="Keep it as proposed")
    if keep.count():
        keep.dblclick(no_wait_after=True)
        page.wait_for_load_state()
    expect(page.locator("main .tag", has_text="kept")).to_be_visible()
    page.locator("summary", has_text="Rename").click()
    page.get_by_label("Name", exact=True).fill("Web front")
    page.get_by_role("button", name="Rename", exact=True).dblclick(no_wait_after=True)
    expect(page.locator("h1")).to_have_text("Web front")


@pytest.mark.parametrize("name", MAIN)
def test_an_empty_instance_teaches(empty_site: Site, open_as: Opener, name: str) -> None:
    page = open_as(empty_site, "owner", "/")
    go(page, name)
    text = page.locator("main").inner_text()
    assert len(text.split()) > 8, "an empty page says what it is for and how to begin"
    assert not flaws(page, f"empty-{name.lower().replace(' ', '-')}")


def every_page(page: Page) -> Iterator[str]:
    """One page of each kind, opened, found by following links as a person would."""
    seen = {"/"}
    pending = ["/"]
    while pending:
        address = pending.pop(0)
        try:
            page.goto(address)
        except Error as refused:
            if "Download is starting" not in refused.message:
                raise
            continue
        yield address
        for link in page.locator("a[href^='/']").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
            path = link.split("#")[0]
            kind = re.sub(r"\d+|(?<=/conversions/)[^/]+", "N", path.split("?")[0])
            if kind not in seen and not re.search(r"logout|/static/|/export/|/journal/|\.(csv|json|ics|svg)$", kind):
                seen.add(kind)
                pending.append(path)


@pytest.mark.slow
def test_every_page_is_accessible_and_fits(site: Site, open_as: Opener) -> None:
    page = open_as(site, "owner", "/")
    found, opened = [], 0
    for address in every_page(page):
        opened += 1
        found += flaws(page, re.sub(r"[^a-z0-9]+", "-", address).strip("-") or "home")
    assert opened >= 12
    assert not found, "\n".join(found)


def test_the_reading_path_works_without_scripts(site: Site, open_as: Opener) -> None:
    page = open_as(site, "lead", "/", java_script_enabled=False)
    open_asset(page, "engine")
    go(page, "What if")
    go(page, "Next")
