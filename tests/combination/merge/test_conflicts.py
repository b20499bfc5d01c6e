"""Planted conflicts are found, planted agreement is not."""

from __future__ import annotations

import pytest

from seci.combination.merge.antonyms import opposite
from seci.combination.merge.asking import asked
from seci.combination.merge.conditions import split
from seci.combination.merge.conflicts import Conflict, conflicts
from seci.combination.merge.equivalents import Said
from seci.combination.merge.meeting import seen
from seci.combination.merge.modality import is_possible
from seci.combination.merge.oppositions import spoken
from seci.combination.merge.quantities import quantities
from seci.combination.merge.rules import is_order, rule, rules
from seci.combination.merge.source import Source, read
from seci.combination.merge.words import terms
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


def test_a_denial_is_told_in_the_words_of_the_rule_and_not_in_stems() -> None:
    page = read(1, "a", "Authors should rewrite confusing code.", guide="a")
    (found,) = rules(page)
    assert spoken(seen(found, page), frozenset(terms("code rewriting"))) == "rewrite, code"


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
        ("Don't attempt to monitor everything.", "Monitor the queue of the mail server."),
        ("Avoid writing code which is not specific to your domain.", "Write code for every report of the ministry."),
        ("Never render raw text of users.", "Text which must be rendered for users is sorted."),
        ("Readers behind a proxy may not be able to load fonts.", "You need to be able to load fonts of the archive."),
        ("See above.", "See below."),
    ],
)
def test_what_goes_together_is_no_conflict(one: str, other: str) -> None:
    assert _held(one, other) == ()


def test_limits_that_both_pages_state_agree_whichever_sentences_meet() -> None:
    one = "The subject of a commit has at most 50 characters.\n\nWrap the body of a commit at 72 characters."
    other = "Keep the subject of a commit under 50 characters.\n\nThe body of a commit has at most 72 characters."
    assert _held(one, other) == ()
    assert _held(one, "The body of a commit has at most 100 characters.") != ()


@pytest.mark.parametrize(
    ("sure", "doubtful"),
    [
        (  # another kind of the thing
            ("Set the session timeout to at most 5 minutes.", "Each admin session timeout must be under 30 minutes."),
            ("Set the pager timeout to at most 5 minutes.", "Each admin session timeout must be under 30 minutes."),
        ),
        (  # another thing done
            ("Never store passwords in cookies.", "You can store passwords of guests in cookies or in files."),
            ("Never store passwords in cookies.", "You can store passwords of guests in a vault or in files."),
        ),
        (  # said to one role alone
            ("# Outage\n\nDo not investigate logs.", "# Diagnosis\n\nInvestigate kubelet logs first."),
            ("# Deputy\n\nDo not investigate logs.", "# Diagnosis\n\nInvestigate kubelet logs first."),
        ),
    ],
)
def test_what_is_said_of_another_thing_comes_later(sure: tuple[str, str], doubtful: tuple[str, str]) -> None:
    first, second = ([found.score for found in _held(*pair)] for pair in (sure, doubtful))
    assert first
    assert first[0] > max(second, default=0.0)


def test_it_does_not_matter_which_guide_comes_first() -> None:
    told = [{frozenset((one.a.text, one.b.text)): one.score for one in conflicts(order)} for order in _both_ways()]
    assert told[0] == pytest.approx(told[1])


def _both_ways() -> tuple[tuple[Source, ...], tuple[Source, ...]]:
    return tuple(sources()), tuple(reversed(sources()))


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


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Version numbers and names are likely to change", False),
        ("Version your service", True),
        ("Ensure the new tests are green", True),
        ("Test by hand what is hard to see", True),
    ],
)
def test_a_noun_that_opens_a_sentence_is_no_order(text: str, order: bool) -> None:
    assert is_order(text) is order


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("A page may be slow", True),
        ("You may skip it", False),
        ("It can be skipped", False),
        ("It must be fast", False),
    ],
)
def test_what_may_come_about_is_told_from_what_somebody_may_do(text: str, possible: bool) -> None:
    assert is_possible(text) is possible


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
    assert asked("Stay polite and say that you hear them, you just don't agree.").forbids == ()
    assert asked("Just don't merge on Friday.").forbids == (("merg", "friday"),)
    assert asked("Avoid merge commits by using a rebase workflow.").forbids == (("merg", "commit"),)
    assert asked("Avoid old hacks and aim for what all know.").asks == {"aim", "know"}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("enable", "disabled", True),
        ("usable", "unusable", True),
        ("public", "privately", True),
        ("horizontal", "vertical", True),
        ("test", "tests", False),
    ],
)
def test_opposites_are_known_whatever_their_endings(one: str, other: str, both: bool) -> None:
    assert opposite(one, other) is opposite(other, one) is both


def test_rules_of_a_source_keep_their_headings() -> None:
    assert rules(sources()[0])[0].path == ("Review guide", "Size of a change")
