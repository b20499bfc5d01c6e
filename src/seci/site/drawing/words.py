"""Numbers and instants as a reader wants them: rounded to what can be believed, unknown as a word."""

from __future__ import annotations

from seci.kit.clock import DAY, SECOND, Micros, to_datetime
from seci.kit.figures import Figure

MINUTE, HOUR = 60 * SECOND, 3600 * SECOND


def amount(value: float, unit: str = "") -> str:
    """`0.314, share` is `31 %`; `12.41, h/week` is `12.4 h/week`; `1234, files` is `1,234 files`."""
    if unit == "share":
        percent = round(value * 100, 1) + 0.0  # −0.0 + 0.0 is 0.0
        return f"{percent:.1f} %".replace("-", "−") if 0 < abs(percent) < 1 else f"{percent:.0f} %".replace("-", "−")
    text = plain(value)
    return f"{text} {_unit(value, unit)}" if unit else text


def _unit(value: float, unit: str) -> str:
    singular = {"people": "person", "files": "file", "events": "event", "assets": "asset", "commits": "commit"}
    return singular.get(unit, unit) if value == 1 else unit


def plain(value: float) -> str:
    """Whole numbers whole, others with two or three digits that mean something; a true minus sign."""
    if abs(value - round(value)) < 1e-9 or abs(value) >= 100:
        text = f"{value:,.0f}"
    elif abs(value) >= 1:
        text = f"{value:.1f}"
    elif abs(value) >= 0.1:
        text = f"{value:.2f}"
    else:
        text = f"{value:.2g}"
    return text.replace("-", "−")


def interval(figure: Figure) -> str:
    """`[8.1, 17]` in the unit of the figure but without naming it; empty where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    factor = 100 if figure.unit == "share" else 1
    ends = [plain(round(end * factor) if factor == 100 else end) for end in (figure.low, figure.high)]
    return f"[{ends[0]}, {ends[1]}]"


def figure_words(figure: Figure, *, status: bool = True) -> str:
    """The whole figure in one line, as a screen reader should say it."""
    counted = f"n = {figure.n:,} {_unit(figure.n, figure.of)}"
    if figure.value is None:
        return f"unknown, {counted}"
    parts = [amount(figure.value, figure.unit)]
    if figure.low is not None and figure.high is not None:
        parts.append(
            f"{figure.level:.0%} interval {amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}"
        )
    parts.append(counted)
    if status:
        parts.append(figure.status)
    return ", ".join(parts)


def count(n: int, singular: str, plural: str = "") -> str:
    """`1 asset`, `1,204 assets`."""
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def ago(then: Micros, now: Micros) -> str:
    """`40 days ago`, `14 months ago`: whole units, at least two of the larger; `in 3 days` for what lies ahead."""
    gap = now - then
    size = abs(gap)
    for unit, length, least in (
        ("year", 365 * DAY, 2),
        ("month", 30 * DAY, 2),
        ("day", DAY, 1),
        ("hour", HOUR, 1),
        ("minute", MINUTE, 1),
    ):
        if size >= length * least:
            words = count(size // length, unit)
            return f"{words} ago" if gap > 0 else f"in {words}"
    return "just now"


def duration(seconds: float) -> str:
    """`40 s`, `3 min`, `2 h 5 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes = round(whole / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def day(instant: Micros) -> str:
    return f"{to_datetime(instant):%Y-%m-%d}"


def moment(instant: Micros) -> str:
    return f"{to_datetime(instant):%Y-%m-%d %H:%M} UTC"
