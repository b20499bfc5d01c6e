"""The spiral: how far the current turn of an asset, or of all assets together, has come.

A turn runs S (top right), E (bottom right), C (bottom left), I (top left). A quarter is filled as far as the
share of people that took part in that mode reaches; it is hollow where people practised and nobody was tested;
it is dotted where there is nothing yet. Closed turns lie inside, full. Nothing is drawn that the data does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from seci.site.drawing.curve import Shell, band, line, place
from seci.site.drawing.svg import frame, number, path
from seci.spiral.turn import LETTERS, MODE_NAMES, REACHED, Arc, Turn

# Threads in the drawing of many assets; beyond that a thread is the median of a group of neighbors.
THREADS = 9
# A reach below this is drawn as this much, so that one person in a hundred can still be seen.
LEAST = 0.06


def arc_words(arc: Arc) -> str:
    """One quarter in words: `Socialization: 5 of 7 people`."""
    name = MODE_NAMES[arc.mode]
    if arc.reach is None:
        return f"{name}: unknown"
    if arc.reach == 0 and arc.practised > 0:
        return f"{name}: practised, nobody was tested"
    if arc.reach == 0:
        return f"{name}: nothing recorded yet"
    return f"{name}: {arc.people} of {arc.of} people"


def turn_words(turn: Turn) -> str:
    """The text alternative of a spiral."""
    if not turn.known:
        return "Turn unknown: not enough events"
    return f"Turn {turn.closed + 1}. " + "; ".join(arc_words(arc) for arc in turn.arcs)


def glyph(turn: Turn, *, size: int = 34, label: str | None = None) -> str:
    """A small spiral, good from 22 px. `label` replaces the words, an empty one makes it an ornament."""
    quarters = 4.0 * (turn.closed + 1)
    shell = Shell(4.6 if turn.closed == 0 else 2.4, 13.2, 2.4, 5.2 if turn.closed == 0 else 3.4, quarters)
    body = "".join(
        path(band(shell, q, q + 0.97), f"arc full {LETTERS[q % 4]}") for q in range(4 * turn.closed)
    ) + "".join(_quarter(shell, 4 * turn.closed + place_, arc, 0.94) for place_, arc in enumerate(turn.arcs))
    words = turn_words(turn) if label is None else label
    return frame(body, box=(-17, -17, 34, 34), label=words, css="spiral glyph", size=size)


def _quarter(shell: Shell, q: int, arc: Arc, span: float) -> str:
    """One quarter of the current turn: filled, then hollow or dotted to its end."""
    done = 0.0 if not arc.reach else max(LEAST, min(1.0, arc.reach)) * span
    practised = min(1.0, arc.practised) * span
    parts: list[str] = []
    if done < span:
        start = max(done, practised)
        if practised > done:
            parts.append(path(band(shell, q + done, q + practised, -0.34, 0.34), f"arc hollow {arc.mode}"))
        if start < span - 0.02:
            parts.append(path(line(shell.lane(0), q + start + 0.05, q + span), "arc missing"))
    if done > 0:
        parts.append(path(band(shell, q, q + done), f"arc full {arc.mode}"))
    return "".join(parts)


def threads_of(turns: Sequence[Turn], most: int = THREADS) -> list[tuple[float, float, float, float, float]]:
    """S, E, C, I reach and practised share of each thread, the furthest first.

    Up to `most` assets keep a thread each; more are sorted by how far they have come and cut into `most`
    groups of equal size, each shown by the mean of its members.
    """
    rows = sorted(
        ((*(arc.reach or 0.0 for arc in turn.arcs), turn.arcs[3].practised) for turn in turns if turn.known),
        key=lambda row: -sum(row),
    )
    count = min(most, len(rows))
    groups = [rows[len(rows) * k // count : len(rows) * (k + 1) // count] for k in range(count)]
    return [
        (means[0], means[1], means[2], means[3], means[4])
        for means in ([sum(row[k] for row in group) / len(group) for k in range(5)] for group in groups)
    ]


def figure(turns: Sequence[Turn], median: Turn | None = None) -> str:
    """The large drawing: one thread per asset (or group of assets) along one shell, with the modes named.

    `median` gives the counts under the names of the modes: in how many assets the mode was reached.
    """
    rows = threads_of(turns)
    closed = median.closed if median is not None else 0
    shell = Shell(52 if closed == 0 else 34, 122, 20, 46 if closed == 0 else 30, 4.0)
    body = [_cross(), *_labels(median, "assets")]
    for place_, mode in enumerate(LETTERS):
        body.append(_mode(shell, place_, rows, mode, median))
    words = turn_words(median) if median is not None else "No asset has enough events yet"
    return (
        '<svg class="spiral figure" viewBox="-172 -172 344 344" role="group" '
        f'aria-label="{escape("How far the knowledge of this organization has turned. " + words)}">'
        + "".join(body)
        + "</svg>"
    )


def portrait(turn: Turn) -> str:
    """The large drawing of one asset: its closed turns inside, the present one around them."""
    quarters = 4.0 * (turn.closed + 1)
    shell = Shell(
        52 if turn.closed == 0 else 22, 122, 16 if turn.closed == 0 else 8, 40 if turn.closed == 0 else 24, quarters
    )
    full = [path(band(shell, q, q + 0.975), f"arc full {LETTERS[q % 4]}") for q in range(4 * turn.closed)]
    body = [_cross(), *_labels(turn, "people"), *full]
    for place_, arc in enumerate(turn.arcs):
        words = escape(arc_words(arc))
        body.append(
            f'<g class="mode-arc" role="img" tabindex="0" aria-label="{words}"><title>{words}</title>'
            + path(band(shell, 4 * turn.closed + place_, 4 * turn.closed + place_ + 0.965), "hit")
            + _quarter(shell, 4 * turn.closed + place_, arc, 0.965)
            + "</g>"
        )
    return (
        f'<svg class="spiral figure" viewBox="-172 -172 344 344" role="group" aria-label="{escape(turn_words(turn))}">'
        + "".join(body)
        + "</svg>"
    )


def caption(turn: Turn) -> str:
    """What the drawing of one asset says, in two sentences."""
    if not turn.known:
        return "Too few events to say where this asset stands in its turn."
    practice = turn.arcs[3]
    start = f"Turn {turn.closed + 1} waits for {MODE_NAMES[turn.waits_for]}."
    if not practice.reach:
        return f"{start} It stays open until someone else was tested under pressure: work alone shows familiarity."
    return f"{start} {practice.people} of {practice.of} people were tested under pressure."


def _cross() -> str:
    return path("M-158 0H158M0-158V158", "axis")


def _labels(turn: Turn | None, of: str) -> list[str]:
    corners = {"S": (168, -154, "end"), "E": (168, 154, "end"), "C": (-168, 154, "start"), "I": (-168, -154, "start")}
    texts: list[str] = []
    for place_, mode in enumerate(LETTERS):
        x, y, anchor = corners[mode]
        texts.append(
            f'<text class="name {mode}" x="{x}" y="{y}" text-anchor="{anchor}" aria-hidden="true">'
            f"{MODE_NAMES[mode]}</text>"
        )
        if turn is not None:
            below = y + 14
            texts.append(
                f'<text class="count" x="{x}" y="{below}" text-anchor="{anchor}" aria-hidden="true">'
                f"{_count_words(turn.arcs[place_], of)}</text>"
            )
    return texts


def _count_words(arc: Arc, of: str) -> str:
    if arc.reach is None:
        return "unknown"
    if arc.mode == "I" and arc.people == 0:
        return "practised, not tested" if arc.practised > 0 else "open"
    return f"{arc.people} of {arc.of} {of}"


def _mode(
    shell: Shell,
    q: int,
    rows: list[tuple[float, float, float, float, float]],
    mode: str,
    median: Turn | None,
) -> str:
    """All threads of one mode, focusable as one, with its title."""
    span, count = 0.965, len(rows)
    parts: list[str] = []
    for lane, row in enumerate(rows):
        low = -0.5 + lane / count
        high = low + (1 / count) * (0.74 if count > 1 else 1.0)
        done = max(LEAST, min(1.0, row[q])) * span if row[q] > 0 else 0.0
        practised = min(1.0, row[4]) * span if q == 3 else 0.0
        if practised > done:
            parts.append(path(band(shell, q + done, q + practised, low, high), f"arc hollow {mode}"))
        rest = max(done, practised)
        if rest < span - 0.02:
            parts.append(path(line(shell.lane((low + high) / 2), q + rest + 0.035, q + span), "arc missing"))
        if done > 0:
            parts.append(path(band(shell, q, q + done, low, high), f"arc full {mode}"))
    if not rows:
        parts.append(path(line(shell.lane(0), q + 0.03, q + span), "arc missing"))
    words = _mode_words(mode, median.arcs[q] if median is not None else None)
    hit = path(band(shell, q, q + span), "hit")
    return (
        f'<g class="mode-arc" role="img" tabindex="0" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>{hit}{''.join(parts)}</g>"
    )


def _mode_words(mode: str, arc: Arc | None) -> str:
    name = MODE_NAMES[mode]
    if arc is None or arc.reach is None:
        return f"{name}: unknown"
    if mode == "I" and arc.people == 0:
        middle = f"in the median asset {arc.practised:.0%} of the people practised, " if arc.practised else ""
        return f"{name}: {middle}nobody was tested under pressure"
    return (
        f"{name}: reached in {arc.people} of {arc.of} assets (at least {REACHED:.0%} of their people took part), "
        f"{arc.reach:.0%} in the median asset"
    )


def mark() -> str:
    """The sign of the house: one line of the shell, in the color of the text."""
    shell = Shell(1.2, 9, 0, 0, 6)
    x, y = place(shell.lane(0), 6)
    return (
        '<svg class="mark" viewBox="-11 -11 22 22" width="22" height="22" aria-hidden="true" focusable="false">'
        + path(line(shell.lane(0), 0, 6), "stroke")
        + f'<circle cx="{number(x)}" cy="{number(y)}" r="1.6"/></svg>'
    )
