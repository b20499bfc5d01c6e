from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seci.sources.documents.detect import detect
from seci.sources.documents.page import Same
from tests.repositories import Commit, git
from tests.sources.documents.made import pages, read, skipped

Make = Callable[..., Path]
LONG = "\n".join(f"Line {n} of a guide that is long enough to be known again." for n in range(12))


def test_each_commit_of_a_page_is_one_state_through_renames(make_repository: Make) -> None:
    here = make_repository(
        [
            Commit(
                "Alice", "2024-01-02", {"old.md": f"# Guide\n{LONG}\n", "LICENSE": "The MIT License"}, message="Begin"
            ),
            Commit("Bob", "2024-02-02", {"code.py": "x"}),
            Commit("Bob", "2024-03-02", {"new/guide.md": f"# Guide\n{LONG}\nMore.\n", "old.md": None}, message="Move"),
            Commit("Carol", "2024-04-02", {"new/guide.md": f"# Better\n{LONG}\nMore.\n"}, message="Better\n\nMuch."),
        ]
    )
    assert detect(here)[0] == "git"
    page = pages(read(here))["new/guide.md"]
    assert [(one.path, one.author, one.message, one.title) for one in page.history] == [
        ("old.md", "Alice", "Begin", "Guide"),
        ("new/guide.md", "Bob", "Move", "Guide"),
        ("new/guide.md", "Carol", "Better\n\nMuch.", "Better"),
    ]
    assert page.history[-1].text == page.text
    assert (page.author, page.address, page.licence, page.was) == ("Carol", "carol@example.org", "MIT", ("old.md",))
    assert len(page.history[0].ref) == 40


def test_a_merge_counts_where_its_outcome_is_neither_side(make_repository: Make) -> None:
    here = make_repository(
        [
            Commit("Alice", "2024-01-02", {"a.md": "one\n"}, label="root"),
            Commit("Bob", "2024-01-03", {"a.md": "two\n"}, label="left"),
            Commit("Carol", "2024-01-04", {"a.md": "three\n"}, parents=["root"], label="right"),
            Commit("Dan", "2024-01-05", {"a.md": "both\n"}, parents=["left", "right"]),
        ]
    )
    history = pages(read(here))["a.md"].history
    assert {one.author for one in history} == {"Alice", "Bob", "Carol", "Dan"}
    assert (history[0].text, history[-1].text, history[-1].author) == ("one\n", "both\n", "Dan")


def test_people_are_called_as_the_mailmap_says(make_repository: Make) -> None:
    here = make_repository(
        [Commit("ally <a@old.org>", "2024-01-02", {"a.md": "x", ".mailmap": "Alice <alice@example.org> <a@old.org>\n"})]
    )
    page = pages(read(here))["a.md"]
    assert (page.author, page.address, page.history[0].author) == ("Alice", "alice@example.org", "Alice")


def test_a_folder_of_a_repository_is_read_by_itself_with_the_licence_above(make_repository: Make) -> None:
    here = make_repository(
        [Commit("Alice", "2024-01-02", {"docs/a.md": "x", "src/b.md": "y", "LICENSE": "The MIT License"})]
    )
    found = read(here / "docs")
    assert list(pages(found)) == ["docs/a.md"]
    assert pages(found)["docs/a.md"].licence == "MIT"


def test_links_and_submodules_are_skipped_and_said(make_repository: Make) -> None:
    here = make_repository([Commit("Alice", "2024-01-02", {"a.md": "x"})])
    blob = git(here, "hash-object", "-w", "--stdin", stdin=b"../secret.md")
    git(here, "update-index", "--add", "--cacheinfo", f"120000,{blob},link.md")
    git(here, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},other")
    git(here, "-c", "user.name=A", "-c", "user.email=a@b.org", "commit", "-qm", "links")
    found = read(here)
    assert skipped(found) == {
        "link.md": "It is a link; links are not followed.",
        "other": "It is another repository (a submodule); import that one by itself.",
    }


def test_a_shallow_clone_says_what_is_unknown(make_repository: Make, tmp_path: Path) -> None:
    here = make_repository(
        [Commit("Alice", "2024-01-02", {"a.md": "one"}), Commit("Bob", "2024-02-02", {"b.md": "two"})]
    )
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{here}", "shallow")
    page = pages(read(tmp_path / "shallow"))["a.md"]
    assert page.author == "", "whoever wrote it, it was not whoever made the last commit"
    assert page.remarks == ("What happened to it before the oldest commit of this shallow clone is unknown.",)


def test_only_what_has_new_commits_is_read_again(make_repository: Make) -> None:
    here = make_repository([Commit("Alice", "2024-01-02", {"a.md": "one", "b.md": "two"})], name="again")
    marks = {page.path: page.mark for page in pages(read(here)).values()}
    make_repository([Commit("Bob", "2024-02-02", {"b.md": "three"})], name="again", append=True)
    found = read(here, known=lambda path, mark: marks.get(path) == mark)
    assert [one.path for one in found if isinstance(one, Same)] == ["a.md"]
    assert list(pages(found)) == ["b.md"]


def test_a_vault_in_a_repository_keeps_its_history_and_gets_links_by_path(make_repository: Make) -> None:
    here = make_repository(
        [
            Commit("Alice", "2024-01-02", {".obsidian/app.json": "{}", "a.md": "See [[b]].", "x/b.md": "x"}),
            Commit("Bob", "2024-02-02", {"a.md": "See [[b]] again."}),
        ]
    )
    history = pages(read(here))["a.md"].history
    assert [one.text for one in history] == ["See [b](x/b.md).", "See [b](x/b.md) again."]
