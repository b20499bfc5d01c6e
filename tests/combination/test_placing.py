"""A link is set where the page speaks of the other one, and nowhere that would break what is there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.combination.placing import address, naming, speaking, with_line, with_link
from seci.kit.errors import Conflict
from seci.library.markdown.links import references

TEXT = """---
title: On calling
---
# On call

Read <img alt="incident roles"> and [incident roles](a.md), `incident roles`, [[Incident roles]] and
https://x.example/incident-roles first.

## At night

An *incident* role is nothing to improvise. Whoever leads gives out the incident
roles, and writes them down.
"""


def test_a_page_is_named_in_any_inflection_but_not_in_links_code_tags_and_addresses() -> None:
    found = naming(TEXT, "Incident role")
    assert found is not None
    assert (found.heading, found.words) == ("At night", "incident\nroles")
    assert found.sentence == "Whoever leads gives out the incident roles, and writes them down."
    linked = with_link(TEXT, found.sentence, found.words, "roles.md")
    assert "the [incident\nroles](roles.md), and writes" in linked
    assert linked.replace("[incident\nroles](roles.md)", "incident\nroles") == TEXT
    with pytest.raises(Conflict):
        with_link(linked, found.sentence, found.words, "roles.md")


def test_a_page_that_is_not_named_is_found_by_what_a_sentence_has_in_common_with_it() -> None:
    found = speaking(TEXT, {"lead", "role", "write", "incid"}, lambda word: 1.0)
    assert found is not None
    assert found.sentence.startswith("Whoever leads")
    assert set(found.shared) <= {"leads", "roles", "writes", "incident"}
    assert speaking(TEXT, {"lead", "rota"}, lambda word: 1.0) is None


def test_a_line_joins_the_list_of_further_pages_or_begins_one() -> None:
    assert with_line("# A\n\nText\n", "B [x]", "b.md") == "# A\n\nText\n\n## See also\n\n- [B \\[x\\]](b.md)\n"
    listed = with_line("# A\n\n## See also\n\n* [B](b.md)\n\n## Last\n\nText\n", "C", "c.md")
    assert listed == "# A\n\n## See also\n\n* [B](b.md)\n* [C](c.md)\n\n## Last\n\nText\n"


def test_pages_of_one_collection_are_linked_by_their_way_others_by_number() -> None:
    assert address((1, "a/b.md"), (1, "c/d e(1).md"), 4) == "../c/d%20e%281%29.md"
    assert address((1, "a/b.md"), (2, "c/d.md"), 4) == "/library/4/"
    assert address((None, ""), (None, ""), 4) == "/library/4/"


@settings(max_examples=40)
@given(st.text("ab c[]()*_\n#->\r", max_size=60))
def test_a_further_line_always_leads_there_and_takes_nothing_away(text: str) -> None:
    made = with_line(text, "Other", "/library/4/")
    assert "/library/4/" in {one.target for one in references(made)}
    assert made.startswith(text.rstrip())
