"""A drill in a real browser, on both widths and in both schemes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from tests.artifacts.making import FOR_ALL
from tests.browser.conftest import Opener, Site, flaws
from tests.internalization.runs.conftest import RUNBOOK


@pytest.fixture(scope="module")
def runbook(site: Site, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A published runbook with a drill on it."""
    file: Path = tmp_path_factory.mktemp("drill") / "runbook.md"
    file.write_text(to_markdown(Content("runbook", "The queue stands still at night", RUNBOOK, FOR_ALL)))
    made = int(site.run("artifacts", "import", str(file)).split()[0])
    site.run("artifacts", "publish", str(made))
    assert json.loads(site.run("exercises", "drill", str(made), "--json"))["id"]
    return made


def test_a_drill_is_walked_in_the_browser(site: Site, open_as_newcomer: Opener, runbook: int) -> None:
    page = open_as_newcomer(site, "Sven", width="phone")
    page.goto(f"/artifacts/{runbook}/exercises/")
    found = flaws(page, "exercises")
    page.get_by_role("button", name="Go through").first.click()
    page.get_by_role("button", name="Take the step").click()
    expect(page.get_by_role("button", name="It did not work")).to_be_visible()
    found += flaws(page, "drill")
    page.get_by_role("button", name="End the drill").click()
    expect(page.get_by_text("What was laid in")).to_be_visible()
    found += flaws(page, "drill-result")
    assert not found, "\n".join(found)
