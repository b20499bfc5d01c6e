"""An interview as it stands, put on a sheet: what the page of its expert holds."""

from __future__ import annotations

from collections.abc import Mapping

from seci.artifacts.contribution import contribution
from seci.externalization.access import Elicitation
from seci.externalization.dialogue import draft, remaining
from seci.externalization.drafting.draft import Draft
from seci.externalization.measuring.restatement import trace
from seci.externalization.showing.growth import grown
from seci.externalization.showing.meter import converging, meter, said_by
from seci.externalization.showing.records import InterviewPage, Statement
from seci.externalization.showing.retelling import Past, retell
from seci.externalization.showing.screen import screen
from seci.externalization.state import State
from seci.externalization.turn import Done, Explain, Judge, Question

# While one of these waits, the artifact is not even sent: it could lead.
BLIND = (Judge,)
# Before these there is nothing to sign; after them the end is here.
FIRST_AND_LAST = ("frame", "say_do", "teach_back", "sign", "done")


def sheet(
    found: Elicitation,
    state: State,
    question: Question,
    number: int,
    *,
    standing: str = "open",
    opened: tuple[str, ...] = (),
    filled: Mapping[str, str] | None = None,
    remark: str = "",
    fragment: bool = False,
) -> InterviewPage:
    """`standing` is open, paused, finished or abandoned; `filled` what was typed already, without scripts."""
    made = draft(state)
    past = retell(state.turns, state.undone | state.withdrawn)
    folded = isinstance(question, BLIND) and standing == "open"
    return InterviewPage(
        id=found.id,
        title=state.words("decision") or found.title,
        artifact=found.artifact,
        state=standing,
        number=number,
        screen=screen(question, state.attributes, state.turns, quotes(made), opened),
        meter=meter(made.fidelity, len(made.residue), split=advises_split(made), notes=notes(state)),
        looks=() if folded else made.looks,
        answered=len(state.turns),
        cases=len(state.judgements),
        minutes=None if isinstance(question, Done) else remaining(state),
        past=past,
        latest=latest(past),
        statements=statements(state),
        body=None if folded else made.body,
        nodes=() if folded else grown(made.body, made.claims, state.judgements),
        folded=folded,
        artifact_open=not isinstance(question, Explain),
        may_answer=standing == "open",
        looked=",".join(opened),
        text=(filled or {}).get("text", ""),
        sure=(filled or {}).get("sure", ""),
        remark=remark,
        partner=found.consent.get("partner", False),
        may_finish=not state.finishing and question.stage not in FIRST_AND_LAST,
        fragment=fragment,
    )


def notes(state: State) -> tuple[str, ...]:
    """Whose words it is made of, and how its restatements come closer to each other."""
    return tuple(one for one in (said_by(contribution(state.claims)), converging(trace(state))) if one)


def latest(past: tuple[Past, ...]) -> Past | None:
    """The last answer in words that stands: the one whose words are most likely being asked about."""
    return next((turn for turn in past if turn.pieces and not turn.taken_back), None)


def advises_split(made: Draft) -> bool:
    return made.convergence is not None and made.convergence.advise_split


def quotes(made: Draft) -> dict[str, str]:
    """The words of each claim; where a claim has none, its statement."""
    return {claim.id: claim.quote or claim.text for claim in made.claims}


def statements(state: State) -> tuple[Statement, ...]:
    """Claims, the latest first."""
    return tuple(Statement(one.id, one.text, one.quote, one.status, one.origin) for one in reversed(state.claims))
