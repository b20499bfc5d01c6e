"""What may be done in a page that several people write: the text itself, and what is said about it."""

from seci.combination.live.services.journal import Journal, Opened, save
from seci.combination.live.services.remarks import answer, comment, decline, settle, suggest, take, withdraw

__all__ = [
    "Journal",
    "Opened",
    "answer",
    "comment",
    "decline",
    "save",
    "settle",
    "suggest",
    "take",
    "withdraw",
]
