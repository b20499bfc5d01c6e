"""The fourth phase of the whole way: five learners and a published framework, one of whom only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seci.accounts.actor import Actor
from seci.artifacts import queries as artifacts
from seci.artifacts import services as authors
from seci.artifacts.markdown import to_markdown
from seci.internalization import services
from seci.internalization.challenges import services as challenges
from seci.internalization.gates import Gate
from seci.internalization.sittings import queries
from seci.internalization.sittings import services as sittings
from seci.internalization.sittings.states import State
from seci.kit.database import Database
from tests.artifacts.making import tree
from tests.internalization.practising import through, wrong

WHY = "Nine percent is fine where the loader fills the gaps."


def key(title: str) -> str:
    return "hold" if int(title.split()[1]) % 2 == 0 else "use"


def sit(db: Database, actor: Actor, artifact: int, gate: Gate) -> bool | None:
    """Goes through a whole block at the light profile, as somebody who has the judgement; whether the gate is met."""
    opened = sittings.open_sitting(actor, db, artifact, gate, "light")
    while shown := sittings.next_sealed(actor, db, opened.id):
        sittings.answer_sealed(actor, db, opened.id, shown.case, key(shown.title), confidence=0.9, number=shown.number)
    found = queries.sitting(actor, db, opened.id).result
    return found.met if found else None


def live(db: Database, artifact: int, learners: Sequence[Actor]) -> list[State]:
    """Three practise and sit two gates, the fourth practises and misses, the fifth only reads; their states."""
    for actor in learners:
        services.begin(actor, db, artifact)
    for actor in learners[:3]:
        through(db, actor)
        for gate in (Gate.COLD, Gate.PRESSURE):
            assert sit(db, actor, artifact, gate)
    through(db, learners[3], wrong)
    return [queries.state(actor, db, artifact).state for actor in learners]


def challenged(db: Database, artifact: int, learner: Actor, owner: Actor) -> int:
    """A learner challenges a node, its owner amends it and publishes; the number of the challenge."""
    asked = challenges.challenge(learner, db, artifact, WHY, node="n2", change="use it")
    text = to_markdown(replace(artifacts.content(owner, db, artifact), body=tree(outcome="use")))
    challenges.decide(owner, db, asked.id, "amend", "true since the new loader", text=text)
    authors.publish(owner, db, artifact)
    return asked.id
