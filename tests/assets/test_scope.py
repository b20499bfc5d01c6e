from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from seci.assets.scope import Map, Scope, nearest
from seci.assets.whereabouts import holds, near


def test_the_longest_prefix_wins_and_a_pattern_beats_its_folder() -> None:
    scopes = [
        Scope("", "", 1),
        Scope("src/", "", 2),
        Scope("src/net/", "", 3),
        Scope("src/net/", "*.md", 4),
        Scope("src/net/tcp.c", "", 5),
    ]
    found = Map(scopes)
    paths = ["README", "src/a.c", "src/net/udp.c", "src/net/README.md", "src/net/tcp.c", "src/net/x/deep.md", "srcs/a"]
    assert found.assets_of(paths).tolist() == [1, 2, 3, 4, 5, 3, 1]
    assert found.asset_of("src/net/tcp.c.orig") == 3


def test_what_no_scope_covers_belongs_to_nothing() -> None:
    assert Map([Scope("src/", "", 2)]).assets_of(["docs/a.md", "a"]).tolist() == [-1, -1]
    assert Map([]).assets_of([]).dtype == np.int32


def test_a_folder_can_be_taken_out() -> None:
    assert Map([Scope("", "", 1), Scope("vendor/", "", -1)]).asset_of("vendor/lib/a.c") == -1


def test_a_stray_path_is_near_to_the_asset_beside_it() -> None:
    scopes = [Scope("src/net/", "", 3), Scope("docs/", "", 4)]
    assert nearest(scopes, "src/new/a.c") == 3
    assert nearest([], "src/new/a.c") == -1


segments = st.sampled_from(["a", "b", "c", "net"])
folders = st.lists(segments, max_size=3).map(lambda parts: "".join(f"{part}/" for part in parts))


@given(
    st.lists(st.tuples(folders, st.sampled_from(["", "*.md", "x*"]), st.integers(0, 9)), max_size=12),
    st.lists(st.tuples(folders, st.sampled_from(["x.md", "y.md", "x", "z"])).map("".join), max_size=12),
)
def test_the_map_agrees_with_the_rule_spelled_out(rows: list[tuple[str, str, int]], paths: list[str]) -> None:
    unique = {(prefix, pattern): asset for prefix, pattern, asset in rows}
    scopes = [Scope(prefix, pattern, asset) for (prefix, pattern), asset in unique.items()]

    def plainly(path: str) -> int:
        folder, name = path[: path.rfind("/") + 1], path[path.rfind("/") + 1 :]
        fitting = [
            (len(scope.prefix), scope.pattern != "", scope)
            for scope in scopes
            if (scope.pattern == "" and path.startswith(scope.prefix))
            or (scope.pattern == "*.md" and scope.prefix == folder and name.endswith(".md"))
            or (scope.pattern == "x*" and scope.prefix == folder and name.startswith("x"))
        ]
        if not fitting:
            return -1
        # Of two patterns that both fit, the first in the alphabet.
        best = max(fitting, key=lambda fit: (fit[0], fit[1], [-ord(letter) for letter in fit[2].pattern]))
        return best[2].asset

    assert Map(scopes).assets_of(paths).tolist() == [plainly(path) for path in paths]
    assert Map(reversed(scopes)).assets_of(paths).tolist() == [plainly(path) for path in paths]


def test_a_path_that_is_not_there_is_told_what_lies_near_it() -> None:
    paths = ["src/core/engine.py", "src/core/deep/gear.py", "src/web/page.html", "README.md"]

    assert holds(paths, "src/core/", "")
    assert holds(paths, "src/core/", "*.py")
    assert holds(paths, "README.md", "")
    assert not holds(paths, "src/core", "")
    assert not holds(paths, "src/", "*.html")
    assert near(paths, "src/core") == ["src/core/"]
    assert near(paths, "README.md/") == ["README.md"]
    assert near(paths, "deep/gear.py") == ["src/core/deep/gear.py"]
    assert near(paths, "src/core/engin.py")[0] == "src/core/engine.py"
    assert near(paths, "src/cor/")[0] == "src/core/"
    assert near([], "x/") == []
