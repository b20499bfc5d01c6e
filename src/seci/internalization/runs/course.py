"""The state of a run as the fold of its moves: what is done, what comes next, what was reached.

Checklists are ticked, runbooks and flowcharts stepped, templates filled. For a tree, a scorecard or a matrix the
person notes the facts of the task and decides; what the artifact says stays hidden until it is looked up, and each
look is counted, because fewer looks with time is how judgement moves from the page into the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from seci.artifacts.bodies import ASK_EXPERT, Body, Checklist, Flowchart, Matrix, Runbook, Template
from seci.artifacts.body import DECIDING, type_of
from seci.artifacts.execution import evaluate
from seci.artifacts.reading import asked, read_value
from seci.artifacts.running import Mark, advance, begin, fill, stand
from seci.artifacts.walk import nodes, outcomes_of
from seci.cases.attribute import Attribute, Value
from seci.kit.errors import BadInput

Did = Literal["tick", "done", "failed", "answer", "fill", "fact", "look", "consult", "decide", "back"]
DEEDS: tuple[Did, ...] = ("tick", "done", "failed", "answer", "fill", "fact", "look", "consult", "decide", "back")
# These say how it was done and are never taken back.
TRACES = frozenset({"look", "consult"})
# A longer rest between two moves is no time at work.
LONGEST_GAP = 30 * 60.0


@dataclass(frozen=True, slots=True)
class Done:
    """One move. `at` in seconds since the run began."""

    did: str
    node: str = ""
    value: str = ""
    note: str = ""
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of the artifact as it stands in this run.

    did      the move that is made here; empty where nothing can be done
    state    open, now (the next in an ordered run), done, passed (does not apply, or not on the way)
    options  what may be chosen; empty: anything
    """

    node: str
    words: str
    did: str
    state: Literal["open", "now", "done", "passed"]
    options: tuple[str, ...] = ()
    value: str = ""
    help: str = ""
    command: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """Where a run stands.

    decides   whether it ends in a decision of the person (tree, scorecard, matrix)
    reached   the decision, or the end of a procedure that was reached; empty while it runs
    said      what the artifact answers with the facts noted so far; None where it comes to no outcome by itself
    looked    nodes that were looked up, in order; "" is the answer as a whole
    omitted, failed, breaches  of a checklist, as `artifacts.running.Standing`; failed of a template: its faults
    complete  nothing that is required is open
    share     of the required items, how many are done; None where that means nothing
    """

    decides: bool
    spots: tuple[Spot, ...]
    reached: str = ""
    said: str | None = None
    because: str = ""
    looked: tuple[str, ...] = ()
    consulted: int = 0
    open: tuple[str, ...] = ()
    omitted: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    breaches: tuple[str, ...] = ()
    complete: bool = False
    share: float | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)


def decides(body: Body) -> bool:
    """Whether a run of it is a decision on facts; a flowchart is stepped through."""
    return type_of(body) in DECIDING and not isinstance(body, Flowchart)


def runs(body: Body) -> bool:
    """Whether there is anything to go through; guides and stories are read."""
    return decides(body) or isinstance(body, Checklist | Runbook | Flowchart | Template)


def fold(body: Body, moves: Sequence[Done]) -> Course:
    """The state after these moves. Raises BadInput for a move that the artifact has no place for."""
    deeds: list[Done] = []
    for move in moves:
        if move.did not in DEEDS:
            raise BadInput(f"There is no move {move.did[:20]!r} in a run; choose {', '.join(DEEDS)}.")
        if move.did == "back":
            if not deeds:
                raise BadInput("There is nothing to take back.")
            deeds.pop()
        elif move.did not in TRACES:
            deeds.append(move)
    looked = tuple(move.node for move in moves if move.did == "look")
    _known(body, looked)
    course = _course(body, deeds)
    return replace(course, looked=looked, consulted=sum(move.did == "consult" for move in moves))


def active_seconds(instants: Sequence[float]) -> float:
    """Time at work: the gaps between moves, a rest counted as half an hour at most."""
    return sum(min(after - before, LONGEST_GAP) for before, after in pairwise(instants))


def _known(body: Body, looked: Sequence[str]) -> None:
    there = {node.id for node in nodes(body)} | {""}
    if strange := [node for node in looked if node not in there]:
        raise BadInput(f"The artifact has no node {strange[0][:40]!r}; look at the whole, or at one that it has.")


def _course(body: Body, deeds: Sequence[Done]) -> Course:
    match body:
        case Checklist():
            return _checklist(body, deeds)
        case Runbook() | Flowchart():
            return _steps(body, deeds)
        case Template():
            return _template(body, deeds)
        case _ if decides(body):
            return _decision(body, deeds)
        case _:
            raise BadInput("This artifact is read, not run; checklists, runbooks, trees and the like can be run.")


def _only(deeds: Sequence[Done], *kinds: str) -> None:
    if strange := [deed for deed in deeds if deed.did not in kinds]:
        raise BadInput(f"Here one can {' or '.join(kinds)}; {strange[0].did!r} belongs to another type of artifact.")


def _checklist(body: Checklist, deeds: Sequence[Done]) -> Course:
    _only(deeds, "tick")
    named = {one.key: one for one in body.attributes}
    items = {item.id: item for item in body.items}
    marks = []
    for deed in deeds:
        item = items.get(deed.node)
        wanted = named.get(item.expected.attribute) if item and item.expected else None
        value: Value = read_value(wanted, deed.value) if wanted else deed.value or None
        marks.append(Mark(deed.node, value, deed.note))
    now = stand(body, marks)
    made = {deed.node: deed for deed in deeds}
    required = [one.id for one in body.items if one.required and one.id not in now.not_needed]
    first_open = now.open[0] if body.ordered and now.open else ""
    spots = tuple(
        Spot(
            item.id,
            item.text,
            "tick",
            _state(item.id, now.done, now.not_needed, first_open),
            (),
            " ".join(filter(None, (made[item.id].value, made[item.id].note))) if item.id in made else "",
            item.kind,
            required=item.required,
        )
        for item in body.items
    )
    return Course(
        False, spots, "complete" if now.is_complete else "", open=now.open, omitted=now.omitted,
        failed=(*(f"{name}: {why}" for name, why in now.failed), *(f"{one}: not proven" for one in now.unproven)),
        breaches=tuple(f"{late} before {early}" for late, early in now.breaches), complete=now.is_complete,
        share=sum(one in now.done for one in required) / len(required) if required else None,
    )  # fmt: skip


def _state(node: str, done: Sequence[str], passed: Sequence[str], now: str) -> Literal["open", "now", "done", "passed"]:
    if node in done:
        return "done"
    return "passed" if node in passed else "now" if node == now else "open"


def _steps(body: Runbook | Flowchart, deeds: Sequence[Done]) -> Course:
    _only(deeds, *(("done", "failed") if isinstance(body, Runbook) else ("answer", "done")))
    at = begin(body)
    for deed in deeds:
        if deed.node and deed.node != at.at:
            raise BadInput(f"The run is at {at.at or 'its end'}, not at {deed.node[:40]!r}; load the page again.")
        at = advance(body, at, deed.did if isinstance(body, Runbook) else deed.value)
    spots = []
    for one in body.steps if isinstance(body, Runbook) else body.symbols:
        state = _state(one.id, at.taken, (), at.at or "")
        state = "now" if one.id == at.at else "passed" if at.at is None and state == "open" else state
        if isinstance(body, Runbook):
            step = next(each for each in body.steps if each.id == one.id)
            expected = f"Expect {step.expect}." if step.expect else ""
            spots.append(Spot(step.id, step.action, "done", state, ("done", "failed"), "", expected, step.command))
        else:
            symbol = next(each for each in body.symbols if each.id == one.id)
            ways = tuple(line.label or line.to for line in symbol.lines) if len(symbol.lines) > 1 else ()
            spots.append(Spot(symbol.id, symbol.text, "answer", state, ways))
    over = at.at is None
    failed = tuple(deed.node for deed in deeds if deed.did == "failed")
    return Course(False, tuple(spots), at.ended, open=() if over else (at.at or "",), failed=failed, complete=over)


def _template(body: Template, deeds: Sequence[Done]) -> Course:
    _only(deeds, "fill")
    filled = fill(body, {deed.node: deed.value for deed in deeds})
    touched = {deed.node for deed in deeds}
    spots = tuple(
        Spot(
            one.id, one.name, "fill", "done" if one.id in touched and one.id not in filled.faults else "open",
            one.options or (("yes", "no") if one.type == "yes_no" else ()), filled.values[one.id],
            " ".join(filter(None, (one.help, one.unit))), required=one.required,
        )
        for one in body.blanks
    )  # fmt: skip
    required = [one.id for one in body.blanks if one.required]
    return Course(
        False, spots, "complete" if filled.is_complete else "", open=tuple(filled.faults),
        failed=tuple(fault for name, fault in filled.faults.items() if name in touched), complete=filled.is_complete,
        share=sum(one not in filled.faults for one in required) / len(required) if required else None,
    )  # fmt: skip


def _decision(body: Body, deeds: Sequence[Done]) -> Course:
    _only(deeds, "fact", "decide")
    attributes = {one.key: one for one in asked(body)}
    facts: dict[str, Value] = {}
    decided = ""
    for deed in deeds:
        if deed.did == "decide":
            decided = _choice(body, deed.value)
        elif deed.node not in attributes:
            raise BadInput(f"There is no attribute {deed.node[:40]!r}; it asks for {', '.join(attributes)}.")
        else:
            facts[deed.node] = read_value(attributes[deed.node], deed.value)
    trace = evaluate(body, facts) if outcomes_of(body) else None
    spots = tuple(_fact(one, facts) for one in attributes.values())
    return Course(
        True, spots, decided, trace.outcome if trace else None, trace.because if trace else "",
        open=() if decided else ("",), complete=bool(decided), facts=facts,
    )  # fmt: skip


def choices(body: Body) -> tuple[str, ...]:
    """What a person may decide; of a matrix that only ranks, its options."""
    found = outcomes_of(body)
    if isinstance(body, Matrix) and not found:
        found = tuple(one.name for one in body.options)
    return tuple(dict.fromkeys((*found, ASK_EXPERT)))


def _choice(body: Body, value: str) -> str:
    known = choices(body)
    wanted = value.strip().casefold()
    for one in known:
        if one.casefold() == wanted:
            return one
    raise BadInput(f"Decide {', '.join(known)}; {value[:40]!r} is none of these.")


def _fact(one: Attribute, facts: Mapping[str, Value]) -> Spot:
    found = facts.get(one.key)
    shown = "" if found is None else ("yes" if found else "no") if isinstance(found, bool) else f"{found}"
    shown = f"{found:g}" if isinstance(found, float) else shown
    options = ("yes", "no") if one.type == "boolean" else one.levels
    told = " ".join(filter(None, (one.unit, one.how_measured)))
    return Spot(one.key, one.name, "fact", "open" if found is None else "done", tuple(options), shown, told)
