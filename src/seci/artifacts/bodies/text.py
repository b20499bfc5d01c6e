"""Guides and stories: sections of Markdown, each resting on claims. A playbook and a training are guides, too."""

from __future__ import annotations

from dataclasses import dataclass, field

from seci.artifacts.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Section:
    """`text` is Markdown."""

    id: str
    title: str
    text: str
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Guide:
    purpose: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An episode told as situation, task, action, result, and what to take from it, in that order of sections."""

    purpose: str
    situation: Section
    task: Section
    action: Section
    result: Section
    lesson: Section | None = None
