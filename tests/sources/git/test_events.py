from __future__ import annotations

import numpy as np

from seci.ledger.kinds import Kind
from seci.sources.git.codes import Flag, Nature, Role, Status
from seci.sources.git.events import Commits, Parts, Touches, events


def ints(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def commits(*, flags: int = 0, gone: bool = False) -> Commits:
    return Commits(ints(5), [b"a" * 20], ints(1_000), ints(1), ints(flags), np.array([gone]))


def touches(rows: list[tuple[int, Nature, Status, int]]) -> Touches:
    """Rows of (asset, nature, status, worth), all of commit 5."""
    columns = [ints(*column) for column in zip(*rows, strict=True)]
    return Touches(np.full(len(rows), 5), *columns)


def parts(*rows: tuple[int, Role]) -> Parts:
    return Parts(np.full(len(rows), 5), ints(*(r[0] for r in rows)), ints(*(int(r[1]) for r in rows)))


CODE = [(10, Nature.CODE, Status.MODIFIED, 100)]


def table(columns: object) -> list[tuple[int, int, int, int, int]]:
    """(actor, other, asset, kind, weight) of every event."""
    names = ("actor", "other", "asset", "kind", "weight")
    return sorted(zip(*(np.asarray(getattr(columns, name)).tolist() for name in names), strict=True))


def test_a_commit_in_two_assets_is_two_events_of_its_author() -> None:
    found = events(commits(), touches([*CODE, (11, Nature.DOCS, Status.ADDED, 100)]), parts((1, Role.AUTHOR)))

    assert table(found) == [(1, -1, 10, Kind.APPLY, 1000), (1, -1, 11, Kind.WRITE, 3000)]


def test_reviewer_and_co_author_are_events_with_the_author_as_the_other() -> None:
    found = events(commits(), touches(CODE), parts((1, Role.AUTHOR), (2, Role.REVIEWER), (3, Role.CO_AUTHOR)))

    assert table(found)[1:] == [(2, 1, 10, Kind.REVIEW, 500), (3, 1, 10, Kind.PAIR, 1000)]


def test_nobody_reviews_their_own_work() -> None:
    found = events(commits(), touches(CODE), parts((1, Role.AUTHOR), (1, Role.REVIEWER), (1, Role.MERGER)))

    assert len(found) == 1


def test_programs_and_signing_off_make_no_event() -> None:
    found = events(commits(), touches(CODE), parts((-1, Role.AUTHOR), (4, Role.SIGNED_OFF)))

    assert len(found) == 0


def test_a_discounted_touch_weighs_less_and_a_worthless_one_nothing() -> None:
    half = events(commits(), touches([(10, Nature.DATA, Status.MODIFIED, 50)]), parts((1, Role.AUTHOR)))
    none = events(commits(), touches([(10, Nature.GENERATED, Status.MODIFIED, 0)]), parts((1, Role.AUTHOR)))

    assert np.asarray(half.weight).tolist() == [500]
    assert len(none) == 0


def test_what_a_program_wrote_counts_little_for_the_human_and_in_full_for_the_reviewer() -> None:
    found = events(commits(flags=Flag.AI_AUTHORED), touches(CODE), parts((1, Role.AUTHOR), (2, Role.REVIEWER)))

    assert [row[4] for row in table(found)] == [300, 500]


def test_files_of_no_asset_and_commits_that_are_gone_make_no_event() -> None:
    nowhere = events(commits(), touches([(-1, Nature.CODE, Status.MODIFIED, 100)]), parts((1, Role.AUTHOR)))
    gone = events(commits(gone=True), touches(CODE), parts((1, Role.AUTHOR)))

    assert (len(nowhere), len(gone)) == (0, 0)
