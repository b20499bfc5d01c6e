"""Planted conflicts are found, planted agreement is not."""

from __future__ import annotations

import pytest

from seci.combination.merge.antonyms import opposite
from seci.combination.merge.asking import asked
from seci.combination.merge.conditions import split
from seci.combination.merge.conflicts import Conflict, conflicts
from seci.combination.merge.equivalents import Said
from seci.combination.merge.quantities import quantities
from seci.combination.merge.rules import rule, rules
from seci.combination.merge.source import read
from tests.combination.merge.guides import at, sources


def _held(one: str, other: str, **rest: object) -> tuple[Conflict, ...]:
    left, right = ({key: value[at] for key, value in rest.items()} for at in (0, 1))  # type: ignore[index]
    return conflicts([read(1, "a", one, guide="a", **left), read(2, "b", other, guide="b", **right)])


def test_the_planted_conflicts_of_two_guides_are_all_found_and_come_first() -> None:
    found = {frozenset((one.a.text, one.b.text)): one.kind for one in conflicts(sources())[:3]}
    assert found == {
        frozenset(("Keep changes under 100 lines.", "Keep changes under 400 lines.")): "threshold",
        frozenset(
            ("Answer a review request within one business day.", "Answer a review request within three business days.")
        ): "threshold",
        frozenset(
            ("Do not squash commits before the review is over.", "Squash commits before the review is over.")
        ): "modality",
    }


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Keep functions under 20 lines.", "Keep functions under 50 lines.", "threshold"),
        ("A review must have at least two reviewers.", "A review must have at least three reviewers.", "threshold"),
        ("Squash commits before merging a branch.", "Do not squash commits before merging a branch.", "modality"),
        ("Logs should contain user names.", "Logs should never contain user names.", "modality"),
        ("Use single quotes for strings.", "Use double quotes for strings.", "action"),
        ("Store the settings in a public repository.", "Store the settings in a private repository.", "action"),
        ("Deploy the service before you migrate data.", "Migrate data before you deploy the service.", "order"),
    ],
)
def test_a_planted_conflict_has_its_kind(one: str, other: str, kind: str) -> None:
    assert [found.kind for found in _held(one, other)] == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keep functions under 20 lines.", "Functions should be kept under 20 lines."),
        ("Don't merge a failing build.", "Do not merge a build that is failing."),
        ("Nest at most 3 levels deep in style sheets.", "Do not nest more than 3 levels deep in style sheets."),
        ("Use tabs for indentation of code.", "Never use spaces for indentation of code."),
        ("How many reviewers should a change have?", "A change should have two reviewers."),
        ("Reply within 24 hours to a question.", "Reply within one day to a question."),
        ("Write tests for every change.", "Write a changelog for every release."),
    ],
)
def test_what_goes_together_is_no_conflict(one: str, other: str) -> None:
    assert _held(one, other) == ()


def test_other_conditions_split_instead_of_choosing() -> None:
    found = _held(
        "If the node has failed, terminate the instance.",
        "When an attacker is suspected, do not terminate the instance.",
    )
    assert [(one.kind, one.context) for one in found] == [("modality", "split")]


def test_a_special_case_is_an_exception() -> None:
    found = _held("Avoid global variables in scripts.", "Use global variables in scripts when a plug-in needs them.")
    assert [(one.kind, one.context) for one in found] == [("exception", "split")]


def test_the_same_rule_changed_later_is_superseded_and_the_newer_is_named() -> None:
    dates = (at("2022-01-01"), at("2026-01-01"))
    found = _held("Keep functions under 20 lines.", "Keep functions under 50 lines.", date=dates)
    assert [(one.kind, one.newer) for one in found] == [("superseded", "b")]


def test_items_under_do_not_are_not_taken_for_advice() -> None:
    text = "Please do not:\n\n- squash commits before merging a branch\n"
    assert _held(text, "Squash commits before merging a branch.") == ()


def test_a_fingerprint_stays_when_a_guide_moves_the_sentence() -> None:
    one, other = "Keep functions under 20 lines.", "Keep functions under 50 lines."
    first, moved = _held(one, other)[0], _held(f"# New\n\n{one}\n", f"# Other\n\nHello.\n\n{other}\n")[0]
    assert first.fingerprint == moved.fingerprint


def test_a_rule_is_read_with_who_when_how_strongly_and_how_much() -> None:
    found = rule(Said(1, 0, "If a build fails, the author must fix it within two hours."))
    assert found is not None
    assert (found.subject, found.modality, found.conditions) == ("the author", "must", ("If a build fails",))
    assert [(one.value, one.unit, one.bound) for one in found.quantities] == [(7200, "second", "most")]


@pytest.mark.parametrize("text", ["What should we do?", "Kubernetes was released in 2014.", "Follow these steps:"])
def test_what_tells_nobody_anything_is_no_rule(text: str) -> None:
    assert rule(Said(1, 0, text)) is None


def test_numbers_are_read_with_unit_bound_and_range() -> None:
    found = quantities("Use at least 2 reviewers, 15-30 minutes, no more than 1,500 lines, and 80% or more of C++11.")
    assert [(one.value, one.unit, one.bound, one.low) for one in found] == [
        (2, "person", "least", None),
        (1800, "second", "exactly", 900),
        (1500, "line", "most", None),
        (80, "percent", "least", None),
    ]


def test_conditions_are_told_from_what_is_to_be_done() -> None:
    found = split("If the alert fires, restart the node unless it is a database.")
    assert (found.main, found.conditions) == ("restart the node", ("If the alert fires", "unless it is a database"))


def test_what_is_forbidden_and_what_is_asked_for_are_apart() -> None:
    found = asked("Shut the instance down (do not delete or terminate it, as we need it).")
    assert ("terminat",) in found.forbids
    assert "terminat" not in found.asks


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("enable", "disabled", True),
        ("usable", "unusable", True),
        ("public", "privately", True),
        ("test", "tests", False),
    ],
)
def test_opposites_are_known_whatever_their_endings(one: str, other: str, both: bool) -> None:
    assert opposite(one, other) is opposite(other, one) is both


def test_rules_of_a_source_keep_their_headings() -> None:
    assert rules(sources()[0])[0].path == ("Review guide", "Size of a change")
