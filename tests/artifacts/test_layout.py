from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from seci.artifacts.layout import Box, Layout, layered, tidy


@st.composite
def forests(draw: st.DrawFn) -> dict[str, Box]:
    """A tree: each box below one of those before it."""
    count = draw(st.integers(1, 25))
    below: list[list[str]] = [[] for _ in range(count)]
    for at in range(1, count):
        below[draw(st.integers(0, at - 1))].append(str(at))
    sizes = st.floats(20, 220).map(round)
    return {str(at): Box(str(at), draw(sizes), draw(sizes), tuple(below[at])) for at in range(count)}


def overlaps(boxes: dict[str, Box], layout: Layout) -> list[tuple[str, str]]:
    return [
        (one, two)
        for one, two in combinations(boxes, 2)
        if abs(layout.x[one] - layout.x[two]) < (boxes[one].width + boxes[two].width) / 2 - 1e-6
        and layout.y[one] < layout.y[two] + boxes[two].height
        and layout.y[two] < layout.y[one] + boxes[one].height
    ]


def fits(boxes: dict[str, Box], layout: Layout) -> bool:
    return all(
        layout.x[one] - box.width / 2 >= -1e-6
        and layout.x[one] + box.width / 2 <= layout.width + 1e-6
        and layout.y[one] >= 0
        and layout.y[one] + box.height <= layout.height + 1e-6
        for one, box in boxes.items()
    )


@given(forests())
@settings(max_examples=60, deadline=None)
def test_no_two_boxes_of_a_tree_touch_and_parents_stand_over_the_middle(boxes: dict[str, Box]) -> None:
    layout = tidy(boxes, "0")
    assert overlaps(boxes, layout) == []
    assert fits(boxes, layout)
    for name, box in boxes.items():
        if box.below:
            middle = (layout.x[box.below[0]] + layout.x[box.below[-1]]) / 2
            assert abs(layout.x[name] - middle) < 1e-6
            assert all(layout.y[child] >= layout.y[name] + box.height for child in box.below)
            assert all(layout.x[one] < layout.x[two] for one, two in pairwise(box.below))


def test_a_tree_is_as_narrow_as_its_widest_level_needs() -> None:
    boxes = {
        "a": Box("a", 100, 40, ("b", "c")),
        "b": Box("b", 100, 40, ("d", "e")),
        "c": Box("c", 100, 40),
        "d": Box("d", 100, 40),
        "e": Box("e", 100, 40),
    }
    layout = tidy(boxes, "a", gap=20)
    assert layout.x["c"] - layout.x["b"] == 120
    assert layout.width == layout.x["c"] + 50


@st.composite
def charts(draw: st.DrawFn) -> dict[str, Box]:
    count = draw(st.integers(1, 12))
    names = [str(at) for at in range(count)]
    ways = st.lists(st.sampled_from([*names, "gone"]), max_size=3)
    return {name: Box(name, draw(st.integers(40, 200)), draw(st.integers(30, 80)), tuple(draw(ways))) for name in names}


@given(charts())
@settings(max_examples=80, deadline=None)
def test_no_two_boxes_of_a_chart_touch_whatever_its_loops(boxes: dict[str, Box]) -> None:
    layout = layered(boxes, "0")
    assert set(layout.x) == set(boxes)
    assert overlaps(boxes, layout) == []
    assert fits(boxes, layout)


def test_lines_run_downwards_but_for_those_that_close_a_round() -> None:
    boxes = {
        "ask": Box("ask", 100, 40, ("wait", "load")),
        "wait": Box("wait", 100, 40, ("ask",)),
        "load": Box("load", 100, 40),
    }
    layout = layered(boxes, "ask")
    assert layout.y["ask"] < layout.y["wait"] == layout.y["load"]


def test_a_long_line_keeps_clear_of_the_boxes_that_it_passes() -> None:
    boxes = {
        "a": Box("a", 100, 40, ("b", "d")),
        "b": Box("b", 100, 40, ("c",)),
        "c": Box("c", 100, 40, ("d",)),
        "d": Box("d", 100, 40),
    }
    layout = layered(boxes, "a")
    bends = layout.bends["a", "d"]
    assert len(bends) == 2
    assert all(abs(x - layout.x[name]) >= 50 for (x, _), name in zip(bends, ("b", "c"), strict=True))
