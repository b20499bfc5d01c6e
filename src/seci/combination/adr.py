"""A decision as a document: Markdown Any Decision Records (MADR 4.0), one page for each conflict that was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHOICES: dict[str, str] = {
    "a": "take the first",
    "b": "take the second",
    "split": "split by context",
    "both": "keep both as options",
    "ask": "ask the owners",
    "none": "no conflict",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sentences: its words, where it stands, and what speaks for it, in words."""

    text: str
    source: str
    heading: str
    evidence: str


def madr(
    title: str,
    one: Side,
    two: Side,
    why: str,
    choice: str,
    reason: str,
    *,
    who: str,
    on: date,
    when: tuple[str, str] = ("", ""),
) -> str:
    """The decision record.

    who   who decided, as they are named
    when  of a split: when the first holds, and when the second
    """
    options = [f"take the first: “{one.text}”", f"take the second: “{two.text}”"]
    options += ["split by context: if … else …", "keep both as options", "ask the owners"]
    outcome = {
        "a": f"Chosen: the first, “{one.text}”",
        "b": f"Chosen: the second, “{two.text}”",
        "split": f"Chosen: if {when[0]}, the first, “{one.text}”; if {when[1]}, the second, “{two.text}”",
        "both": "Chosen: both stay, as options",
        "ask": "Chosen: the owners of both sources are asked; until they answer both stay",
        "none": "Chosen: the two do not contradict each other",
    }[choice]
    lines = [
        "---", f"status: {'proposed' if choice == 'ask' else 'accepted'}", f"date: {on.isoformat()}",
        f"decision-makers: {_plain(who)}", "---", "", f"# {title}", "",
        "## Context and problem statement", "", _sentence(why), "",
        *_quoted(one), "", *_quoted(two), "",
        "## Considered options", "", *(f"* {option}" for option in options), "",
        "## Decision outcome", "", f"{_sentence(outcome)} Because: {_sentence(reason)}", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _quoted(side: Side) -> list[str]:
    where = f"{side.source}, “{side.heading}”" if side.heading else side.source
    found = [f"> {' '.join(side.text.split())}", "", f"{where}."]
    return [*found, "", f"{_sentence(side.evidence)}"] if side.evidence else found


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _plain(text: str) -> str:
    """Fit for a line of front matter."""
    return '"' + text.replace("\\", "").replace('"', "'") + '"'
