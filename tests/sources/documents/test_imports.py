from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from seci.accounts.actor import Actor
from seci.kit import lock
from seci.kit.database import Database, of_django
from seci.kit.errors import BadInput, Conflict, Refused
from seci.ledger import runs
from seci.library import queries as shelves
from seci.library import services as library_services
from seci.library.gitting import stream
from seci.sources.documents import queries, services, store
from seci.sources.documents.services.doing import Done
from tests.cast import Actors
from tests.repositories import Commit, git
from tests.sources.documents.made import folder, packed

Make = Callable[..., Path]


@pytest.fixture
def db(db: None) -> Database:
    return of_django(connection)


@pytest.fixture
def bring(db: Database, actors: Actors, tmp_path: Path) -> Callable[..., Done]:
    """bring(path) imports what lies there, as the lead."""

    def do(path: Path, **asked: Any) -> Done:
        id_ = services.begin(actors.alice, db, path, **asked)
        return services.run(actors.alice, db, id_, tmp_path / "data")

    return do


Bring = Callable[..., Done]


def texts(db: Database, collection: int) -> dict[str, str]:
    """Path -> text of what readers see."""
    rows = db.rows(
        "SELECT d.path, r.text FROM library_document d JOIN library_revision r ON r.document_id = d.id "
        "AND r.number = d.head WHERE d.collection_id = ? AND d.state = 'published'",
        [collection],
    )
    return dict(rows)


def revisions(db: Database, path: str) -> list[tuple[int, str, str]]:
    return [
        (row[0], row[1], row[2])
        for row in db.rows(
            "SELECT r.number, r.text, r.author_name FROM library_revision r JOIN library_document d "
            "ON d.id = r.document_id WHERE d.path = ? ORDER BY r.number",
            [path],
        )
    ]


def test_a_second_import_brings_only_what_changed_and_takes_away_what_is_gone(
    db: Database, bring: Bring, tmp_path: Path
) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n", "b.md": "# B\n", "c.md": "# C\n", "x.txt": "x"})
    first = bring(home)
    assert (first.new, first.skipped, first.name) == (3, 1, "guides")
    folder(home, {"b.md": "# B\n\nMore.\n"})
    (home / "c.md").unlink()
    second = bring(home)
    assert (second.new, second.changed, second.gone, second.same) == (0, 1, 1, 1)
    assert second.collection == first.collection
    assert texts(db, first.collection) == {"a.md": "# A\n", "b.md": "# B\n\nMore.\n"}
    assert [number for number, _, _ in revisions(db, "a.md")] == [1]
    folder(home, {"c.md": "# C\n"})
    assert bring(home).changed == 1, "what comes back is the same document"
    assert len(revisions(db, "c.md")) == 1
    folder(home, {"b.md": "---\nkind: How-to guide\n---\n# B\n", "d.md": "---\ntype: reference\n---\n# D\n"})
    bring(home)
    uses = dict(db.rows("SELECT path, diataxis FROM library_document"))
    assert uses == {"a.md": "", "b.md": "how-to", "c.md": "", "d.md": "reference"}


def test_what_became_of_each_file_can_be_looked_at(db: Database, bring: Bring, actors: Actors, tmp_path: Path) -> None:
    home = folder(
        tmp_path / "guides", {"a.md": "# A\n\n[Talk](talk.mp3)\n", "b.pdf": b"none", "talk.mp3": b"x", "x.txt": "x"}
    )
    done = bring(home)
    page = queries.import_(actors.bob, db, done.id)
    assert [(one.path, one.result) for one in page.outcomes] == [
        ("a.md", "new"), ("b.pdf", "failed"), ("talk.mp3", "skipped"), ("x.txt", "skipped")
    ]  # fmt: skip
    assert "consent" in page.outcomes[2].why
    assert page.outcomes[1].why.startswith("It is no PDF")
    assert [one.path for one in queries.import_(actors.bob, db, done.id, result="failed").outcomes] == ["b.pdf"]
    assert page.row.indexed == 1
    assert page.row.state == "done"


def test_a_file_that_moved_is_the_same_document(db: Database, bring: Bring, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n", "b.md": "[a](a.md)\n"})
    bring(home)
    before = db.rows("SELECT id FROM library_document WHERE path = 'a.md'")[0][0]
    (home / "sub").mkdir()
    shutil.move(home / "a.md", home / "sub" / "a.md")
    done = bring(home)
    assert (done.moved, done.new, done.gone) == (1, 0, 0)
    assert db.rows("SELECT id FROM library_document WHERE path = 'sub/a.md'")[0][0] == before
    led = db.rows("SELECT l.to_document_id FROM library_link l JOIN library_document d ON d.id = l.document_id "
                  "WHERE d.path = 'b.md'")  # fmt: skip
    assert led == [(before,)], "the link written to the old path still leads to it"


def test_each_commit_is_a_revision_and_new_commits_add_theirs(
    db: Database, bring: Bring, make_repository: Make
) -> None:
    words = "\n".join(f"Sentence {n} of a guide." for n in range(20))
    home = make_repository(
        [
            Commit("Alice", "2024-01-02", {"a.md": f"{words}\none"}),
            Commit("Bob", "2024-02-02", {"a.md": f"{words}\ntwo"}),
        ]
    )
    done = bring(home)
    assert [(n, who) for n, _, who in revisions(db, "a.md")] == [
        (1, "Alice <alice@example.org>"), (2, "Bob <bob@example.org>")
    ]  # fmt: skip
    make_repository(
        [
            Commit("Carol", "2024-03-02", {"a.md": f"{words}\nthree"}),
            Commit("Dan", "2024-04-02", {"a.md": None, "b/a.md": f"{words}\nfour"}),
        ],
        append=True,
    )
    again = bring(home)
    assert (again.moved, again.new, again.gone, again.collection) == (1, 0, 0, done.collection)
    assert [(n, text.rpartition("\n")[2], who.partition(" ")[0]) for n, text, who in revisions(db, "b/a.md")] == [
        (1, "one", "Alice"), (2, "two", "Bob"), (3, "three", "Carol"), (4, "four", "Dan")
    ]  # fmt: skip


def test_an_import_is_taken_back_and_brought_again(db: Database, bring: Bring, actors: Actors, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n", "b.md": "# B\n", "d.md": "# D\n"})
    first = bring(home)
    folder(home, {"a.md": "# A2\n", "c.md": "# C\n"})
    (home / "b.md").unlink()
    second = bring(home)
    with pytest.raises(Conflict, match="came after it; take that one back first"):
        services.undo(actors.alice, db, first.id)
    undone = services.undo(actors.alice, db, second.id)
    assert (undone.removed, undone.restored, undone.back, undone.kept) == (1, 1, 1, ())
    assert texts(db, first.collection) == {"a.md": "# A\n", "b.md": "# B\n", "d.md": "# D\n"}
    with pytest.raises(Conflict, match="taken back already"):
        services.undo(actors.alice, db, second.id)
    bring(home)
    assert texts(db, first.collection) == {"a.md": "# A2\n", "c.md": "# C\n", "d.md": "# D\n"}


def test_what_somebody_edited_since_is_left_alone_when_an_import_is_taken_back(
    db: Database, bring: Bring, actors: Actors, tmp_path: Path
) -> None:
    from seci.library import services as library

    home = folder(tmp_path / "guides", {"a.md": "# A\n", "b.md": "# B\n"})
    done = bring(home)
    document = db.rows("SELECT id FROM library_document WHERE path = 'a.md'")[0][0]
    library.revise(actors.alice, db, document, "# A, better\n", base=1)
    undone = services.undo(actors.alice, db, done.id)
    assert undone.kept == ("a.md",)
    assert texts(db, done.collection) == {"a.md": "# A, better\n"}


def test_an_edit_made_here_stays_in_the_history_when_the_source_changes(
    db: Database, bring: Bring, actors: Actors, tmp_path: Path
) -> None:
    from seci.library import services as library

    home = folder(tmp_path / "guides", {"a.md": "# A\n"})
    bring(home)
    document = db.rows("SELECT id FROM library_document WHERE path = 'a.md'")[0][0]
    library.revise(actors.alice, db, document, "# A, better\n", base=1)
    assert bring(home).same == 1, "the source is as it was: the edit stands"
    folder(home, {"a.md": "# A, changed\n"})
    done = bring(home)
    assert [text for _, text, _ in revisions(db, "a.md")] == ["# A\n", "# A, better\n", "# A, changed\n"]
    assert "had been edited here" in queries.import_(actors.alice, db, done.id).outcomes[0].why


def test_two_imports_of_one_collection_at_once_are_refused(
    db: Database, actors: Actors, bring: Bring, tmp_path: Path
) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n"})
    id_ = services.begin(actors.alice, db, home)
    held = tmp_path / "data" / "imports" / f"{store.get(db, id_).collection}.lock"
    with lock.exclusive(held, wait=False), pytest.raises(Conflict, match="An import into guides is at work already"):
        services.run(actors.alice, db, id_, tmp_path / "data")
    assert services.run(actors.alice, db, id_, tmp_path / "data").new == 1


def test_an_import_that_was_killed_goes_on(
    db: Database, actors: Actors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(tmp_path / "guides", {f"{n:03}.md": f"# Page {n}\n" for n in range(50)})
    id_ = services.begin(actors.alice, db, home)
    from seci.sources.documents import folder as reader

    read_one = reader.read_one

    def dying(shelf: Any, file: Any, rewrite: Any = None) -> Any:
        if file.path == "045.md":
            raise KeyboardInterrupt
        return read_one(shelf, file, rewrite)

    monkeypatch.setattr(reader, "read_one", dying)
    with pytest.raises(KeyboardInterrupt):
        services.run(actors.alice, db, id_, tmp_path / "data")
    kept = len(store.marks(db, store.get(db, id_).collection))
    assert kept == 40, "two whole batches"
    monkeypatch.undo()
    assert services.begin(actors.alice, db, home) == id_, "asked for again, it is the same import"
    done = services.run(actors.alice, db, id_, tmp_path / "data")
    assert (done.new, done.same, done.gone) == (50, 0, 0), "each file counts once"
    assert db.rows("SELECT COUNT(*) FROM library_revision")[0][0] == 50
    again = services.begin(actors.alice, db, home)
    monkeypatch.setattr(reader, "read_one", dying)
    with pytest.raises(KeyboardInterrupt):
        services.run(actors.alice, db, again, tmp_path / "data")
    monkeypatch.undo()
    done = services.run(actors.alice, db, again, tmp_path / "data")
    assert (done.new, done.same) == (0, 50)


def test_a_stopped_import_keeps_what_it_brought_and_takes_nothing_away(
    db: Database, actors: Actors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = folder(tmp_path / "guides", {f"{n:03}.md": f"# Page {n}\n" for n in range(50)})
    id_ = services.begin(actors.alice, db, home)
    services.stop(actors.alice, db, id_)
    stopped = services.run(actors.alice, db, id_, tmp_path / "data")
    assert stopped.stopped
    assert (stopped.new, stopped.gone) == (20, 0)
    assert "Import again to go on" in stopped.sentence
    assert runs.get(db, store.get(db, id_).run).state == "failed"
    with pytest.raises(Conflict, match="has ended already"):
        services.stop(actors.alice, db, id_)
    again = services.again(actors.alice, db, id_)
    done = services.run(actors.alice, db, again, tmp_path / "data")
    assert (done.new, done.same) == (30, 20)


def test_progress_says_how_many_how_fast_and_how_long(db: Database, actors: Actors, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {f"{n:03}.md": f"# Page {n}\n" for n in range(60)})
    id_ = services.begin(actors.alice, db, home)
    told: list[Any] = []
    services.run(actors.alice, db, id_, tmp_path / "data", told.append)
    assert [one.done for one in told][:2] == [20, 40]
    assert all(one.total == 60 for one in told)
    assert all(one.rate is None or one.remaining is not None for one in told)


def test_an_empty_folder_and_a_missing_one_are_refused(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="is empty; there is nothing to import"):
        bring(tmp_path / "empty")
    with pytest.raises(BadInput, match="There is nothing at"):
        bring(tmp_path / "missing")
    with pytest.raises(BadInput, match="nothing that can be imported"):
        bring(folder(tmp_path / "code", {"a.py": "x", "b.py": "y"}))


def test_a_source_that_is_empty_now_takes_nothing_away(db: Database, bring: Bring, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n"})
    done = bring(home)
    (home / "a.md").unlink()
    with pytest.raises(BadInput):
        bring(home)
    assert texts(db, done.collection) == {"a.md": "# A\n"}


def test_a_zip_bomb_leaves_nothing_behind(db: Database, bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing of the archive was imported"):
        bring(packed(tmp_path / "a.zip", {"a.md": "x", "zeros.md": b"\0" * 12_000_000}))
    assert db.rows("SELECT COUNT(*) FROM library_document") == [(0,)]


def test_folders_of_the_machine_are_for_leads_and_files_for_members(
    db: Database, actors: Actors, tmp_path: Path
) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n"})
    with pytest.raises(Refused, match="imported by leads and admins"):
        services.begin(actors.bob, db, home)
    assert services.begin(actors.bob, db, home, upload=True, name="Sent") > 0
    (home.parent / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(BadInput, match=r"^cut\.zip is no zip that can be opened"):
        services.begin(actors.bob, db, home.parent / "cut.zip", upload=True, name="Cut")


def test_a_page_too_large_for_the_library_fails_alone(db: Database, bring: Bring, tmp_path: Path) -> None:
    home = folder(tmp_path / "guides", {"a.md": "# A\n", "b.md": "word " * 500_000, "c.md": "# C\n"})
    done = bring(home)
    assert (done.new, done.failed) == (2, 1)


def test_the_licence_of_the_whole_belongs_to_the_collection(db: Database, bring: Bring, tmp_path: Path) -> None:
    files = {"LICENSE": "The MIT License", "a.md": "# A\n", "b/LICENSE": "CC BY 4.0 cc-by-4.0", "b/c.md": "# C\n"}
    done = bring(folder(tmp_path / "guides", files))
    assert db.rows("SELECT licence FROM library_collection WHERE id = ?", [done.collection]) == [("MIT",)]
    assert dict(db.rows("SELECT path, licence FROM library_document")) == {"a.md": "", "b/c.md": "CC-BY-4.0"}


def test_pictures_come_along_once(db: Database, bring: Bring, tmp_path: Path) -> None:
    home = folder(
        tmp_path / "guides", {"a.md": "![x](x.png)", "b.md": "![x](x.png)", "x.png": b"\x89PNG", "y.png": b"y"}
    )
    done = bring(home)
    assert (done.new, done.attached, done.skipped) == (2, 1, 1)
    again = bring(home)
    assert (again.same, again.attached, again.skipped) == (2, 0, 0)
    folder(home, {"x.png": b"\x89PNG2"})
    assert bring(home).attached == 1, "a picture that changed comes again, its page being as it was"


def test_a_library_that_is_exported_as_a_repository_comes_back_with_its_history(
    db: Database, bring: Bring, actors: Actors, make_repository: Make, tmp_path: Path
) -> None:
    home = make_repository(
        [
            Commit("Alice", "2024-01-02", {"a.md": "# A\n", "b/c.md": "# C\n"}, message="Begin"),
            Commit("Bob", "2024-02-02", {"a.md": "# A\n\nMore.\n"}, message="More"),
            Commit("Carol", "2024-03-02", {"b/c.md": "# C\n\n[A](../a.md)\n"}, message="Link"),
        ]
    )
    first = bring(home)
    second = bring(exported(actors.alice, db, first.collection, tmp_path / "exported"))
    assert second.collection != first.collection

    def history(collection: int) -> list[Any]:
        return db.rows(
            "SELECT d.path, r.number, r.text, r.author_name, r.at, r.message FROM library_revision r "
            "JOIN library_document d ON d.id = r.document_id WHERE d.collection_id = ? ORDER BY 1, 2",
            [collection],
        )

    assert history(second.collection) == history(first.collection)
    assert len(history(first.collection)) == 4


def exported(actor: Actor, db: Database, collection: int | None, folder: Path) -> Path:
    whole = shelves.whole(actor, db, collection)
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", "--done", stdin=b"".join(stream(whole.states, whole.files)))
    git(folder, "reset", "-q", "--hard", "main")
    return folder


def test_files_go_along_with_an_export_and_come_back_with_it_and_recordings_stay(
    db: Database, bring: Bring, actors: Actors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECI_DATA_DIR", str(tmp_path / "data"))
    here = folder(tmp_path / "site", {"guides/a.md": "# A\n\n![flow](img/flow.png)\n"})
    (here / "guides" / "img").mkdir()
    (here / "guides" / "img" / "flow.png").write_bytes(b"flow")
    (home,) = db.rows("SELECT id FROM library_document WHERE collection_id = ?", [bring(here).collection])
    page = int(home[0])
    text = (
        "# A\n\n![flow](img/flow.png) [![small](<my plan.png>)](my%20plan.png#top)\n\n| a |\n|---|\n| [b][p] |\n\n"
        "![[my plan.png|the plan]] `![](my plan.png)`\n\n[talk](talk.mp3)\n\n[p]: <my plan.png>\n"
    )
    library_services.revise(actors.alice, db, page, text, base=1)
    for name, consent in (("my plan.png", ""), ("talk.mp3", "Ann, to be heard here"), ("talk.txt", ""), ("..", "")):
        library_services.attach(actors.alice, db, name, name.encode(), document=page, consent=consent)
    library_services.attach(actors.alice, db, "my plan.png", b"the new plan", document=page)
    taken = library_services.attach(actors.alice, db, "old.png", b"old", document=page)
    library_services.detach(actors.alice, db, taken)

    out = exported(actors.alice, db, None, tmp_path / "out")
    files = {one.relative_to(out / "site").as_posix(): one.read_bytes() for one in out.rglob("*") if one.is_file()
             and ".git" not in one.parts}  # fmt: skip
    assert files.pop("guides/a.md").decode() == (
        "# A\n\n![flow](img/flow.png) [![small](attachments/a/my%20plan.png)](attachments/a/my%20plan.png#top)\n\n"
        "| a |\n|---|\n| [b][p] |\n\n![the plan](attachments/a/my%20plan.png) `![](my plan.png)`\n\n"
        "[talk](talk.mp3)\n\n[p]: attachments/a/my%20plan.png\n"
    )
    assert files == {
        "guides/img/flow.png": b"flow", "guides/attachments/a/my plan.png": b"the new plan",
        "guides/attachments/a/file": b"..",
    }  # fmt: skip
    whole = shelves.whole(actors.alice, db)
    assert {(one.name, one.why.split(",")[0].split(";")[0]) for one in whole.left_out} == {
        ("talk.mp3", "People can be seen or heard in it"),
        ("talk.txt", "It has the words of a recording"),
        ("my plan.png", "A page or a later file of its name lies at its place."),
    }

    back = bring(out)
    assert (back.new, back.attached, back.failed) == (1, 2, 0)
    (again,) = db.rows("SELECT id FROM library_document WHERE collection_id = ?", [back.collection])
    shown = shelves.rendered(actors.alice, db, shelves.one(actors.alice, db, int(again[0]))).html
    assert shown.count('<img src="/library/attachments/') == 3
    once_more = exported(actors.alice, db, back.collection, tmp_path / "once-more")
    assert (once_more / "site/guides/a.md").read_bytes() == (out / "site/guides/a.md").read_bytes()
    assert (once_more / "site/guides/attachments/a/my plan.png").read_bytes() == b"the new plan"


def test_links_as_a_site_writes_them_lead_to_pages_of_the_library(db: Database, bring: Bring, tmp_path: Path) -> None:
    files = {"source/a.html.md.erb": "[b](/guides/b.html#x)\n", "source/guides/b.html.md.erb": "[a](/a/)\n"}
    bring(folder(tmp_path / "site", files))
    led = db.rows("SELECT COUNT(*), COUNT(to_document_id) FROM library_link")
    assert led == [(2, 2)]
