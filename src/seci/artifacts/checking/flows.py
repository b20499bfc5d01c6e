"""Checks of what is walked through: flowcharts and runbooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from seci.artifacts.bodies import Flowchart, Runbook, Step, Symbol
from seci.artifacts.checking.finding import Finding
from seci.artifacts.regions import Region, halves, region_of, span_of
from seci.artifacts.words import Named, all_words, by_key, condition_words

Graph = Mapping[str, tuple[str, ...]]


def flowchart_findings(chart: Flowchart) -> Iterator[Finding]:
    named = by_key(chart.attributes)
    symbols = {symbol.id: symbol for symbol in chart.symbols}
    if chart.start not in symbols and chart.symbols:
        words = f"The chart starts at {chart.start}, which is not there."
        yield Finding("dangling", "blocks", chart.start, words, "Start at a symbol of the chart.")
    ways = {one.id: tuple(line.to for line in one.lines if line.to in symbols) for one in chart.symbols}
    reached = reachable([chart.start], ways)
    for symbol in chart.symbols:
        yield from _symbol(symbol, symbols)
        yield from _lines(symbol, named)
        if symbol.id not in reached and chart.start in symbols:
            words = f"No way leads to “{symbol.text}”."
            yield Finding("unreachable", "warns", symbol.id, words, "Draw a line to it, or take it out.")
    yield from _loops(chart, ways, reached)


def _symbol(symbol: Symbol, symbols: Mapping[str, Symbol]) -> Iterator[Finding]:
    for line in symbol.lines:
        if line.to not in symbols:
            words = f"A line of “{symbol.text}” leads to {line.to}, which is not there."
            yield Finding("dangling", "blocks", symbol.id, words, "Let it lead to a symbol of the chart.")
    if symbol.kind == "end" and symbol.lines:
        words = f"“{symbol.text}” is an end, and lines lead on from it."
        yield Finding("conflict", "blocks", symbol.id, words, "Make it an action, or take its lines out.")
    if symbol.kind != "end" and not symbol.lines:
        words = f"“{symbol.text}” leads nowhere."
        yield Finding("gap", "blocks", symbol.id, words, "Draw a line to what comes next, or make it an end.")
    unmarked = [line for line in symbol.lines if not line.label and line.when is None]
    if len(unmarked) > 1:
        words = f"“{symbol.text}” does not say which of its lines to take."
        yield Finding("gap", "blocks", symbol.id, words, "Label its lines.")


def _lines(symbol: Symbol, named: Named) -> Iterator[Finding]:
    marked = [line for line in symbol.lines if line.when]
    for one, two in combinations(marked, 2):
        assert one.when
        assert two.when
        both = region_of([one.when], named).meets(region_of([two.when], named))
        if both is None:
            continue
        pair = f"{condition_words(one.when, named)} and {condition_words(two.when, named)}"
        if one.to == two.to:
            words = f"“{symbol.text}”: {pair} lead the same way and can both hold."
            yield Finding("overlap", "notes", symbol.id, words, "Keep the one that is needed.")
        elif one.when.attribute == two.when.attribute:
            words = f"“{symbol.text}”: {pair} both hold where {both.words(named)}, and lead different ways."
            yield Finding("conflict", "blocks", symbol.id, words, "Move the limits so that one of them holds.")
        else:
            words = f"“{symbol.text}”: {pair} can both hold; the first one wins."
            yield Finding(
                "overlap", "warns", symbol.id, words, "Say which one comes first, or ask one after the other."
            )
    if marked and len(marked) == len(symbol.lines):
        rest = Region()
        for line in marked:
            assert line.when
            key = line.when.attribute
            rest = rest.narrowed(key, halves(line.when)[1], span_of(named[key]))
        if not rest.empty:
            words = f"“{symbol.text}” leads nowhere where {rest.words(named)}."
            yield Finding("gap", "warns", symbol.id, words, "Add a line for these cases.")


def _loops(chart: Flowchart, ways: Graph, reached: set[str]) -> Iterator[Finding]:
    """Rounds that no line leaves: the parts of the chart from which neither an end nor a dead end can be reached."""
    names = {symbol.id: symbol.text for symbol in chart.symbols}
    back: dict[str, list[str]] = {name: [] for name in names}
    for name, targets in ways.items():
        for target in targets:
            back[target].append(name)
    ends = [symbol.id for symbol in chart.symbols if symbol.kind == "end" or not ways[symbol.id]]
    leaving = reachable(ends, {name: tuple(sources) for name, sources in back.items()})
    caught = [name for name in names if name in reached and name not in leaving]
    told: set[str] = set()
    for name in caught:
        ring = reachable(ways[name], ways)
        if name in ring and name not in told:
            told |= ring
            shown = ", ".join(f"“{names[one]}”" for one in caught if one in ring)
            yield Finding("loop", "blocks", name, f"No way leads out of {shown}.", "Give the round an exit.")


def reachable(starts: Iterable[str], ways: Graph) -> set[str]:
    """All that can be reached from the starts, which are among it."""
    found, waiting = set[str](), [start for start in starts if start in ways]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += ways[name]
    return found


def runbook_findings(runbook: Runbook) -> Iterator[Finding]:
    named = by_key(runbook.attributes)
    order = {step.id: at for at, step in enumerate(runbook.steps)}
    for step in runbook.steps:
        if region_of(step.when, named).empty:
            words = f"“{step.action}” is never taken: {all_words(step.when, named)} cannot hold together."
            yield Finding("unreachable", "warns", step.id, words, "Change when it is taken.")
        yield from _failure(step, order)


def _failure(step: Step, order: Mapping[str, int]) -> Iterator[Finding]:
    if not step.expect:
        words = f"No signal tells whether “{step.action}” worked."
        yield Finding("gap", "warns", step.id, words, "Say what a person sees when it worked.")
    if step.on_failure and step.on_failure not in order:
        words = f"“{step.action}” goes to {step.on_failure} on failure, which is not there."
        yield Finding("dangling", "blocks", step.id, words, "Go to a step of the runbook.")
    elif step.on_failure and order[step.on_failure] <= order[step.id] and not step.escalate:
        words = f"If “{step.action}” keeps failing, the run goes round without end."
        yield Finding("loop", "warns", step.id, words, "Say whom to call when it fails again.")
    elif not step.on_failure and not step.escalate:
        words = f"“{step.action}” does not say what to do when it fails."
        yield Finding("gap", "warns", step.id, words, "Name a step to go to, or a role to call.")
