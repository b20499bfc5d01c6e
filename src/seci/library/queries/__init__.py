"""Reads about the library, one function per question."""

from seci.library.queries.concepts import concept, concepts, named_concept, skos, taxonomy, tree
from seci.library.queries.one import one, text_of
from seci.library.queries.shelf import library

__all__ = ["concept", "concepts", "library", "named_concept", "one", "skos", "taxonomy", "text_of", "tree"]
