from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.combination.merge.alignment import align, sections
from seci.combination.merge.outline import Outline, add, drop, join, move, packed, propose, rename, reorder, unpacked
from seci.combination.merge.source import read
from seci.kit.errors import BadInput, NotFound
from tests.combination.merge.guides import sources


def test_sections_of_the_same_subject_find_each_other_under_other_headings() -> None:
    shared = [topic for topic in align(sources()) if len(topic.sections) > 1]
    assert [{part.heading for part in topic.sections} for topic in shared] == [
        {"Size of a change", "Change size"},
        {"Response time", "Answering"},
    ]


def test_each_section_is_in_exactly_one_topic_and_one_chapter() -> None:
    both = sources()
    topics = align(both)
    keys = sorted(part.key for source in both for part in sections(source))
    assert sorted(part.key for topic in topics for part in topic.sections) == keys
    assert sorted(key for chapter in propose(topics).chapters for key in chapter.sections) == keys


def test_an_anchor_is_no_part_of_a_heading() -> None:
    assert [part.heading for part in sections(read(1, "x", "# Names {#names}\n\nSay what it is.\n"))] == ["Names"]


def test_words_before_the_first_heading_go_by_the_title() -> None:
    first, second = sections(read(1, "Guide", "A word before.\n\n# One\n\nText.\n"))
    assert (first.heading, first.place, second.heading) == ("Guide", -1, "One")


def test_pages_of_one_guide_are_not_held_against_each_other() -> None:
    text = "# Size\n\nKeep changes small and easy to review.\n"
    same = [read(at, f"page {at}", text, guide="one") for at in (1, 2)]
    assert all(len(topic.sections) == 1 for topic in align(same))


def test_nothing_is_aligned_in_nothing() -> None:
    assert align([]) == ()
    assert propose(()) == Outline()


OUTLINE = propose(align(sources()))
KEYS = [key for chapter in OUTLINE.chapters for key in chapter.sections]
IDS = [chapter.id for chapter in OUTLINE.chapters]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(IDS), st.integers(-3, 9)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_moving_loses_no_section_and_doubles_none(moves: list[tuple[str, str, int]]) -> None:
    outline = OUTLINE
    for section, chapter, at in moves:
        outline = move(outline, section, chapter, at)
        assert outline.where(section) == chapter
    assert sorted(key for chapter in outline.chapters for key in chapter.sections) == sorted(KEYS)


def test_chapters_are_renamed_added_moved_and_joined() -> None:
    outline = rename(add(OUTLINE, "Tools", 0), IDS[0], "  How big  ")
    assert [chapter.heading for chapter in outline.chapters[:2]] == ["Tools", "How big"]
    made = outline.chapters[0].id
    assert reorder(outline, made, 99).chapters[-1].id == made
    joined = join(outline, IDS[0], made)
    assert joined.chapter(made).sections == OUTLINE.chapter(IDS[0]).sections
    assert IDS[0] not in [chapter.id for chapter in joined.chapters]


def test_a_dropped_section_can_come_back() -> None:
    without = drop(OUTLINE, KEYS[0])
    assert without.where(KEYS[0]) is None
    assert without.dropped == (KEYS[0],)
    assert move(without, KEYS[0], IDS[-1]).dropped == ()


def test_an_outline_is_plain_data_and_back() -> None:
    assert unpacked(packed(drop(OUTLINE, KEYS[1]))) == drop(OUTLINE, KEYS[1])


def test_what_is_not_there_is_said_in_one_sentence() -> None:
    with pytest.raises(NotFound, match="no chapter"):
        reorder(OUTLINE, "c99", 0)
    with pytest.raises(NotFound, match="no section"):
        move(OUTLINE, "9:9", IDS[0])
    with pytest.raises(BadInput, match="into itself"):
        join(OUTLINE, IDS[0], IDS[0])
    with pytest.raises(BadInput, match="needs a heading"):
        add(OUTLINE, "  ")
