"""Reads about artifacts, one function per question."""

from seci.artifacts.queries.library import asset_artifacts, library
from seci.artifacts.queries.one import artifact, compare, evaluate, obstacles, preview

__all__ = ["artifact", "asset_artifacts", "compare", "evaluate", "library", "obstacles", "preview"]
