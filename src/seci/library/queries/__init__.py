"""Reads about the library, one function per question."""

from seci.library.queries.concepts import concept, concepts, named_concept, skos, taxonomy, tree
from seci.library.queries.one import one, repositories, text_of
from seci.library.queries.past import blame, compare, history, preview, reminders
from seci.library.queries.reading import passages, rendered
from seci.library.queries.shelf import library
from seci.library.queries.use import weave
from seci.library.queries.whole import collections, origins, whole

__all__ = [
    "blame",
    "collections",
    "compare",
    "concept",
    "concepts",
    "history",
    "library",
    "named_concept",
    "one",
    "origins",
    "passages",
    "preview",
    "reminders",
    "rendered",
    "repositories",
    "skos",
    "taxonomy",
    "text_of",
    "tree",
    "weave",
    "whole",
]
