from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from seci.sources.git.codes import Role
from seci.sources.git.evidence import Evidence, read
from tests.repositories import Commit


def test_roles_come_in_the_order_of_commits_although_merges_add_to_what_they_brought_in(
    make_repository: Callable[..., Path], tmp_path: Path
) -> None:
    path = make_repository(
        [
            Commit("Alice", "2025-01-01", {"a.py": "1"}, label="root"),
            Commit(
                "Bob", "2025-01-02", {"b.py": "1"}, label="one", trailers=["Reviewed-by: Carol <carol@example.org>"]
            ),
            Commit("Bob", "2025-01-03", {"b.py": "2"}, label="two"),
            Commit("Alice", "2025-01-04", {"a.py": "2"}, parents=["root"], label="main"),
            Commit("Alice", "2025-01-05", {}, parents=["main", "two"], message="Merge pull request #7 from bob/b"),
        ]
    )
    read(path, tmp_path / "evidence")
    roles = Evidence.load(tmp_path / "evidence").roles

    assert (np.diff(roles.commit) >= 0).all()
    assert (roles.role == Role.MERGER).sum() == 2
