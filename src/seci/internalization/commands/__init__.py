"""`seci practice`: today's round in the terminal; preparing practice, and judging cases for a panel."""

from seci.internalization.commands import authoring
from seci.internalization.commands.learning import practice

__all__ = ["authoring", "practice"]
