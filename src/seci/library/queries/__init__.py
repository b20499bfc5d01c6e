"""Reads about the library, one function per question."""

from seci.library.queries.one import one, text_of

__all__ = ["one", "text_of"]
