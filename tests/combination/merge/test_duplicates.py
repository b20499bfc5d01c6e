from __future__ import annotations

import pytest

from seci.combination.merge.alignment import align
from seci.combination.merge.duplicates import duplicates
from seci.combination.merge.gaps import Page, gaps, matrix
from seci.combination.merge.source import Source, read
from seci.kit.ids import seeded
from tests.combination.merge.guides import sources

WORDS = [f"word{at}" for at in range(900)]


def _section(at: int, size: int = 60) -> list[str]:
    return seeded("section", at).choices(WORDS, k=size)


def _edited(words: list[str], rate: float, seed: int) -> list[str]:
    draw = seeded("edit", seed)
    return [draw.choice(WORDS) if draw.random() < rate else word for word in words]


def _library(rate: float, number: int = 60) -> list[Source]:
    pages = [f"## S{at}\n\n{' '.join(_section(at))}.\n" for at in range(number)]
    copies = [f"## C{at}\n\n{' '.join(_edited(_section(at), rate, at))}.\n" for at in range(number)]
    return [read(1, "one", "\n".join(pages)), read(2, "two", "\n".join(copies))]


@pytest.mark.parametrize(("rate", "least"), [(0.0, 1.0), (0.1, 0.99), (0.3, 0.85)])
def test_planted_copies_are_found_after_edits_and_nothing_else_is(rate: float, least: float) -> None:
    found = duplicates(_library(rate))
    right = [one for one in found if one.a.heading[1:] == one.b.heading[1:]]
    assert len(right) >= least * 60
    assert len(found) == len(right)
    assert all(one.exact for one in found) is (rate == 0)


def test_sections_of_one_document_are_no_copies_of_each_other() -> None:
    text = f"## A\n\n{' '.join(_section(1))}.\n\n## B\n\n{' '.join(_section(1))}.\n"
    assert duplicates([read(1, "one", text)]) == ()


def test_a_gap_is_what_one_guide_alone_says_or_none() -> None:
    both = sources()
    found = gaps(align(both), both, wanted={"Security": ["threat"], "Testing": ["tests"]}, unanswered={"ci": 3})
    about = {(one.kind, one.about) for one in found}
    assert ("one guide", ("left", "Tests")) in about
    assert ("no guide", ("Security",)) in about
    assert ("no guide", ("Testing",)) not in about
    assert ("search", ("ci",)) in about
    assert ("owner", ("Review guide",)) in about
    assert found[0].why == "“ci” was searched for 3 times and nothing was found."


def test_a_link_to_a_page_that_is_missing_is_a_gap_once() -> None:
    found = gaps((), (), missing_links=[("A", "b.md"), ("A", "b.md")])
    assert [one.why for one in found] == ["“A” links to “b.md”, which is not there."]


def test_the_matrix_counts_topic_kind_and_role_and_says_what_lacks() -> None:
    pages = [
        Page("Review how-to", ("review",), "how-to", ("author",)),
        Page("Review facts", ("review",), "reference"),
        Page("Loose", (), ""),
    ]
    counted = matrix(pages, roles=["reviewer"])
    assert (counted.of("review", "how-to"), counted.of("review", "how-to", "reviewer")) == (1, 0)
    assert (counted.of("review", "reference", "reviewer"), counted.unsorted) == (1, 1)
    lacking = {one.about for one in gaps((), (), coverage=counted)}
    assert lacking == {("review", "tutorial"), ("review", "explanation"), ("review", "how-to", "reviewer")}
