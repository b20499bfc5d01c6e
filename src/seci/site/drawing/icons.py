"""Line icons of 20 × 20, drawn for this house; always an ornament beside a word or a label."""

from __future__ import annotations

SHAPES = {
    "search": "M8.5 3.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10M12.3 12.3 16.5 16.5",
    "arrow": "M4 10h11M11 5.5 15.5 10 11 14.5",
    "back": "M16 10H5M9 5.5 4.5 10 9 14.5",
    "check": "M4 10.5 8 14.5 16 5.5",
    "cross": "M5 5 15 15M15 5 5 15",
    "undo": "M7 4 3.5 7.5 7 11M3.5 7.5H12a4 4 0 0 1 0 8H8",
    "warn": "M10 3.2 17.4 16.2H2.6ZM10 8v4M10 14.2v.1",
    "branch": "M6 6.5v7M6 6.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5M6 17a1.75 1.75 0 1 0 0-3.5A1.75 1.75 0 0 0 "
    "6 17M14 8.5a1.75 1.75 0 1 0 0-3.5 1.75 1.75 0 0 0 0 3.5M14 8.5c0 3-4 2.5-7.4 4.6",
    "asset": "M10 2.8 16.5 6.4v7.2L10 17.2 3.5 13.6V6.4ZM3.5 6.4 10 10l6.5-3.6M10 10v7.2",
    "person": "M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 16.8c.6-3.4 3-5 6-5s5.4 1.6 6 5",
    "unit": "M7 8.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M2.5 15c.4-2.8 2.2-4.2 4.5-4.200s4.1 1.4 4.5 4.2"
    "M13 4a2.3 2.3 0 0 1 0 4.500M14 11c2 .4 3.2 1.7 3.5 4",
    "source": "M4 5.500C4 4 16 4 16 5.500S4 7 4 5.500v9c0 1.5 12 1.5 12 0v-9M4 10c0 1.5 12 1.5 12 0",
    "page": "M5.5 3h6l3 3v11h-9ZM11 3v3.500h3.5",
    "document": "M4 4.5c2-1 4-1 6 .5 2-1.500 4-1.500 6-.5v11c-2-1-4-1-6 .5-2-1.500-4-1.500-6-.5ZM10 5v11",
    "artifact": "M5.5 3h6l3 3v11h-9ZM11 3v3.500h3.5M7.8 10h4.4M7.8 13h4.4",
    "draft": "M5.5 3h6l3 3v11h-9ZM11 3v3.500h3.5M7.8 13.5l.4-1.8 3.4-3.4 1.4 1.4-3.4 3.4Z",
    "copy": "M7 7h9v9.500H7ZM4 13V3.500h9",
    "refresh": "M16 10a6 6 0 1 1-1.8-4.300M16.5 3v3.500H13",
    "eye": "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5M10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
    "down": "M5 8l5 5 5-5",
}


def icon(name: str) -> str:
    """The icon as inline SVG in the color of the text."""
    return (
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
        f'<path d="{SHAPES[name]}"/></svg>'
    )
