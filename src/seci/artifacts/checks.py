"""Static checks: what is wrong with an artifact before anybody relies on it, each with the way to mend it.

The sets of cases behind them are exact (`regions`), so a finding is a fact and not a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seci.artifacts.bodies import Body, Checklist, Flowchart, Guide, Matrix, Runbook, Scorecard, Story, Template, Tree
from seci.artifacts.checking import cards, flows, lists, trees
from seci.artifacts.checking.finding import Finding, Severity
from seci.artifacts.context import Context
from seci.artifacts.walk import attributes_of, conditions_of, nodes
from seci.artifacts.words import listed

_ORDER: dict[Severity, int] = {"blocks": 0, "warns": 1, "notes": 2}


def check(body: Body, context: Context | None = None) -> tuple[Finding, ...]:
    """Everything found, what blocks publication first. With a context its missing fields are found, too."""
    found = [*_own(body), *_unsupported(body), *_unused(body), *_empty(body)]
    found += context_findings(context) if context else []
    return tuple(sorted(found, key=lambda one: _ORDER[one.severity]))


def context_findings(context: Context) -> list[Finding]:
    """An artifact says who it is for, when it holds and when not, or it is not published."""
    return [
        Finding("context", "blocks", f"context:{words}", f"It does not say {words}.", "Say it in a sentence.")
        for words in context.missing
    ]


def blocks(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that must be mended before publication."""
    return tuple(one for one in findings if one.severity == "blocks")


def _own(body: Body) -> Iterator[Finding]:
    match body:
        case Tree():
            yield from trees.findings(body)
        case Scorecard():
            yield from cards.findings(body)
        case Checklist():
            yield from lists.checklist_findings(body)
        case Flowchart():
            yield from flows.flowchart_findings(body)
        case Runbook():
            yield from flows.runbook_findings(body)
        case Template():
            yield from lists.template_findings(body)
        case Matrix():
            yield from cards.matrix_findings(body)


def _unsupported(body: Body) -> Iterator[Finding]:
    for node in nodes(body):
        against, agree = len(node.evidence.cases_against), len(node.evidence.cases_for)
        if not node.evidence.is_supported:
            words = f"“{_short(node.words)}” rests on no sentence and no case."
            yield Finding("unsupported", "warns", node.id, words, "Cite what was said or judged, or take it out.")
        elif against and against >= agree:
            speak = "1 case speaks" if against == 1 else f"{against} cases speak"
            words = f"{speak} against “{_short(node.words)}”, {agree} for it."
            yield Finding("contested", "warns", node.id, words, "Ask about these cases again, or make an exception.")


def _unused(body: Body) -> Iterator[Finding]:
    """One line for all of them: cases often come with far more than a decision needs."""
    used = {condition.attribute for _, condition in conditions_of(body)}
    unused = [attribute for attribute in attributes_of(body) if attribute.key not in used]
    mend = "Use it in a condition, or leave it out."
    if len(unused) == 1:
        words = f"{unused[0].name} is described and never asked for."
        yield Finding("unused", "notes", f"attribute:{unused[0].key}", words, mend)
    elif unused:
        named = listed([attribute.name for attribute in unused], "and")
        words = f"{len(unused)} attributes are described and never asked for: {named}."
        yield Finding("unused", "notes", "", words, mend.replace(" it", " them"))


def _empty(body: Body) -> Iterator[Finding]:
    if next(iter(nodes(body)), None) is None:
        yield Finding("empty", "blocks", "", "It has no content yet.", "Add what there is to say.")
    if isinstance(body, Guide | Story):
        for node in nodes(body):
            if not node.words.partition(": ")[2].strip():
                yield Finding(
                    "empty", "blocks", node.id, f"The section {node.words} is empty.", "Write it, or take it out."
                )


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79].rstrip()}…"
