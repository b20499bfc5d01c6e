from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.ledger.kinds import Kind
from seci.spiral.layers import layers


@given(st.dictionaries(st.sampled_from(list(Kind)), st.integers(0, 1000)))
def test_both_layers_count_every_event_once(counts: dict[Kind, int]) -> None:
    found = layers(counts)

    assert found.events == sum(counts.values())
    assert sum(n for _, n in found.modes) + found.without_mode == found.events
    assert sum(n for _, _, n in found.steps) + found.without_step == found.events


def test_a_review_is_socialization_and_feedback_of_the_tacit_loop() -> None:
    (row,) = layers({Kind.REVIEW: 3}).kinds

    assert (row.mode, row.loop, row.step, row.events) == ("socialization", "tacit", "feedback", 3)


def test_a_war_story_drives_no_loop() -> None:
    found = layers({Kind.WAR_STORY: 2})

    assert (found.kinds[0].loop, found.without_step) == (None, 2)
