"""The end: contradictions settled, teach-back on unseen cases, what every artifact must say, the signature."""

from __future__ import annotations

from seci.externalization.asking import reasons, say_do, teach_back
from seci.externalization.asking.casework import numbers
from seci.externalization.asking.in_words import is_told, words_of
from seci.externalization.measuring.convergence import shortfall
from seci.externalization.protocols import common, metaphor
from seci.externalization.state import State
from seci.externalization.turn import Ask, Question, Sign
from seci.externalization.understanding.statements import statements
from seci.externalization.understanding.wording import counted

ASKED = ("why", "exceptions", "counter", "owner", "expires", "name")

READ_ONCE = "Read it once more. With your signature it counts as yours; you can also go on and change it."
DRAFT = "Signed now it is a draft and says so. You can also go on, or pause and leave it unsigned."
"""Beside what it lacks: an expert whose verdicts do not settle is told so, and may sign or leave it all the same."""


def next_question(state: State) -> Question:
    """Say-do check, teach-back, closing questions, signature, in that order; what was asked is not asked again."""
    return (
        say_do.check(state)
        or reasons.taught_otherwise(state)
        or teach_back.next_case(state)
        or _picture(state)
        or _context(state)
        or _sign(state)
    )


def _picture(state: State) -> Ask | None:
    """A picture without its limits is finished; one that was never asked for is asked for here at the latest."""
    step = next((one for one in metaphor() if one.key not in state.asked), None)
    if step is None or (step.key != "metaphor.image" and not state.metaphors):
        return None
    return step.asked(words_of(state))


def _context(state: State) -> Ask | None:
    for name in ASKED:
        prompt = common()[f"close.{name}"]
        if prompt.key not in state.asked and not (name == "name" and state.setting.conversion):
            return prompt.asked(words_of(state))
    return None


def _sign(state: State) -> Sign:
    found = numbers(state).fidelity if state.judgements and not is_told(state) else None
    lacks = shortfall(found) if found is not None else ""
    summary = {
        "What it lacks": lacks,
        "Decision": state.words("decision"),
        "Outcomes": ", ".join(state.outcomes),
        "Understood": counted(len(statements(state)), "statement"),
        "Rests on": f"{counted(len(state.judgements), 'case')}, {counted(len(state.standing), 'sentence')}",
        "For": state.words("who"),
        "Looked after by": state.words("owner"),
    }
    if found is not None and found.n:
        summary["Unseen cases"] = f"{found.agree} of {found.n}"
    if state.judgements and (still := numbers(state).residue):
        summary["Still open"] = f"{counted(still, 'thing')} said vaguely or in two ways"
    return Sign(DRAFT if lacks else READ_ONCE, {name: words for name, words in summary.items() if words})
