"""Pages from elsewhere: new, changed, same, vanished; links that find each other; what hangs together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seci.kit.clock import DAY, now
from seci.kit.database import Database
from seci.kit.errors import BadInput, NotFound, Refused
from seci.ledger.kinds import Kind
from seci.library import queries, services
from seci.library.access import get_document
from seci.library.incoming import Page, Past
from seci.library.views import Wanted
from tests.library.test_services import EXPERT, FACILITATOR, GUEST, OTHER, events, house  # noqa: F401 - fixture

GUIDE = Page("docs/a.md", "A", "# A\n\nSee [b](b.md#part), [c](../c/), [[The B]] and [x](https://x.example).")
OTHER_PAGE = Page("docs/b.md", "The B", "Back to [a](./a.html).", tags=("Review", "fast"))


@pytest.fixture
def shelf(house: Database) -> int:  # noqa: F811
    return services.collection(EXPERT, house, "Guides", "folder", "/somewhere", "CC-BY-4.0")


def number(db: Database, path: str) -> int:
    return int(db.rows("SELECT id FROM library_document WHERE path = ?", [path])[0][0])


def test_the_same_place_is_the_same_collection(house: Database, shelf: int) -> None:  # noqa: F811
    assert services.collection(EXPERT, house, "Guides, renamed", "folder", "/somewhere") == shelf
    assert services.collection(EXPERT, house, "Guides", "folder", "/elsewhere") != shelf
    row = next(one for one in queries.collections(EXPERT, house) if one.collection.id == shelf)
    assert (row.collection.name, row.collection.licence) == ("Guides, renamed", "CC-BY-4.0")


def test_pages_come_in_new_changed_or_the_same(house: Database, shelf: int) -> None:  # noqa: F811
    assert services.put(EXPERT, house, shelf, GUIDE) == "new"
    assert services.put(EXPERT, house, shelf, GUIDE) == "same"
    assert services.put(EXPERT, house, shelf, replace(GUIDE, text="# A\n\nShorter.")) == "changed"
    found = get_document(GUEST, house, number(house, "docs/a.md"))
    assert (found.state, found.head) == ("published", 2)
    assert events(house, found.id) == [("import_external", 1), ("revise", 2)]
    with pytest.raises(Refused):
        services.put(GUEST, house, shelf, GUIDE)
    with pytest.raises(BadInput, match="no path"):
        services.put(EXPERT, house, shelf, replace(GUIDE, path=" "))


def test_what_was_edited_here_stays_until_its_source_changes(house: Database, shelf: int) -> None:  # noqa: F811
    services.put(EXPERT, house, shelf, GUIDE)
    page = number(house, "docs/a.md")
    services.revise(OTHER, house, page, "Ours", base=1)
    assert services.put(EXPERT, house, shelf, GUIDE) == "same"
    assert queries.text_of(house, page) == "Ours"
    assert services.put(EXPERT, house, shelf, replace(GUIDE, text="Theirs")) == "changed"
    assert [queries.text_of(house, page, n) for n in (2, 3)] == ["Ours", "Theirs"]


def test_history_authors_and_reviews_come_along(house: Database, shelf: int) -> None:  # noqa: F811
    then = now() - 100 * DAY
    page = replace(
        GUIDE, history=(Past("A", "First", "Ann <ann@example.org>", then, "begun"),), author="Ben", at=then + DAY,
        message="better", reviewed_at=then + DAY, expires_at=then + 2 * DAY,
    )  # fmt: skip
    services.put(EXPERT, house, shelf, page)
    past = queries.history(EXPERT, house, number(house, "docs/a.md")).rows
    assert [(row.revision.author_name, row.revision.message) for row in past] == [
        ("Ben", "better"), ("Ann <ann@example.org>", "begun"),
    ]  # fmt: skip
    assert past[-1].revision.at == then
    assert queries.one(EXPERT, house, number(house, "docs/a.md")).verification.standing == "expired"
    assert [one.is_over for one in queries.reminders(EXPERT, house)] == [True]


def test_what_vanished_at_its_source_leaves_and_comes_back_with_it(house: Database, shelf: int) -> None:  # noqa: F811
    services.put(EXPERT, house, shelf, GUIDE)
    page = number(house, "docs/a.md")
    assert services.vanish(EXPERT, house, shelf, ["docs/a.md", "docs/never.md"]) == 1
    with pytest.raises(NotFound):
        get_document(GUEST, house, page)
    assert queries.library(EXPERT, house, Wanted(mark="vanished")).pager.total == 1
    assert services.put(EXPERT, house, shelf, GUIDE) == "changed"
    assert get_document(GUEST, house, page).vanished_at is None


def test_links_find_pages_that_come_later_and_backlinks_show(house: Database, shelf: int) -> None:  # noqa: F811
    services.put(EXPERT, house, shelf, GUIDE)
    a = number(house, "docs/a.md")
    assert {one.target for one in queries.one(EXPERT, house, a).broken} == {"b.md", "../c/", "The B"}
    services.put_all(EXPERT, house, shelf, [OTHER_PAGE, Page("c/README.md", "C", "Nothing.")])
    b, page = number(house, "docs/b.md"), queries.one(EXPERT, house, a)
    assert page.broken == ()
    assert [one.spot.id for one in page.backlinks] == [b]
    assert queries.one(EXPERT, house, b).tags == ("fast", "review")
    assert "isolated" not in queries.one(EXPERT, house, number(house, "c/README.md")).marks


def test_an_old_title_still_answers_to_its_links(house: Database, shelf: int) -> None:  # noqa: F811
    services.put_all(EXPERT, house, shelf, [OTHER_PAGE])
    services.revise(OTHER, house, number(house, "docs/b.md"), "Text", base=1, title="Another name")
    made = services.create(EXPERT, house, "New", "See [[The B]].")
    assert queries.one(EXPERT, house, made).broken == ()


def test_a_followed_link_is_an_event_and_counts(house: Database, shelf: int) -> None:  # noqa: F811
    services.put_all(EXPERT, house, shelf, [GUIDE, OTHER_PAGE])
    a, b = number(house, "docs/a.md"), number(house, "docs/b.md")
    before = queries.weave(EXPERT, house)
    assert (before.followed.value, before.followed.n) == (0.0, 3)
    assert services.follow(OTHER, house, a, "b.md", "part") == f"/library/{b}/#s-part"
    after = queries.weave(EXPERT, house)
    assert after.followed.value == pytest.approx(1 / 3)
    seq = house.rows("SELECT seq FROM library_follow")[0][0]
    # That it was followed is known, who followed it is not: neither the event nor the sentence of its run says so.
    who = "SELECT e.kind, p.name, p.nature, r.sentence FROM ledger_event e JOIN ledger_run r ON r.id = e.run_id "
    who += "JOIN people_identity i ON i.id = e.actor JOIN people_person p ON p.id = i.person_id WHERE e.seq = ?"
    assert house.rows(who, [seq]) == [(int(Kind.READ), "SECI", "agent", f"a link of document {a} followed")]
    with pytest.raises(NotFound):
        services.follow(OTHER, house, a, "https://x.example")


def test_what_stands_alone_is_listed_and_the_rest_counted(house: Database, shelf: int) -> None:  # noqa: F811
    services.put_all(EXPERT, house, shelf, [GUIDE, OTHER_PAGE, Page("z.md", "Alone", "Nobody.")])
    found = queries.weave(EXPERT, house)
    assert (found.integrated.value, found.integrated.n) == (pytest.approx(2 / 3), 3)
    assert [one.title for one in found.isolated] == ["Alone"]
    assert [row.spot.title for row in queries.library(EXPERT, house, Wanted(mark="isolated")).rows] == ["Alone"]


def test_the_list_is_one_of_documents_and_artifacts_and_guests_see_what_is_published(
    house: Database,  # noqa: F811
    shelf: int,
) -> None:
    from seci.artifacts import services as artifacts
    from tests.artifacts.making import FOR_ALL, claim, tree

    services.put_all(EXPERT, house, shelf, [GUIDE, OTHER_PAGE])
    services.create(EXPERT, house, "My draft", "x")
    artifacts.create(EXPERT, house, "decision_tree", "May it?", tree(), context=FOR_ALL, claims=[claim()])
    assert [row.spot.title for row in queries.library(EXPERT, house).rows] == ["A", "May it?", "My draft", "The B"]
    assert [row.spot.title for row in queries.library(OTHER, house).rows] == ["A", "May it?", "The B"]
    guests = queries.library(GUEST, house)
    assert [row.spot.title for row in guests.rows] == ["A", "The B"]
    assert guests.owners == ()
    assert [row.spot.title for row in queries.library(EXPERT, house, Wanted(tag="review")).rows] == ["The B"]
    assert queries.library(FACILITATOR, house, Wanted(state="draft")).pager.total == 2
    with pytest.raises(BadInput):
        queries.library(EXPERT, house, Wanted(mark="odd"))


def test_pages_go_out_as_markdown_each_to_a_place_of_its_own(house: Database) -> None:  # noqa: F811
    first = services.collection(EXPERT, house, "Guides", "folder", "/one")
    second = services.collection(EXPERT, house, "Guides", "folder", "/two")
    services.put(EXPERT, house, first, Page("Deploying_1.html", "Deploying", "gone"))
    services.vanish(EXPERT, house, first, ["Deploying_1.html"])
    for shelf in (first, second):
        services.put(EXPERT, house, shelf, Page("Deploying_1.html", "Deploying", f"# Deploying {shelf}"))
    services.put(EXPERT, house, first, Page("Rolling back", "Rolling back", "x"))
    services.put(EXPERT, house, first, Page("v1.2", "Second version", "x"))
    services.put(EXPERT, house, first, Page("site/a.html.md.erb", "A", "x"))
    lies = {one.path: one.text for one in queries.whole(FACILITATOR, house).states}
    assert {path for path in lies if "Deploying" not in path} == {
        "Guides/Rolling back.md", "Guides/v1.2.md", "Guides/site/a.html.md.erb"
    }  # fmt: skip
    deploying = {path: text for path, text in lies.items() if "Deploying" in path}
    assert deploying["Guides/Deploying_1.md"] == f"# Deploying {first}"
    assert sorted(str(text) for text in deploying.values())[:2] == [f"# Deploying {first}", f"# Deploying {second}"]
    assert all(path.endswith(".md") for path in deploying)
