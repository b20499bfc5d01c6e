from __future__ import annotations

import pytest

from seci.artifacts.body import from_data, to_data, type_of
from seci.artifacts.checks import blocks, check
from seci.externalization import conversions
from seci.externalization.protocols import KEYS as PROTOCOLS
from seci.externalization.protocols import protocol
from seci.externalization.turn import Explain
from seci.kit.errors import NotFound
from tests.externalization.rubric import rubric

# A decision tree or a scorecard: the verdicts choose between these two forms.
EITHER = {"decision_tree", "scorecard"}


@pytest.mark.parametrize("key", conversions.KEYS)
def test_a_worked_sample_ends_signed_in_an_artifact_of_the_promised_type(key: str) -> None:
    sample, wanted = conversions.sample(key), conversions.conversion(key).wanted
    assert sample.state.signed
    made = type_of(sample.draft.body)
    assert made == wanted or {made, wanted} <= EITHER
    assert from_data(made, to_data(sample.draft.body)) == sample.draft.body


@pytest.mark.parametrize("key", conversions.KEYS)
def test_a_worked_sample_passes_the_rubric_and_the_checks_that_block_publication(key: str) -> None:
    draft = conversions.sample(key).draft
    assert rubric(draft).missing == ()
    assert blocks(check(draft.body, draft.context)) == ()
    assert draft.incomplete == (), "the picture and its limits were asked for"
    assert draft.context.missing == ()


@pytest.mark.parametrize("key", conversions.KEYS)
def test_every_claim_of_a_worked_sample_stands_in_its_turn(key: str) -> None:
    sample = conversions.sample(key)
    texts = {f"turn:{turn.id}": turn.answer.text for turn in sample.turns}
    assert sample.draft.claims
    assert all(texts[one.source][one.start : one.end] == one.quote for one in sample.draft.claims)


@pytest.mark.parametrize("key", conversions.KEYS)
def test_in_a_worked_sample_most_of_the_teach_back_is_right(key: str) -> None:
    sample = conversions.sample(key)
    assert any(isinstance(turn.question, Explain) for turn in sample.turns)
    assert sum(one.verdict_right for one in sample.state.taught) >= 0.7 * len(sample.state.taught)


def test_what_there_is_not_is_said_with_what_there_is() -> None:
    with pytest.raises(NotFound, match="dirty_data"):
        conversions.conversion("dirty")
    with pytest.raises(NotFound, match="cdm"):
        protocol("nothing")


def test_every_protocol_names_its_source_and_has_an_opening() -> None:
    for key in PROTOCOLS:
        one = protocol(key)
        assert one.source
        assert one.of("incident")
        assert len({step.key for step in one.steps}) == len(one.steps)
