"""What if: after a surprise that lasts, cases between the surprising one and its nearest opposite (to be asked)."""

from __future__ import annotations

from collections.abc import Sequence

from seci.cases.attribute import Attribute
from seci.cases.case import Case, Judgement


def next_what_if(attributes: Sequence[Attribute], judgements: Sequence[Judgement], pool: Sequence[Case]) -> Case | None:
    return None
