"""The labeled pairs are what they are named by, and what is seeded contradicts or does not, as it should."""

from __future__ import annotations

from benchmarks.conflict_seeds import antonym, harmless, negation, number, opposites
from benchmarks.conflicts import KNOWN, labeled
from seci.combination.merge.findings import fingerprint
from seci.kit.ids import seeded


def test_each_labeled_pair_is_named_by_its_sentences_and_labeled_twice() -> None:
    rows = labeled()
    assert len(rows) >= 190
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert row["fingerprint"] == fingerprint("conflict", row["sentence_a"], row["sentence_b"])
        assert {row["first"], row["second"]} <= {"0", "1"}
        assert row["guide_a"] != row["guide_b"]


def test_both_known_conflicts_are_among_them_and_labeled_as_such() -> None:
    for words in KNOWN:
        found = [row for row in labeled() if all(word in row["sentence_a"] + row["sentence_b"] for word in words)]
        assert [(row["first"], row["second"]) for row in found] == [("1", "1")]


def test_seeds_change_what_they_say_they_change() -> None:
    draw = seeded("test")
    assert number("Keep it under 100 lines.", draw) not in (None, "Keep it under 100 lines.")
    assert number("Keep it short.", draw) is None
    assert negation("Do not squash commits.") == "Squash commits."
    assert negation("Authors should squash commits.") == "Authors should not squash commits."
    assert negation("Squash commits now.") == "Do not squash commits now."
    assert antonym("Keep it public.", {"public": ["private"]}, draw) == "Keep it private."
    assert harmless("You should not wait.") == "You shouldn't wait."
    assert harmless("Tea.") is None
    assert all(one != other for one, other in opposites())
