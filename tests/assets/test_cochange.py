from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.assets.cochange import Touches, communities, share, together


def touches(commits: list[list[int]]) -> Touches:
    rows = [(number, file) for number, files in enumerate(commits) for file in sorted(set(files))]
    table = np.array(rows, np.int64).reshape(-1, 2)
    return Touches(table[:, 0], table[:, 1])


commits = st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=6), max_size=15)


@given(commits)
def test_together_counts_each_pair_of_each_commit(history: list[list[int]]) -> None:
    expected = np.zeros((8, 8))
    for files in map(set, history):
        for one in files:
            for two in files - {one}:
                expected[one, two] += 1 / (len(files) - 1)
    assert together(touches(history), 8) == pytest.approx(expected)


@given(commits)
def test_share_is_the_part_of_the_commits_of_one_that_touch_the_other(history: list[list[int]]) -> None:
    part, alone = share(touches(history), 8)
    sets = [set(files) for files in history]
    for one in range(8):
        mine = [files for files in sets if one in files]
        assert alone[one] == len(mine)
        for two in set(range(8)) - {one}:
            wanted = sum(two in files for files in mine) / len(mine) if mine else 0
            assert part[one, two] == pytest.approx(wanted)


def test_planted_communities_are_found() -> None:
    draw = np.random.default_rng(3)
    ties = np.zeros((12, 12))
    for _ in range(300):
        group = draw.integers(0, 3) * 4
        one, two = draw.choice(4, 2, replace=False) + group
        ties[one, two] += 1
        ties[two, one] += 1
    ties[0, 4] = ties[4, 0] = 3
    label, quality = communities(ties.copy())
    assert label.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert 0.6 < quality < 0.7


@given(st.integers(0, 2**16))
def test_modularity_is_that_of_the_labels(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ties = np.triu(draw.integers(0, 3, (6, 6)), 1).astype(float)
    ties += ties.T
    label, quality = communities(ties.copy())
    total = ties.sum()
    if total:
        degree = ties.sum(axis=1) / total
        same = label[:, None] == label[None, :]
        assert quality == pytest.approx(float((ties[same].sum() / total) - (np.outer(degree, degree)[same]).sum()))
    else:
        assert label.tolist() == list(range(6))


def test_large_commits_say_little() -> None:
    assert touches([list(range(41)), [1, 2]]).small().file.tolist() == [1, 2]
