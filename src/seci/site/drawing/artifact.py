"""Decision trees and flowcharts as drawings: a card per node with what it rests on, and the same as a nested list.

Solid cards were judged on cases; a dashed one was said and has no case yet; a dotted one rests on nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape as escape_markup
from itertools import pairwise

from seci.artifacts.bodies import Body, Flowchart, Leaf, Split, Tree
from seci.artifacts.bodies.tree import ASK_EXPERT
from seci.artifacts.evidence import Evidence
from seci.artifacts.layout import Box, Layout, layered, tidy
from seci.artifacts.support import evidence_words
from seci.artifacts.walk import branches
from seci.artifacts.words import Named, by_key, condition_words, question_words
from seci.site.drawing.measure import width, wrap
from seci.site.drawing.svg import frame, number, path, points

SIZE, SMALL, LINE = 13.5, 11.5, 17.0
WIDEST, SLIMMEST, PAD, LANE = 184.0, 76.0, 14.0, 12.0
# The width of a phone's page; a wider drawing gives way to the list there.
PHONE = 358.0


# What XML cannot hold: control characters that came along with pasted words.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def escape(words: str) -> str:
    return escape_markup(_CONTROL.sub(" ", words))


@dataclass(frozen=True, slots=True)
class Card:
    """One node as it is drawn. `ways` are (label, id of the card it leads to)."""

    id: str
    words: str
    evidence: Evidence
    kind: str
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> list[str]:
        # A number and its unit stay together.
        return wrap(re.sub(r"(\d) (?=\S{1,4}(?:[ ?]|$))", "\\1\u00a0", self.words), SIZE, WIDEST, bold=True)

    @property
    def note(self) -> str:
        return evidence_words(self.evidence)

    @property
    def width(self) -> float:
        longest = max(width(line, SIZE, bold=True) for line in self.lines)
        return max(SLIMMEST, longest, min(WIDEST + 20, width(self.note, SMALL))) + 2 * PAD

    @property
    def height(self) -> float:
        return 11 + LINE * len(self.lines) + 15 * len(wrap(self.note, SMALL, WIDEST + 20, 2)) + 8

    @property
    def css(self) -> str:
        if not self.evidence.is_supported:
            return f"card {self.kind} bare"
        return f"card {self.kind}" if self.evidence.cases_for else f"card {self.kind} said"


def draw(body: Body, *, label: str = "") -> str:
    """The drawing of a tree or a flowchart as SVG; empty for other bodies, which are lists and tables.

    label  what a screen reader says; without one it counts the nodes and points to the list
    """
    if isinstance(body, Tree):
        cards = {card.id: card for card in _tree_cards(body.root, by_key(body.attributes))}
        layout, what = tidy(_boxes(cards), body.root.id), "Decision tree"
    elif isinstance(body, Flowchart):
        cards = {card.id: card for card in _chart_cards(body)}
        layout, what = layered(_boxes(cards), body.start), "Flowchart"
    else:
        return ""
    counted = f"{what} with {len(cards)} {'node' if len(cards) == 1 else 'nodes'}; the same as a nested list below"
    drawn = list(_lines(cards, layout, arrow=isinstance(body, Flowchart)))
    # Every line below every label below every card.
    lines = "".join(line for line, _ in drawn) + "".join(answer for _, answer in drawn)
    shapes = "".join(_card(card, layout) for card in cards.values())
    right = _right(layout, cards)
    box = (-8.0, -8.0 - right / 2, layout.width + 16 + right, layout.height + 16 + right)
    svg = frame(lines + shapes, box=box, label=_CONTROL.sub(" ", label) or counted, css="artifact")
    return svg.replace("<svg ", f'<svg width="{number(box[2])}" height="{number(box[3])}" ', 1)


def _lines(cards: Mapping[str, Card], layout: Layout, *, arrow: bool) -> Iterator[tuple[str, str]]:
    lane = 0
    for card in cards.values():
        for words, to in card.ways:
            if _is_back(card, to, layout):
                yield _back(card, words, to, layout, lane)
                lane += 1
            else:
                yield _line(card, words, to, layout, arrow=arrow)


def _boxes(cards: Mapping[str, Card]) -> dict[str, Box]:
    return {one.id: Box(one.id, one.width, one.height, tuple(to for _, to in one.ways)) for one in cards.values()}


def _tree_cards(node: Split | Leaf, named: Named) -> Iterator[Card]:
    if isinstance(node, Leaf):
        yield Card(node.id, node.outcome, node.evidence, "ask" if node.outcome == ASK_EXPERT else "end")
        return
    words = ("Exception: " if node.exception else "") + question_words(node.condition, named)
    below = branches(node)
    ways = tuple((branch if branch != "unknown" else "not known", child.id) for branch, child in below)
    yield Card(node.id, words[0].upper() + words[1:], node.evidence, "question", ways)
    for _, child in below:
        yield from _tree_cards(child, named)


def _chart_cards(chart: Flowchart) -> Iterator[Card]:
    named, known = by_key(chart.attributes), {symbol.id for symbol in chart.symbols}
    for symbol in chart.symbols:
        ways = tuple(
            (line.label or (condition_words(line.when, named) if line.when else ""), line.to)
            for line in symbol.lines
            if line.to in known
        )
        yield Card(symbol.id, symbol.text, symbol.evidence, symbol.kind, ways)


def _card(card: Card, layout: Layout) -> str:
    x, y = layout.x[card.id], layout.y[card.id]
    corner = 9 if card.kind != "end" else min(18.0, card.height / 2)
    shape = (
        f'<rect x="{number(x - card.width / 2)}" y="{number(y)}" width="{number(card.width)}" '
        f'height="{number(card.height)}" rx="{number(corner)}"/>'
    )
    texts, at = [], y + 11 + SIZE - 2.5
    for line in card.lines:
        texts.append(f'<text x="{number(x)}" y="{number(at)}">{escape(line)}</text>')
        at += LINE
    for line in wrap(card.note, SMALL, WIDEST + 20, 2):
        texts.append(f'<text class="note" x="{number(x)}" y="{number(at)}">{escape(line)}</text>')
        at += 15
    full = f"<title>{escape(card.words)}</title>" if card.lines[-1].endswith("…") else ""
    return f'<g class="{card.css}">{full}{shape}{"".join(texts)}</g>'


def _line(card: Card, label: str, to: str, layout: Layout, *, arrow: bool) -> tuple[str, str]:
    """A curve from the lower edge of a card to the upper edge of the next, with an arrow where the card is one of a
    chart."""
    x0, y0 = layout.x[card.id], layout.y[card.id] + card.height
    x1, y1 = layout.x[to], layout.y[to]
    stops = [(x0, y0), *layout.bends.get((card.id, to), ()), (x1, y1)]
    d = f"M{points(*stops[0])}"
    for (ax, ay), (bx, by) in pairwise(stops):
        half = (by - ay) / 2
        d += f"C{points(ax, ay + half, bx, by - half, bx, by)}"
    (ax, ay), (bx, by) = stops[0], stops[1]
    return path(d, "way") + (_arrow(x1, y1) if arrow else ""), _label(
        label, (ax + bx) / 2 + (bx - ax) * 0.14, (ay + by) / 2 + 3
    )


def _is_back(card: Card, to: str, layout: Layout) -> bool:
    return layout.y[to] <= layout.y[card.id] + card.height


def _right(layout: Layout, cards: Mapping[str, Card]) -> float:
    """Room on the right for the lines that go back: a lane each."""
    backs = sum(_is_back(card, to, layout) for card in cards.values() for _, to in card.ways)
    return 34.0 + LANE * backs if backs else 0.0


def _back(card: Card, label: str, to: str, layout: Layout, lane: int) -> tuple[str, str]:
    """Down out of the card, along the right of everything, and into the other one from above."""
    x0, y0 = layout.x[card.id] + 14, layout.y[card.id] + card.height
    x1, y1 = layout.x[to] + 14, layout.y[to]
    far, low, high = layout.width + 14 + LANE * lane, y0 + 15 + 3 * lane, y1 - 15 - 3 * lane
    d = (
        f"M{points(x0, y0)}V{number(low - 6)}Q{points(x0, low, x0 + 6, low)}H{number(far - 6)}"
        f"Q{points(far, low, far, low - 6)}V{number(high + 6)}Q{points(far, high, far - 6, high)}"
        f"H{number(x1 + 6)}Q{points(x1, high, x1, high + 6)}V{number(y1)}"
    )
    return path(d, "way back") + _arrow(x1, y1), _label(label, far - width(label, SMALL) / 2, (y0 + y1) / 2)


def _arrow(x: float, y: float) -> str:
    return path(f"M{points(x - 4, y - 7)}L{points(x, y - 1)}L{points(x + 4, y - 7)}", "way")


def _label(text: str, x: float, y: float) -> str:
    if not text:
        return ""
    shown = wrap(text, SMALL, 150, 1)[0]
    wide = width(shown, SMALL) + 8
    place = f'x="{number(x - wide / 2)}" y="{number(y - 12)}" width="{number(wide)}"'
    plate = f'<rect class="plate" {place} height="16" rx="4"/>'
    return f'{plate}<text class="answer" x="{number(x)}" y="{number(y)}">{escape(shown)}</text>'


# The same as a nested list


def figure(body: Body, *, label: str = "") -> str:
    """The drawing with its list. On a phone a drawing that is wider than the page gives way to the list, which
    elsewhere is there for screen readers; empty for bodies that are not drawn."""
    svg = draw(body, label=label)
    if not svg:
        return ""
    wide = float(svg.split('width="', 1)[1].split('"', 1)[0]) > PHONE
    css = "artifact-figure wide" if wide else "artifact-figure"
    return f'<div class="{css}"><div class="artifact-drawing" tabindex="0">{svg}</div>{outline(body)}</div>'


def outline(body: Body) -> str:
    """What the drawing says, in words: a tree as nested lists, a chart as a list that says where each line leads."""
    if isinstance(body, Tree):
        return f'<ul class="artifact-list">{_branch(body.root, "", by_key(body.attributes))}</ul>'
    if not isinstance(body, Flowchart):
        return ""
    texts = {symbol.id: symbol.text for symbol in body.symbols}
    rows = []
    for card in _chart_cards(body):
        ways = "".join(
            f"<li>{escape(label)}{': ' if label else ''}then {escape(texts[to])}</li>" for label, to in card.ways
        )
        rows.append(f"<li>{_item(card.words, card.note)}{f'<ul>{ways}</ul>' if ways else ''}</li>")
    return f'<ol class="artifact-list">{"".join(rows)}</ol>'


def _branch(node: Split | Leaf, label: str, named: Named) -> str:
    card = next(_tree_cards(node, named))
    lead = f'<span class="n">{escape(label)}</span> ' if label else ""
    inner = ""
    if isinstance(node, Split):
        below = branches(node)
        inner = "".join(_branch(child, "not known" if way == "unknown" else way, named) for way, child in below)
        inner = f"<ul>{inner}</ul>"
    return f"<li>{lead}{_item(card.words, card.note)}{inner}</li>"


def _item(words: str, note: str) -> str:
    return f'{escape(words)} <span class="n">{escape(note)}</span>'
