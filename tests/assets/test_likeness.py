from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.assets.agreement import compare
from seci.assets.likeness import Named, duplicates


def test_assets_alike_in_name_or_place_are_offered() -> None:
    assets = [
        Named(1, "Payment service", frozenset({"src/pay/"})),
        Named(2, "payments service, other parts"),
        Named(3, "Search"),
        Named(4, "Lookup", frozenset({"src/search/"})),
        Named(5, "Find", frozenset({"src/search/"})),
    ]
    assert {(each.one, each.two) for each in duplicates(assets)} == {(1, 2), (4, 5)}
    assert all(each.reason.endswith(".") for each in duplicates(assets))


words = st.lists(st.sampled_from(["pay", "search", "core", "ui", "net"]), min_size=1, max_size=3).map(" ".join)


@given(st.lists(words, max_size=8))
def test_pairs_are_ordered_and_the_order_of_assets_changes_nothing(names: list[str]) -> None:
    assets = [Named(number, name) for number, name in enumerate(names)]
    found = duplicates(assets)
    assert found == duplicates(reversed(assets))
    assert all(each.one < each.two and 0.6 <= each.likeness <= 1 for each in found)
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)


def test_nomination_and_evidence_stand_side_by_side() -> None:
    found = compare([1, 2], {1: 0.9, 3: 0.7, 4: 0.1})
    assert (found.both, found.only_named, found.only_evident) == ((1,), (2,), (3,))
    assert (found.precision, found.recall, found.disagree) == (0.5, 0.5, True)


def test_without_nominations_or_evidence_accuracy_is_unknown() -> None:
    found = compare([], {})
    assert (found.precision, found.recall, found.disagree) == (None, None, False)
