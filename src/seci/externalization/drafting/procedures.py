"""Procedures drawn out of cases and steps: checklists, flowcharts, runbooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from seci.artifacts.bodies import (
    ASK_EXPERT,
    Check,
    Checklist,
    Flowchart,
    Leaf,
    Line,
    Runbook,
    Split,
    Step,
    Symbol,
    Tree,
)
from seci.artifacts.condition import Condition
from seci.artifacts.evidence import Evidence
from seci.artifacts.words import all_words, by_key, condition_words
from seci.externalization.state import State
from seci.externalization.understanding import citations
from seci.externalization.understanding.rules import Standing, understood
from seci.externalization.understanding.statements import negated, paths, tightened
from seci.externalization.understanding.wording import capital, short

# Finding: what calls for an outcome that is not the harmless one, with what it rests on


def findings(state: State) -> list[tuple[str, tuple[Condition, ...], Evidence]]:
    """(outcome, conditions, evidence) of every rule that was told and every way that was learned, told ones first."""
    known = understood(state)
    found = [(one.rule.outcome, one.rule.conditions, one.evidence) for one in known.rules]
    body = known.induced.body if known.induced is not None else None
    if isinstance(body, Tree):
        for path in paths(body):
            if path.leaf.outcome != ASK_EXPERT and path.conditions:
                found.append((path.leaf.outcome, tightened(path.conditions), path.leaf.evidence))  # noqa: PERF401
    return [(outcome, conditions, _cited(state, conditions, evidence)) for outcome, conditions, evidence in found]


def _cited(state: State, conditions: tuple[Condition, ...], evidence: Evidence) -> Evidence:
    spoken = citations.by_attribute(state)
    claims = dict.fromkeys(
        (*evidence.claims, *(one for key in conditions for one in spoken.get(key.attribute, ())[:2]))
    )
    return replace(evidence, claims=tuple(claims))


# Checklist


def checklist(state: State) -> Checklist:
    """A reading to check for whatever calls for an outcome other than the first, which is the harmless one; steps and
    signals that were said become items to tick."""
    items = [*_readings(state), *_ticks(state)]
    return Checklist(state.words("decision"), tuple(_numbered(items)), state.attributes)


def _readings(state: State) -> Iterator[Check]:
    named, seen = by_key(state.attributes), set()
    for outcome, conditions, evidence in findings(state):
        if not state.outcomes or outcome == state.outcomes[0]:
            continue
        *when, main = sorted(conditions, key=lambda one: one.operator in ("<=", ">"))
        expected = negated(main, state.attributes)
        if expected is None or (expected, tuple(when)) in seen:
            continue
        seen.add((expected, tuple(when)))
        because = f"{outcome} when {all_words(conditions, named)}"
        words = capital(condition_words(expected, named))
        yield Check("", words, "value", when=tuple(when), expected=expected, because=because, evidence=evidence)


def _ticks(state: State) -> Iterator[Check]:
    for step in state.steps:
        yield Check(
            "", short(step.action, 160), because=step.precursor, evidence=Evidence(citations.of_turn(state, step.turn))
        )
    for outcome in state.outcomes:
        for said in state.filled.get(f"action:{outcome}", ()):
            evidence = Evidence(citations.of_turn(state, said.turn))
            yield Check(
                "", f"When it is “{outcome}”: {short(said.text, 140)}", "evidence", required=False, evidence=evidence
            )


def _numbered(items: list[Check]) -> Iterator[Check]:
    for n, item in enumerate(items, 1):
        yield replace(item, id=f"c{n}")


# Flowchart: a graph, so that rules in order share what follows them


def flowchart(state: State) -> Flowchart:
    """Questions in the order in which rules are tried, then those that were learned; each outcome is one end, with
    the action that leads there where one was said."""
    known = understood(state)
    learned = known.induced.body if known.induced is not None else None
    symbols: list[Symbol] = []
    rest = learned.root if isinstance(learned, Tree) else Leaf("rest", ASK_EXPERT)
    following = _symbols_of(state, rest, symbols)
    for n, standing in reversed(list(enumerate(known.rules))):
        following = _chain(state, n, standing, following, symbols)
    used = {line.to for symbol in symbols for line in symbol.lines} | {following}
    ends = [symbol for outcome in (*state.outcomes, ASK_EXPERT) for symbol in _end(state, outcome, used)]
    return Flowchart(state.words("decision"), following, (*reversed(symbols), *ends), state.attributes)


def _symbols_of(state: State, node: Split | Leaf, symbols: list[Symbol]) -> str:
    """Adds the symbols of a tree and returns where it begins."""
    if isinstance(node, Leaf):
        return _to(state, node.outcome)
    yes, no = _symbols_of(state, node.yes, symbols), _symbols_of(state, node.no, symbols)
    evidence = _cited(state, (node.condition,), _below(node))
    symbols.append(_question(state, f"t-{node.id}", node.condition, yes, no, evidence))
    return f"t-{node.id}"


def _below(node: Split) -> Evidence:
    """A question rests on the cases of its ends, where it has none of its own."""
    if node.evidence.is_supported:
        return node.evidence
    ends = list(_leaves(node))
    return Evidence(
        tuple(dict.fromkeys(claim for one in ends for claim in one.evidence.claims)),
        tuple(dict.fromkeys(case for one in ends for case in one.evidence.cases_for)),
        tuple(dict.fromkeys(case for one in ends for case in one.evidence.cases_against)),
    )


def _leaves(node: Split | Leaf) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    else:
        yield from _leaves(node.yes)
        yield from _leaves(node.no)


def _chain(state: State, n: int, standing: Standing, following: str, symbols: list[Symbol]) -> str:
    target = _to(state, standing.rule.outcome)
    for m, condition in reversed(list(enumerate(standing.rule.conditions))):
        name = f"r{n + 1}-{m + 1}"
        symbols.append(_question(state, name, condition, target, following, standing.evidence))
        target = name
    return target


def _question(state: State, name: str, condition: Condition, yes: str, no: str, evidence: Evidence) -> Symbol:
    opposite = negated(condition, state.attributes)
    lines = (Line(yes, "yes", condition), Line(no, "no", opposite))
    text = f"{capital(condition_words(condition, by_key(state.attributes)))}?"
    return Symbol(name, text, "question", lines, evidence=evidence)


def _to(state: State, outcome: str) -> str:
    """The end of an outcome, or the action before it."""
    place = state.outcomes.index(outcome) + 1 if outcome in state.outcomes else 0
    return f"do-{place}" if place and state.words(f"action:{outcome}") else f"end-{place}"


def _end(state: State, outcome: str, used: set[str]) -> Iterator[Symbol]:
    place = state.outcomes.index(outcome) + 1 if outcome in state.outcomes else 0
    if not {f"do-{place}", f"end-{place}"} & used:
        return
    evidence = Evidence(
        citations.of_slot(state, f"action:{outcome}", f"signal:{outcome}"),
        tuple(dict.fromkeys(one.case.id for one in state.judgements if one.outcome == outcome)),
    )
    said = state.filled.get(f"action:{outcome}")
    if said and place:
        signal = state.words(f"signal:{outcome}")
        yield Symbol(
            f"do-{place}", short(said[-1].text, 160), "action", (Line(f"end-{place}"),),
            because=f"It worked when: {short(signal, 120)}" if signal else "", evidence=evidence,
        )  # fmt: skip
    yield Symbol(f"end-{place}", outcome, "end", evidence=evidence)


# Runbook


def runbook(state: State) -> Runbook:
    """The steps that were said, in their order; then, for each finding, what is done about it."""
    steps = [*_told_steps(state), *_steps_for(state)]
    return Runbook(state.words("decision"), tuple(steps), state.words("situation"), state.attributes)


def _told_steps(state: State) -> Iterator[Step]:
    for n, one in enumerate(state.steps, 1):
        because = " ".join(part for part in (one.precursor, one.interpretation) if part)
        yield Step(
            f"s{n}", short(one.action, 200), short(one.result, 200), escalate=short(one.otherwise, 120),
            role=short(one.role, 60), because=because, evidence=Evidence(citations.of_turn(state, one.turn)),
        )  # fmt: skip


def _steps_for(state: State) -> Iterator[Step]:
    named = by_key(state.attributes)
    for n, (outcome, conditions, evidence) in enumerate(findings(state), 1):
        action = state.words(f"action:{outcome}") or capital(outcome)
        yield Step(
            f"f{n}", short(action, 200), short(state.words(f"signal:{outcome}"), 200), when=conditions,
            because=f"{outcome} when {all_words(conditions, named)}", evidence=evidence,
        )  # fmt: skip
