"""The artifact as it stands: body, claims, context, how far it can be trusted, and what is still open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seci.artifacts.bodies import ASK_EXPERT, Body, Leaf, Scorecard, Tree
from seci.artifacts.context import Context
from seci.artifacts.evidence import Claim
from seci.artifacts.fidelity import Fidelity
from seci.externalization.asking import casework
from seci.externalization.drafting import documents, procedures
from seci.externalization.state import Metaphor, State
from seci.externalization.understanding import composing
from seci.externalization.understanding.learner import kept, stamp
from seci.externalization.understanding.looking import Look, looked_first
from seci.externalization.understanding.quantities import quantities
from seci.externalization.understanding.rules import understood
from seci.externalization.understanding.wording import capital, short

if TYPE_CHECKING:
    from seci.externalization.measuring.convergence import Convergence


@dataclass(frozen=True, slots=True)
class Draft:
    """What signing would write.

    why, counter_example, owner, expires_in_months   what every artifact must say (R020); empty or None is not said
    residue     what is still vague or contested, in words
    incomplete  steps of the protocol that were left out, in words (R025)
    looks       what was opened first on the board
    """

    title: str
    body: Body
    claims: tuple[Claim, ...]
    context: Context
    convergence: Convergence | None = None
    fidelity: Fidelity | None = None
    why: str = ""
    counter_example: str = ""
    owner: str = ""
    expires_in_months: int | None = None
    metaphors: tuple[Metaphor, ...] = ()
    residue: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()
    looks: tuple[Look, ...] = ()


def draft(state: State) -> Draft:
    """The artifact as it stands; a body that asks the expert while nothing is understood."""
    numbers = casework.numbers(state) if state.judgements else None
    return Draft(
        title=title(state),
        body=kept(state, ("body", stamp(state), len(state.turns)), lambda: body(state)),
        claims=state.claims,
        context=Context(state.words("who"), state.words("situation"), _exceptions(state)),
        convergence=numbers,
        fidelity=numbers.fidelity if numbers is not None else None,
        why=state.words("why"),
        counter_example=state.words("counter_example"),
        owner=state.words("owner"),
        expires_in_months=months(state.words("expires")),
        metaphors=state.metaphors,
        residue=residue(state),
        incomplete=incomplete(state),
        looks=looked_first(state.attributes, state.judgements),
    )


def title(state: State) -> str:
    return short(state.words("title") or state.words("decision") or capital(state.setting.asset) or "Untitled", 120)


def body(state: State) -> Body:
    """The body of the wanted type."""
    return _BODIES[state.setting.wanted](state)


def _deciding(state: State) -> Body:
    known = understood(state)
    if not known.rules and known.induced is None:
        return Tree(state.words("decision"), state.attributes, state.outcomes, Leaf("rest", ASK_EXPERT))
    if known.induced is not None and isinstance(known.induced.body, Scorecard) and not known.rules:
        return known.induced.body
    try:
        return composing.tree(state, known)
    except composing.TooLargeError:
        return procedures.flowchart(state)


_BODIES: dict[str, Callable[[State], Body]] = {
    "decision_tree": _deciding,
    "scorecard": _deciding,
    "checklist": procedures.checklist,
    "flowchart": procedures.flowchart,
    "runbook": procedures.runbook,
    "matrix": documents.matrix,
    "template": documents.template,
    "guide": documents.guide,
    "story": documents.story,
}


_SPANS = ((r"\byears?\b|\bannual", 12.0), (r"\bmonth", 1.0), (r"\bquarter", 3.0), (r"\bweek", 0.25))


def _exceptions(state: State) -> str:
    """Said at the end for all of it, or the exceptions said on the way."""
    said = state.words("exceptions")
    return said or " ".join(one.text for one in state.standing if one.kind == "exception")[:500]


def months(said: str) -> int | None:
    """How long it holds, in months: "In 6 months", "a year", "two weeks" (rounded up to one); None when not said."""
    numbers = quantities(said)
    count = numbers[0].value if numbers else 1.0
    for pattern, factor in _SPANS:
        if re.search(pattern, said, re.IGNORECASE):
            return max(1, round(count * factor))
    return None


def residue(state: State) -> tuple[str, ...]:
    """Contested statements, and sizes that were said without a number."""
    contested = tuple(f"Contested: {state.shown.get(node, node)}" for node in sorted(state.contested))
    vague = {one.words for one in state.pending if one.probe == "vague.number"}
    return contested + tuple(f"Without a number: {words}" for words in sorted(vague))


def incomplete(state: State) -> tuple[str, ...]:
    """What a complete dialogue has and this one lacks."""
    if not state.metaphors:
        return ("no picture was given",)
    return tuple(
        f"the picture “{short(one.image, 40)}” has no limits" for one in state.metaphors if not one.is_complete
    )
