from __future__ import annotations

import json

import pytest

from seci.externalization import conversions
from seci.externalization.dialogue import replay
from seci.externalization.journal import journal, recreate
from seci.externalization.measuring.restatement import structuring_time, trace
from seci.kit.errors import BadInput


def test_a_journal_makes_the_conversation_again_exactly() -> None:
    state = conversions.sample("dirty_data").state
    again = recreate(json.loads(json.dumps(journal(state, {}))))
    assert (again.claims, again.judgements, again.rules) == (state.claims, state.judgements, state.rules)
    assert [(turn.question, turn.answer) for turn in again.turns] == [
        (turn.question, turn.answer) for turn in state.turns
    ]


def test_names_give_way_to_roles_and_the_spans_still_fit() -> None:
    state = conversions.sample("dirty_data").state
    data = journal(state, {}, names={"vendor": "a partner"})
    assert "vendor" not in json.dumps(data).lower()
    again = recreate(data)
    texts = {f"turn:{turn.id}": turn.answer.text for turn in again.turns}
    assert all(texts[one.source][one.start : one.end] == one.quote for one in again.claims)


def test_what_is_no_journal_is_refused_in_one_sentence() -> None:
    with pytest.raises(BadInput, match="no seci dialogue journal"):
        recreate({})
    with pytest.raises(BadInput, match="damaged"):
        recreate({"format": "seci dialogue journal", "version": 1, "setting": {}, "turns": [{}]})


@pytest.mark.parametrize("key", ["dirty_data", "overfitting", "model_choice"])
def test_restatements_come_closer_to_each_other(key: str) -> None:
    distances = [one.distance for one in trace(conversions.sample(key).state)]
    third = max(1, len(distances) // 3)
    assert distances[0] == 1
    assert sum(distances[-third:]) / third < sum(distances[:third]) / third


def test_the_time_from_saying_to_structuring_is_known_once_something_was_confirmed() -> None:
    sample = conversions.sample("dirty_data")
    found = structuring_time(sample.state)
    assert found.n == sum(one.status == "confirmed" for one in sample.state.claims)
    assert (found.value or 0) > 0
    assert structuring_time(replay(sample.state.setting, sample.turns[:3])).value is None
