from __future__ import annotations

import itertools

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seci.assets.proposal import Proposal, aim, propose
from seci.assets.scope import Map, Scope


class Source:
    """A made-up source: files with natures, and commits as lists of paths."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.natures: list[str] = []
        self.commits: list[list[str]] = []

    def files(self, pattern: str, count: int, nature: str = "code") -> list[str]:
        found = [pattern.format(number) for number in range(count)]
        self.paths += found
        self.natures += [nature] * count
        return found

    def change(self, *paths: str, times: int = 1) -> None:
        self.commits += [list(paths)] * times

    def proposals(self, title: str = "made") -> list[Proposal]:
        index = {path: at for at, path in enumerate(self.paths)}
        rows = [(number, index[path]) for number, paths in enumerate(self.commits) for path in paths]
        table = np.array(rows, np.int64).reshape(-1, 2)
        return propose(self.paths, self.natures, np.ones(len(self.paths), bool), table[:, 0], table[:, 1], title=title)

    def home(self, path: str) -> Proposal | None:
        found = self.proposals()
        at = Map(Scope(*scope, number) for number, each in enumerate(found) for scope in each.scopes).asset_of(path)
        return found[at] if at >= 0 else None


def monorepo() -> Source:
    source = Source()
    for room in ("engine", "billing", "search"):
        files = source.files(f"src/{room}/part{{}}.py", 12)
        tests = source.files(f"tests/{room}/test_part{{}}.py", 6, "tests")
        for one, two in itertools.pairwise(files):
            source.change(one, two, times=3)
        for at, test in enumerate(tests):
            source.change(test, files[at], times=4)
    source.files("docs/page{}.md", 8, "docs")
    source.change("docs/page0.md", times=5)
    source.files(".github/workflows/job{}.yml", 3, "build")
    source.files("third_party/zlib/part{}.c", 300, "vendored")
    source.files("README.md", 1, "docs")
    source.files("Makefile", 1, "build")
    return source


def test_folders_that_live_together_become_assets_with_their_tests() -> None:
    source = monorepo()
    names = {each.name for each in source.proposals()}
    assert {"engine", "billing", "search", "documentation", "build and CI"} <= names
    for room in ("engine", "billing", "search"):
        code, test = source.home(f"src/{room}/part3.py"), source.home(f"tests/{room}/test_part0.py")
        assert code is not None
        assert code == test
        assert code.languages == ("Python",)
        assert code.reason.startswith(f"18 files under src/{room}/, with the tests that change with them")


def test_loose_documents_and_build_files_find_their_kin() -> None:
    source = monorepo()
    homes = [source.home(path) for path in ("README.md", "docs/page3.md", "Makefile", ".github/workflows/job1.yml")]
    assert [home.topic if home else None for home in homes] == ["docs", "docs", "build", "build"]


def test_code_of_others_is_no_knowledge_here() -> None:
    source = Source()
    source.files("lib/zlib/part{}.c", 30, "vendored")
    assert source.proposals() == []


def test_a_maven_layout_does_not_tear_tests_from_code() -> None:
    source = Source()
    for module in ("clients", "streams", "connect"):
        for package in ("admin", "consumer"):
            files = source.files(f"{module}/src/main/java/org/made/{module}/{package}/C{{}}.java", 15)
            source.files(f"{module}/src/test/java/org/made/{module}/{package}/C{{}}Test.java", 10, "tests")
            source.change(*files[:3], times=10)
    for module in ("clients", "streams", "connect"):
        for package in ("admin", "consumer"):
            inside = f"java/org/made/{module}/{package}"
            code = source.home(f"{module}/src/main/{inside}/C1.java")
            assert code is not None
            assert code == source.home(f"{module}/src/test/{inside}/C1Test.java")
            assert code.name == f"{module}/{package}"


def test_a_flat_library_is_divided_by_what_changes_together() -> None:
    source = Source()
    http = source.files("http{}.c", 8)
    disk = source.files("disk{}.c", 8)
    for group in (http, disk):
        for one in range(8):
            for two in range(one):
                source.change(group[one], group[two], times=2)
    first, second = source.home("http1.c"), source.home("disk1.c")
    assert first is not None
    assert second is not None
    assert first != second
    assert all(source.home(path) == first for path in http)


def test_a_small_library_stays_whole() -> None:
    source = Source()
    files = source.files("made/part{}.py", 5)
    source.change(*files, times=9)
    source.change(files[0], times=3)
    assert [each.name for each in source.proposals()] == ["made"]


def test_a_tiny_repository_is_one_asset() -> None:
    source = Source()
    source.files("main.py", 1)
    [only] = source.proposals(title="tool")
    assert (only.name, only.scopes) == ("tool", (("", ""),))
    assert Source().proposals() == []


def test_dead_files_are_not_looked_at() -> None:
    found = propose(["a/x.py", "b/y.py"], ["code"] * 2, np.array([True, False]), np.array([0]), np.array([1]))
    assert sum(each.reason.count("1 file ") for each in found) == 1


def test_the_number_of_assets_grows_slowly() -> None:
    assert [aim(n) for n in (1, 20, 500, 20_000, 10**7)] == [2, 6, 17, 60, 80]


paths = st.lists(
    st.tuples(
        st.lists(st.sampled_from(["src", "lib", "net", "ui", "tests", "docs"]), max_size=3).map("/".join),
        st.integers(0, 30),
        st.sampled_from(["code", "code", "tests", "docs", "build", "data", "vendored"]),
    ),
    min_size=1,
    max_size=60,
    unique_by=lambda row: row[:2],
)


@settings(max_examples=60, deadline=None)
@example([("", 0, "code"), ("src/src", 0, "code"), ("src", 0, "code")], [[0, 1]])
@given(paths, st.lists(st.lists(st.integers(0, 59), min_size=1, max_size=5, unique=True), max_size=40))
def test_every_file_that_counts_has_one_home_and_names_are_unique(
    rows: list[tuple[str, int, str]], history: list[list[int]]
) -> None:
    names = [f"{folder}/f{number}.c".lstrip("/") for folder, number, _ in rows]
    natures = [nature for _, _, nature in rows]
    pairs = [(commit, file) for commit, files in enumerate(history) for file in files if file < len(names)]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    live = np.ones(len(names), bool)
    found = propose(names, natures, live, table[:, 0], table[:, 1])
    assert found == propose(names, natures, live, table[:, 0], table[:, 1])
    scopes = [Scope(*scope, number) for number, each in enumerate(found) for scope in each.scopes]
    assert len({scope[:2] for scope in scopes}) == len(scopes)
    assert len({each.name for each in found}) == len({each.key for each in found}) == len(found) <= 80
    homes = Map(scopes).assets_of(names)
    assert all(home >= 0 for home, nature in zip(homes, natures, strict=True) if nature != "vendored")
    assert all(each.reason.endswith(".") and each.name for each in found)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_and_touches_changes_nothing(random: object) -> None:
    source = monorepo()
    wanted = source.proposals()
    order = list(range(len(source.paths)))
    random.shuffle(order)  # type: ignore[attr-defined]
    source.paths, source.natures = [source.paths[at] for at in order], [source.natures[at] for at in order]
    random.shuffle(source.commits)  # type: ignore[attr-defined]
    assert source.proposals() == wanted
