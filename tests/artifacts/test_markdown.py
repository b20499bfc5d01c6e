from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from seci.artifacts.bodies import Guide, Section
from seci.artifacts.body import type_of
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim, Evidence
from seci.artifacts.markdown import from_markdown, to_markdown
from seci.artifacts.textual.inline import escape, join, split, unescape
from seci.kit.errors import BadInput
from tests.artifacts.inventing import NASTY, bodies, ids, words
from tests.artifacts.samples import CARD, HOLD

claims = st.lists(
    st.builds(
        Claim, ids, st.sampled_from(["cue", "threshold", "rule"]), words, words, words, st.integers(0, 99),
        st.integers(0, 99), words, st.sampled_from(["human", "partner"]), st.sampled_from(["proposed", "confirmed"]),
        st.none() | st.integers(1, 9), st.none() | ids,
    ),
    max_size=2,
).map(tuple)  # fmt: skip
contexts = st.builds(Context, words, words, words)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")) | st.sampled_from(NASTY))
def test_any_words_come_back_from_one_line(text: str) -> None:
    line = escape(text)
    assert line.isprintable()
    assert unescape(line) == text


@given(st.lists(words, max_size=4).map(tuple))
def test_several_words_come_back_from_one_line(texts: tuple[str, ...]) -> None:
    assert split(join(texts)) == texts


@given(bodies(), words, contexts, claims)
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost_between_artifact_and_text(body, title, context, claims) -> None:  # type: ignore[no-untyped-def]
    content = Content(type_of(body), title, body, context, claims)
    assert from_markdown(to_markdown(content)) == content


@given(st.sampled_from(NASTY), st.sampled_from(NASTY), st.sampled_from(NASTY))
@example("```\nopen fence", "a", "b")
@example("<div>\n\nopen block", "<!-- open", "b")
@example("[a]: http://b.example", "    code", "# head")
@settings(max_examples=40, deadline=None)
def test_sections_keep_any_markdown(one: str, two: str, three: str) -> None:
    sections = (
        Section("s1", two, f"{one}\n\n{two}\n\n{three}", Evidence(("k;1", "--> k2"))),
        Section("s2", one, three, Evidence(cornerstone="c,1")),
        Section("s3", three, f"{one}\n{two}"),
    )
    content = Content("training", "How", Guide("?", sections))
    assert from_markdown(to_markdown(content)) == content


def test_a_tree_reads_as_nested_lists() -> None:
    text = to_markdown(
        Content(
            "decision_tree",
            "Hold or ship",
            HOLD,
            Context("engineers on call", "daily loads", "none known"),
            (Claim("k1", "threshold", "over 5.2 %", "above five percent or so", "turn:3", 10, 34),),
        )
    )
    assert text.startswith("---\ntype: decision_tree\ndecision: When does this data need a hold?\noutcomes:\n- ship\n")
    assert "# Hold or ship\n\n## Context\n\n- who: engineers on call\n" in text
    assert "- missing values {#missing}\n  - type: number\n  - unit: %\n  - low: 0\n  - high: 40\n" in text
    assert (
        "## Tree\n\n- if changed is yes {#n1}\n  - yes: if missing > 5.2 {#n2}\n"
        '    - yes: if load is "backfill" {#n3}\n      - yes: ship {#n4}\n'
        "        - because: a backfill is checked twice anyway\n        - cases for: c23\n"
    ) in text
    assert "## Claims\n\n- over 5.2 % {#k1}\n  - kind: threshold\n  - quote: above five percent or so\n" in text


def test_what_a_person_writes_by_hand_is_understood() -> None:
    text = """---
type: checklist
purpose: Data feels dirty
---
# Before the load

## Attributes
* missing values {#missing}
  * type: number

## Items
1. [x] Count the rows
   again {#a}
2. [ ] Look at nulls {#b}
   - kind: value
   - expected: missing <= 5
"""
    found = from_markdown(text)
    assert [item.text for item in found.body.items] == ["Count the rows again", "Look at nulls"]  # type: ignore[union-attr]
    assert from_markdown(to_markdown(found)) == found


def test_a_line_that_a_person_adds_needs_no_name_of_its_own() -> None:
    text = """---
type: checklist
purpose: Data feels dirty
---
# Before the load

## Attributes
- Missing values
  - type: number

## Items
- [ ] Count the rows {#a}
- [ ] Look at nulls
  - Kind: value
  - expected: missing_values <= 5
- [ ] Look at nulls
"""
    found = from_markdown(text)
    body: Any = found.body
    names = [item.id for item in body.items]
    assert names[0] == "a"
    assert len(set(names)) == 3
    assert body.items[1].expected.attribute == "missing_values"
    assert from_markdown(text) == found == from_markdown(to_markdown(found))

    shorter = to_markdown(replace(found, body=replace(body, items=(body.items[0], body.items[2]))))
    added: Any = from_markdown(shorter.replace("## Items\n", "## Items\n\n- [ ] Ask the supplier", 1)).body
    assert added.items[0].id not in names


def test_a_section_that_a_person_adds_needs_no_name_of_its_own() -> None:
    body: Any = from_markdown("---\ntype: guide\npurpose: x\n---\n# t\n\n## Sections\n\n### First\n\none\n").body
    assert (body.sections[0].title, body.sections[0].text) == ("First", "one")
    assert body.sections[0].id


GOOD = to_markdown(Content("scorecard", "Hold", CARD))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("---\ntype", "type", "Line 1: the text has no front matter"),
        ("type: scorecard\n", "", "The front matter does not say a type"),
        ("type: scorecard", "type: poem", "'poem' is no type of artifact"),
        ("type: scorecard", "type: [", "Line 3: the front matter cannot be read"),
        ("type: scorecard", "type: scorecard\nsize: 3", "The front matter has no field 'size'"),
        ("type: scorecard", "type: scorecard\nx: &a [1]\ny: *a", "refers to itself"),
        ("## Items", "## Itmes", "Line 28: there is no section 'Itmes'"),
        ("missing > 5.2 {#i1}", "missing >= 5.2 {#i1}", "Line 30: “missing >= 5.2” compares by a sign"),
        ("missing > 5.2 {#i1}", "missing about 5 {#i1}", "Line 30: “missing about 5” is no condition"),
        ("missing > 5.2 {#i1}", "mising > 5.2 {#i1}", 'Node i1: there is no attribute "mising"'),
        ("  - points: 2", "  - points: two", 'Line 31: points must be a number, not "two".'),
        ("  - points: 2", "  - point: 2", "Line 31: “point: 2” is none of points, because, claims"),
        ("  - points: 2", "  - points: 2\n  - points: 3", "Line 32: points is said twice"),
        ("  - points: 2\n", "", "Line 30: points is missing here"),
        ("## Items\n", "## Items\n\nSome prose.\n", "Line 30: only lists can stand here"),
        ("## Items", "## Attributes", "Line 28: there are two sections 'Attributes'"),
    ],
)
def test_errors_name_the_line_and_what_belongs_there(before: str, after: str, sentence: str) -> None:
    assert before in GOOD
    with pytest.raises(BadInput) as refused:
        from_markdown(GOOD.replace(before, after, 1))
    assert sentence in refused.value.sentence


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"---\ntype: guide\npurpose: x\n---\n{text}", GOOD + text):
        try:
            found = from_markdown(whole)
        except BadInput:
            continue
        assert from_markdown(to_markdown(found)) == found


def test_an_edited_number_is_the_only_thing_that_changes() -> None:
    found = from_markdown(GOOD.replace("  - points: 2", "  - points: 3"))
    items = (replace(CARD.items[0], points=3), *CARD.items[1:])
    assert found.body == replace(CARD, items=items)
