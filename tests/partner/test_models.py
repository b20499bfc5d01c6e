"""The same partner on the library's own test models, without any line to anywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pydantic_ai.models
import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel
from pydantic_ai.models.test import TestModel

from seci.kit.database import Database
from seci.partner import services
from seci.partner.language_model import LanguageModel
from seci.partner.proposal import About
from tests.cast import Actors

WORDS = "Above five percent I reject."


def partner(model: Any) -> LanguageModel:
    @asynccontextmanager
    async def reach() -> AsyncIterator[Any]:
        yield model

    return LanguageModel(reach)


def test_requests_to_real_models_are_forbidden_here() -> None:
    assert pydantic_ai.models.ALLOW_MODEL_REQUESTS is False


def test_made_up_proposals_of_the_right_form_are_all_dropped(db: Database, actors: Actors) -> None:
    helped = services.listen(actors.dan, db, WORDS, About(), partner=partner(TestModel()))
    assert (helped.ending, helped.heard.kept) == ("answered", 0)


def test_an_answer_in_a_wrong_form_is_asked_for_once_more(db: Database, actors: Actors) -> None:
    rounds = []

    async def answer(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[DeltaToolCalls]:
        rounds.append(len(messages))
        text = (
            '{"claims": 5}'
            if len(rounds) == 1
            else '{"claims": [{"quote": "five percent", "kind": "cue", "text": "x"}]}'
        )
        yield {0: DeltaToolCall(name=info.output_tools[0].name, json_args=text)}

    helped = services.listen(actors.dan, db, WORDS, About(), partner=partner(FunctionModel(stream_function=answer)))
    assert len(rounds) == 2
    assert [claim.quote for claim in helped.heard.claims] == ["five percent"]


@pytest.mark.parametrize("error", [ValueError("of its own"), MemoryError(), RuntimeError(WORDS)])
def test_a_library_that_breaks_is_a_partner_that_did_not_answer(
    db: Database, actors: Actors, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str]:
        yield "so"
        raise error

    helped = services.listen(actors.dan, db, WORDS, About(), partner=partner(FunctionModel(stream_function=answer)))
    assert helped.ending in {"failed", "nonsense"}
    assert WORDS not in caplog.text
