"""One cell of people × assets: the size says how much contact, the filling how long ago."""

from __future__ import annotations

from functools import lru_cache

from seci.site.drawing.svg import frame, number

SIDES = {1: 7.0, 2: 12.0, 3: 17.0}
RADII = {1: 2.0, 2: 3.0, 3: 4.0}


@lru_cache(maxsize=64)
def cell(band: int, freshness: str, *, label: str = "") -> str:
    """A square in one of three sizes; full when fresh, half when fading, hollow when stale.

    Size and filling are told apart without color.
    """
    side = SIDES[band]
    start = (20 - side) / 2
    inset = 0.75
    square = (
        f'<rect class="edge" x="{number(start + inset)}" y="{number(start + inset)}" '
        f'width="{number(side - 2 * inset)}" height="{number(side - 2 * inset)}" rx="{number(RADII[band])}"/>'
    )
    if freshness == "fresh":
        filling = (
            f'<rect class="fill" x="{number(start)}" y="{number(start)}" '
            f'width="{number(side)}" height="{number(side)}" rx="{number(RADII[band])}"/>'
        )
    elif freshness == "fading":
        half = start + side / 2
        filling = (
            f'<rect class="fill" x="{number(start)}" y="{number(half)}" '
            f'width="{number(side)}" height="{number(side / 2)}" rx="{number(RADII[band] / 2)}"/>'
        )
    else:
        filling = ""
    return frame(square + filling, box=(0, 0, 20, 20), label=label, css=f"heat b{band} {freshness}", size=20)
