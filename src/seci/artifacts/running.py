"""Going through what comes to no outcome by itself: a checklist is ticked, a runbook or a flowchart stepped, a
template filled. Pure state: what was done goes in, where that leaves it comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seci.artifacts.bodies import Blank, Check, Checklist, Flowchart, Runbook, Step, Symbol, Template
from seci.artifacts.condition import Condition
from seci.artifacts.scope import known
from seci.artifacts.words import by_key, fact_words
from seci.cases.attribute import Value, Values
from seci.cases.numerals import Style, read_number
from seci.kit.errors import BadInput


def applies(conditions: Sequence[Condition], values: Values) -> bool | None:
    """Whether all conditions hold; None when that is not known, and none of them fails."""
    found = [one.holds({one.attribute: known(values.get(one.attribute))}) for one in conditions]
    return False if False in found else None if None in found else True


# Checklists


@dataclass(frozen=True, slots=True)
class Mark:
    """An item that somebody ticked, in the order of ticking. `value` is its reading, `note` its evidence."""

    item: str
    value: Value = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a checklist stands.

    open        required items that apply, or may apply, and are not done
    omitted     items that apply, could be left out and were
    not_needed  items that do not apply to this case
    failed      (item, why) of those whose reading does not meet what is expected
    unproven    items that want a value or evidence and were ticked without
    breaches    (item, the one that had to come before it), where order matters
    """

    done: tuple[str, ...]
    open: tuple[str, ...]
    omitted: tuple[str, ...]
    not_needed: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    unproven: tuple[str, ...]
    breaches: tuple[tuple[str, str], ...]

    @property
    def is_complete(self) -> bool:
        """Everything required is done, proven and passed; a breach of order does not undo that, it is told beside."""
        return not (self.open or self.failed or self.unproven)


def stand(checklist: Checklist, marks: Sequence[Mark], values: Values | None = None) -> Standing:
    """Where a checklist stands after these marks, for the case at hand.

    Raises BadInput for a mark on an item that the list does not have; of two marks on one item the later counts.
    """
    items = {item.id: item for item in checklist.items}
    for mark in marks:
        if mark.item not in items:
            raise BadInput(f"The checklist has no item {mark.item!r}; it has {', '.join(items) or 'none'}.")
    made = {mark.item: mark for mark in marks}
    # What was read while ticking is known of the case from then on.
    facts = dict(values or {})
    facts |= {one.expected.attribute: made[one.id].value for one in checklist.items if one.expected and one.id in made}
    applying = {item.id: applies(item.when, facts) for item in checklist.items}
    named = by_key(checklist.attributes)
    failed = [
        (one.id, fact_words(one.expected, made[one.id].value, named))
        for one in checklist.items
        if one.expected and one.id in made and one.expected.holds({one.expected.attribute: made[one.id].value}) is False
    ]
    left = [item for item in checklist.items if item.id not in made and applying[item.id] is not False]
    return Standing(
        done=tuple(item.id for item in checklist.items if item.id in made),
        open=tuple(item.id for item in left if item.required),
        omitted=tuple(item.id for item in left if not item.required),
        not_needed=tuple(name for name, one in applying.items() if one is False and name not in made),
        failed=tuple(failed),
        unproven=tuple(item.id for item in checklist.items if item.id in made and _lacks(item, made[item.id])),
        breaches=tuple(_breaches(checklist, marks, applying)) if checklist.ordered else (),
    )


def _lacks(item: Check, mark: Mark) -> bool:
    if item.kind == "value":
        return known(mark.value) is None
    return item.kind == "evidence" and not mark.note.strip()


def _breaches(
    checklist: Checklist, marks: Sequence[Mark], applying: Mapping[str, bool | None]
) -> list[tuple[str, str]]:
    """Items ticked while a required one before them that applies was still open."""
    order = [mark.item for mark in marks]
    first = {name: order.index(name) for name in order}
    found = []
    for at, item in enumerate(checklist.items):
        if item.id not in first:
            continue
        for before in checklist.items[:at]:
            late = first.get(before.id, len(order)) > first[item.id]
            if before.required and applying[before.id] and late:
                found.append((item.id, before.id))
                break
    return found


# Runbooks and flowcharts


@dataclass(frozen=True, slots=True)
class Position:
    """Where a run stands.

    at       the step or symbol to take now; None when the run is over
    taken    ids in the order they were taken
    ended    why it is over: "done" or the text of the end reached, "failed", or "escalate: <role>"; empty while it runs
    """

    at: str | None
    taken: tuple[str, ...] = ()
    ended: str = ""


def begin(body: Runbook | Flowchart, values: Values | None = None) -> Position:
    """The start of a run; steps that do not apply to the case are passed over."""
    if isinstance(body, Flowchart):
        return _arrive(body, body.start, ())
    return _next_step(body, 0, (), values or {})


def advance(body: Runbook | Flowchart, position: Position, answer: str, values: Values | None = None) -> Position:
    """The next place after an answer: of a runbook "done" or "failed", of a flowchart the label of a line or the id it
    leads to; of a symbol with a single line any answer will do.

    Raises BadInput for an answer that leads nowhere, and when the run is over.
    """
    if position.at is None:
        raise BadInput(f"This run is over ({position.ended}); begin a new one.")
    if isinstance(body, Flowchart):
        symbol = next(one for one in body.symbols if one.id == position.at)
        return _arrive(body, _chosen(symbol, answer), (*position.taken, symbol.id))
    at = next(number for number, step in enumerate(body.steps) if step.id == position.at)
    step, taken = body.steps[at], (*position.taken, position.at)
    if answer == "done":
        return _next_step(body, at + 1, taken, values or {})
    if answer != "failed":
        raise BadInput(f"A step is done or failed; {answer[:40]!r} is neither.")
    return _after_failure(body, step, taken)


def _next_step(runbook: Runbook, start: int, taken: tuple[str, ...], values: Values) -> Position:
    for step in runbook.steps[start:]:
        if applies(step.when, values) is not False:
            return Position(step.id, taken)
    return Position(None, taken, "done")


def _after_failure(runbook: Runbook, step: Step, taken: tuple[str, ...]) -> Position:
    """The step to go to; once that has been tried after this one already, whoever is to be called."""
    known_ids = {one.id for one in runbook.steps}
    again = step.on_failure in taken and taken.count(step.id) > 1
    if step.on_failure in known_ids and not (again and step.escalate):
        return Position(step.on_failure, taken)
    return Position(None, taken, f"escalate: {step.escalate}" if step.escalate else "failed")


def _arrive(chart: Flowchart, name: str, taken: tuple[str, ...]) -> Position:
    symbol = next((one for one in chart.symbols if one.id == name), None)
    if symbol is None:
        raise BadInput(f"The chart leads to {name}, which is not there; mend it first.")
    if symbol.kind == "end" or not symbol.lines:
        return Position(None, (*taken, name), symbol.text)
    return Position(name, taken)


def _chosen(symbol: Symbol, answer: str) -> str:
    if len(symbol.lines) == 1:
        return symbol.lines[0].to
    wanted = answer.strip().casefold()
    for line in symbol.lines:
        if wanted in (line.label.strip().casefold(), line.to.casefold()) and wanted:
            return line.to
    labels = ", ".join(line.label or line.to for line in symbol.lines)
    raise BadInput(f"“{symbol.text}” leads on by {labels}; {answer[:40]!r} is none of these.")


# Templates


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: what each blank holds, and a sentence for each that is not right yet."""

    values: Mapping[str, str]
    faults: Mapping[str, str]

    @property
    def is_complete(self) -> bool:
        return not self.faults


def fill(template: Template, entries: Mapping[str, str]) -> Filled:
    """What was entered, checked blank by blank. Raises BadInput for an entry that belongs to no blank."""
    blanks = {blank.id: blank for blank in template.blanks}
    for name in entries:
        if name not in blanks:
            raise BadInput(f"The template has no blank {name[:40]!r}; it has {', '.join(blanks) or 'none'}.")
    values = {name: entries.get(name, "").strip() for name in blanks}
    faults = {name: fault for name, blank in blanks.items() if (fault := _fault(blank, values[name]))}
    return Filled(values, faults)


def _fault(blank: Blank, entry: str) -> str:
    if not entry:
        return f"{blank.name} is empty; {blank.help or 'fill it in'}." if blank.required else ""
    if blank.type == "number" and read_number(entry, Style(",") if "," in entry else Style()) is None:
        return f"{blank.name} is a number{f' in {blank.unit}' if blank.unit else ''}; {entry[:40]!r} is none."
    if blank.type == "date" and not _is_day(entry):
        return f"{blank.name} is a day; write it as 2026-01-31."
    if blank.type == "choice" and entry not in blank.options:
        return f"{blank.name} is one of {', '.join(blank.options)}; {entry[:40]!r} is none of them."
    if blank.type == "yes_no" and entry.casefold() not in ("yes", "no"):
        return f"{blank.name} is yes or no; {entry[:40]!r} is neither."
    return ""


def _is_day(entry: str) -> bool:
    try:
        date.fromisoformat(entry)
    except ValueError:
        return False
    return True
