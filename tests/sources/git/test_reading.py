from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seci.kit import clock
from seci.sources.git.codes import Flag, Nature, Reason, Role
from seci.sources.git.evidence import Evidence, Reading
from seci.sources.git.reading import Progress, read
from tests.repositories import Commit, git, write_repository
from tests.sources.git.conftest import NOON, Told

Scan = Callable[..., Told]
BODY = "\n".join(f"line {n} of a file that is long enough to be known again" for n in range(30))


def micros(date: str) -> int:
    return clock.from_datetime(clock.to_datetime(0).fromisoformat(date + "T00:00:00+00:00"))


def test_a_line_of_commits_is_told_in_order(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"core/a.py": "1"}),
            Commit("Bob", "2024-01-03", {"core/a.py": "2", "docs/b.md": "x"}),
            Commit("Alice", "2024-01-04", {"docs/b.md": None}),
        ]
    )
    assert told.touches() == [
        (0, "core/a.py", "ADDED"),
        (1, "core/a.py", "MODIFIED"),
        (1, "docs/b.md", "ADDED"),
        (2, "docs/b.md", "DELETED"),
    ]
    assert told.live() == {"core/a.py"}
    assert told.roles() == {(0, "Alice", "AUTHOR"), (1, "Bob", "AUTHOR"), (2, "Alice", "AUTHOR")}
    commits = told.evidence.commits
    assert list(commits.authored) == [micros("2024-01-02"), micros("2024-01-03"), micros("2024-01-04")]
    assert list(commits.landed) == list(commits.committed)
    assert list(commits.flags) == [Flag.ROOT, 0, 0]
    assert list(told.evidence.files.nature) == [Nature.CODE, Nature.DOCS]


def test_names_of_commits_are_those_of_git(scan: Scan, tmp_path: Path) -> None:
    told = scan([Commit("Alice", "2024-01-02", {"a": "1"}), Commit("Bob", "2024-01-03", {"a": "2"})])
    assert told.subjects() == git(tmp_path / "repository", "rev-list", "--reverse", "main").split()


def test_one_file_through_renames_with_and_without_changes(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"a.py": BODY}),
            Commit("Bob", "2024-01-03", renames={"a.py": "b.py"}),
            Commit("Cara", "2024-01-04", {"c.py": BODY + "\nmore"}, renames={"b.py": "c.py"}),
            Commit("Dan", "2024-01-05", {"c.py": "new"}),
        ]
    )
    statuses = [status for _, _, status in told.touches()]
    assert statuses == ["ADDED", "MOVED", "RENAMED", "MODIFIED"]
    assert set(told.evidence.touches.file) == {0}
    assert told.worth("c.py")[1] == (20, Reason.MOVED)
    assert told.evidence.files.numbers(["a.py", "c.py", "never"]) == [0, 0, None]


def test_a_merge_counts_nothing_twice_and_tells_who_merged(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"a": "1"}, label="a"),
            Commit("Bob", "2024-01-03", {"b": "1"}, parents=["a"], label="b"),
            Commit("Alice", "2024-01-04", {"a": "2"}, parents=["a"], label="c"),
            Commit(
                "Cara",
                "2024-01-09",
                message="Merge pull request #7 from bob/topic",
                committer="GitHub <noreply@github.com>",
                parents=["c", "b"],
                files={"b": "1"},
            ),
        ]
    )
    assert [(c, path) for c, path, _ in told.touches()] == [(0, "a"), (1, "a"), (2, "b")]
    assert told.who(2, Role.MERGER) == {"Cara"}
    assert told.who(3, Role.MERGER) == set()
    landed = told.evidence.commits.landed
    assert landed[2] == landed[3] == micros("2024-01-09")
    assert landed[1] == micros("2024-01-04")
    changes = told.evidence.commits.change
    assert [told.evidence.changes[n] if n >= 0 else None for n in changes] == [None, None, "#7", "#7"]
    assert told.live() == {"a", "b"}


def test_bringing_a_branch_up_to_date_is_no_review(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"a": "1"}, label="a"),
            Commit("Bob", "2024-01-03", {"b": "1"}, parents=["a"], label="b"),
            Commit("Alice", "2024-01-04", {"a": "2"}, parents=["a"], label="c"),
            Commit("Cara", "2024-01-09", message="Merge branch 'main' of example.org:x", parents=["c", "b"]),
        ]
    )
    assert all(role != "MERGER" for _, _, role in told.roles())
    assert told.evidence.commits.flags[3] & Flag.PULL


def test_a_bot_that_merges_hands_its_reviewers_on(scan: Scan) -> None:
    told = scan(
        [
            Commit("Alice", "2024-01-02", {"a": "1"}, label="a"),
            Commit("Bob", "2024-01-03", {"b": "1"}, parents=["a"], label="b"),
            Commit(
                "bors <bors@rust-lang.org>",
                "2024-01-04",
                message="Auto merge of #9 - bob:topic, r=cara\n\nTitle",
                parents=["a", "b"],
            ),
        ]
    )
    assert told.who(1, Role.REVIEWER) == {"cara"}
    assert told.who(1, Role.MERGER) == set()


def test_reviewers_and_co_authors_are_people_of_their_commit(scan: Scan) -> None:
    told = scan(
        [
            Commit(
                "Alice",
                "2024-01-02",
                {"a": "1"},
                message="Fix (#12)",
                trailers=[
                    "Co-authored-by: Bob <bob@example.org>",
                    "Reviewed-By: Cara <cara@example.org>, Dan <dan@example.org>",
                    "Co-authored-by: Claude <noreply@anthropic.com>",
                    "Signed-off-by: Alice <alice@example.org>",
                ],
                committer="GitHub <noreply@github.com>",
            )
        ]
    )
    assert told.roles() == {
        (0, "Alice", "AUTHOR"),
        (0, "Bob", "CO_AUTHOR"),
        (0, "Cara", "REVIEWER"),
        (0, "Dan", "REVIEWER"),
    }
    assert told.evidence.commits.flags[0] == Flag.ROOT | Flag.SQUASH | Flag.AI_ASSISTED
    assert told.evidence.changes == ["#12"]


def test_machines_write_commits_but_take_no_part(scan: Scan) -> None:
    told = scan(
        [
            Commit("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "2024-01-02", {"a": "1"}),
            Commit("Copilot <198982749+Copilot@users.noreply.github.com>", "2024-01-03", {"a": "2"}),
            Commit("Anna Abbot <abbot@example.org>", "2024-01-04", {"a": "3"}),
        ]
    )
    assert told.roles() == {(2, "Anna Abbot", "AUTHOR")}
    flags = told.evidence.commits.flags
    assert (flags[0] & Flag.BOT, flags[1] & Flag.AI_AUTHORED, flags[2]) == (Flag.BOT, Flag.AI_AUTHORED, 0)
    assert list(told.evidence.aliases.bot) == [True, True, False]


def test_the_mailmap_names_authors_and_trailer_people(scan: Scan) -> None:
    told = scan(
        [
            Commit("ali <a@old.org>", "2024-01-02", {"a": "1"}, trailers=["Reviewed-by: bobby <b@old.org>"]),
            Commit("Cara", "2024-01-03", {".mailmap": "Alice Doe <alice@new.org> <a@old.org>\nBob Roe <b@old.org>\n"}),
        ]
    )
    aliases = told.evidence.aliases
    assert list(zip(aliases.name, aliases.email, aliases.raw_name, aliases.raw_email, strict=True)) == [
        ("Alice Doe", "alice@new.org", "ali", "a@old.org"),
        ("Bob Roe", "b@old.org", "bobby", "b@old.org"),
        ("Cara", "cara@example.org", "Cara", "cara@example.org"),
    ]


def test_a_later_mailmap_renames_people_already_known(make_repository: Callable[..., Path], store: Path) -> None:
    path = make_repository([Commit("ali <a@old.org>", "2024-01-02", {"a": "1"})])
    assert not read(path, store).renamed_people
    write_repository(path, [Commit("Bo", "2024-01-03", {".mailmap": "Alice <a@new.org> <a@old.org>\n"})], append=True)
    assert read(path, store).renamed_people
    assert Evidence.load(store).aliases.name == ["Alice", "Bo"]


def test_mass_changes_and_ignored_revisions_are_discounted_with_a_reason(scan: Scan, tmp_path: Path) -> None:
    many = {f"src/f{n}.py": "1" for n in range(12)}
    path = write_repository(
        tmp_path / "r",
        [
            Commit("Alice", "2024-01-02", many),
            Commit("Bob", "2024-01-03", dict.fromkeys(many, "2"), message="Run black on everything"),
            Commit("Cara", "2024-01-04", {"src/f0.py": "3"}, message="Change quotes"),
            Commit("Dan", "2024-01-05", {"vendor/x.c": "1", "package-lock.json": "{}"}),
        ],
    )
    sha = git(path, "rev-parse", "main~1")
    write_repository(path, [Commit("Dan", "2024-01-06", {".git-blame-ignore-revs": f"# quotes\n{sha}\n"})], append=True)
    told = scan(path)
    assert told.worth("src/f0.py") == [(100, Reason.NONE), (0, Reason.REFORMAT), (0, Reason.IGNORED_REVISION)]
    assert told.worth("vendor/x.c") == [(0, Reason.VENDORED)]
    assert told.worth("package-lock.json") == [(0, Reason.LOCK)]


def test_gitattributes_name_natures_anew(make_repository: Callable[..., Path], store: Path) -> None:
    path = make_repository([Commit("Alice", "2024-01-02", {"gen/x.py": "1"})])
    read(path, store)
    assert list(Evidence.load(store).files.nature) == [Nature.CODE]
    write_repository(path, [Commit("Al", "2024-01-03", {".gitattributes": "gen/** linguist-generated\n"})], append=True)
    read(path, store)
    assert Evidence.load(store).files.nature[0] == Nature.GENERATED


def test_progress_tells_done_total_and_what_remains(make_repository: Callable[..., Path], store: Path) -> None:
    path = make_repository([Commit("Alice", "2024-01-02", {"a": str(n)}) for n in range(5)])
    seen: list[Progress] = []
    read(path, store, progress=seen.append)
    assert [(each.done, each.total) for each in seen] == [(0, 5), (5, 5)]
    assert seen[0].rate is None
    assert seen[-1].remaining == 0


def test_a_second_read_finds_nothing_new(make_repository: Callable[..., Path], store: Path) -> None:
    path = make_repository([Commit("Alice", "2024-01-02", {"a": "1"})])
    first = read(path, store, now=lambda: NOON)
    assert (first.first, first.commits, first.new) == (0, 1, 1)
    before = sorted((file.name, file.stat().st_mtime_ns) for file in store.iterdir())
    again = read(path, store, now=lambda: NOON)
    assert (again.first, again.commits, again.new, again.gone) == (1, 1, 0, ())
    assert sorted((file.name, file.stat().st_mtime_ns) for file in store.iterdir()) == before


def test_the_new_rows_are_in_memory_without_numpy(reading: Callable[[Path], Reading], tmp_path: Path) -> None:
    path = write_repository(tmp_path / "r", [Commit("Alice", "2024-01-02", {"a": "1"})])
    reading(path)
    write_repository(path, [Commit("Bob", "2024-01-03", {"a": "2", "b": "1"})], append=True)
    found = reading(path)
    assert found.batch is not None
    assert (found.first, len(found.batch), list(found.batch.columns["touches.commit"])) == (1, 1, [1, 1])


def test_evidence_can_begin_with_any_commit(scan: Scan, store: Path) -> None:
    scan([Commit("Alice", "2024-01-02", {"a": str(n), f"f{n}": "x"}) for n in range(4)])
    tail = Evidence.load(store, since=2)
    assert list(tail.commits.commit) == [2, 3]
    assert list(tail.touches.commit) == [2, 2, 3, 3]
    assert list(tail.touches.worth) == [100] * 4
    assert tail.sha(3) == Evidence.load(store).sha(3)
