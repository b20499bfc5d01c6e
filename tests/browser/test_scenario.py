"""Five learners of a framework, of whom one only reads, and what stands around their practice, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from seci.accounts.actor import Actor
from seci.artifacts.content import Content
from seci.artifacts.markdown import to_markdown
from seci.internalization import services
from seci.internalization.coaching import services as coached
from seci.internalization.playing import services as plays
from seci.internalization.proposals import services as proposing
from seci.internalization.sittings.states import State
from seci.kit.database import Database, connect
from tests.artifacts.making import FOR_ALL, claim, tree
from tests.browser.conftest import Opener, Site, flaws
from tests.internalization.practising import table
from tests.internalization.scenario import WHY, live

TITLE = "May this table be loaded?"
NAMES = ("Wanda", "Wilma", "Walid", "Wout", "Wei", "Wes", "Wyn")
RANK = "id,pattern,title,situation,options,kind\n"
RANK += "r1,n2,The lag grows,The lag grows since four,wait|call|roll back,shadowbox"


@pytest.fixture(scope="module")
def number(site: Site, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A published tree with cases to practise and sealed ones that a panel of five has judged."""
    folder: Path = tmp_path_factory.mktemp("scenario")
    (folder / "tree.md").write_text(to_markdown(Content("decision_tree", TITLE, tree(), FOR_ALL, (claim(),))))
    made = site.run("artifacts", "import", str(folder / "tree.md")).split()[0]
    for command in ("publish", "prepare"):
        site.run("artifacts" if command == "publish" else "practice", command, made)
    (folder / "people.csv").write_text("name,email\n" + "".join(f"{name},{name}@example.net\n" for name in NAMES[1:]))
    site.run("people", "import", str(folder / "people.csv"))
    return int(made)


@pytest.fixture
def house(site: Site) -> Database:
    return connect(Path(site.environment["SECI_DATA_DIR"]) / "seci.sqlite3")


def filled(db: Database, artifact: int) -> None:
    owner = Actor.owner_of_the_machine()
    sealed = table(60).replace("\nk", "\ns").splitlines()
    for text in (table(30), "\n".join([f"{sealed[0]},pool", *(f"{one},sealed" for one in sealed[1:])]), RANK):
        services.bring_file(owner, db, artifact, text)
    db.run(
        "UPDATE internalization_key SET basis = 'panel', n = 5, agreement = 0.8 WHERE case_id IN (SELECT c.id FROM "
        "internalization_practicecase c JOIN internalization_pattern p ON p.id = c.pattern_id "
        "WHERE c.pool = 'sealed' AND p.artifact_id = ?)",
        [artifact],
    )


def seats(db: Database) -> list[Actor]:
    known = dict(db.rows("SELECT name, id FROM people_person"))
    return [Actor(None, known[name], "member", "cli") for name in NAMES]


def ranked(page: Page, *order: str, words: str) -> None:
    for place, option in enumerate(order, start=1):
        page.locator(f"#place-{place}").select_option(option)
    page.locator("#words").fill(words)
    page.locator("button.first").click()


def test_the_fourth_phase_from_practice_to_passed_on_the_first_revision(
    site: Site, number: int, house: Database, open_as_newcomer: Opener
) -> None:
    filled(house, number)
    page = open_as_newcomer(site, NAMES[0], width="phone")
    wanda, *others = seats(house)
    assert live(house, number, [wanda, *others[:4]]) == [State.UNDER_PRESSURE] * 3 + [State.PRACTISED, State.EXPOSED]
    found: list[str] = []

    page.goto(f"/artifacts/{number}/gates/")
    expect(page.get_by_text("Under pressure", exact=True).first).to_be_visible()

    page.goto("/practice/")
    found += flaws(page, "scenario-practice")

    case = house.rows("SELECT id FROM internalization_practicecase WHERE kind = 'shadowbox' ORDER BY id DESC")[0][0]
    for expert, order in zip(others[4:], (["call", "wait", "roll back"], ["wait", "call", "roll back"]), strict=True):
        services.answer_panel(expert, house, case, order[0], ranking=order, reason=f"first {order[0]}", cue="lag")
    page.goto(f"/artifacts/{number}/exercises/")
    found += flaws(page, "scenario-exercises")
    page.get_by_role("button", name="Rank a case").click()
    ranked(page, "roll back", "call", "wait", words="the lag tells")
    expect(page.get_by_role("heading", name="2 experts rank")).to_be_visible()
    found += flaws(page, "scenario-ranking")
    ranked(page, "call", "wait", "roll back", words="the pager first")
    expect(page.get_by_role("heading", name="Yours, after seeing theirs")).to_be_visible()

    page.goto(f"/artifacts/{number}/exercises/")
    page.locator("#counterpart").fill("Wilma")
    page.locator("#observer").fill("Walid")
    page.get_by_role("button", name="Prepare a role-play").click()
    expect(page.locator("main")).to_contain_text("Your counterpart brings it.")
    found += flaws(page, "scenario-play")

    page.goto("/practice/mentors/")
    page.locator("#artifact").select_option(label=TITLE)
    page.locator("#mentor").fill("Wilma")
    page.get_by_role("button", name="Name them").click()
    expect(page.get_by_role("button", name="End it on")).to_be_visible()
    found += flaws(page, "scenario-mentors")

    coached.name_mentor(others[0], house, number, wanda.person or 0)
    page.goto("/practice/mentors/")
    page.get_by_role("link", name="Wilma").last.click()
    page.locator("summary", has_text="Say something").first.click()
    page.get_by_label("Your words").first.fill("Look at the source too.")
    page.get_by_role("button", name="Say it").first.click()
    expect(page.locator("main")).to_contain_text("Look at the source too.")
    found += flaws(page, "scenario-mentee")

    made = plays.prepare_play(others[1], house, number, others[2].person or 0, wanda.person or 0)
    page.goto(f"/practice/plays/{made}/")
    found += flaws(page, "scenario-observer")

    proposing.propose_step(
        replace(wanda, role="admin"), house, number, others[3].person or 0, 1, "Three exercises without an omission."
    )
    page.goto("/practice/proposals/")
    found += flaws(page, "scenario-proposals")

    page.goto("/practice/paths/")
    page.get_by_role("button", name="Follow Junior engineer").click()
    expect(page.get_by_role("heading", name="Junior engineer")).to_be_visible()
    found += flaws(page, "scenario-paths")

    page.goto("/practice/notes/")
    for name in ("expected", "happened", "because", "next_time"):
        page.locator(f"#{name}").fill(f"{name}, in a line")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="next_time, in a line")).to_be_visible()
    found += flaws(page, "scenario-notes")

    page.goto(f"/artifacts/{number}/challenge/")
    page.locator("#node").select_option("n2")
    page.locator("#sentence").fill(WHY)
    page.get_by_role("button", name="Challenge it").click()
    page.locator("#reason").fill("True since the new loader.")
    page.locator("summary", has_text="Change r1").click()
    changed = Content("decision_tree", TITLE, tree(outcome="use"), FOR_ALL, (claim(),))
    page.locator("#text").fill(to_markdown(changed))
    page.get_by_role("button", name="Amend").click()
    expect(page.get_by_role("heading", name="Amended")).to_be_visible()
    site.run("artifacts", "publish", str(number))

    page.goto(f"/artifacts/{number}/gates/")
    expect(page.locator("main")).to_contain_text("under pressure passed on r1")
    found += flaws(page, "scenario-passed-on-r1")
    assert not found, "\n".join(found)
