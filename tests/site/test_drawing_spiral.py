"""The spiral shows what the turn holds, and nothing else."""

from __future__ import annotations

import re
from math import hypot
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from seci.site.drawing import spiral
from seci.site.drawing.curve import Shell, band, line, place
from seci.spiral.turn import LETTERS, Turn, median_turn, turn_of

counts = st.integers(0, 40)


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    people = draw(st.integers(0, 40))
    return turn_of(
        people,
        talked=draw(counts),
        wrote=draw(counts),
        combined=draw(counts),
        practised=draw(counts),
        tested=draw(counts),
        closed=draw(st.integers(0, 4)),
    )


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def drawn(svg: str, css: str) -> int:
    return len(re.findall(rf'class="arc {css}"', svg))


@given(turns())
def test_every_turn_gives_well_formed_pictures_inside_their_frame(turn: Turn) -> None:
    for svg in (spiral.glyph(turn), spiral.portrait(turn), spiral.figure([turn] * 3, median_turn((turn,)))):
        root = parse(svg)
        x, y, width, height = (float(part) for part in root.attrib["viewBox"].split())
        for node in root.iter("path"):
            numbers = [float(part) for part in re.findall(r"-?\d+\.?\d*", re.sub(r"[HV]-?\d+", "", node.attrib["d"]))]
            assert all(x - 1 <= at <= x + width + 1 for at in numbers[0::2])
            assert all(y - 1 <= at <= y + height + 1 for at in numbers[1::2])


@given(turns())
def test_no_drawing_carries_a_style_or_a_script(turn: Turn) -> None:
    for svg in (spiral.glyph(turn), spiral.portrait(turn), spiral.figure([turn], median_turn((turn,)))):
        assert "style=" not in svg
        assert "<style" not in svg
        assert "<script" not in svg


def test_an_asset_without_documents_has_no_full_stroke_in_externalization() -> None:
    turn = turn_of(9, talked=4, wrote=0, combined=0, practised=9)
    for svg in (spiral.glyph(turn), spiral.portrait(turn)):
        assert drawn(svg, "full S") > 0
        assert drawn(svg, "full E") == 0
        assert drawn(svg, "full C") == 0


def test_practice_without_a_test_is_thin_and_never_full() -> None:
    turn = turn_of(9, talked=4, wrote=2, combined=1, practised=9)
    for svg in (spiral.glyph(turn), spiral.portrait(turn)):
        assert drawn(svg, "full I") == 0
        assert drawn(svg, "thin I") > 0
    assert "practised, nobody does it alone yet" in spiral.turn_words(turn)


def test_a_tested_person_draws_a_full_stroke_in_internalization() -> None:
    turn = turn_of(9, talked=4, wrote=2, combined=1, practised=9, tested=3)
    assert drawn(spiral.portrait(turn), "full I") == 3
    assert drawn(spiral.portrait(turn), "thin I") == 6


def test_a_small_asset_has_one_thread_per_person_that_took_part() -> None:
    turn = turn_of(7, talked=5, wrote=2, combined=0, practised=7)
    svg = spiral.portrait(turn)
    assert drawn(svg, "full S") == 5
    assert drawn(svg, "full E") == 2


def test_the_organization_counts_assets_in_which_a_mode_was_reached() -> None:
    some = [turn_of(8, talked=6, wrote=0, combined=0, practised=8)] * 4
    none = [turn_of(8, talked=0, wrote=0, combined=0, practised=8)] * 2
    median = median_turn((*some, *none))
    svg = spiral.figure([*some, *none], median)
    assert drawn(svg, "full S") == 4
    assert "4 of 6 assets" in svg
    assert "Nobody was tested under pressure, so no turn is closed." in spiral.organization_caption(median)
    assert "in 4 of 6 people reviewed or paired" in spiral.organization_caption(median)


def test_an_unknown_turn_is_said_in_words_and_drawn_dotted_only() -> None:
    turn = turn_of(0, talked=0, wrote=0, combined=0, practised=0)
    assert spiral.turn_words(turn) == "Turn unknown: not enough events"
    assert "Too few events" in spiral.caption(turn)
    for letter in LETTERS:
        assert drawn(spiral.glyph(turn), f"full {letter}") == 0
    assert drawn(spiral.glyph(turn), "missing") == 4


def test_an_organization_without_assets_says_so() -> None:
    assert "No asset has enough events yet" in spiral.figure([])


def test_the_large_drawing_names_every_quarter_for_keyboard_and_reader() -> None:
    root = parse(spiral.portrait(turn_of(3, talked=1, wrote=1, combined=0, practised=3)))
    groups = [node for node in root.iter("g") if node.attrib.get("role") == "img"]
    assert [node.attrib["aria-label"].split(":")[0] for node in groups] == [
        "Socialization",
        "Externalization",
        "Combination",
        "Internalization",
    ]
    assert all(node.attrib["tabindex"] == "0" for node in groups)


def test_the_quarters_run_clockwise_from_the_top_right() -> None:
    at = [place(lambda _: 10.0, q) for q in (0.5, 1.5, 2.5, 3.5)]
    assert [(x > 0, y < 0) for x, y in at] == [(True, True), (True, False), (False, False), (False, True)]


@given(st.floats(0, 7.9), st.floats(0.05, 4))
def test_the_bezier_pieces_stay_on_the_spiral(start: float, length: float) -> None:
    shell = Shell(40, 160, 8, 30, 12)
    radius = shell.lane(0)
    d = line(radius, start, start + length)
    pieces = [[float(part) for part in piece.split()] for piece in re.split("[MC]", d) if piece]
    x, y = pieces[0]
    steps = len(pieces) - 1
    for step, (x1, y1, x2, y2, x3, y3) in enumerate(pieces[1:]):
        middle = ((x + 3 * x1 + 3 * x2 + x3) / 8, (y + 3 * y1 + 3 * y2 + y3) / 8)
        true = place(radius, start + length * (step + 0.5) / steps)
        assert hypot(middle[0] - true[0], middle[1] - true[1]) < 0.2  # pixels
        x, y = x3, y3


def test_a_band_is_a_closed_outline() -> None:
    assert band(Shell(10, 20, 2, 4, 4), 0, 1).endswith("Z")


def test_a_glyph_is_small_enough_for_a_long_table() -> None:
    assert len(spiral.glyph(turn_of(9, talked=4, wrote=2, combined=1, practised=9))) < 2600
