"""The graph, drawn and in words, from a search to the way that leads to somebody who can explain it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, SCHEMES, Complaints, Opener, Site, barriers, overflow, picture


def test_from_a_word_to_who_can_explain_it(site: Site, open_as: Opener, complaints: Complaints) -> None:
    page = open_as(site, "owner", "/graph/")
    hurdles = [f"begin: {line}" for line in barriers(page)]
    page.get_by_placeholder("An asset, a document, a person").fill("e")
    page.get_by_role("button", name="Find").click()
    page.locator(".graph-hits a[href*='asset:']").first.click()
    expect(page.locator("graph-view canvas").first).to_be_visible()
    shown = "document.querySelector('graph-view').drawing.nodes().length"
    # wait_for_function would have the page itself evaluate a string again and again, which its policy forbids.
    for _ in range(PATIENCE // 50):
        if page.evaluate(f"{shown} > 1"):
            break
        page.wait_for_timeout(50)
    assert page.evaluate(shown) > 1
    assert page.locator(".graph-lines li").count() >= page.evaluate(f"{shown} - 1")
    page.get_by_role("link", name="Who can explain this?").click()
    expect(page.locator(".graph-way li").first).to_contain_text("is worked on by")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            name = f"graph-{width}-{scheme}"
            hurdles += [f"{name}: {line}" for line in barriers(page)]
            assert overflow(page) == 0, name
            picture(page, name)
    assert not hurdles, "\n".join(hurdles)
