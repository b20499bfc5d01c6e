"""Curves along a spiral, as cubic Bézier paths.

A place on the spiral is a number q of quarters from the start: 0 at the top, 1 at the right, 2 at the bottom,
3 at the left, clockwise, so that S, E, C, I follow each other from the top right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, cos, pi, sin

from seci.site.drawing.svg import points

Radius = Callable[[float], float]
QUARTER = pi / 2
# Half a quarter per piece keeps the curve within a hundredth of a pixel of the true spiral at 400 px.
PIECES_A_QUARTER = 2


@dataclass(frozen=True, slots=True)
class Shell:
    """A band that winds outwards and widens. Radii and widths in drawing units at start and end.

    quarters  how many quarters it has in all
    """

    inner: float
    outer: float
    thin: float
    thick: float
    quarters: float

    def middle(self, q: float) -> float:
        return self.inner + (self.outer - self.inner) * q / self.quarters

    def width(self, q: float) -> float:
        return self.thin + (self.thick - self.thin) * q / self.quarters

    def lane(self, lane: float) -> Radius:
        """Radius along one lane: -0.5 is the inner edge of the band, 0 its middle, 0.5 the outer edge."""
        return lambda q: self.middle(q) + lane * self.width(q)


def place(radius: Radius, q: float) -> tuple[float, float]:
    angle = (q - 1) * QUARTER
    return radius(q) * cos(angle), radius(q) * sin(angle)


def _slope(radius: Radius, q: float) -> tuple[float, float]:
    step = 1e-4
    ahead, behind = place(radius, q + step), place(radius, q - step)
    return (ahead[0] - behind[0]) / (2 * step), (ahead[1] - behind[1]) / (2 * step)


def _along(radius: Radius, start: float, end: float) -> str:
    """Bézier pieces from start to end (either way round), without the opening move."""
    pieces = max(1, ceil(abs(end - start) * PIECES_A_QUARTER))
    step = (end - start) / pieces
    parts: list[str] = []
    for piece in range(pieces):
        q0 = start + piece * step
        q1 = q0 + step
        (x0, y0), (x1, y1) = place(radius, q0), place(radius, q1)
        (dx0, dy0), (dx1, dy1) = _slope(radius, q0), _slope(radius, q1)
        third = step / 3
        parts.append("C" + points(x0 + dx0 * third, y0 + dy0 * third, x1 - dx1 * third, y1 - dy1 * third, x1, y1))
    return "".join(parts)


def line(radius: Radius, start: float, end: float) -> str:
    """An open curve at one radius function."""
    return "M" + points(*place(radius, start)) + _along(radius, start, end)


def band(shell: Shell, start: float, end: float, low: float = -0.5, high: float = 0.5) -> str:
    """The closed outline of a piece of the shell between two lanes."""
    inner, outer = shell.lane(low), shell.lane(high)
    return (
        "M"
        + points(*place(inner, start))
        + "L"
        + points(*place(outer, start))
        + _along(outer, start, end)
        + "L"
        + points(*place(inner, end))
        + _along(inner, end, start)
        + "Z"
    )
