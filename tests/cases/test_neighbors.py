from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.cases.attribute import Attribute
from seci.cases.case import Case
from seci.cases.neighbors import differing, midway, neighbors
from seci.cases.space import Space, distance, implausible
from seci.kit.ids import seeded

SIZE = Attribute("size", "lines", "number", low=0, high=100)
TESTS = Attribute("tests", "lines of tests", "number", low=0, high=100)
RISK = Attribute("risk", "risk", "ordinal", levels=("low", "medium", "high", "extreme"))
AREA = Attribute("area", "area", "category", levels=("docs", "core", "build"))
HOT = Attribute("hot", "hot fix", "boolean")
ALL = (SIZE, TESTS, RISK, AREA, HOT)


def bank(n: int = 60) -> list[Case]:
    """Tests are never longer than the change; documents are small and never a hot fix."""
    draw = seeded("bank")
    cases = []
    for at in range(n):
        area = draw.choice(AREA.levels)
        size = draw.randrange(1, 20 if area == "docs" else 100)
        values = {
            "size": float(size),
            "tests": float(draw.randrange(0, size + 1)),
            "risk": draw.choice(RISK.levels),
            "area": area,
            "hot": area != "docs" and draw.random() < 0.5,
        }
        cases.append(Case(f"c{at}", values))
    return cases


def test_neighbors_keep_what_always_held() -> None:
    found = neighbors(bank(), ALL, 100, seed=1)
    assert len(found) == 100
    for case in found:
        assert case.source == "synthetic"
        assert case.parent
        assert case.values["tests"] <= case.values["size"]  # type: ignore[operator]
        if case.values["area"] == "docs":
            assert case.values["size"] < 20  # type: ignore[operator]
            assert case.values["hot"] is False
        assert float(case.values["size"]).is_integer()  # type: ignore[arg-type]


def test_neighbors_are_the_same_for_the_same_seed_and_never_repeat_a_case() -> None:
    cases = bank()
    first = neighbors(cases, ALL, 40, seed=7)
    assert first == neighbors(cases, ALL, 40, seed=7)
    assert first != neighbors(cases, ALL, 40, seed=8)
    assert len({case.id for case in first}) == 40
    known = [dict(case.values) for case in cases]
    assert not any(dict(case.values) in known for case in first)


def test_nothing_is_made_from_one_case_or_from_cases_that_are_all_alike() -> None:
    assert neighbors([Case("a", {"size": 3.0})], (SIZE,), 5, seed=1) == []
    assert neighbors([Case("a", {"size": 3.0}), Case("b", {"size": 3.0})], (SIZE,), 5, seed=1) == []


def test_what_is_not_known_stays_unknown_or_comes_from_the_neighbor() -> None:
    cases = [Case(f"c{at}", {"size": float(at), "tests": None}) for at in range(30)]
    assert all(case.values["tests"] is None for case in neighbors(cases, (SIZE, TESTS), 10, seed=1))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"size": 500.0}, "lines lies outside anything seen"),
        ({"size": 10.0, "tests": 15.0}, "lines of tests never lies above lines"),
        ({"area": "docs", "hot": True}, "area docs never goes with hot fix yes"),
        ({"area": "docs", "size": 70.0}, "lines never lies there where area is docs"),
    ],
)
def test_an_impossible_case_is_told_with_its_reason(values: dict[str, object], reason: str) -> None:
    assert implausible(values, Space.of(bank(120), ALL)) == reason  # type: ignore[arg-type]


def test_real_cases_are_plausible() -> None:
    cases = bank()
    space = Space.of(cases, ALL)
    assert [implausible(case.values, space) for case in cases] == [""] * len(cases)


def test_bisection_finds_the_planted_cause_and_its_threshold() -> None:
    """A verdict that flips at 42 lines is found in few questions, whatever else differs."""
    calm = Case("a", {"size": 10.0, "tests": 0.0, "risk": "low", "area": "core", "hot": False})
    other = Case("b", {"size": 90.0, "tests": 60.0, "risk": "high", "area": "build", "hot": True})
    asked = 0
    while (between := midway(calm, other, ALL, places=0)) is not None:
        asked += 1
        verdict = between.case.values["size"] > 42  # type: ignore[operator]
        calm, other = (calm, between.case) if verdict else (between.case, other)
    assert [one.key for one in differing(calm.values, other.values, ALL)] == ["size"]
    assert (calm.values["size"], other.values["size"]) == (42, 43)
    assert asked <= 10


def test_nothing_lies_between_yes_and_no_or_two_next_levels() -> None:
    assert midway(Case("a", {"hot": True}), Case("b", {"hot": False}), (HOT,)) is None
    assert midway(Case("a", {"risk": "low"}), Case("b", {"risk": "medium"}), (RISK,)) is None
    between = midway(Case("a", {"risk": "low"}), Case("b", {"risk": "extreme"}), (RISK,))
    assert between is not None
    assert (between.case.values["risk"], between.case.source, between.case.parent) == ("medium", "what_if", "a")


values = st.fixed_dictionaries(
    {
        "size": st.none() | st.floats(0, 100),
        "risk": st.none() | st.sampled_from(RISK.levels),
        "area": st.none() | st.sampled_from(AREA.levels),
        "hot": st.none() | st.booleans(),
    }
)


@given(values, values)
def test_distance_is_symmetric_within_zero_and_one(one: dict[str, object], two: dict[str, object]) -> None:
    there = distance(one, two, ALL)  # type: ignore[arg-type]
    assert there == distance(two, one, ALL)  # type: ignore[arg-type]
    assert 0 <= there <= 1
    if any(value is not None for value in one.values()):
        assert distance(one, one, ALL) == 0  # type: ignore[arg-type]
