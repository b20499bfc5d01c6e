"""Signing in with a link, and what strangers see."""

from __future__ import annotations

from tests.browser.conftest import Complaints, Opener, Site, barriers, enter, overflow


def test_a_link_signs_in_once(empty_site: Site, open_as: Opener, complaints: Complaints) -> None:
    complaints.expect("410")
    link = empty_site.entry("owner")
    page = open_as(empty_site, None, "/healthz")
    enter(page, link)
    assert page.get_by_role("navigation", name="Main").is_visible()
    again = open_as(empty_site, None, link)
    assert "used" in again.locator("main").inner_text()


def test_looking_at_a_link_without_scripts_spends_nothing(empty_site: Site, open_as: Opener) -> None:
    link = empty_site.entry("owner")
    for _ in range(2):
        preview = open_as(empty_site, None, link, java_script_enabled=False)
    preview.get_by_role("button", name="Come in").click()
    assert preview.get_by_role("navigation", name="Main").is_visible()


def test_a_stranger_is_asked_to_sign_in(empty_site: Site, open_as: Opener) -> None:
    page = open_as(empty_site, None, "/")
    assert "login" in page.url
    assert barriers(page) == []
    assert overflow(page) <= 0


def test_a_page_that_is_not_there_says_so_in_the_frame(
    empty_site: Site, open_as: Opener, complaints: Complaints
) -> None:
    complaints.expect("404")
    page = open_as(empty_site, "lead", "/nowhere/")
    assert page.get_by_role("navigation", name="Main").is_visible()
    assert barriers(page) == []
