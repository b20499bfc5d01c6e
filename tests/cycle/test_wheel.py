"""The whole way of the data: history, evidence, people, assets, events, projections, proposals."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from seci.accounts.actor import Actor
from seci.assets import services as assets
from seci.cycle import queries, services
from seci.cycle.views import ReviewersForm
from seci.kit.clock import DAY, to_date
from seci.kit.errors import BadInput, NotFound
from seci.ledger import services as ledger
from seci.ledger.digest import digest
from seci.people import services as people
from seci.sources.git import queries as sources
from seci.sources.git import services as repositories
from seci.spiral import queries as spiral
from tests.cycle.conftest import OWNER, House, MakeRepository
from tests.organization import commits, write_organization
from tests.repositories import Commit, git, write_repository


@pytest.fixture
def organization(tmp_path: Path) -> Path:
    return write_organization(tmp_path / "organization")


def test_the_planted_single_holder_is_listed_and_shared_areas_are_not(house: House, organization: Path) -> None:
    house.scan(organization)
    page = spiral.risk(OWNER, house.at, only="single")

    assert "billing" in {row.asset.name for row in page.rows}
    assert "engine" not in {row.asset.name for row in page.rows}
    (billing,) = [row for row in page.rows if row.asset.name == "billing"]
    assert billing.single is not None
    assert billing.single.name.startswith("Dan")


def test_what_was_left_behind_is_held_by_nobody_and_stale(house: House, organization: Path) -> None:
    house.scan(organization)
    page = spiral.risk(OWNER, house.at, only="nobody")

    assert {row.asset.name: row.freshness for row in page.rows}["legacy"] == "stale"


def test_if_dan_leaves_billing_is_orphaned(house: House, organization: Path) -> None:
    house.scan(organization)
    page = spiral.leave(OWNER, house.at, [house.person("Dan Senior")])

    verdicts = {row.asset.name: row.verdict for row in page.losses}
    assert verdicts["billing"] == "orphaned"
    assert verdicts.get("engine") != "orphaned"
    assert "Dan Senior" not in {s.person.name for row in page.losses for s in row.next_best}


def test_what_is_not_in_the_evidence_is_not_split_off(
    house: House, organization: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECI_EVIDENCE_DIR", house.shelves)
    source = house.scan(organization).source
    with pytest.raises(BadInput, match=r"There is no billing/part99.py in .*did you mean billing/part9.py"):
        assets.split(OWNER, house.db, house.asset("billing"), [(source, "billing/part99.py", "")], "Invoices")


def test_of_several_leavers_only_who_had_to_do_with_an_asset_hands_it_over(house: House, organization: Path) -> None:
    house.scan(organization)
    page = queries.leave(
        OWNER, house.at, [house.person("Dan Senior"), house.person("Grace Designer")], shelves=house.shelves
    )
    told = {row.asset.name: row.transfer for row in page.losses}

    assert "Dan Senior" in told["billing"]
    assert "Grace Designer" not in told["billing"]
    assert "Grace Designer" in told["web"]


def test_whoever_alone_holds_an_asset_is_offered_before_a_name_is_typed(house: House, organization: Path) -> None:
    house.scan(organization)

    assert "Dan Senior" in {one.name for one in spiral.leave(OWNER, house.at, []).suggestions}
    called = spiral.leave(OWNER, house.at, [], q="learner")
    assert [one.name for one in called.suggestions] == ["Bob Learner", "Carol Learner"]


def test_a_history_that_ends_long_ago_is_said_to(house: House, organization: Path) -> None:
    house.scan(organization)
    (newest,) = house.db.rows("SELECT MAX(last_t) FROM spiral_assetrisk")[0]

    assert spiral.risk(OWNER, house.at).ended == ()
    (told,) = spiral.risk(OWNER, house.at + 90 * DAY).ended
    assert (told.title, told.until) == ("organization", newest)


def test_beside_a_newer_clone_nobody_of_an_old_one_is_gone(house: House, tmp_path: Path, organization: Path) -> None:
    weeks = [Commit("Zoe", f"2019-{month:02}-15", {"old/engine.py": f"{month}"}) for month in range(1, 13)]
    both = [Commit("Dan Senior <dan@example.org>", f"2019-{month:02}-16", {"old/x.py": f"{month}"}) for month in (3, 9)]
    old = write_repository(tmp_path / "old", sorted([*weeks, *both], key=lambda one: one.when))
    house.scan(organization)
    alone = house.projections()
    house.scan(old)
    zoe = house.person("Zoe")

    assert spiral.person_page(OWNER, zoe, house.at).facts.person.here
    (told,) = queries.proposals(OWNER, house.at).ended
    assert (told.title, to_date(told.until)) == ("old", date(2019, 12, 15))
    (lost,) = spiral.leave(OWNER, house.at, [zoe]).losses
    form = ReviewersForm(queries.source_at(OWNER, old), paths="old/engine.py")
    fits = queries.reviewers(OWNER, form, house.at, shelves=house.shelves).candidates
    assert "Zoe" in {one.person.name for one in fits}
    assert (lost.before.value or 0) > (lost.after.value or 0)
    assert set(alone["risk"]) <= set(house.projections()["risk"])

    step_by_step = house.projections()
    services.rebuild(OWNER, house.db, house.shelves, house.at)
    assert house.projections() == step_by_step


def test_a_clone_that_was_brought_up_to_date_gives_what_a_rebuild_gives(house: House, tmp_path: Path) -> None:
    years = [Commit("Zoe", f"{year}-05-15", {"old/engine.py": f"{year}"}) for year in range(2017, 2022)]
    old = write_repository(tmp_path / "old", years)
    house.scan(old)
    lately = to_date(house.at - 9 * DAY).isoformat()
    write_repository(old, [Commit("Yan", lately, {"old/engine.py": "new"})], append=True)
    house.scan(old)

    assert not spiral.person_page(OWNER, house.person("Zoe"), house.at).facts.person.here
    step_by_step = house.projections()
    services.rebuild(OWNER, house.db, house.shelves, house.at)
    assert house.projections() == step_by_step


def test_coverage_of_today_and_of_past_quarters_weigh_assets_alike(house: House, organization: Path) -> None:
    house.scan(organization)
    needed = dict(house.db.rows("SELECT asset_id, demand FROM spiral_assetrisk"))
    (last,) = house.db.rows("SELECT MAX(quarter) FROM spiral_assettrend")[0]
    then = house.db.rows("SELECT asset_id, coverage FROM spiral_assettrend WHERE quarter = ?", [last])
    weighed = sum(needed[asset] * covered for asset, covered in then) / sum(needed[asset] for asset, _ in then)

    assert spiral.risk(OWNER, house.at).trend[-1].coverage == pytest.approx(weighed)


def test_it_proposes_to_bring_someone_to_billing(house: House, organization: Path) -> None:
    house.scan(organization)
    page = queries.proposals(OWNER, house.at)

    about = [item for item in page.items if item.asset.name == "billing"]
    assert about
    assert any(person.name == "Dan Senior" for person in about[0].people)
    assert about[0].effect.value is not None
    assert about[0].effect.value < 0


def test_reading_in_steps_gives_what_rebuilding_gives(house: House, tmp_path: Path) -> None:
    history = commits()
    path = write_repository(tmp_path / "steps", history[:200])
    house.scan(path)
    for start in range(200, len(history), 90):
        write_repository(path, history[start : start + 90], append=True)
        house.scan(path)
    house.db.run("DELETE FROM spiral_projection WHERE name = 'derived'")
    services.refresh(OWNER, house.db, house.shelves, house.at)
    stepwise, fingerprint = house.projections(), digest(house.db)
    services.rebuild(OWNER, house.db, house.shelves, house.at)

    assert house.projections() == stepwise
    assert digest(house.db) == fingerprint


def test_scanning_again_changes_nothing(house: House, organization: Path) -> None:
    house.scan(organization)
    before = house.projections(), digest(house.db)
    again = house.scan(organization)

    assert (again.new_commits, again.events) == (0, 0)
    assert (house.projections(), digest(house.db)) == before


def test_a_repository_is_one_however_the_way_to_it_is_written(house: House, organization: Path) -> None:
    (organization.parent / "here").mkdir()
    first = house.scan(organization.parent / "here" / ".." / organization.name)
    again = house.scan(organization)

    assert (again.source, again.events) == (first.source, 0)
    assert queries.source_at(OWNER, organization) == queries.source_at(OWNER, organization / "billing") == first.source
    with pytest.raises(NotFound):
        queries.source_at(OWNER, organization.parent)


def test_a_link_a_folder_within_and_a_linked_work_tree_are_the_same_repository(
    house: House, make_repository: MakeRepository, tmp_path: Path
) -> None:
    path = make_repository([Commit("Alice", f"2025-0{n}-01", {"core/deep/a.py": str(n)}) for n in range(1, 7)])
    (tmp_path / "link").symlink_to(path)
    (tmp_path / "within").symlink_to(path / "core")
    git(path, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    first = house.scan(path / "core" / "deep")
    ways = [
        path,
        tmp_path / "link",
        tmp_path / "within",
        tmp_path / "link" / "core",
        path / ".git",
        tmp_path / "linked",
    ]

    assert first.title == path.name
    assert [(done.source, done.events) for done in map(house.scan, ways)] == [(first.source, 0)] * len(ways)
    assert {queries.source_at(OWNER, way) for way in ways} == {first.source}
    assert house.table("git_repository", "path") == [(str(path),)]

    other = write_repository(path / "vendored", [Commit("Bob", "2025-01-01", {"b.py": "1"})])
    assert house.scan(other).source != first.source
    assert queries.source_at(OWNER, other) != first.source


def test_members_read_what_failed_and_not_where_it_lies_on_the_server(
    house: House, make_repository: MakeRepository
) -> None:
    path = make_repository([Commit("Alice", f"2025-0{n}-01", {"core/a.py": str(n)}) for n in range(1, 7)])
    first = house.scan(path)
    path.rename(path.with_name("elsewhere"))
    member, lead = Actor(None, None, "member", "page"), Actor(None, None, "lead", "page")
    with pytest.raises(BadInput):
        repositories.scan(OWNER, house.db, first.source, house.shelves)
    with pytest.raises(BadInput) as caught:
        queries.reviewers(member, ReviewersForm(first.source, "HEAD"), house.at, shelves=house.shelves)

    told = sources.source(member, house.db, first.source, house.at)
    assert str(path) not in repr(told)
    assert str(path) not in caught.value.sentence
    assert first.title in told.runs[0].sentence
    assert str(path) not in repr(sources.sources(member, house.db, house.at))
    assert sources.source(lead, house.db, first.source, house.at).source.path == str(path)


def test_a_rewritten_history_is_superseded_and_not_doubled(house: House, make_repository: MakeRepository) -> None:
    base = [Commit("Alice", f"2025-0{n}-01", {"core/a.py": str(n)}) for n in range(1, 7)]
    path = make_repository([*base, Commit("Bob", "2025-07-01", {"core/a.py": "bob"})])
    house.scan(path)
    subprocess.run(["git", "-C", str(path), "reset", "-q", "--hard", "HEAD~1"], check=True)
    write_repository(path, [Commit("Carol", "2025-07-02", {"core/a.py": "carol"})], append=True)
    done = house.scan(path)

    by = dict(house.db.rows(
        "SELECT p.name, SUM(c.events) FROM spiral_contact c JOIN people_identity i ON i.id = c.identity "
        "JOIN people_person p ON p.id = i.person_id GROUP BY p.name"
    ))  # fmt: skip
    assert done.gone_commits == 1
    assert by == {"Alice": 6, "Carol": 1}


def test_going_back_to_the_old_history_restores_its_events(house: House, make_repository: MakeRepository) -> None:
    path = make_repository([Commit("Alice", f"2025-0{n}-01", {"core/a.py": str(n)}) for n in range(1, 8)])
    house.scan(path)
    before = digest(house.db)
    tip = subprocess.run(["git", "-C", str(path), "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
    subprocess.run(["git", "-C", str(path), "reset", "-q", "--hard", "HEAD~3"], check=True)
    house.scan(path)
    assert digest(house.db) != before
    subprocess.run(["git", "-C", str(path), "reset", "-q", "--hard", tip], check=True)
    house.scan(path)

    assert digest(house.db) == before


def test_an_undone_import_leaves_no_trace_in_the_figures_and_can_be_redone(house: House, organization: Path) -> None:
    done = house.scan(organization)
    before = house.table("spiral_contact", "asset, identity, month, way, events, weight, last_t")
    ledger.undo(OWNER, house.db, done.run)
    services.refresh(OWNER, house.db, house.shelves, house.at)
    assert house.table("spiral_contact", "asset") == []
    assert not spiral.risk(OWNER, house.at).rows

    ledger.redo(OWNER, house.db, done.run)
    services.refresh(OWNER, house.db, house.shelves, house.at)
    assert house.table("spiral_contact", "asset, identity, month, way, events, weight, last_t") == before


def test_a_split_sorts_the_events_of_the_part_without_losing_any(house: House, make_repository: MakeRepository) -> None:
    path = make_repository(
        [Commit("Alice", f"2025-0{n}-01", {"core/a.py": str(n), "core/b.py": str(n)}) for n in range(1, 8)]
    )
    source = house.scan(path).source
    whole = int(house.db.rows("SELECT DISTINCT asset FROM spiral_contact")[0][0])
    parted = assets.split(OWNER, house.db, whole, [(source, "core/b.py", "")], "the other half")
    house.scan(path)

    events = dict(house.db.rows("SELECT asset, SUM(events) FROM spiral_contact GROUP BY asset"))
    assert events == {whole: 7, parted.part.id: 7}


def test_a_merged_asset_is_read_as_its_survivor_and_back(house: House, organization: Path) -> None:
    house.scan(organization)
    engine, billing = house.asset("engine"), house.asset("billing")
    apart = {row.asset.name: row.coverage.n for row in spiral.risk(OWNER, house.at).rows}
    assets.merge(OWNER, house.db, [engine, billing])
    services.refresh(OWNER, house.db, house.shelves, house.at)
    joined = {row.asset.name: row.coverage.n for row in spiral.risk(OWNER, house.at).rows}
    assert joined["engine"] == apart["engine"] + apart["billing"]
    assert "billing" not in joined

    assets.undo_merge(OWNER, house.db, billing)
    services.refresh(OWNER, house.db, house.shelves, house.at)
    assert {row.asset.name: row.coverage.n for row in spiral.risk(OWNER, house.at).rows} == apart


def test_joined_people_share_their_contact_until_they_are_split(house: House, organization: Path) -> None:
    house.scan(organization)
    engine, dan, bob = house.asset("engine"), house.person("Dan Senior"), house.person("Bob Learner")
    _, before = spiral.holder_rows(OWNER, spiral.get_asset(OWNER, engine), house.at)
    people.join(OWNER, house.db, [dan, bob])
    services.refresh(OWNER, house.db, house.shelves, house.at)
    _, joined = spiral.holder_rows(OWNER, spiral.get_asset(OWNER, engine), house.at)

    assert joined == before - 1


def test_an_announced_exit_counts_in_coverage(house: House, organization: Path) -> None:
    from seci.kit.clock import to_date

    house.scan(organization)
    billing = house.asset("billing")
    before = spiral.asset_page(OWNER, billing, house.at).coverage.value
    people.describe(OWNER, house.db, house.person("Dan Senior"), leaves_on=to_date(house.at))
    services.refresh(OWNER, house.db, house.shelves, house.at)
    after = spiral.asset_page(OWNER, billing, house.at)

    assert before is not None
    assert after.coverage.value is not None
    assert after.coverage.value < before / 2
    assert "Dan Senior" not in {row.person.name for row in after.holders}


def test_an_answered_proposal_does_not_come_back(house: House, organization: Path) -> None:
    house.scan(organization)
    first = queries.proposals(OWNER, house.at).items[0]
    services.answer(OWNER, house.db, int(first.key), "declined")
    services.rebuild(OWNER, house.db, house.shelves, house.at)

    assert first.title not in {item.title for item in queries.proposals(OWNER, house.at, size=40).items}
    with pytest.raises(NotFound, match="no longer there"):
        services.answer(OWNER, house.db, int(first.key), "declined")


def test_the_events_behind_a_cell_name_their_commits(house: House, organization: Path) -> None:
    house.scan(organization)
    page = spiral.evidence(OWNER, house.asset("billing"), house.person("Dan Senior"), house.at)
    known = subprocess.run(
        ["git", "-C", str(organization), "log", "--format=%H"], capture_output=True, text=True
    ).stdout

    assert page.rows
    assert page.contacts.events == page.pager.total
    assert {row.sha for row in page.rows} <= set(known.split())


def test_the_replay_warned_about_what_came_to_pass(house: House, organization: Path) -> None:
    from datetime import timedelta

    from seci.kit.clock import to_date

    house.scan(organization)
    page = spiral.replay(OWNER, house.at, to_date(house.at) - timedelta(days=760))

    assert {w.asset.name: w.came_true for w in page.warnings}.get("legacy") is True


def test_reviewers_of_a_change_know_its_files(house: House, organization: Path) -> None:
    from seci.cycle.views import ReviewersForm
    from seci.sources.git import store

    source = house.scan(organization).source
    found = store.repository(house.db, source)
    form = ReviewersForm(source=found.source, paths="engine/part0.py\nengine/part1.py")
    page = queries.reviewers(OWNER, form, house.at, shelves=house.shelves)

    names = [one.person.name for one in page.candidates]
    assert names
    assert names[0].split()[0] in {"Alice", "Dan", "Bob"}
    assert all(one.reasons for one in page.candidates)
