"""A whole interview, driven through the services as any door drives them."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.cases import services as cases
from seci.cases.access import Bank
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.externalization import services
from seci.externalization.access import Elicitation
from seci.externalization.state import Setting
from seci.externalization.turn import Answer, Done, Judge, Question, Sign
from seci.kit.database import Database
from seci.kit.ids import seeded
from tests.externalization.scripted_expert import Planted, Policy, ScriptedExpert, conditions

ATTRIBUTES = (
    Attribute("missing", "Missing values", "number", unit="%", low=0.0, high=50.0),
    Attribute("owner", "Owner known", "boolean"),
    Attribute("kind", "Kind", "category", levels=("log", "table", "images")),
)
OUTCOMES = ("accept", "hold")
SAID = {
    "who": "New colleagues in the data team",
    "situation": "When a delivery arrives",
    "why": "Because a bad delivery costs a week",
    "exceptions": "Not for deliveries by hand",
    "incident:situation": "In May a table came in and Dan Of Here called me",
    "title": "When to hold a delivery",
}


def policy(limit: float = 20) -> Policy:
    """Held above a share of missing values, unless the owner is known."""
    rules = (
        Planted(conditions(["owner is yes"], ATTRIBUTES), "accept", "If the owner is known I accept it."),
        Planted(conditions([f"missing > {limit}"], ATTRIBUTES), "hold", f"I hold it above {limit:g} % missing values."),
    )
    return Policy(rules, outcomes=OUTCOMES)


def bank_of(actor: Actor, db: Database, size: int = 60) -> Bank:
    draw = seeded("deliveries", size)
    bank = cases.make_bank(actor, db, "Deliveries", decision="Should this delivery be held?", outcomes=OUTCOMES)

    def values() -> dict[str, Value]:
        owner, kind = draw.random() < 0.4, draw.choice(("log", "table", "images"))
        return {"missing": round(draw.random() * 50, 1), "owner": owner, "kind": kind}

    made = [Case(f"d{n}", values(), title=f"Delivery {n}") for n in range(size)]
    return cases.add_cases(actor, db, bank.id, made, ATTRIBUTES).bank


def opened(actor: Actor, db: Database, bank: Bank, *, study: bool = False, named: bool = False) -> Elicitation:
    found = services.open_interview(actor, db, Setting(seed=3), bank=bank.id)
    return services.consent(actor, db, found.id, study=study, named=named)


def hold(
    actor: Actor, db: Database, talk: Elicitation, *, judged: int = 12, expert: ScriptedExpert | None = None
) -> list[tuple[Question, Answer]]:
    """Answers until so many cases are judged, then finishes and signs; what passed."""
    answers = expert or ScriptedExpert(policy(), SAID)
    passed: list[tuple[Question, Answer]] = []
    shown = services.question(actor, db, talk.id)
    while not isinstance(shown.question, Done):
        cases_judged = sum(isinstance(question, Judge) for question, _ in passed)
        answer = answers(shown.question)
        if isinstance(shown.question, Judge) and cases_judged >= judged:
            answer = Answer("stop")
        if isinstance(shown.question, Sign):
            answer = Answer("confirm")
        passed.append((shown.question, answer))
        assert len(passed) < 150
        shown = services.answer(actor, db, talk.id, shown.number, answer)
    return passed
