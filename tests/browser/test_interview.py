"""An interview as its expert has it: on a phone, in a hurry, without a connection, in two tabs, without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Complaints, Opener, Site, barriers, flaws, overflow, picture, unreached

TOLD = "Last month a load had far too many missing values, and usually I hold those unless it is a backfill."
LONGEST = 40  # questions; a dialogue of one minute has far fewer


def begin(page: Page, minutes: int = 1) -> None:
    """From the list to the first question, by the starter about dirty data."""
    page.goto("/interviews/")
    page.get_by_role("radio", name=re.compile("feels dirty")).check()
    page.locator("summary", has_text="More").click()
    page.get_by_label("Minutes at hand").fill(str(minutes))
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("h1")).to_have_text("Before we begin")
    page.get_by_label("I agree that my answers are recorded").check()
    page.get_by_role("button", name="Begin").click()
    expect(question(page)).to_be_visible()


def question(page: Page) -> Locator:
    return page.locator("#ask")


def number(page: Page) -> str:
    return page.locator("draft-keeper").get_attribute("data-number") or ""


def gone_on(page: Page, before: str) -> None:
    expect(page.locator(f'draft-keeper:not([data-number="{before}"]), .question:not(:has(#answer))')).to_be_visible()


def answer(page: Page) -> str:
    """Answers whatever is asked, as a willing expert would; says what kind of question it was."""
    before = number(page)
    if page.locator("button.verdict").count():
        closed = page.locator("reveal-board .tile:not(.open)")
        if closed.count():
            closed.first.click()
        page.locator("button.verdict").first.click()
        kind = "verdict"
    elif page.locator("button[name=taught]").count():
        page.locator("button[name=taught]").first.click()
        kind = "taught"
    elif page.locator("button[value=confirm]").count():
        kind = page.locator("button[value=confirm]").first.inner_text()
        page.locator("button[value=confirm]").first.click()
    elif page.locator("button[name=choice]").count():
        page.locator("button[name=choice]").first.click()
        kind = "choice"
    else:
        page.locator("#words").fill(TOLD)
        page.get_by_role("button", name="Send", exact=True).click()
        kind = "words"
    gone_on(page, before)
    return kind


def test_a_short_interview_on_a_phone_from_the_list_to_the_signature(site: Site, open_as: Opener) -> None:
    page = open_as(site, "member", "/interviews/", width="phone", has_touch=True)
    begin(page)
    kinds: list[str] = []
    found: list[str] = []
    while page.locator("#answer").count():
        assert len(kinds) < LONGEST, kinds
        assert page.locator(".meter").is_visible(), "how far we are is always in view"
        kinds.append(answer(page))
        expect(page.locator("#interview-status")).to_contain_text("saved")
        if kinds.count(kinds[-1]) == 1:
            picture(page, f"interview-{len(kinds)}-{kinds[-1].split()[-1].lower()}-phone")
            found += [f"after {kinds[-1]}: {line}" for line in barriers(page)]
            assert overflow(page) <= 0
    assert {"words", "verdict", "Sign it"} <= set(kinds), kinds
    assert not found, "\n".join(found)
    expect(page.locator("#ask")).to_be_visible()
    page.get_by_role("link", name="See the artifact").click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/interviews/")
    expect(page.locator("section", has_text="Yours, over")).to_contain_text("signed")


def test_the_pages_are_accessible_and_fit(site: Site, open_as: Opener) -> None:
    page = open_as(site, "facilitator", "/interviews/")
    found = flaws(page, "interviews")
    begin(page, minutes=20)
    for _ in range(2):
        before = number(page)
        page.get_by_role("button", name="Skip").click()
        gone_on(page, before)
    for path in (page.url, "/interviews/all/", page.url + "manage/"):
        page.goto(path)
        found += flaws(page, f"interview-{path.strip('/').split('/')[-1]}")
    assert not found, "\n".join(found)


def test_words_survive_a_reload_and_a_lost_connection(site: Site, open_as: Opener, complaints: Complaints) -> None:
    for part in ("ERR_INTERNET_DISCONNECTED", "htmx:", "Response Status"):
        complaints.expect(part)
    page = open_as(site, "member", "/interviews/", width="phone")
    begin(page)
    page.locator("#words").fill("half a thought")
    expect(page.locator("[data-kept]")).to_contain_text("Kept on this device")
    page.reload()
    expect(page.locator("#words")).to_have_value("half a thought")
    expect(page.locator("[data-kept]")).to_contain_text("not sent yet")

    before = number(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".unsent")).to_contain_text("kept on this device")
    expect(page.locator("#interview-status")).to_contain_text("not sent")
    expect(page.locator("#words")).to_have_value("half a thought")
    page.context.set_offline(False)
    gone_on(page, before)
    expect(page.locator("#interview-status")).to_contain_text("saved")
    page.locator("summary", has_text="so far").first.click()
    expect(page.locator(".turns")).to_contain_text("half a thought")


def test_words_are_sent_by_themselves_once_the_server_is_there_again(
    site: Site, open_as: Opener, complaints: Complaints
) -> None:
    for part in ("ERR_CONNECTION_REFUSED", "htmx:", "Response Status"):
        complaints.expect(part)
    page = open_as(site, "member", "/interviews/")
    begin(page)
    before = number(page)
    posted = unreached(page, times=2)
    page.locator("#words").fill("as soon as you are back")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".unsent")).to_contain_text("by itself")
    gone_on(page, before)
    assert len(posted) == 3
    expect(page.locator(".unsent")).to_be_hidden()


def test_words_typed_before_the_scripts_arrive_are_kept_and_the_button_stays_in_place(
    site: Site, open_as: Opener
) -> None:
    page = open_as(site, "member", "/interviews/")
    begin(page)
    expect(page.locator("draft-keeper:defined")).to_be_visible()
    held: list[Route] = []
    page.route("**/draft-keeper*.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.locator("#words").fill("typed in a hurry")
    send = page.get_by_role("button", name="Send", exact=True)
    before = send.bounding_box()
    while not held:  # the page may still be on its way to its script
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page.locator("[data-kept]")).to_have_text("Kept on this device until you send it.")
    assert send.bounding_box() == before, "a button that moves under the finger is not pressed"
    page.unroute("**/draft-keeper*.js")
    page.reload()
    expect(page.locator("#words")).to_have_value("typed in a hurry")


def test_a_hasty_second_click_answers_once_and_back_shows_what_waits(site: Site, open_as: Opener) -> None:
    page = open_as(site, "member", "/interviews/")
    begin(page)
    page.locator("#words").fill("Whoever is on duty")
    first = number(page)
    page.get_by_role("button", name="Send", exact=True).dblclick(no_wait_after=True)
    gone_on(page, first)
    assert int(number(page)) == int(first) + 1
    waiting = question(page).inner_text()
    page.goto("/interviews/")
    page.go_back()
    expect(question(page)).to_have_text(waiting)


def test_a_second_tab_learns_that_the_interview_went_on(site: Site, open_as: Opener) -> None:
    page = open_as(site, "member", "/interviews/")
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#words").fill("written in the second tab")
    page.locator("#words").fill("answered in the first")
    before = number(page)
    page.get_by_role("button", name="Send", exact=True).click()
    gone_on(page, before)
    expect(other.locator(".unsent")).to_contain_text("another tab")
    expect(other.locator("#words")).to_have_value("written in the second tab")
    other.get_by_role("link", name="Show the current question").click()
    expect(question(other)).to_have_text(question(page).inner_text())


def to_a_case(page: Page) -> None:
    """Goes on until a case is to be judged."""
    for _ in range(LONGEST):
        if page.locator("button.verdict").count():
            return
        before = number(page)
        page.get_by_role("button", name="Skip").click()
        gone_on(page, before)
    raise AssertionError("no case was shown")


def test_the_board_keeps_the_order_and_keys_answer_until_they_are_turned_off(site: Site, open_as: Opener) -> None:
    page = open_as(site, "member", "/interviews/")
    begin(page, minutes=20)
    to_a_case(page)
    tiles = page.locator("reveal-board .tile")
    tiles.nth(2).click()
    tiles.nth(0).click()
    page.reload()
    expect(tiles.nth(2)).to_contain_text("opened 1.")
    expect(tiles.nth(0)).to_contain_text("opened 2.")
    expect(tiles.nth(1)).to_contain_text("tap to open")
    assert page.locator(".grown-nodes").count() == 0, "nothing that could lead is on the page"
    before, sent = number(page), []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.post_data or ""))
    page.keyboard.press("1")
    gone_on(page, before)
    (form,) = sent
    assert re.search(r"looked=\w+%2C\w+", form)
    assert re.search(r"latency=[1-9]\d*", form)

    page.locator("summary", has_text="Keys").click()
    page.get_by_label("Single keys answer").uncheck()
    to_a_case(page)
    before = number(page)
    page.reload()
    page.keyboard.press("1")
    page.wait_for_timeout(200)
    assert number(page) == before


def test_it_works_without_scripts(site: Site, open_as: Opener) -> None:
    page = open_as(site, "member", "/interviews/", width="phone", java_script_enabled=False)
    begin(page, minutes=20)
    to_a_case(page)
    board = page.locator("reveal-board .tile")
    board.nth(1).click()
    board.nth(0).click()
    expect(board.nth(0)).to_contain_text("opened 2.")
    before = number(page)
    page.locator("button.verdict").first.click()
    gone_on(page, before)
    expect(page.locator("#interview-status")).to_contain_text("1 case judged")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("main")).to_contain_text("stays exactly as it is")
