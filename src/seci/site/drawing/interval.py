"""A value with its interval on a short line."""

from __future__ import annotations

from typing import Literal

from seci.site.drawing.svg import frame, number, path

Tone = Literal["risk", "warn", "calm", "plain"]
WIDTH, HEIGHT, PAD = 120.0, 16.0, 5.0


def bar(
    value: float | None,
    low: float | None,
    high: float | None,
    *,
    label: str,
    floor: float = 0.0,
    ceiling: float = 1.0,
    tone: Tone = "plain",
) -> str:
    """A dot at `value` on a line from `floor` to `ceiling`, with a soft bar from `low` to `high`.

    An unknown value draws nothing at all: the words beside it say so.
    """
    if value is None or ceiling <= floor:
        return ""

    def x(at: float) -> float:
        share = (min(max(at, floor), ceiling) - floor) / (ceiling - floor)
        return PAD + share * (WIDTH - 2 * PAD)

    middle = HEIGHT / 2
    parts = [path(f"M{number(PAD)} {number(middle)}H{number(WIDTH - PAD)}", "track")]
    if low is not None and high is not None:
        parts.append(path(f"M{number(x(low))} {number(middle)}H{number(max(x(high), x(low) + 0.01))}", "range"))
    parts.append(f'<circle class="dot" cx="{number(x(value))}" cy="{number(middle)}" r="4"/>')
    return frame("".join(parts), box=(0, 0, WIDTH, HEIGHT), label=label, css=f"interval {tone}")


def coverage_tone(value: float | None) -> Tone:
    """Below one half a single departure can leave an asset uncovered; above .75 it stays covered.  [proposal]"""
    if value is None:
        return "plain"
    return "risk" if value < 0.5 else "warn" if value < 0.75 else "calm"
