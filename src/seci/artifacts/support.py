"""What a node rests on, in words: `9 cases · 2 sentences`."""

from __future__ import annotations

from seci.artifacts.evidence import Evidence


def evidence_words(evidence: Evidence) -> str:
    """`9 cases · 2 sentences · 1 against`, `said once, no case yet`, `nothing said, no case yet`."""
    cases, claims, against = len(evidence.cases_for), len(evidence.claims), len(evidence.cases_against)
    if not cases and not against:
        if not claims:
            return "nothing said, no case yet"
        times = {1: "once", 2: "twice"}.get(claims, f"{claims} times")
        return f"said {times}, no case yet"
    parts = [f"{cases} case" if cases == 1 else f"{cases} cases"]
    parts += [f"{claims} sentence" if claims == 1 else f"{claims} sentences"] if claims else []
    parts += [f"{against} against"] if against else []
    return " · ".join(parts)
