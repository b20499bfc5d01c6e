"""A pressure test as whoever sits it has it: gates, one sealed case after the other, what came of it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from seci.accounts.actor import Actor
from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from seci.internalization.sittings import services as sittings
from seci.kit.database import connect
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browser.conftest import Opener, Site, barriers, overflow
from tests.internalization.scenario import key

TITLE = "May this table be used?"


@pytest.fixture(scope="module")
def sealed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A published tree with sealed cases that a panel of five has judged."""
    folder: Path = tmp_path_factory.mktemp("gates")
    (folder / "tree.md").write_text(to_markdown(Content("decision_tree", TITLE, tree(), FOR_ALL, (claim(),))))
    number = site.run("artifacts", "import", str(folder / "tree.md")).split()[0]
    site.run("artifacts", "publish", number)
    site.run("practice", "prepare", number)
    rows = [{
        "id": f"s{place}", "pattern": ("n2", "n5")[place % 2], "title": f"Delivery {place}", "pool": "sealed",
        "situation": f"A table arrives at night.\n\n- missing values: **{1 if place % 2 else 8} %**",
        "options": ["use", "hold"], "key": ("hold", "use")[place % 2],
    } for place in range(60)]  # fmt: skip
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, rows)))
    site.run("practice", "import", number, str(folder / "cases.jsonl"))
    with closing(sqlite3.connect(Path(site.environment["SECI_DATA_DIR"]) / "seci.sqlite3")) as db, db:
        db.execute("UPDATE internalization_key SET basis = 'panel', n = 5, agreement = 0.8")
    return number


def answered(site: Site, name: str, sitting: int, leave: int) -> None:
    """Somebody answers what waits, all but the last ones."""
    with connect(Path(site.environment["SECI_DATA_DIR"]) / "seci.sqlite3") as db:
        learner = Actor(None, db.rows("SELECT id FROM people_person WHERE name = ?", [name])[0][0], "member", "cli")
        while shown := sittings.next_sealed(learner, db, sitting):
            if shown.total - shown.place < leave:
                return
            sittings.answer_sealed(
                learner, db, sitting, shown.case, key(shown.title), confidence=0.9, number=shown.number
            )


def test_two_gates_are_sat_on_a_phone_and_by_hand_alone(site: Site, sealed: str, open_as_newcomer: Opener) -> None:
    page = open_as_newcomer(site, "Rosa", width="phone")
    shots = os.environ.get("SECI_SCREENSHOTS")

    def seen(name: str) -> None:
        assert barriers(page) == []
        assert overflow(page) == 0
        if shots:
            page.screenshot(path=f"{shots}/{name}-phone.png", full_page=True)
            page.set_viewport_size({"width": 1440, "height": 900})
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=f"{shots}/{name}-wide-dark.png", full_page=True)
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 390, "height": 844})

    for gate in ("cold", "pressure"):
        page.goto(f"/artifacts/{sealed}/gates/")
        page.get_by_label("Profile").select_option("light")
        seen(f"gates-{gate}")
        page.get_by_role("button", name=f"Sit the gate {gate}").click()
        sitting, many = int(page.url.rstrip("/").split("/")[-1]), 24 if gate == "cold" else 20
        for place in range(many):
            if place == 2:
                seen(f"case-{gate}")
            if place == 3:
                answered(site, "Rosa", sitting, leave=2)
                page.reload()
            if 3 <= place < many - 2:
                continue
            option = "hold" if "8 %" in page.locator(".situation").inner_text() else "use"
            page.locator(f"input[name=option][value={option}]").check()
            page.locator("input[name=sure][value='90']").check()
            page.get_by_role("button", name="Commit").click()
        expect(page.get_by_role("heading", name=f"Gate {gate}: met")).to_be_visible()
        seen(f"result-{gate}")
    page.goto(f"/artifacts/{sealed}/gates/")
    expect(page.get_by_text("Under pressure", exact=True)).to_be_visible()
    expect(page.get_by_text("This gate opens 30 days after the last practice")).to_be_visible()
