"""`python -m benchmarks.next_question [--cases N] [--attributes N] [--answers N] [--quick] [--json]`.

How long an expert waits for the next question: from the answer sent to the service until the next question is back,
with the answer committed to the database in between (SQLite, synchronous). 1,000 cases, 40 attributes of all types,
a hidden policy of three attributes with 5 % slips, and the same after a restart, when the turns are folded again.

"Processor" is what this process computed meanwhile; on a machine that does other things the wait is longer than that.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import defaultdict
from random import Random
from statistics import median
from time import process_time
from typing import Any

from seci.accounts import door
from seci.accounts.actor import Actor
from seci.cases import services as cases
from seci.cases.attribute import Attribute, Value
from seci.cases.case import Case
from seci.externalization import memory, services
from seci.externalization.state import Setting
from seci.externalization.turn import Answer, Ask, Contradiction, Done, Explain, Judge, Question, Reflect, Sign
from seci.kit.clock import stopwatch
from seci.kit.database import Database
from seci.kit.ids import seeded

GOAL_MS = 150.0
LEVELS = ("red", "green", "blue", "gray")
OUTCOMES = ("accept", "hold")
SLIPS = 0.05


def attribute(number: int) -> Attribute:
    """Numbers, categories, ordinals and booleans in turn."""
    key, name = f"a{number}", f"Attribute {number}"
    match number % 4:
        case 0 | 1:
            return Attribute(key, name, "number", unit="%", low=0.0, high=100.0)
        case 2:
            return Attribute(key, name, "category", levels=LEVELS)
        case _:
            return Attribute(key, name, "boolean")


def value(one: Attribute, draw: Random) -> Value:
    if draw.random() < 0.05:
        return None
    match one.type:
        case "number":
            return round(draw.random() * 100, 1)
        case "boolean":
            return draw.random() < 0.5
        case _:
            return draw.choice(one.levels)


def policy(values: dict[str, Value]) -> str:
    """A fast-and-frugal tree over three of the attributes."""
    if (values.get("a3") or False) is True:
        return "accept"
    if float(values.get("a0") or 0.0) > 60:  # type: ignore[arg-type]
        return "hold"
    return "hold" if values.get("a2") == "red" else "accept"


def reply(question: Question, draw: Random) -> Answer:
    match question:
        case Judge():
            said = policy(dict(question.case.values))
            if draw.random() < SLIPS:
                said = next(one for one in OUTCOMES if one != said)
            return Answer(choice=said, looked=("a3", "a0"), latency_ms=4000)
        case Ask():
            return Answer(choice=question.options[0]) if question.options else Answer("skip")
        case Reflect():
            return Answer("confirm")
        case Contradiction():
            return Answer(choice=question.options[1])
        case Explain():
            said = policy(dict(question.case.values))
            return Answer(right=(said == question.outcome, True), choice=said)
        case Sign():
            return Answer("correct", text="Go on, please.")
        case _:
            return Answer("skip")


def measure(size: int, width: int, answers: int) -> dict[str, Any]:
    """Milliseconds from answer to next question, by the kind of the question that came."""
    db, actor = door.database(), Actor.owner_of_the_machine()
    draw = seeded("next question", size, width)
    attributes = [attribute(number) for number in range(width)]
    bank = cases.make_bank(actor, db, "Bench", decision="Hold it?", outcomes=OUTCOMES)
    pool = [Case(f"c{n}", {one.key: value(one, draw) for one in attributes}) for n in range(size)]
    cases.add_cases(actor, db, bank.id, pool, attributes)
    opened = services.open_interview(actor, db, Setting(minutes=240, seed=1), bank=bank.id)
    services.consent(actor, db, opened.id)
    shown = services.question(actor, db, opened.id)
    waits: dict[str, list[float]] = defaultdict(list)
    busy: list[float] = []
    for _ in range(answers):
        if isinstance(shown.question, Done):
            break
        answer, begun, spent = reply(shown.question, draw), stopwatch(), process_time()
        shown = services.answer(actor, db, opened.id, shown.number, answer)
        waits[type(shown.question).__name__.lower()].append((stopwatch() - begun) * 1000)
        busy.append((process_time() - spent) * 1000)
    return {
        "cases": size,
        "attributes": width,
        "goal_ms": GOAL_MS,
        "all": figures([wait for each in waits.values() for wait in each]),
        "cpu": figures(busy),
        "by_next_question": {kind: figures(each) for kind, each in sorted(waits.items())},
        "after_restart_ms": round(restart(actor, db, opened.id, shown.number), 1),
    }


def restart(actor: Actor, db: Database, interview: int, number: int) -> float:
    """Milliseconds until the next question when the process has just begun and every turn is folded again."""
    memory.forget()
    begun = stopwatch()
    shown = services.question(actor, db, interview)
    if not isinstance(shown.question, Done):
        services.answer(actor, db, interview, number, Answer("skip"))
    return (stopwatch() - begun) * 1000


def figures(waits: list[float]) -> dict[str, float | int]:
    ordered = sorted(waits)
    return {
        "n": len(ordered),
        "median_ms": round(median(ordered), 1),
        "p95_ms": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
        "worst_ms": round(ordered[-1], 1),
        "within_goal": round(sum(wait <= GOAL_MS for wait in ordered) / len(ordered), 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.next_question", description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--attributes", type=int, default=40)
    parser.add_argument("--answers", type=int, default=120)
    parser.add_argument("--quick", action="store_true", help="30 answers")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SECI_DATA_DIR"] = folder
        os.environ.pop("SECI_DATABASE_URL", None)
        result = measure(given.cases, given.attributes, 30 if given.quick else given.answers)
    if given.json:
        print(json.dumps(result))
    else:
        print(f"{result['cases']} cases, {result['attributes']} attributes; goal {GOAL_MS:g} ms")
        for name, row in {"all": result["all"], "processor": result["cpu"], **result["by_next_question"]}.items():
            print(f"  {name:14} {row}")
        print(f"  after a restart: {result['after_restart_ms']} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
