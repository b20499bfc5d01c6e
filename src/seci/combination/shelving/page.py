"""An artifact as a page of sentences: when it holds, what it says, and what came of using it.

Its other text form (`seci.artifacts.markdown`) loses nothing and is read by a program; this one is read by people, and
each sentence can stand in a playbook by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from seci.artifacts.bodies import ASK_EXPERT, Body, Guide, Leaf, Runbook, Split, Story, Tree
from seci.artifacts.content import Content
from seci.artifacts.context import Context
from seci.artifacts.regions import rules
from seci.artifacts.walk import attributes_of, branches, nodes, story_sections
from seci.artifacts.words import Named, by_key, condition_words, listed, opposite_words
from seci.combination.merge.portable import escaped
from seci.kit.figures import Figure

LEAST = 5
"""Runs below which nothing is said of them: of fewer, a share says nothing and a date says who it was."""


@dataclass(frozen=True, slots=True)
class Used:
    """Runs of an artifact on real work. `well` is the share of those that turned out well, of which that is known."""

    runs: int
    first: date
    last: date
    well: Figure


def written(content: Content, used: Used | None = None) -> str:
    """The page as Markdown."""
    lines = [f"# {escaped(content.title)}", "", *_context(content.context), *_body(content.body)]
    if used is not None and used.runs >= LEAST:
        lines += [_used(used), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _context(context: Context) -> Iterator[str]:
    said = (("For", context.who), ("It holds in this situation", context.situation), ("Exceptions", context.exceptions))
    lines = [_closed(f"{label}: {escaped(text)}") for label, text in said if text.strip()]
    if lines:
        yield " ".join(lines)
        yield ""


def _body(body: Body) -> Iterator[str]:
    purpose = getattr(body, "purpose", "")
    if purpose.strip():
        yield _closed(escaped(purpose))
        yield ""
    if isinstance(body, Guide | Story):
        for section in body.sections if isinstance(body, Guide) else story_sections(body):
            yield from ([f"## {escaped(section.title)}", ""] if section.title else [])
            yield from (section.text.strip("\n"), "")
        return
    mark = "1." if isinstance(body, Runbook) else "-"
    said = _rules(body) if isinstance(body, Tree) else (node.words for node in nodes(body))
    yield from (f"{mark} {_closed(_upper(escaped(words)))}" for words in said)
    yield ""


def _rules(tree: Tree) -> Iterator[str]:
    """One sentence for each way through a tree that some case can take."""
    reached = {rule.id for rule in rules(tree) if not rule.region.empty}
    yield from _ways(tree.root, (), by_key(attributes_of(tree)), reached)


def _ways(node: Split | Leaf, path: tuple[str, ...], named: Named, reached: set[str]) -> Iterator[str]:
    if isinstance(node, Split):
        one = node.condition
        name = named[one.attribute].name if one.attribute in named else one.attribute
        words = {
            "yes": condition_words(one, named),
            "no": opposite_words(one, named),
            "unknown": f"{name} is not known",
        }
        for branch, below in branches(node):
            yield from _ways(below, (*path, words[branch]), named, reached)
    elif node.id in reached:
        outcome = "ask somebody who knows" if node.outcome == ASK_EXPERT else node.outcome
        because = f", because {node.because}" if node.because else ""
        yield f"if {listed(path, 'and')}: {outcome}{because}" if path else f"{outcome}{because}"


def _used(used: Used) -> str:
    when = f"between {used.first:%Y-%m-%d} and {used.last:%Y-%m-%d}"
    said = f"It was used {used.runs} times on real work {when}."
    well = used.well
    if well.value is None or well.low is None or well.high is None or well.n < LEAST:
        return f"{said} How that turned out was said too rarely to tell."
    return (
        f"{said} Of the {well.n} times of which it is known how they turned out, {well.value:.0%} went well "
        f"({well.low:.0%} to {well.high:.0%}, {well.level:.0%} interval)."
    )


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _closed(words: str) -> str:
    words = words.rstrip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
