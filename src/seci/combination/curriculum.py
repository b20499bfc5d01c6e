"""A path for somebody new: what to read, use and practise, in which order, and when each step is done.

Why before how, how before looking things up; each tool is read about, used, then practised until it is not needed.
A path that only lists pages teaches nobody, so it says where practice is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from seci.artifacts.body import DECIDING
from seci.combination.merge.words import terms

StepKind = Literal["read", "use", "practise", "explain"]
_ORDER = {"explanation": 0, "tutorial": 1, "how-to": 2, "": 3, "reference": 4}
_PRACTICE = {"checklist": "find what is wrong on a prepared example", "runbook": "walk a drill whose steps go wrong"}


@dataclass(frozen=True, slots=True)
class Page:
    """A document that could be read. `holds` is whether somebody vouches for it now."""

    id: int
    title: str
    diataxis: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Tool:
    """An artifact that could be used."""

    id: int
    title: str
    type: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`what` is document or artifact; `number` is its id, 0 for a step that is about no page.

    done   when the step is done, in words that somebody else could check
    """

    kind: StepKind
    what: Literal["document", "artifact", ""]
    number: int
    title: str
    why: str
    done: str


def path(pages: Sequence[Page], tools: Sequence[Tool], topic: str) -> tuple[Step, ...]:
    """The steps in their order. A how-to that speaks of a tool comes right before it."""
    ordered = sorted(pages, key=lambda one: (_ORDER.get(one.diataxis, 3), not one.holds, one.title, one.id))
    first = [one for one in ordered if one.diataxis in ("explanation", "tutorial", "")]
    later = [one for one in ordered if one.diataxis == "reference"]
    guides = [one for one in ordered if one.diataxis == "how-to"]
    steps = [_read(one) for one in first]
    for tool in tools:
        near = [one for one in guides if _about(one.title, tool.title)]
        guides = [one for one in guides if one not in near]
        steps += [*(_read(one) for one in near), _use(tool), *_practise(tool)]
    steps += [_read(one) for one in (*guides, *later)]
    if steps:
        last = "Somebody who knows it hears the reasons and finds none missing."
        steps.append(
            Step(
                "explain",
                "",
                0,
                f"Explain {topic} to somebody who knows it",
                "what one can explain, one has understood",
                last,
            )
        )
    return tuple(steps)


def lacking(steps: Sequence[Step]) -> tuple[str, ...]:
    """What a path still lacks, in words; nothing where it has reading, use and practice."""
    kinds = {one.kind for one in steps}
    wanted = {
        "read": "Nothing to read: no page is about this.",
        "use": "Nothing to use: no artifact is about this.",
        "practise": "Nothing to practise: none of the artifacts asks for a judgement, a list or a procedure.",
    }
    return tuple(words for kind, words in wanted.items() if kind not in kinds)


def to_markdown(title: str, audience: str, steps: Sequence[Step], addresses: dict[tuple[str, int], str]) -> str:
    """The path as a page, with boxes to tick."""
    lines = [f"# {title}", ""]
    lines += [f"For {audience}.", ""] if audience else []
    for number, one in enumerate(steps, 1):
        address = addresses.get((one.what, one.number), "")
        name = f"[{one.title}]({address})" if address else one.title
        verb = {"read": "Read", "use": "Use", "practise": "Practise", "explain": ""}[one.kind]
        lines += [
            f"## {number}. {f'{verb}: {name}' if verb else name}",
            "",
            f"Why: {one.why}.",
            "",
            f"- [ ] {one.done}",
            "",
        ]
    return "\n".join(lines)


def _read(one: Page) -> Step:
    why = {
        "explanation": "why it is as it is",
        "tutorial": "a first time, by the hand",
        "how-to": "how it is done",
        "reference": "where to look things up",
    }.get(one.diataxis, "what is written about it")
    return Step(
        "read",
        "document",
        one.id,
        one.title,
        why if one.holds else f"{why}; nobody vouches for this page now",
        "Read, with one question written down.",
    )


def _use(one: Tool) -> Step:
    why = "it says what to look at, in the words of whoever knows"
    return Step(
        "use",
        "artifact",
        one.id,
        one.title,
        why if one.holds else f"{why}; nobody vouches for it now",
        "Used on one real or earlier task, with somebody who knows it beside.",
    )


def _practise(one: Tool) -> list[Step]:
    how = "judge its cases" if one.type in DECIDING else _PRACTICE.get(one.type, "")
    if not how:
        return []
    return [
        Step(
            "practise",
            "artifact",
            one.id,
            one.title,
            f"{how}, until it goes without",
            "Three right in a row without looking it up.",
        )
    ]


def _about(title: str, tool: str) -> bool:
    return bool(set(terms(title)) & set(terms(tool)))
