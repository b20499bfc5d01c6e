"""Signing in with a link, and what strangers see."""

from __future__ import annotations

from tests.browser.conftest import Complaints, Opener, Site, barriers, overflow


def test_the_printed_link_signs_in_once(empty_site: Site, open_as: Opener, complaints: Complaints) -> None:
    complaints.expect("403")
    link = empty_site.entry("owner")
    page = open_as(empty_site, None, link)
    button = page.locator("main form button").first
    if "/enter/" in page.url and button.count():
        button.click()
    page.wait_for_url(lambda url: "/enter/" not in url)
    assert "login" not in page.url
    again = open_as(empty_site, None, link)
    if again.locator("main form button").count() and "/enter/" in again.url:
        again.locator("main form button").first.click()
    assert "used" in again.locator("main").inner_text().lower()


def test_a_stranger_is_asked_to_sign_in(empty_site: Site, open_as: Opener) -> None:
    page = open_as(empty_site, None, "/")
    assert "sign" in page.locator("body").inner_text().lower()
    assert barriers(page) == []
    assert overflow(page) <= 0


def test_a_page_that_is_not_there_says_so_in_the_frame(
    empty_site: Site, open_as: Opener, complaints: Complaints
) -> None:
    complaints.expect("404")
    page = open_as(empty_site, "lead", "/nowhere/")
    assert page.locator("nav").count() >= 1
    assert barriers(page) == []
