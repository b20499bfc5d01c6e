"""Reads about artifacts, one function per question."""

from seci.artifacts.queries.library import asset_artifacts, library
from seci.artifacts.queries.one import artifact, compare, evaluate, obstacles, preview
from seci.artifacts.queries.texts import content, export, formats

__all__ = [
    "artifact",
    "asset_artifacts",
    "compare",
    "content",
    "evaluate",
    "export",
    "formats",
    "library",
    "obstacles",
    "preview",
]
