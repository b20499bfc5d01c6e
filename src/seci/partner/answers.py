"""The forms in which a model hands in its proposals: loose on purpose, since `checking` judges every item alone.

A form that were strict on one item would lose all the others with it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from seci.partner.proposal import Raw

if TYPE_CHECKING:
    from pydantic import BaseModel


@cache
def heard() -> type[BaseModel]:
    from pydantic import BaseModel, Field

    class Claim(BaseModel):
        quote: str = Field(description="copied from the words, letter by letter")
        kind: str = Field(description="cue, threshold, rule, exception, step, reason, metaphor, definition or weight")
        text: str = Field(description="one plain sentence")

    class Probe(BaseModel):
        quote: str = Field(description="the words that the question is about, letter by letter")
        text: str = Field(description="one open question")

    class Analogy(BaseModel):
        quote: str = Field(description="the feeling or picture, letter by letter")
        like: str
        breaks: str = ""

    class Answer(BaseModel):
        claims: list[Claim] = []
        probes: list[Probe] = []
        analogies: list[Analogy] = []

    return Answer


@cache
def worded() -> type[BaseModel]:
    from pydantic import BaseModel, Field

    class Answer(BaseModel):
        wording: str = Field(description="the question in other words")

    return Answer


@cache
def cases() -> type[BaseModel]:
    from pydantic import BaseModel, Field

    class Value(BaseModel):
        key: str
        value: bool | float | str

    class Case(BaseModel):
        values: list[Value] = Field(description="only listed keys")
        why: str = Field("", description="which border it is close to")

    class Answer(BaseModel):
        cases: list[Case] = []

    return Answer


@cache
def sentences() -> type[BaseModel]:
    from pydantic import BaseModel, Field

    class Sentence(BaseModel):
        text: str
        claims: list[str] = Field(description="ids of the claims that it says again")

    class Answer(BaseModel):
        sentences: list[Sentence] = []

    return Answer


def raw(answer: BaseModel, tokens_in: int | None, tokens_out: int | None) -> Raw:
    """An answer in any of these forms as plain objects."""
    given: dict[str, Any] = answer.model_dump()
    lists = {name: tuple(given.get(name, ())) for name in ("claims", "probes", "analogies", "sentences")}
    found = tuple(
        {"why": case["why"], "values": {one["key"]: one["value"] for one in case["values"]}}
        for case in given.get("cases", ())
    )
    return Raw(**lists, cases=found, wording=given.get("wording", ""), tokens_in=tokens_in, tokens_out=tokens_out)
