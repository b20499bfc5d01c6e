"""Numbers, intervals, cells and lines: rounded to what can be believed, unknown never a zero."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seci.kit.clock import DAY
from seci.kit.figures import Figure
from seci.site.drawing import heat, icons, interval, trend, words

finite = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.314, "share", "31 %"),
        (0.004, "share", "0.4 %"),
        (-0.31, "share", "−31 %"),
        (0.0, "share", "0 %"),
        (-0.0, "share", "0 %"),
        (0.0004, "share", "0 %"),
        (12.41, "h/week", "12.4 h/week"),
        (1.0, "people", "1 person"),
        (1234.0, "files", "1,234 files"),
        (0.037, "h", "0.037 h"),
        (3.0, "", "3"),
    ],
)
def test_amounts_are_written_as_a_person_would(value: float, unit: str, written: str) -> None:
    assert words.amount(value, unit) == written


def test_an_unknown_figure_is_a_word_with_its_n() -> None:
    assert words.figure_words(Figure.unknown(2)) == "unknown, n = 2 events"


def test_a_figure_says_value_interval_n_and_status() -> None:
    figure = Figure(0.22, 49, 0.06, 0.36, unit="share")
    assert words.figure_words(figure) == "22 %, 80% interval 6 % to 36 %, n = 49 events, proposal"
    assert words.interval(figure) == "[6, 36]"


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (0, "just now"),
        (DAY, "1 day ago"),
        (40 * DAY, "40 days ago"),
        (70 * DAY, "2 months ago"),
        (500 * DAY, "16 months ago"),
        (800 * DAY, "2 years ago"),
        (-3 * DAY, "in 3 days"),
    ],
)
def test_an_instant_is_told_in_the_unit_that_fits(gap: int, said: str) -> None:
    assert words.ago(10_000 * DAY - gap, 10_000 * DAY) == said


@pytest.mark.parametrize(("seconds", "said"), [(40, "40 s"), (1800, "30 min"), (7500, "2 h 5 min"), (7200, "2 h")])
def test_a_duration_is_short(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


def test_an_unknown_value_draws_no_bar() -> None:
    assert interval.bar(None, None, None, label="") == ""


@given(finite, finite, finite)
def test_a_bar_never_leaves_its_track(value: float, low: float, high: float) -> None:
    root = ElementTree.fromstring(interval.bar(value, min(low, high), max(low, high), label="x"))
    (dot,) = root.iter("circle")
    assert interval.PAD <= float(dot.attrib["cx"]) <= interval.WIDTH - interval.PAD


def test_the_label_of_a_bar_cannot_break_out() -> None:
    root = ElementTree.fromstring(interval.bar(0.5, 0.4, 0.6, label='"><script>'))
    assert root.attrib["aria-label"] == '"><script>'


@pytest.mark.parametrize(("value", "tone"), [(None, "plain"), (0.2, "risk"), (0.6, "warn"), (0.9, "calm")])
def test_low_coverage_is_drawn_as_a_risk(value: float | None, tone: str) -> None:
    assert interval.coverage_tone(value) == tone


def test_every_band_and_freshness_looks_different_without_color() -> None:
    shapes = {
        heat.cell(band, freshness).split(">", 1)[1] for band in (1, 2, 3) for freshness in ("fresh", "fading", "stale")
    }
    assert len(shapes) == 9


def test_a_line_with_fewer_than_two_known_points_is_not_drawn() -> None:
    assert trend.sparkline([None, 0.5], label="x") == ""
    assert trend.chart([None, None], ["a", "b"], title="x") == ""


def test_an_unknown_point_is_a_gap_and_not_a_zero() -> None:
    svg = trend.chart([0.5, 0.6, None, 0.4, 0.5], ["a", "b", "c", "d", "e"], title="x", ceiling=1)
    assert svg.count('class="line"') == 2


@given(st.floats(1e-6, 1e9))
def test_the_top_of_a_chart_is_round_and_near(largest: float) -> None:
    top = trend.nice_ceiling(largest)
    assert largest <= top * (1 + 1e-9)
    assert top <= largest * 2.6


def test_a_chart_of_nothing_but_zeros_still_has_an_axis() -> None:
    assert trend.nice_ceiling(0) == 1.0


@pytest.mark.parametrize("name", sorted(icons.SHAPES))
def test_every_icon_is_well_formed_and_an_ornament(name: str) -> None:
    assert ElementTree.fromstring(icons.icon(name)).attrib["aria-hidden"] == "true"
