"""What landed is counted once, and counted anew when the history or who is who has changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seci.cycle import queries, store
from seci.cycle.memory import Landed, Memory
from seci.cycle.reviewers import Unit, observed
from seci.cycle.views import ReviewersForm
from seci.kit.clock import DAY, to_date
from seci.people import services as people
from seci.spiral import queries as spiral
from seci.spiral.files_at_risk import Knowers
from tests.cycle.conftest import OWNER, House, MakeRepository
from tests.repositories import Commit, write_repository


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each time that a history is read for questions."""
    read, times = store.landed, list[int]()

    def landed(*arguments: object) -> Landed:
        times.append(1)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "landed", landed)
    return times


def day(house: House, before: int) -> str:
    return to_date(house.at - before * DAY).isoformat()


def fits(house: House, path: str) -> list[str]:
    page = queries.reviewers(OWNER, ReviewersForm(paths=path), house.at, shelves=house.shelves)
    return [one.person.name for one in page.candidates]


def reviewed(author: str, reviewer: str, when: str, path: str) -> Commit:
    return Commit(author, when, {path: when}, f"Change it\n\nReviewed-by: {reviewer} <{reviewer.lower()}@example.org>")


def test_a_second_question_is_answered_from_memory_and_a_scan_makes_it_read_again(
    house: House, make_repository: MakeRepository, counted: list[int]
) -> None:
    path = make_repository([reviewed("Alice", "Bob", day(house, n), "core/a.py") for n in range(90, 80, -1)])
    house.scan(path)
    assert fits(house, "core/a.py") == fits(house, "core/a.py")
    assert len(counted) == 1

    write_repository(
        path, [reviewed("Alice", "Carol", day(house, n), "core/a.py") for n in range(40, 20, -1)], append=True
    )
    house.scan(path)
    assert fits(house, "core/a.py")[0] == "Carol"
    assert len(counted) == 2


def test_joining_two_people_is_seen_by_the_next_question(house: House, make_repository: MakeRepository) -> None:
    path = make_repository(
        [reviewed("Alice", who, day(house, n), "core/a.py") for n in range(90, 80, -2) for who in ("Bob", "Carol")]
    )
    house.scan(path)
    assert {"Bob", "Carol"} <= set(fits(house, "core/a.py"))

    people.join(OWNER, house.db, [house.person("Bob"), house.person("Carol")])
    assert len({"Bob", "Carol"} & set(fits(house, "core/a.py"))) == 1


def test_who_follows_is_named_by_the_files_that_the_leaver_knows(house: House, make_repository: MakeRepository) -> None:
    carols = [Commit("Carol", day(house, 300 - n), {f"core/wide_{n % 9}.py": str(n)}) for n in range(60)]
    dans = [Commit("Dan", day(house, 200 - n), {"core/deep.py": f"dan {n}"}) for n in range(12)]
    bobs = [Commit("Bob", day(house, 40 - n), {"core/deep.py": f"bob {n}"}) for n in range(9)]
    house.scan(make_repository([*carols, *dans, *bobs]))
    leaving = [house.person("Dan")]

    (by_contact,) = spiral.leave(OWNER, house.at, leaving).losses
    (by_files,) = queries.leave(OWNER, house.at, leaving, shelves=house.shelves).losses
    assert by_contact.next_best[0].person.name == "Carol"
    assert by_files.next_best[0].person.name == "Bob"
    assert by_files.next_best[0].reason.startswith("9 commits on these files")
    assert by_files.transfer == "Pair Bob with Dan on the next changes."
    assert "Dan" not in {one.person.name for one in by_files.next_best}


def test_whoever_has_left_already_is_not_named(house: House, make_repository: MakeRepository) -> None:
    both = [Commit("Bob", day(house, 90 - n), {"core/a.py": f"bob {n}"}) for n in range(6)]
    house.scan(make_repository([*both, *(Commit("Dan", day(house, 60 - n), {"core/a.py": str(n)}) for n in range(6))]))
    house.db.run("UPDATE people_person SET leaves_on = ? WHERE name = 'Bob'", [day(house, 10)])

    (loss,) = queries.leave(OWNER, house.at, [house.person("Dan")], shelves=house.shelves).losses
    assert "Bob" not in {one.person.name for one in loss.next_best}


def test_without_its_evidence_contact_says_who_follows(house: House, make_repository: MakeRepository) -> None:
    commits = [Commit("Bob", day(house, 90 - n), {"docs/a.md": f"bob {n}"}) for n in range(6)]
    house.scan(make_repository([*commits, Commit("Dan", day(house, 9), {"docs/a.md": "dan"})]))
    page = queries.leave(OWNER, house.at, [house.person("Dan")], shelves=Path("/nowhere"))

    assert [one.person.name for row in page.losses for one in row.next_best] == ["Bob"]


def test_a_state_of_the_past_is_what_was_known_then() -> None:
    units = [Unit(n, (f"src/{n % 3}.py",), (n % 2,), (2 + n % 3,), n * DAY) for n in range(40)]
    none = np.zeros(0, np.int64)
    memory = Memory(Landed(units, frozenset(), Knowers(none, none, none), none, none, none))
    for at in (41 * DAY, 20 * DAY, 5 * DAY, 20 * DAY, 39 * DAY, 10 * DAY, 41 * DAY):
        state, n = memory.before(at)
        known = [unit for unit in units if unit.at < at]
        assert n == len(known)
        assert state.rank(["src/1.py"], [0], at) == observed(known).rank(["src/1.py"], [0], at)
