"""`seci interview` and `seci interviews`: a dialogue in the terminal, and what dialogues there are."""

from seci.externalization.commands import texts
from seci.externalization.commands.interview import interview
from seci.externalization.commands.interviews import interviews

__all__ = ["interview", "interviews", "texts"]
