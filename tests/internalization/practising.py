"""A table of cases on the data team's decision, and a learner who goes through rounds."""

from __future__ import annotations

from seci.accounts.actor import Actor
from seci.internalization import services
from seci.internalization.services import Answer
from seci.internalization.views import Shown
from seci.kit.database import Database

LEARNER = Actor(account=5, person=5, role="member", door="page")
OTHER = Actor(account=6, person=6, role="member", door="page")


def table(count: int = 24) -> str:
    """Cases by turns to hold and to use, each with its key."""
    lines = ["id,pattern,title,situation,options,key"]
    for number in range(count):
        node, key = (("n2", "hold"), ("n5", "use"))[number % 2]
        lines.append(f"k{number},{node},Case {number},Table {number} arrives,use|hold,{key}")
    return "\n".join(lines)


def right(shown: Shown) -> Answer:
    """The answer that `table` calls right."""
    number = int(shown.title.split()[1])
    return Answer("hold" if number % 2 == 0 else "use", 0.9, "missing values")


def wrong(shown: Shown) -> Answer:
    return Answer("use" if right(shown).option == "hold" else "hold", 0.9)


def through(db: Database, actor: Actor, answer=right) -> list[Shown]:  # type: ignore[no-untyped-def]
    """Goes through today's round; the cases as they were shown."""
    opened, seen = services.today(actor, db, more=True), []
    while opened.id and (shown := services.next_case(actor, db, opened.id)):
        seen.append(shown)
        services.commit(actor, db, opened.id, shown.case, answer(shown))
    return seen
