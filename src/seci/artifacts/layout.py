"""Where the boxes of a drawing go: trees top-down and tidy, charts in layers. Pure geometry; the same in, the same out.

A box is placed by the middle of its upper edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Box:
    """What has to be placed. `below` are the boxes under it, from left to right; for a chart those its lines go to."""

    id: str
    width: float
    height: float
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """`x`, `y` per box; `bends` are the points that a long line of a chart passes on its way, by (from, to)."""

    x: Mapping[str, float]
    y: Mapping[str, float]
    width: float
    height: float
    bends: Mapping[tuple[str, str], tuple[tuple[float, float], ...]] = field(default_factory=dict)


def tidy(boxes: Mapping[str, Box], root: str, *, gap: float = 18, drop: float = 54) -> Layout:
    """A tree as narrow as it can be with every parent over the middle of its children, subtrees drawn alike wherever
    they stand, and each level on a line (Reingold & Tilford 1981, "Tidier Drawings of Trees").

    gap   least distance of two boxes side by side
    drop  from the lower edge of a level to the upper edge of the next
    """
    offsets: dict[str, float] = {}
    _shape(boxes, root, offsets, gap)
    x, depth = {root: 0.0}, {root: 0}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        for child in boxes[name].below:
            x[child], depth[child] = x[name] + offsets[child], depth[name] + 1
            waiting.append(child)
    return _on_levels(boxes, x, depth, drop, {})


def _shape(
    boxes: Mapping[str, Box], name: str, offsets: dict[str, float], gap: float
) -> tuple[list[float], list[float]]:
    """The left and right outline of a subtree per level, measured from its top; fills in `offsets` to the parent."""
    box = boxes[name]
    half = box.width / 2
    if not box.below:
        return [-half], [half]
    places: list[float] = []
    left, right = list[float](), list[float]()
    for child in box.below:
        inner_left, inner_right = _shape(boxes, child, offsets, gap)
        apart = max((one - two + gap for one, two in zip(right, inner_left, strict=False)), default=0.0)
        at = apart if right else 0.0
        places.append(at)
        right = [at + edge for edge in inner_right] + right[len(inner_right) :]
        left = left + [at + edge for edge in inner_left[len(left) :]]
    middle = (places[0] + places[-1]) / 2
    for child, at in zip(box.below, places, strict=True):
        offsets[child] = at - middle
    return [-half, *(edge - middle for edge in left)], [half, *(edge - middle for edge in right)]


def _on_levels(
    boxes: Mapping[str, Box],
    x: Mapping[str, float],
    depth: Mapping[str, int],
    drop: float,
    bends: Mapping[tuple[str, str], Sequence[tuple[float, int]]],
) -> Layout:
    """Gives every level its line, and moves everything so that it begins at zero."""
    tallest: dict[int, float] = {}
    for name, level in depth.items():
        tallest[level] = max(tallest.get(level, 0.0), boxes[name].height if name in boxes else 0.0)
    tops, top = dict[int, float](), 0.0
    for level in range(max(tallest, default=0) + 1):
        tops[level] = top
        top += tallest.get(level, 0.0) + drop
    edges = [(x[name] - boxes[name].width / 2, x[name] + boxes[name].width / 2) for name in x if name in boxes]
    edges += [(at, at) for points in bends.values() for at, _ in points]
    start = min((left for left, _ in edges), default=0.0)
    end = max((right for _, right in edges), default=0.0)
    return Layout(
        {name: at - start for name, at in x.items() if name in boxes},
        {name: tops[depth[name]] for name in x if name in boxes},
        end - start,
        max(0.0, top - drop),
        {
            pair: tuple((at - start, tops[level] + tallest.get(level, 0.0) / 2) for at, level in points)
            for pair, points in bends.items()
        },
    )


# Charts: layers


def layered(boxes: Mapping[str, Box], start: str, *, gap: float = 26, drop: float = 58, sweeps: int = 8) -> Layout:
    """A chart in layers with its lines downwards where that is possible (Sugiyama, Tagawa & Toda 1981).

    Lines that close a round go up and do not decide on layers; long lines get a place in every layer that they pass;
    the order in a layer follows the means of the neighbors; boxes are pulled over their neighbors without touching.
    """
    ways = {name: [to for to in dict.fromkeys(box.below) if to in boxes and to != name] for name, box in boxes.items()}
    order, back = _depth_first(ways, start)
    level = _levels(order, ways, back)
    links, chains = _with_bends(boxes, ways, back, level)
    rows = _rows(level, order)
    for sweep in range(sweeps):
        _sort_rows(rows, links, downwards=sweep % 2 == 0)
    x = _columns(rows, links, {name: boxes[name].width if name in boxes else 0.0 for name in level}, gap)
    bends = {pair: [(x[one], level[one]) for one in names] for pair, names in chains.items()}
    return _on_levels(boxes, x, level, drop, bends)


def _depth_first(ways: Mapping[str, Sequence[str]], start: str) -> tuple[list[str], set[tuple[str, str]]]:
    """Every box so that lines go forward, and the lines that go back, found by a walk from the start."""
    done: list[str] = []
    state: dict[str, int] = {}
    back: set[tuple[str, str]] = set()
    for first in [*([start] if start in ways else []), *ways]:
        if first in state:
            continue
        state[first] = 1
        stack = [(first, iter(ways[first]))]
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[name] = 2
                done.append(name)
                stack.pop()
            elif state.get(following) == 1:
                back.add((name, following))
            elif following not in state:
                state[following] = 1
                stack.append((following, iter(ways[following])))
    return done[::-1], back


def _levels(order: Sequence[str], ways: Mapping[str, Sequence[str]], back: set[tuple[str, str]]) -> dict[str, int]:
    """The longest way from the top."""
    level = dict.fromkeys(order, 0)
    for name in order:
        for to in ways[name]:
            if (name, to) not in back:
                level[to] = max(level[to], level[name] + 1)
    return level


def _with_bends(
    boxes: Mapping[str, Box],
    ways: Mapping[str, Sequence[str]],
    back: set[tuple[str, str]],
    level: dict[str, int],
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], list[str]]]:
    """Lines from each layer to the next, with a place in between where one passes a layer; adds these to `level`."""
    links: list[tuple[str, str]] = []
    chains: dict[tuple[str, str], list[str]] = {}
    for name in boxes:
        for to in ways[name]:
            upper, lower = (to, name) if (name, to) in back else (name, to)
            between = [f"{upper}\0{lower}\0{at}" for at in range(level[upper] + 1, level[lower])]
            level.update({one: level[upper] + 1 + at for at, one in enumerate(between)})
            chain = [upper, *between, lower]
            links += pairwise(chain)
            if between:
                chains[name, to] = between[::-1] if (name, to) in back else between
    return links, chains


def _rows(level: Mapping[str, int], order: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(max(level.values(), default=0) + 1)]
    place = {name: at for at, name in enumerate(order)}
    for name in sorted(level, key=lambda one: place.get(one.split("\0")[0], 0)):
        rows[level[name]].append(name)
    return rows


def _sort_rows(rows: list[list[str]], links: Sequence[tuple[str, str]], *, downwards: bool) -> None:
    """Each row by the mean place of the neighbors in the row before it."""
    near: dict[str, list[str]] = {}
    for one, two in links:
        near.setdefault(two if downwards else one, []).append(one if downwards else two)
    numbers = range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1)
    for at in numbers:
        place = {name: spot for spot, name in enumerate(rows[at - 1 if downwards else at + 1])}
        own = {name: spot for spot, name in enumerate(rows[at])}
        means = {
            name: sum(found) / len(found)
            if (found := [place[one] for one in near.get(name, []) if one in place])
            else own[name]
            for name in rows[at]
        }
        rows[at].sort(key=means.__getitem__)


def _columns(
    rows: Sequence[Sequence[str]], links: Sequence[tuple[str, str]], widths: Mapping[str, float], gap: float
) -> dict[str, float]:
    """Columns by turns: every row is pulled to the mean of its neighbors and then pushed apart where boxes touch."""
    near: dict[str, list[str]] = {}
    for one, two in links:
        near.setdefault(one, []).append(two)
        near.setdefault(two, []).append(one)
    x: dict[str, float] = {}
    for row in rows:
        at = 0.0
        for name in row:
            x[name] = at + widths[name] / 2
            at += widths[name] + gap
        for name in row:
            x[name] -= at / 2
    for _ in range(12):
        for row in rows:
            wanted = [sum(x[one] for one in near[name]) / len(near[name]) if name in near else x[name] for name in row]
            x |= zip(row, _apart(row, wanted, widths, gap), strict=True)
    return x


def _apart(row: Sequence[str], wanted: Sequence[float], widths: Mapping[str, float], gap: float) -> list[float]:
    """The places nearest to the wanted ones, in squares, at which no two boxes touch (pool adjacent violators)."""
    need = [0.0]
    for one, two in pairwise(row):
        need.append(need[-1] + (widths[one] + widths[two]) / 2 + gap)
    pools: list[tuple[float, int]] = []
    for at, spot in enumerate(wanted):
        total, count = spot - need[at], 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            more, others = pools.pop()
            total, count = total + more, count + others
        pools.append((total, count))
    means = [total / count for total, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, need, strict=True)]
