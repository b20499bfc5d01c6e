"""Proposals in words: what to do, why, and a message that can be sent as it is."""

from __future__ import annotations

from dataclasses import dataclass

from seci.cycle.transfers import HORIZON_WEEKS, Activity
from seci.cycle.views import NextItem
from seci.kit.figures import Figure
from seci.people.views import PersonRef
from seci.spiral.turn import Letter
from seci.spiral.views import AssetRef


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one proposal. `effect` is a share of the asset's risk, `relief` hours a week."""

    key: str
    activity: Activity
    asset: AssetRef
    holder: PersonRef
    learner: PersonRef | None
    hours: float
    changes: int
    together: int
    tied: bool
    effect: Figure
    relief: Figure
    holders: int
    events: int
    demand: float


def item(facts: Facts) -> NextItem:
    mode: Letter = "E" if facts.activity is Activity.INTERVIEW else "S"
    relief = facts.relief
    return NextItem(
        key=facts.key,
        mode=mode,
        title=title(facts),
        asset=facts.asset,
        why=why(facts),
        effect=facts.effect,
        people=tuple(person for person in (facts.holder, facts.learner) if person),
        hours=facts.hours,
        per_hour=Figure(
            (relief.value or 0.0) / facts.hours,
            relief.n,
            (relief.low or 0.0) / facts.hours,
            (relief.high or 0.0) / facts.hours,
            unit="h/week",
        ),
        tied=facts.tied,
        reasons=reasons(facts),
        message=message(facts),
    )


def title(facts: Facts) -> str:
    if facts.learner is None:
        return f"Interview {facts.holder.name} about {facts.asset.name}"
    if facts.activity is Activity.PAIR:
        return f"Pair {facts.learner.name} with {facts.holder.name} on the next {changes(facts)} to {facts.asset.name}"
    return f"Add {facts.learner.name} as a second reviewer on changes to {facts.asset.name}"


def changes(facts: Facts) -> str:
    return f"{facts.changes} changes" if facts.changes > 1 else "change"


def why(facts: Facts) -> str:
    alone = {
        0: f"Nobody here holds it fully; {facts.holder.name} has had most to do with it",
        1: f"{facts.holder.name} is the only one here who holds it",
    }
    held = alone.get(facts.holders, f"{facts.holders} people here hold it")
    return f"{held} ({facts.events:,} events). {met(facts)}".strip()


def met(facts: Facts) -> str:
    if facts.learner is None:
        return "Too few changes are expected for working side by side." if facts.demand * HORIZON_WEEKS < 1 else ""
    if facts.together:
        times = "once" if facts.together == 1 else f"{facts.together} times"
        return f"The two reviewed or paired {times} in the last year."
    return "The two have not worked together in the last year."


def reasons(facts: Facts) -> tuple[str, ...]:
    lines = [
        f"About {facts.demand:.1f} changes a week over the last year.",
        f"{facts.holder.name} has had most to do with it of the people who are here.",
    ]
    if facts.learner is not None:
        lines.append(f"{facts.learner.name} is here, knows some of it or works with its holder, and does not hold it.")
    if facts.tied:
        lines.append("Its place among near-ties was drawn by lot.")
    lines.append("The effect is what the recorded contact would change; it is an expectation until it is measured.")
    return tuple(lines)


def message(facts: Facts) -> str:
    if facts.learner is None:
        return (
            f"{facts.holder.name}, could we talk for an hour about {facts.asset.name}? "
            "We would like to write down how you decide there; you correct and sign it."
        )
    if facts.activity is Activity.PAIR:
        return (
            f"{facts.learner.name}, {facts.holder.name}: could you two work side by side on the next "
            f"{changes(facts)} to {facts.asset.name}?"
        )
    return (
        f"{facts.learner.name}, could you look over changes to {facts.asset.name} as a second reviewer for the next "
        f"{HORIZON_WEEKS} weeks, together with {facts.holder.name}?"
    )
