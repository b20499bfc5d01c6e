"""What each sentence rests on: through drafting, editing, and a change of its source."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.combination.merge.alignment import align
from seci.combination.merge.carrying import carried
from seci.combination.merge.change import advanced, affected
from seci.combination.merge.conflicts import conflicts
from seci.combination.merge.drafting import Decision, Draft, draft
from seci.combination.merge.equivalents import equivalents
from seci.combination.merge.outline import Outline, propose
from seci.combination.merge.proof import checked
from seci.combination.merge.provenance import Trace, cite, of_source, packed, statements, unpacked
from seci.combination.merge.source import Source, read
from seci.kit.errors import BadInput
from tests.combination.merge.guides import LEFT, sources

BOTH = sources()
OUTLINE = propose(align(BOTH))
DRAFT = draft("Review", OUTLINE, BOTH, equivalents(BOTH))


def test_every_sentence_of_every_source_is_in_the_draft_and_the_draft_holds() -> None:
    assert checked(DRAFT.text, DRAFT.traces, BOTH) == ()
    assert {trace.operation for trace in DRAFT.traces} == {"verbatim"}
    cited = {(one.source, one.start) for trace in DRAFT.traces for one in trace.cited}
    assert cited == {(source.id, one.start) for source in BOTH for one in of_source(source)}


def test_what_two_guides_say_stands_once_and_cites_both() -> None:
    twice = [trace for trace in DRAFT.traces if len(trace.cited) > 1]
    assert [sorted(one.source for one in trace.cited) for trace in twice] == [[1, 2]]


def test_code_and_tables_come_along_whole() -> None:
    assert "```sh\ngit push\n```" in DRAFT.text
    assert "| ruff | always |" in DRAFT.text


def _decided(choice: str, **when: str) -> Draft:
    squash = next(one for one in conflicts(BOTH) if "Squash" in one.a.text + one.b.text)
    return draft("Review", OUTLINE, BOTH, (), [Decision(squash.a.said, squash.b.said, choice, **when)])  # type: ignore[arg-type]


def test_taking_one_of_two_leaves_the_other_out() -> None:
    assert "Do not squash" in _decided("a").text
    assert "Squash commits" not in _decided("a").text
    assert "Do not squash" not in _decided("b").text


def test_a_split_says_when_each_holds_and_the_words_that_say_so_are_human() -> None:
    found = _decided("split", when_a="the review goes on", when_b="it is over")
    assert "If the review goes on:\n\n- Do not squash commits" in found.text
    human = [trace.text for trace in found.traces if trace.operation == "human"]
    assert human == ["If the review goes on:", "If it is over:"]
    assert checked(found.text, found.traces, BOTH) == ()


def test_a_split_without_conditions_is_refused() -> None:
    with pytest.raises(BadInput, match="both conditions"):
        _decided("split", when_a="x")


def test_asking_keeps_both_where_they_are() -> None:
    assert _decided("ask").text == draft("Review", OUTLINE, BOTH).text


def test_links_into_another_document_become_words_and_marks_in_words_stay_words() -> None:
    text = "# A\n\nSee [the rules](rules.md) and [the web](https://x.org). Use `a*b` and 2 * 3 * 4.\n\n1. 5. is odd\n"
    one = read(1, "A", text)
    made = draft("All", propose(align([one])), [one])
    assert "See the rules and [the web](https://x.org)." in made.text
    assert checked(made.text, made.traces, [one]) == ()


def _change(draft_text: str, old: str, new: str) -> tuple[Trace, ...]:
    assert old in draft_text
    return carried(draft_text.replace(old, new), DRAFT.traces)


def test_an_edit_changes_one_trace_and_no_other() -> None:
    after = _change(DRAFT.text, "Every change needs tests.", "We test everything on Fridays with tea.")
    changed = [(was.text, now) for was, now in zip(DRAFT.traces, after, strict=True) if was != now]
    assert [(was, now.operation) for was, now in changed] == [("Every change needs tests.", "human")]


def test_leaving_words_out_is_trimming_unless_it_turns_the_meaning() -> None:
    after = _change(DRAFT.text, "Large changes are hard to review, so split them.", "Large changes are hard to review.")
    assert [one.operation for one in after if one.text.startswith("Large")] == ["trimmed"]
    turned = _change(DRAFT.text, "Do not squash commits", "Squash all commits")
    assert [one.operation for one in turned if one.text.startswith("Squash all")] == ["human"]


def test_two_sentences_made_one_are_joined() -> None:
    text = DRAFT.text.replace(
        "Large changes are hard to review, so split them.",
        "Large changes are hard to review, so every change needs tests.",
    ).replace("Every change needs tests.\n", "")
    joined = next(one for one in carried(text, DRAFT.traces) if one.text.startswith("Large"))
    assert (joined.operation, len(joined.cited)) == ("joined", 2)
    assert checked(text, carried(text, DRAFT.traces), BOTH) == ()


@given(st.permutations([part for part in DRAFT.text.split("\n\n") if part.strip()]))
@settings(max_examples=15, deadline=None)
def test_moving_paragraphs_about_loses_no_source(parts: list[str]) -> None:
    text = "\n\n".join(parts)
    after = carried(text, DRAFT.traces)
    assert sorted(map(repr, after)) == sorted(map(repr, DRAFT.traces))
    assert checked(text, after, BOTH) == ()


def test_traces_are_plain_data_and_back() -> None:
    assert unpacked(packed(DRAFT.traces)) == DRAFT.traces


def test_a_citation_that_is_not_there_is_a_fault() -> None:
    other = read(1, "Review guide", LEFT.replace("100 lines", "90 lines"), guide="left")
    faults = checked(DRAFT.text, DRAFT.traces, [other, BOTH[1]])
    assert "100 lines" in " ".join(fault.why for fault in faults)
    none = tuple(Trace(one.text, "verbatim") for one in DRAFT.traces)
    assert len(checked(DRAFT.text, none, BOTH)) == len(none)


def _revised(old: str, new: str) -> Source:
    assert old in LEFT
    return read(1, "Review guide", LEFT.replace(old, new), guide="left", revision=2)


def test_one_changed_sentence_brings_exactly_one_back() -> None:
    found = affected(DRAFT.traces, BOTH[0], _revised("under 100 lines", "under 200 lines"))
    assert [(one.change, one.trace.text, one.now) for one in found] == [
        ("changed", "Keep changes under 100 lines.", "Keep changes under 200 lines.")
    ]
    assert found[0].cited_now is not None
    assert found[0].cited_now.revision == 2


def test_a_sentence_that_is_gone_comes_back_as_gone() -> None:
    found = affected(DRAFT.traces, BOTH[0], _revised("Every change needs tests.\n", ""))
    assert [(one.change, one.trace.text) for one in found] == [("gone", "Every change needs tests.")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# Review guide\n", "# Review guide\n\nA new sentence about nothing here.\n"),
        ("Keep changes under 100 lines. ", "Keep changes\nunder *100* lines.\n"),
        ("## Tests", "## Testing, renamed"),
    ],
)
def test_what_only_moved_or_is_new_brings_nothing_back(old: str, new: str) -> None:
    assert affected(DRAFT.traces, BOTH[0], _revised(old, new)) == ()


def test_unchanged_citations_move_on_to_the_new_revision() -> None:
    new = _revised("under 100 lines", "under 200 lines")
    after = advanced(DRAFT.traces, BOTH[0], new)
    faults = checked(DRAFT.text, after, [*BOTH, new])
    assert faults == ()
    assert [one.text for trace in after for one in trace.cited if (one.source, one.revision) == (1, 1)] == [
        "Keep changes under 100 lines."
    ]


@given(st.integers(0, len(of_source(BOTH[0])) - 1), st.text("abcdefg ", min_size=3, max_size=30))
@settings(max_examples=25, deadline=None)
def test_whatever_sentence_changes_only_its_own_comes_back(at: int, words: str) -> None:
    one = of_source(BOTH[0])[at]
    if one.kind != "sentence":
        return
    new = read(1, "x", LEFT[: one.start] + f"Zebra {words.strip()} quokka." + LEFT[one.end :], guide="left", revision=2)
    found = affected(DRAFT.traces, BOTH[0], new)
    assert [any(cited.start == one.start for cited in back.trace.cited) for back in found] == [True]


def test_statements_are_sentences_and_whole_blocks() -> None:
    assert [one.kind for one in statements("# H\n\nOne. Two.\n\n```\nx\n```\n")] == ["sentence", "sentence", "code"]
    assert cite(BOTH[0], of_source(BOTH[0])[0]).text == "Keep changes under 100 lines."


def test_an_outline_without_sections_makes_an_empty_draft() -> None:
    assert draft("Nothing", Outline(), BOTH).traces == ()
