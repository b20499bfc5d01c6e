"""Pages that speak of code ask to be looked at again when it changes; files; exports with history."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from seci.kit.database import Database
from seci.kit.errors import BadInput, Conflict, NotFound
from seci.library import queries, services
from seci.library.access import file_of, get_attachment, get_document
from seci.library.difference import origins, stretches
from seci.library.gitting import State, stream
from seci.library.places import hash_of
from tests.library.test_services import EXPERT, FACILITATOR, GUEST, events, house, page  # noqa: F401 - fixtures

# ruff: noqa: F811
PLACES = {("src/a.py", ""): "one", ("src/a.py", "f"): "two"}


def look(path: str, symbol: str) -> str | None:
    return PLACES.get((path, symbol))


@pytest.fixture
def source(house: Database) -> int:
    return int(house.rows("SELECT MIN(id) FROM ledger_source")[0][0])


def test_a_page_opens_again_when_the_code_it_speaks_of_changes(house: Database, page: int, source: int) -> None:
    services.bind(EXPERT, house, source, "src/a.py", symbol="f", document=page, look=look)
    services.verify(EXPERT, house, page)
    assert services.look_again(FACILITATOR, house, source, look) == []
    assert services.look_again(FACILITATOR, house, source, lambda path, symbol: "other") == [page]
    found = queries.one(EXPERT, house, page)
    assert found.marks[0] == "reopened"
    assert found.document.reopened_because == "src/a.py f changed"
    assert services.look_again(FACILITATOR, house, source, lambda path, symbol: "other") == []
    services.verify(EXPERT, house, page)
    assert "reopened" not in queries.one(EXPERT, house, page).marks
    assert services.look_again(FACILITATOR, house, source, lambda path, symbol: None) == [page]
    assert get_document(EXPERT, house, page).reopened_because == "src/a.py f is gone"
    assert ("request", None) in events(house, page)


def test_only_a_place_that_is_there_can_be_bound_and_only_once(house: Database, page: int, source: int) -> None:
    with pytest.raises(NotFound, match="has no g"):
        services.bind(EXPERT, house, source, "src/a.py", symbol="g", document=page, look=look)
    made = services.bind(EXPERT, house, source, "src/a.py", document=page)
    with pytest.raises(Conflict, match="already"):
        services.bind(EXPERT, house, source, "src/a.py", document=page)
    assert queries.one(EXPERT, house, page).bindings[0].standing == "unseen"
    services.look_again(FACILITATOR, house, source, look)
    assert queries.one(EXPERT, house, page).bindings[0].standing == "same"
    services.unbind(EXPERT, house, made)
    assert queries.one(EXPERT, house, page).bindings == ()


def test_a_file_is_kept_once_and_seen_by_those_who_see_its_page(
    house: Database, page: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECI_DATA_DIR", str(tmp_path))
    made = services.attach(EXPERT, house, "../../plan.png", b"picture", document=page)
    assert services.attach(EXPERT, house, "plan.png", b"picture", document=page) == made
    found = get_attachment(EXPERT, house, made)
    assert (found.name, found.mime, found.size) == ("plan.png", "image/png", 7)
    assert file_of(found.sha256).read_bytes() == b"picture"
    with pytest.raises(NotFound):
        get_attachment(GUEST, house, made)
    shown = services.revise(EXPERT, house, page, "![the plan](plan.png)", base=1)
    assert shown.head == 2
    html = queries.rendered(EXPERT, house, queries.one(EXPERT, house, page)).html
    assert f'<img src="/library/attachments/{made}/" alt="the plan">' in html
    services.detach(EXPERT, house, made)
    with pytest.raises(NotFound):
        get_attachment(EXPERT, house, made)
    with pytest.raises(BadInput, match="0 bytes"):
        services.attach(EXPERT, house, "empty", b"", document=page)


def test_each_block_is_from_the_revision_it_came_with(house: Database, page: int) -> None:
    services.revise(EXPERT, house, page, "# Small changes\n\nKeep them small.\n\nAlways.", base=1)
    found = queries.blame(EXPERT, house, page)
    assert [(one.text, one.row.revision.number) for one in found] == [
        ("# Small changes", 1), ("Keep them small.", 1), ("Always.", 2),
    ]  # fmt: skip
    compared = queries.compare(EXPERT, house, page, 1, 2)
    assert [line.text for lines in compared.stretches for line in lines if line.kind == "new"] == ["", "Always."]


def test_a_block_that_came_back_is_from_when_it_came_back() -> None:
    assert [came for _, _, came in origins(["A", "B", "A"])] == [2]
    assert stretches("same", "same") == []


def test_the_export_is_a_git_history_with_authors_dates_and_messages(
    house: Database, page: int, tmp_path: Path
) -> None:
    services.revise(EXPERT, house, page, 'Text with "marks"\nand lines', base=1, message="why\nit changed")
    services.retire(EXPERT, house, page)
    found = queries.whole(FACILITATOR, house).states
    for arguments, given in (
        (["init", "-q", "-b", "main"], None),
        (["fast-import", "--quiet", "--done"], b"".join(stream(found))),
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, input=given, check=True, capture_output=True)
    log = subprocess.run(
        ["git", "log", "--format=%s|%at", "main"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    lines = log.stdout.splitlines()
    assert [line.split("|")[0] for line in lines] == ["out of use", "why it changed", f"{found[0].path}: revised"]
    shown = subprocess.run(
        ["git", "show", f"main~1:{found[0].path}"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert shown.stdout == 'Text with "marks"\nand lines'
    assert subprocess.run(["git", "ls-tree", "main"], cwd=tmp_path, capture_output=True, check=True).stdout == b""


def test_names_that_git_would_take_for_marks_are_made_plain(tmp_path: Path) -> None:
    odd = State('a "b"\\c.md', "x", "Ann <> Lee\n <a@b>", 0, "")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet", "--done"],
        cwd=tmp_path,
        input=b"".join(stream([odd])),
        check=True,
        capture_output=True,
    )
    log = subprocess.run(
        ["git", "log", "--format=%an|%ae", "main"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert log.stdout == "Ann    Lee|a@b\n"


@pytest.mark.parametrize(
    ("path", "symbol", "before", "after", "is_same"),
    [
        ("a.py", "", "x = 1\n", "x = 2\n", False),
        ("a.py", "f", "def f():\n    return 1\n\ny = 1\n", "def f():  \n    return 1\n\ny = 2\n", True),
        ("a.py", "C.m", "class C:\n    def m(self): return 1\n", "class C:\n    def m(self): return 2\n", False),
        (
            "a.go",
            "Sum",
            "func Sum(a int) int {\n  return a\n}\nvar x = 1\n",
            "func Sum(a int) int {\n  return a\n}\n",
            True,
        ),
        (
            "a.ts",
            "sum",
            "function sum(a) { if (a) { return 1 } }\n",
            "function sum(a) { if (a) { return 2 } }\n",
            False,
        ),
    ],
)
def test_a_place_is_the_same_as_long_as_its_own_words_are(
    path: str, symbol: str, before: str, after: str, is_same: bool
) -> None:
    assert (hash_of(before.encode(), path, symbol) == hash_of(after.encode(), path, symbol)) is is_same
    assert hash_of(before.encode(), path, "nowhere") is None
