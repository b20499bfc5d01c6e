"""What somebody looked for, whatever the wording."""

from __future__ import annotations

from seci.search.analysis import stems

# A figure on what people do is shown from so many people on; until then nobody's share of it can be told.
ENOUGH = 5
LONGEST = 200


def wish(text: str) -> str:
    """One key for many wordings: the stems in alphabetical order; empty for words that say nothing."""
    return " ".join(sorted(set(stems(text))))[:LONGEST]
