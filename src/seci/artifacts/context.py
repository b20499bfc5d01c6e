"""What an artifact says about itself, so that nobody uses it where it was not meant to hold."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Compulsory before publication.

    who         who it is for
    situation   when it holds
    exceptions  when it does not hold; "none known" is an answer, silence is not
    """

    who: str = ""
    situation: str = ""
    exceptions: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that say nothing yet, in words."""
        said = (("who it is for", self.who), ("when it holds", self.situation), ("its exceptions", self.exceptions))
        return tuple(words for words, text in said if not text.strip())
