"""Practice as a learner has it: by keys alone, on a phone, against the clock, without scripts, without a connection."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browser.conftest import Complaints, Opener, Site, barriers, flaws, picture, unreached

CASES = 48
SITUATION = "A table arrives at night.\n\n- missing values: **{} %**\n- source: **stream**"
Begin = Callable[..., Page]


@pytest.fixture(scope="module")
def framework(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A published tree with cases, on the first of which three experts have judged."""
    folder: Path = tmp_path_factory.mktemp("practice")
    (folder / "tree.md").write_text(
        to_markdown(Content("decision_tree", "May this table be used?", tree(), FOR_ALL, (claim(),)))
    )
    number = site.run("artifacts", "import", str(folder / "tree.md")).split()[0]
    site.run("artifacts", "publish", number)
    site.run("practice", "prepare", number)
    rows = [{
        "id": f"k{place}", "pattern": ("n2", "n5")[place % 2], "title": f"Delivery {place}",
        "situation": SITUATION.format(1 if place % 2 else 8 + place), "options": ["use", "hold", "ask"],
        "key": ("hold", "use")[place % 2],
    } for place in range(CASES)]  # fmt: skip
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, rows)))
    site.run("practice", "import", number, str(folder / "cases.jsonl"))
    return number


@pytest.fixture
def begin(site: Site, framework: str, open_as_newcomer: Opener) -> Begin:
    """begin("Nora", width="phone") -> the page of practice of a fresh account that is this person and has begun."""

    def opened(name: str, **more: str) -> Page:
        page = open_as_newcomer(site, name, **more)
        page.goto("/practice/")
        page.get_by_role("button", name="Practise May this table be used?").first.click()
        expect(page.get_by_role("heading", name="Due today")).to_be_visible()
        return page

    return opened


def told(page: Page) -> str:
    expect(page.locator("#told")).to_be_visible()
    return page.locator("#told").inner_text()


def judged(page: Page) -> str:
    """The answer that the cases call right, from what the page shows."""
    missing = re.search(r"missing values: (\d+)", page.locator(".situation").inner_text())
    return "hold" if missing and int(missing[1]) > 5 else "use"


def test_a_round_by_keys_alone_comes_to_its_end_and_goes_on_where_it_was(begin: Begin) -> None:
    page = begin("Nora")
    page.get_by_role("button", name="Today’s round").click()
    found, place = [], 0
    while page.locator("commit-form").count():
        expect(page.locator("commit-form:defined")).to_be_visible()
        answer = judged(page)
        page.keyboard.press({"use": "1", "hold": "2"}[answer])
        page.keyboard.press("5")
        page.keyboard.type("missing values")
        assert page.locator("input[name=option]:checked").input_value() == answer
        page.keyboard.press("Enter")
        assert told(page) == f"Agreed: {answer}"
        place += 1
        if place == 1:
            found = barriers(page)
            page.goto("/practice/")
            page.get_by_role("button", name="Go on: case 2 of").click()
            expect(page.locator("h1")).to_have_text("Case 2 of 8")
            continue
        before = page.url
        page.get_by_label("Next time I look at").fill("the share that is missing")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url, before=before: url != before and "/line/" not in url)
    assert not found, "\n".join(found)
    expect(page.locator("h1")).to_have_text("You are placed")
    expect(page.locator("main")).to_contain_text(f"{place} cases: {place} agreed with the key.")
    page.get_by_role("link", name="Where I stand").click()
    expect(page.locator("main")).to_contain_text("This is where the placement put you.")
    expect(page.locator("main")).to_contain_text("the share that is missing")


def test_what_was_chosen_survives_a_lost_connection_and_a_second_tab_hears_of_it(
    begin: Begin, complaints: Complaints
) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED")
    page = begin("Oscar", width="phone")
    page.get_by_role("button", name="Today’s round").click()
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_text("hold", exact=True).click()
    page.get_by_role("radio", name="80 %").check()
    page.get_by_label("What decided it").fill("the gap")
    page.context.set_offline(True)
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("[data-unsent]")).to_contain_text("kept on this device")
    page.context.set_offline(False)
    told(page)
    expect(page.locator("main")).to_contain_text("80 % sure")
    told(other)
    page.go_back()
    page.go_forward()
    told(page)


def test_an_answer_is_sent_by_itself_once_the_server_is_there_again(begin: Begin, complaints: Complaints) -> None:
    complaints.expect("ERR_CONNECTION_REFUSED")
    page = begin("Olga")
    page.get_by_role("button", name="Today’s round").click()
    posted = unreached(page, times=2)
    page.get_by_text("hold", exact=True).click()
    page.get_by_role("radio", name="80 %").check()
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("[data-unsent]")).to_contain_text("by itself")
    told(page)
    assert len(posted) == 3


def test_an_answer_thought_over_while_unsent_waits_for_its_commit(begin: Begin, complaints: Complaints) -> None:
    complaints.expect("ERR_CONNECTION_REFUSED")
    page = begin("Orla")
    page.get_by_role("button", name="Today’s round").click()
    page.clock.install()
    posted = unreached(page, times=1)
    page.get_by_text("hold", exact=True).click()
    page.get_by_role("radio", name="80 %").check()
    page.get_by_role("button", name="Commit").click()
    expect(page.locator("[data-unsent]")).to_contain_text("by itself")
    page.get_by_role("radio", name="60 %").check()
    page.clock.fast_forward(60_000)
    assert len(posted) == 1
    expect(page.get_by_role("button", name="Commit")).to_be_enabled()
    page.get_by_role("button", name="Commit").click()
    told(page)
    expect(page.locator("main")).to_contain_text("60 % sure")


def test_under_pressure_a_clock_runs_and_somebody_comes_in(begin: Begin, site: Site) -> None:
    page = begin("Pia", width="phone")
    with sqlite3.connect(Path(site.environment["SECI_DATA_DIR"]) / "seci.sqlite3") as db:
        db.execute(
            "UPDATE internalization_standing SET level = 4, placed = 4, since = 1 WHERE person_id = "
            "(SELECT person FROM accounts_membership m JOIN auth_user u ON u.id = m.user_id "
            "WHERE u.username = 'Pia-signs-in')"
        )
        db.execute("UPDATE internalization_practicecase SET p75_ms = 6000")
    page.get_by_role("button", name="Today’s round").click()
    expect(page.locator("[data-clock]")).to_contain_text("s left")
    card = page.get_by_role("dialog", name="Somebody comes in")
    number = card.locator("b").inner_text()
    picture(page, "practice-interrupted-phone")
    assert not barriers(page)
    page.keyboard.press("Enter")
    expect(card).to_have_count(0)
    page.get_by_text("hold", exact=True).click()
    page.get_by_role("radio", name="90 %").check()
    page.get_by_label("The number you were told").fill(number)
    page.get_by_role("button", name="Commit").click()
    told(page)
    expect(page.get_by_role("status").last).to_contain_text("You kept the number in mind.")


def test_a_case_is_judged_without_scripts_and_what_is_missing_is_said(begin: Begin) -> None:
    learner = begin("Quentin")
    learner.get_by_role("button", name="Today’s round").click()
    address = learner.url
    plain = learner.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=learner.context.storage_state()
    )
    page = plain.new_page()
    page.goto(address)
    page.locator("form#commit").evaluate("form => form.noValidate = true")
    page.locator("input[value=use]").check()
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how sure you are")
    expect(page.locator("input[value=use]")).to_be_checked()
    page.locator("input[name=sure]").nth(2).check(force=True)
    page.get_by_role("button", name="Commit").click()
    told(page)
    page.get_by_role("button", name="Next case").click()
    expect(page.locator(".talk-status").first).to_contain_text("2 of")
    plain.close()


def test_pages_of_authors_and_panels_are_accessible_and_fit(site: Site, open_as: Opener, framework: str) -> None:
    found = []
    page = open_as(site, "owner", "/practice/")
    for name, address in (
        ("nobody", "/practice/"),
        ("prepared", "/practice/cases/"),
        ("plan", f"/practice/cases/of/{framework}/"),
        ("case", "/practice/cases/1/"),
        ("panels", "/practice/panels/"),
    ):
        page.goto(address)
        found += flaws(page, f"practice-{name}")
    assert not found, "\n".join(found)
