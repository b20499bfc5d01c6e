"""Mermaid flowcharts of trees, flowcharts and runbooks, for documents and code hosts that draw them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from seci.artifacts.bodies import Body, Flowchart, Leaf, Runbook, Split, Tree
from seci.artifacts.walk import branches
from seci.artifacts.words import Named, all_words, by_key, condition_words, question_words
from seci.kit.errors import BadInput

_SHAPES = {"question": ("{", "}"), "action": ("[", "]"), "end": ("([", "])")}


def mermaid(body: Body) -> str:
    """The body as a Mermaid flowchart, top down. Raises BadInput for a type that is not drawn."""
    names = _Names()
    match body:
        case Tree():
            lines = list(_tree(body.root, by_key(body.attributes), names))
        case Flowchart():
            lines = list(_chart(body, names))
        case Runbook():
            lines = list(_runbook(body, names))
        case _:
            raise BadInput("Only trees, flowcharts and runbooks are drawn by Mermaid; export it as Markdown instead.")
    return "\n".join(["flowchart TD", *(f"    {line}" for line in lines)]) + "\n"


class _Names:
    """Ids that Mermaid takes, whatever ours hold: `n0`, `n1` in the order of appearance."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self.found.setdefault(name, f"n{len(self.found)}")


def quoted(words: str) -> str:
    """Words in quotes; what would end them or be markup is written as Mermaid's character codes."""
    shown = "".join(one if one.isprintable() else " " for one in words)
    return '"' + "".join(f"#{ord(one)};" if one in '"#&<>`\\;' else one for one in " ".join(shown.split()) or " ") + '"'


def _node(name: str, words: str, kind: str) -> str:
    left, right = _SHAPES[kind]
    return f"{name}{left}{quoted(words)}{right}"


def _way(one: str, two: str, label: str = "", *, dotted: bool = False) -> str:
    arrow = "-.->" if dotted else "-->"
    return f"{one} {arrow}|{quoted(label)}| {two}" if quoted(label) != '" "' else f"{one} {arrow} {two}"


def _tree(node: Split | Leaf, named: Named, names: _Names) -> Iterator[str]:
    if isinstance(node, Leaf):
        yield _node(names(node.id), node.outcome, "end")
        return
    yield _node(names(node.id), question_words(node.condition, named), "question")
    for branch, below in branches(node):
        yield from _tree(below, named, names)
        yield _way(names(node.id), names(below.id), "not known" if branch == "unknown" else branch)


def _chart(chart: Flowchart, names: _Names) -> Iterator[str]:
    known, named = {symbol.id for symbol in chart.symbols}, by_key(chart.attributes)
    yield from (_node(names(symbol.id), symbol.text, symbol.kind) for symbol in chart.symbols)
    for symbol in chart.symbols:
        for line in symbol.lines:
            if line.to in known:
                label = line.label or (condition_words(line.when, named) if line.when else "")
                yield _way(names(symbol.id), names(line.to), label)


def _runbook(runbook: Runbook, names: _Names) -> Iterator[str]:
    named, steps = by_key(runbook.attributes), runbook.steps
    known = {step.id for step in steps}
    for step in steps:
        when = f"When {all_words(step.when, named)}: " if step.when else ""
        yield _node(names(step.id), when + step.action, "action")
    for step, following in pairwise(steps):
        yield _way(names(step.id), names(following.id), step.expect)
    for step in steps:
        if step.on_failure in known:
            yield _way(names(step.id), names(step.on_failure), "if not", dotted=True)
        elif step.escalate:
            call = names(f"call {step.escalate}")
            yield _node(call, f"Call {step.escalate}", "end")
            yield _way(names(step.id), call, "if not", dotted=True)
