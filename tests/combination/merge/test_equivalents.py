from __future__ import annotations

from dataclasses import replace

from seci.combination.merge.equivalents import equivalents
from seci.combination.merge.source import read
from tests.combination.merge.guides import at, sources


def _texts(left: str, right: str) -> list[list[str]]:
    both = [read(1, "a", left, guide="a"), read(2, "b", right, guide="b")]
    return [[said.text for said in group.all] for group in equivalents(both)]


def test_a_sentence_that_two_guides_say_is_one() -> None:
    assert [{said.text for said in group.all} for group in equivalents(sources())] == [
        {"Explain why the change is needed.", "Please explain why the change is needed."}
    ]


def test_another_number_or_a_denial_is_never_the_same() -> None:
    assert _texts("Keep every change under 100 lines of code.", "Keep every change under 400 lines of code.") == []
    assert _texts("Squash the commits of a branch.", "Do not squash the commits of a branch.") == []


def test_what_says_more_is_kept() -> None:
    found = _texts("Explain why a test is skipped.", "Explain clearly why a test is skipped.")
    assert found == [["Explain clearly why a test is skipped.", "Explain why a test is skipped."]]


def test_what_somebody_vouches_for_is_kept_before_what_says_more() -> None:
    left = replace(read(1, "a", "Explain why a test is skipped.", guide="a"), verified=at("2026-01-01"))
    right = read(2, "b", "Explain clearly why a test is skipped.", guide="b")
    assert equivalents([left, right])[0].kept.source == 1


def test_pages_of_one_guide_say_nothing_twice() -> None:
    same = [read(at, "page", "Explain why a test is skipped.", guide="one") for at in (1, 2)]
    assert equivalents(same) == ()
