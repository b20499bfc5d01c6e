"""What may be done in practice: cases prepared, panels heard, rounds gone through."""

from seci.internalization.services.rounds import Answer, begin, commit, look_up, next_case, note, today

__all__ = ["Answer", "begin", "commit", "look_up", "next_case", "note", "today"]
