"""Readings over time: a small line in a table row, and a chart with axes. Unknown points are gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from seci.site.drawing.svg import frame, number, path, points

Series = Sequence[float | None]


def _pieces(values: Series, x: Callable[[int], float], y: Callable[[float], float]) -> list[list[tuple[float, float]]]:
    """Runs of known points; a gap ends a run."""
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x(place), y(value)))
    return [run for run in runs if run]


def _draw(runs: list[list[tuple[float, float]]], css: str) -> str:
    parts: list[str] = []
    for run in runs:
        if len(run) == 1:
            parts.append(f'<circle class="{css} single" cx="{number(run[0][0])}" cy="{number(run[0][1])}" r="2"/>')
        else:
            parts.append(path("M" + "L".join(points(*point) for point in run), css))
    return "".join(parts)


def sparkline(values: Series, *, label: str, ceiling: float | None = None) -> str:
    """A line of 96 × 24 from 0 to `ceiling` (the largest value where not given), with its last point marked."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top = ceiling or max(known) or 1.0
    step = 88 / (len(values) - 1)

    def x(place: int) -> float:
        return 4 + place * step

    def y(value: float) -> float:
        return 20 - 16 * min(value, top) / top

    runs = _pieces(values, x, y)
    end = runs[-1][-1]
    body = (
        path("M4 20.5H92", "track")
        + _draw(runs, "line")
        + (f'<circle class="dot" cx="{number(end[0])}" cy="{number(end[1])}" r="2.5"/>')
    )
    return frame(body, box=(0, 0, 96, 24), label=label, css="spark")


def nice_ceiling(largest: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 × a power of ten at or above `largest`; 1 for nothing."""
    if largest <= 0:
        return 1.0
    power = 1.0
    while power < largest:
        power *= 10
    while power / 10 >= largest:
        power /= 10
    return next(power * part for part in (0.1, 0.2, 0.25, 0.5, 1.0) if power * part >= largest * (1 - 1e-12))


def chart(
    values: Series,
    labels: Sequence[str],
    *,
    title: str,
    ceiling: float | None = None,
    written: Callable[[float], str] = lambda value: f"{value:g}",
    css: str = "calm",
) -> str:
    """A line chart of 440 × 200 from zero, with three level lines, first, middle and last time under it."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top = ceiling or nice_ceiling(max(known))
    left, right, upper, lower = 46.0, 428.0, 14.0, 168.0
    step = (right - left) / (len(values) - 1)

    def x(place: int) -> float:
        return left + place * step

    def y(value: float) -> float:
        return lower - (lower - upper) * min(value, top) / top

    parts: list[str] = []
    for share in (0.0, 0.5, 1.0):
        level = y(top * share)
        parts.append(path(f"M{number(left)} {number(level)}H{number(right)}", "track"))
        parts.append(
            f'<text class="tick" x="{number(left - 8)}" y="{number(level + 4)}" text-anchor="end">'
            f"{escape(written(top * share))}</text>"
        )
    runs = _pieces(values, x, y)
    for run in runs:
        if len(run) > 1:
            area = "M" + points(run[0][0], lower) + "L" + "L".join(points(*point) for point in run)
            parts.append(path(area + "L" + points(run[-1][0], lower) + "Z", "area"))
    parts.append(_draw(runs, "line"))
    end = runs[-1][-1]
    parts.append(f'<circle class="dot" cx="{number(end[0])}" cy="{number(end[1])}" r="4"/>')
    for place, anchor in {0: "start", (len(labels) - 1) // 2: "middle", len(labels) - 1: "end"}.items():
        parts.append(
            f'<text class="tick" x="{number(x(place))}" y="190" text-anchor="{anchor}">{escape(labels[place])}</text>'
        )
    return frame("".join(parts), box=(0, 0, 440, 200), label=title, css=f"chart {css}")
