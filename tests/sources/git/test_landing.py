from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.sources.git.landing import Landing, landings, plausible

YEAR = 365 * 86_400
NOW = 60 * YEAR


def graph(text: str) -> dict[bytes, tuple[bytes, ...]]:
    """ "b:a m:b,s" -> parents by commit; a commit without colon is a root."""
    rows = [row.partition(":") for row in text.split()]
    return {commit.encode(): tuple(p.encode() for p in before.split(",") if p) for commit, _, before in rows}


def order(text: str, tip: str) -> list[tuple[str, str | None]]:
    parents = graph(text)
    times = dict.fromkeys(parents, 40 * YEAR)
    found = landings(tip.encode(), parents, times, NOW)
    return [(each.commit.decode(), each.merge.decode() if each.merge else None) for each in found]


def test_a_line_lands_in_its_order() -> None:
    assert order("a b:a c:b", "c") == [("a", None), ("b", None), ("c", None)]


def test_a_branch_lands_with_its_merge() -> None:
    assert order("a b:a s:a t:s m:b,t c:m", "c") == [
        ("a", None), ("b", None), ("s", "m"), ("t", "m"), ("m", None), ("c", None),
    ]  # fmt: skip


def test_a_branch_of_a_branch_is_brought_in_by_the_inner_merge() -> None:
    # x was merged into the branch by n, and the branch into the main line by m.
    assert order("a s:a x:a n:s,x m:a,n", "m") == [("a", None), ("s", "m"), ("x", "n"), ("n", "m"), ("m", None)]


def test_an_octopus_brings_in_each_branch() -> None:
    assert order("a s:a t:a m:a,s,t", "m") == [("a", None), ("s", "m"), ("t", "m"), ("m", None)]


def test_a_branch_lands_once_with_the_first_merge_that_reaches_it() -> None:
    assert order("a s:a m:a,s t:s n:m,t", "n") == [("a", None), ("s", "m"), ("m", None), ("t", "n"), ("n", None)]


def test_what_is_not_listed_has_landed_before() -> None:
    assert order("m:old,s s:old", "m") == [("s", "m"), ("m", None)]


def test_a_commit_lands_when_its_merge_is_committed() -> None:
    parents = graph("a s:a m:a,s")
    times = {b"a": 40 * YEAR, b"s": 41 * YEAR, b"m": 42 * YEAR}
    assert landings(b"m", parents, times, NOW) == [
        Landing(b"a", 40 * YEAR, None),
        Landing(b"s", 42 * YEAR, b"m"),
        Landing(b"m", 42 * YEAR, None),
    ]


def test_impossible_times_are_taken_from_the_commit_before() -> None:
    assert plausible([0, 40 * YEAR, 0, 129 * YEAR, 41 * YEAR], NOW) == [0, *[40 * YEAR] * 3, 41 * YEAR]
    assert plausible([0], NOW, 40 * YEAR) == [40 * YEAR]
    assert plausible([129 * YEAR], NOW) == [NOW + 86_400]
    assert plausible([], NOW) == []


def test_a_long_branch_needs_no_deep_stack() -> None:
    parents: dict[bytes, tuple[bytes, ...]] = {b"a": ()}
    for n in range(30_000):
        parents[b"s%d" % n] = (b"s%d" % (n - 1) if n else b"a",)
    parents[b"m"] = (b"a", b"s29999")
    found = landings(b"m", parents, dict.fromkeys(parents, 40 * YEAR), NOW)
    assert [each.commit for each in found[:3]] == [b"a", b"s0", b"s1"]
    assert len(found) == 30_002


@st.composite
def histories(draw: st.DrawFn) -> dict[bytes, tuple[bytes, ...]]:
    parents: dict[bytes, tuple[bytes, ...]] = {}
    for n in range(draw(st.integers(1, 25))):
        known = list(parents)
        count = draw(st.integers(0 if n == 0 else 1, min(3, n))) if n else 0
        picked = draw(st.lists(st.sampled_from(known), min_size=count, max_size=count, unique=True)) if n else []
        parents[b"c%d" % n] = tuple(picked)
    return parents


@given(histories())
def test_every_reachable_commit_lands_once_and_after_its_parents(parents: dict[bytes, tuple[bytes, ...]]) -> None:
    tip = list(parents)[-1]
    reachable, todo = set(), [tip]
    while todo:
        commit = todo.pop()
        if commit not in reachable:
            reachable.add(commit)
            todo.extend(parents[commit])
    found = [each.commit for each in landings(tip, parents, dict.fromkeys(parents, 40 * YEAR), NOW)]
    assert sorted(found) == sorted(reachable)
    place = {commit: n for n, commit in enumerate(found)}
    assert all(place[before] < place[commit] for commit in found for before in parents[commit])
