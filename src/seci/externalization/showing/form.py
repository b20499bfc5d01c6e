"""The answer in a form, as a browser sends it with or without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from seci.externalization.turn import Answer, Reply
from seci.kit.errors import BadInput

Sent = Mapping[str, Sequence[str]]
"""What was sent: every field with all its values."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What one button of the teach-back says: (verdict right, reason right), and the right verdict where it is not."""

    right: tuple[bool, bool]
    choice: str = ""


def answer_in(sent: Sent) -> Answer:
    """What was said. Raises BadInput for a button that no page of ours has."""
    taught = _taught(_one(sent, "taught"))
    return Answer(
        reply=_reply(sent),
        text=_one(sent, "text").replace("\r\n", "\n").strip(),
        choice=taught.choice if taught else _one(sent, "choice"),
        choices=tuple(sent.get("choices", ())),
        looked=in_order(_one(sent, "looked")),
        latency_ms=_milliseconds(_one(sent, "latency")),
        sure={"yes": True, "no": False}.get(_one(sent, "sure")),
        right=taught.right if taught else None,
        claim=_one(sent, "claim"),
    )


def in_order(looked: str, then: str = "") -> tuple[str, ...]:
    """Keys of opened tiles, each once, in the order of opening."""
    return tuple(dict.fromkeys(key for key in [*looked.split(","), then] if key))


def number_in(sent: Sent) -> int:
    """Which question is answered. Raises BadInput."""
    text = _one(sent, "number")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise BadInput("The answer does not say which question it answers; load the page again.")
    return int(text)


def _one(sent: Sent, field: str) -> str:
    """The last value of a field, as browsers mean it; empty where it was not sent."""
    values = sent.get(field)
    return values[-1] if values else ""


def _reply(sent: Sent) -> Reply:
    reply = _one(sent, "reply") or "answer"
    if reply not in get_args(Reply):
        raise BadInput(f"An answer is one of {', '.join(get_args(Reply))}; {reply[:40]!r} is not.")
    return cast(Reply, reply)


def _taught(button: str) -> Taught | None:
    if button == "right":
        return Taught((True, True))
    if button == "reason":
        return Taught((True, False))
    if button.startswith("not:"):
        return Taught((False, False), button.removeprefix("not:"))
    return None


def _milliseconds(text: str) -> int | None:
    """Time on the screen; None where the browser did not measure it. A day is the most that can be believed."""
    return min(int(text), 86_400_000) if text.isascii() and text.isdigit() and len(text) < 12 else None
