"""The machine-readable bodies of artifacts: each can be executed, ticked, filled, scored or read."""

from __future__ import annotations

from seci.artifacts.bodies.checklist import Check, Checklist
from seci.artifacts.bodies.flowchart import Flowchart, Line, Symbol
from seci.artifacts.bodies.matrix import Criterion, Level, Matrix, Option, Score
from seci.artifacts.bodies.runbook import Runbook, Step
from seci.artifacts.bodies.scorecard import Item, Scorecard
from seci.artifacts.bodies.template import Blank, Template
from seci.artifacts.bodies.text import Guide, Section, Story
from seci.artifacts.bodies.tree import ASK_EXPERT, Leaf, Split, Tree

__all__ = [
    "ASK_EXPERT",
    "Blank",
    "Body",
    "Check",
    "Checklist",
    "Criterion",
    "Flowchart",
    "Guide",
    "Item",
    "Leaf",
    "Level",
    "Line",
    "Matrix",
    "Option",
    "Runbook",
    "Score",
    "Scorecard",
    "Section",
    "Split",
    "Step",
    "Story",
    "Symbol",
    "Template",
    "Tree",
]

Body = Tree | Scorecard | Checklist | Flowchart | Runbook | Template | Matrix | Guide | Story
