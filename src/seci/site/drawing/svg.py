"""The few things every drawing needs: numbers without noise, escaped text, a frame with a text alternative."""

from __future__ import annotations

from html import escape


def number(value: float) -> str:
    """At most two decimals and no trailing zeros: `12.5`, `3`, `-0.25`."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def points(*values: float) -> str:
    return " ".join(number(value) for value in values)


def frame(body: str, *, box: tuple[float, float, float, float], label: str, css: str, size: float = 0) -> str:
    """An SVG picture: `box` is min x, min y, width, height; `size` fixes both sides in pixels, 0 leaves it to CSS.

    An empty label marks the picture as an ornament beside words that already say the same.
    """
    sides = f' width="{number(size)}" height="{number(size)}"' if size else ""
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    title = f"<title>{escape(label)}</title>" if label else ""
    return f'<svg class="{css}" viewBox="{points(*box)}"{sides} {spoken} focusable="false">{title}{body}</svg>'


def path(d: str, css: str, extra: str = "") -> str:
    return f'<path class="{css}" d="{d}"{" " + extra if extra else ""}/>'
