"""Links that are missing are proposed, those that are there are not."""

from __future__ import annotations

from seci.combination.crossrefs import Page, Shelf

PAGES = [
    Page("review/README.md", "Reviews", "What a review is for and who takes part", frozenset({"review/size.md"})),
    Page("review/size.md", "Size of a change", "A small change is read sooner than a large change"),
    Page("review/author.md", "For authors", "Keep the size of a change small and say what it does"),
    Page("incident/commander.md", "Commander", "Whoever commands an incident does not type"),
    Page("incident/roles.md", "Roles", "The commander of an incident gives out roles"),
]


def test_a_page_is_led_to_what_its_words_speak_of() -> None:
    shelf = Shelf(PAGES)
    assert shelf.suggest("review/author.md", limit=1)[0].path == "review/size.md"
    assert shelf.suggest("incident/roles.md", limit=1)[0].path == "incident/commander.md"


def test_a_link_that_is_there_is_not_proposed_and_neither_is_the_page_itself() -> None:
    found = {one.path for one in Shelf(PAGES).suggest("review/README.md")}
    assert not found & {"review/size.md", "review/README.md"}


def test_every_proposal_says_why() -> None:
    assert all(one.because for one in Shelf(PAGES).suggest("review/author.md"))
