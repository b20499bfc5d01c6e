"""Five yes-or-no questions that every worked sample must pass (R020)."""

from __future__ import annotations

from dataclasses import dataclass

from seci.artifacts.bodies import ASK_EXPERT, Leaf, Tree
from seci.artifacts.walk import conditions_of, nodes
from seci.externalization.drafting.draft import Draft
from seci.externalization.understanding.wording import has_words


@dataclass(frozen=True, slots=True)
class Rubric:
    """why: a reason is given · conditions: it says when what holds · counter_example: one where looks deceive ·
    owner: somebody looks after it · expiry: it says when to check it again."""

    why: bool
    conditions: bool
    counter_example: bool
    owner: bool
    expiry: bool

    @property
    def passes(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, in words."""
        said = (
            ("a reason", self.why), ("conditions", self.conditions), ("a counter-example", self.counter_example),
            ("an owner", self.owner), ("when to check it again", self.expiry),
        )  # fmt: skip
        return tuple(words for words, given in said if not given)


def rubric(draft: Draft) -> Rubric:
    """The five answers for a draft. Texts and matrices have conditions in the words of their nodes."""
    return Rubric(
        why=has_words(draft.why) or any(one.kind == "reason" and one.status != "retracted" for one in draft.claims),
        conditions=_has_conditions(draft),
        counter_example=has_words(draft.counter_example)
        or any(one.kind == "exception" and one.status != "retracted" for one in draft.claims),
        owner=has_words(draft.owner),
        expiry=draft.expires_in_months is not None,
    )


def _has_conditions(draft: Draft) -> bool:
    body = draft.body
    if isinstance(body, Tree) and isinstance(body.root, Leaf):
        return body.root.outcome != ASK_EXPERT
    return any(True for _ in conditions_of(body)) or any(has_words(one.words) for one in nodes(body))
