"""Bringing documents in: an import is asked for, done, stopped, taken back."""

from seci.sources.documents.services.asking import begin, stop
from seci.sources.documents.services.doing import Done, Progress, run
from seci.sources.documents.services.undoing import Undone, undo

__all__ = ["Done", "Progress", "Undone", "begin", "run", "stop", "undo"]
