"""The spiral: how far the current turn of an asset, or of all assets together, has come.

A turn runs S (top right), E (bottom right), C (bottom left), I (top left) and winds outwards. Along it lie
threads, from the inner edge on: of an asset each stands for one of its people, of an organization for one of its
assets (or for an equal share of them, where there are many). In each quarter as many threads are drawn full as took
part, so the rope grows where knowledge reaches many and thins out where it does not. Thin threads practised and
were never tested; dotted ones have nothing recorded yet. Closed turns lie inside. Nothing is drawn that the data
does not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from seci.site.drawing.curve import Shell, band, line, place
from seci.site.drawing.svg import frame, number, path
from seci.spiral.turn import LETTERS, MODE_NAMES, REACHED, Arc, Turn

# Most threads that can be told apart in the large drawing.
THREADS = 9
# Part of a quarter that is drawn; the rest is the gap before the next mode.
SPAN = 0.968


def arc_words(arc: Arc) -> str:
    """One quarter in words: `Socialization: 5 of 7 people`."""
    name = MODE_NAMES[arc.mode]
    if arc.reach is None:
        return f"{name}: unknown"
    if arc.reach == 0 and arc.practised > 0:
        return f"{name}: practised, nobody does it alone yet"
    if arc.reach == 0:
        return f"{name}: nothing recorded yet"
    return f"{name}: {arc.people} of {arc.of} people"


def turn_words(turn: Turn) -> str:
    """The text alternative of a spiral."""
    if not turn.known:
        return "Turn unknown: not enough events"
    return f"Turn {turn.closed + 1}. " + "; ".join(arc_words(arc) for arc in turn.arcs)


def caption(turn: Turn) -> str:
    """What the drawing of one asset says, in two sentences."""
    if not turn.known:
        return "Too few events to say where this asset stands in its turn."
    practice = turn.arcs[3]
    start = f"Turn {turn.closed + 1} waits for {MODE_NAMES[turn.waits_for]}."
    if not practice.reach:
        return f"{start} It stays open until someone else was tested under pressure: work alone shows familiarity."
    return f"{start} {practice.people} of {practice.of} people were tested under pressure."


def organization_caption(median: Turn | None) -> str:
    """What the drawing of all assets says, counted: where each mode was reached, and why no turn is closed."""
    if median is None or not median.known:
        return "Too few events to say where the assets stand in their turn."
    did = ("people reviewed or paired", "they wrote documents", "they brought documents together", "")
    reached = [
        f"in {arc.people:,} of {arc.of:,} {did[step]}" for step, arc in enumerate(median.arcs) if did[step] and arc.of
    ]
    counted = ", ".join(reached) + "." if reached else ""
    tested = median.arcs[3].people
    end = (
        f"In {tested:,} of {median.arcs[3].of:,} people were tested under pressure."
        if tested
        else "Nobody was tested under pressure, so no turn is closed."
    )
    return f"Of the assets, {counted} {end}" if counted else end


# The small one


def glyph(turn: Turn, *, size: int = 34, label: str | None = None) -> str:
    """A small spiral, good from 22 px: one rope, as thick in each quarter as the share of people that took part.

    `label` replaces the words; an empty one makes the drawing an ornament.
    """
    first = Shell(8.6, 12.6, 6.4, 8.4, 4.0)
    shell = Shell(2.8, 14.4, 1.8, 4.6, 4.0 * (turn.closed + 1)) if turn.closed else first
    inner = "".join(path(band(shell, q, q + 0.96), f"arc full {LETTERS[q % 4]}") for q in range(4 * turn.closed))
    outer = "".join(_stroke(shell, 4 * turn.closed + step, arc) for step, arc in enumerate(turn.arcs))
    words = turn_words(turn) if label is None else label
    return frame(inner + outer, box=(-17, -17, 34, 34), label=words, css="spiral glyph", size=size)


def _stroke(shell: Shell, q: int, arc: Arc) -> str:
    """One quarter of the glyph: full, thin (practised, not tested) or dotted, from the inner edge on."""
    end = q + 0.955
    parts: list[str] = []
    full = _thickness(arc.reach or 0.0)
    if full:
        parts.append(path(band(shell, q, end, -0.5, -0.5 + full), f"arc full {arc.mode}"))
    elif arc.practised > 0:
        parts.append(path(line(shell.lane(-0.36), q + 0.02, end), f"arc thin {arc.mode}"))
        parts.append(path(line(shell.lane(-0.02), q + 0.02, end), f"arc thin {arc.mode}"))
    else:
        parts.append(path(line(shell.lane(-0.36), q + 0.1, end - 0.04), "arc missing"))
    return "".join(parts)


def _thickness(share: float) -> float:
    """Share of the rope's width; even one person of many stays visible."""
    return 0.0 if share <= 0 else 0.26 + 0.74 * min(1.0, share)


# The large ones


def portrait(turn: Turn) -> str:
    """One asset: a thread per person with contact, up to nine; then a thread for an equal share of them."""
    people = max((arc.of for arc in turn.arcs), default=0)
    shares = [(arc.reach or 0.0, arc.practised) for arc in turn.arcs]
    words = [arc_words(arc) for arc in turn.arcs]
    counts = [_count_words(arc, "people") for arc in turn.arcs]
    return _large(shares, max(1, min(THREADS, people)), words, counts, turn.closed, turn_words(turn))


def figure(turns: Sequence[Turn], median: Turn | None = None) -> str:
    """The organization: a thread per asset, up to nine; then a thread for an equal share of them.

    `median` (as `turn.median_turn` gives it) counts in how many assets each mode was reached.
    """
    known = [turn for turn in turns if turn.known]
    shares = [(0.0, 0.0)] * 4
    if known:
        shares = [
            (
                sum(1 for turn in known if (turn.arcs[step].reach or 0.0) >= REACHED) / len(known),
                sum(1 for turn in known if turn.arcs[step].practised >= REACHED) / len(known),
            )
            for step in range(4)
        ]
    arcs = median.arcs if median is not None else None
    words = [_mode_words(mode, arcs[step] if arcs else None, shares[step][1]) for step, mode in enumerate(LETTERS)]
    counts = [_count_words(arcs[step], "assets") if arcs else "" for step in range(4)]
    spoken = "; ".join(words) if known else "No asset has enough events yet"
    closed = median.closed if median is not None else 0
    label = f"How far the knowledge of this organization has turned. {spoken}"
    return _large(shares, max(1, min(THREADS, len(known))), words, counts, closed, label)


def _large(
    shares: Sequence[tuple[float, float]],
    threads: int,
    words: Sequence[str],
    counts: Sequence[str],
    closed: int,
    label: str,
) -> str:
    quarters = 4.0 * (closed + 1)
    shell = Shell(62, 108, 32, 46, 4.0) if closed == 0 else Shell(20, 118, 7, 34, quarters)
    inside = [path(band(shell, q, q + 0.975, -0.5, 0.38), f"arc full {LETTERS[q % 4]}") for q in range(4 * closed)]
    body = [path("M-160 0H160M0-160V160", "axis"), *inside]
    for step, mode in enumerate(LETTERS):
        q = 4 * closed + step
        spoken = escape(words[step])
        body.append(
            f'<g class="mode-arc" role="img" tabindex="0" aria-label="{spoken}"><title>{spoken}</title>'
            + path(band(shell, q, q + SPAN), "hit")
            + _rope(shell, q, threads, *shares[step], mode)
            + "</g>"
        )
    body += [_label(mode, counts[step]) for step, mode in enumerate(LETTERS)]
    return (
        f'<svg class="spiral figure" viewBox="-172 -176 344 352" role="group" aria-label="{escape(label)}">'
        + "".join(body)
        + "</svg>"
    )


def _rope(shell: Shell, q: int, threads: int, full: float, practising: float, mode: str) -> str:
    """The threads of one quarter, the inner ones first; the last one of each sort ends where the share ends."""
    parts: list[str] = []
    lit, practised = full * threads, max(full, practising) * threads
    for thread in range(threads):
        low = -0.5 + thread / threads
        high = low + (0.72 if threads > 1 else 0.9) / threads
        done = min(1.0, max(0.0, lit - thread))
        open_ = min(1.0, max(0.0, practised - thread))
        middle = shell.lane((low + high) / 2)
        if open_ > done:
            parts.append(path(line(middle, q + done * SPAN, q + open_ * SPAN), f"arc thin {mode}"))
        if open_ < 0.97:
            parts.append(path(line(middle, q + open_ * SPAN + 0.035, q + SPAN), "arc missing"))
        if done > 0:
            parts.append(path(band(shell, q, q + done * SPAN, low, high), f"arc full {mode}"))
    return "".join(parts)


CORNERS = {"S": (170, -158, "end"), "E": (170, 156, "end"), "C": (-170, 156, "start"), "I": (-170, -158, "start")}


def _label(mode: str, count: str) -> str:
    x, y, anchor = CORNERS[mode]
    return (
        f'<text class="name {mode}" x="{x}" y="{y}" text-anchor="{anchor}" aria-hidden="true">{MODE_NAMES[mode]}</text>'
        f'<text class="count" x="{x}" y="{y + 15}" text-anchor="{anchor}" aria-hidden="true">{escape(count)}</text>'
    )


def _count_words(arc: Arc, of: str) -> str:
    if arc.reach is None:
        return "unknown"
    if arc.mode == "I" and arc.people == 0:
        return "practised, not tested" if arc.practised > 0 else "open"
    return f"{arc.people} of {arc.of} {of}"


def _mode_words(mode: str, arc: Arc | None, practised: float) -> str:
    name = MODE_NAMES[mode]
    if arc is None or arc.reach is None:
        return f"{name}: unknown"
    if mode == "I" and arc.people == 0:
        return f"{name}: practised in {practised:.0%} of the assets, nobody was tested under pressure"
    return f"{name}: in {arc.people} of {arc.of} assets at least {REACHED:.0%} of the people took part"


def mark() -> str:
    """The sign of the house: one line of the shell, in the color of the text."""
    shell = Shell(1.2, 9, 0, 0, 6)
    x, y = place(shell.lane(0), 6)
    return (
        '<svg class="mark" viewBox="-11 -11 22 22" width="22" height="22" aria-hidden="true" focusable="false">'
        + path(line(shell.lane(0), 0, 6), "stroke")
        + f'<circle cx="{number(x)}" cy="{number(y)}" r="1.6"/></svg>'
    )
