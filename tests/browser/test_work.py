"""Artifacts used on real tasks and challenged, in a real browser, on both widths and in both schemes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browser.conftest import Opener, Site, flaws
from tests.internalization.runs.conftest import CHECKLIST, RUNBOOK


@pytest.fixture(scope="module")
def numbers(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """A tree, a checklist and a runbook."""
    folder: Path = tmp_path_factory.mktemp("work")
    made = {}
    for content in (
        Content("decision_tree", "May this table be used at work?", tree(), FOR_ALL, (claim(),)),
        Content("checklist", "Before a release", CHECKLIST, FOR_ALL),
        Content("runbook", "The queue stands still", RUNBOOK, FOR_ALL),
    ):
        file = folder / f"{content.type}.md"
        file.write_text(to_markdown(content))
        made[content.type] = int(site.run("artifacts", "import", str(file)).split()[0])
    return made


def begun(site: Site, artifact: int, task: str) -> str:
    said = site.run("run", str(artifact), "--task", task, "--pressure", "alone", "--as", "1", "--json")
    return f"/runs/{json.loads(said)['run']['id']}/"


@pytest.fixture(scope="module")
def at_work(site: Site, numbers: dict[str, int]) -> dict[str, str]:
    return {type_: begun(site, number, f"a {type_.replace('_', ' ')}") for type_, number in numbers.items()}


@pytest.fixture(scope="module")
def asked(site: Site, numbers: dict[str, int]) -> str:
    said = site.run(
        "challenges", "open", str(numbers["decision_tree"]), "Not so", "--node", "n2", "--as", "1", "--json"
    )
    return f"/challenges/{json.loads(said)['id']}/"


def test_a_task_is_gone_through_and_the_artifact_challenged_on_a_phone(
    site: Site, open_as: Opener, numbers: dict[str, int]
) -> None:
    page = open_as(site, "owner", begun(site, numbers["decision_tree"], "orders of May"), width="phone")
    page.get_by_role("textbox", name="missing values").fill("9")
    page.get_by_role("button", name="Note: missing values").click()
    expect(page.locator("#at-nulls")).to_contain_text("9")
    page.get_by_role("button", name="Use", exact=True).click()
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".outcome")).to_have_text("Use")
    expect(page.get_by_text("The artifact says hold")).to_be_visible()
    page.get_by_role("link", name="say what is wrong in it").click()
    page.get_by_label("Where").select_option("n2")
    page.get_by_label("What is wrong").fill("The new loader fills gaps.")
    page.get_by_role("button", name="Challenge it").click()
    page.get_by_label("The reason").fill("It does not yet.")
    page.get_by_role("button", name="It stands").click()
    expect(page.get_by_role("status")).to_contain_text("Decided.")


def test_pages_of_work_are_accessible_and_fit(
    site: Site, open_as: Opener, numbers: dict[str, int], at_work: dict[str, str], asked: str
) -> None:
    found = []
    page = open_as(site, "owner", "/runs/")
    for name, path in (
        ("runs", "/runs/"),
        ("work", f"/artifacts/{numbers['decision_tree']}/run/"),
        *at_work.items(),
        ("new", f"/artifacts/{numbers['decision_tree']}/challenge/?node=n2"),
        ("challenges", "/challenges/"),
        ("challenge", asked),
    ):
        page.goto(path)
        found += flaws(page, f"work-{name}")
    assert not found, "\n".join(found)
