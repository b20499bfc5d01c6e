"""Bringing documents in: an import is asked for, done, stopped, taken back."""

from seci.sources.documents.services.asking import again, begin, stop
from seci.sources.documents.services.doing import Done, Progress, run
from seci.sources.documents.services.undoing import Undone, undo

__all__ = ["Done", "Progress", "Undone", "again", "begin", "run", "stop", "undo"]
