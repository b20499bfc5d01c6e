"""Contrast of the tokens in both schemes (WCAG 2.2: 4.5 for text, 3 for the parts of a control or a drawing)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src/seci/site/static"
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", (STATIC / "css/tokens.css").read_text()
    )
}
SURFACES = ("paper", "card", "well")
TEXTS = ("ink", "soft", "accent", "s", "e", "c", "i", "risk", "warn", "calm")
WASHES = {"risk-wash": "ink", "warn-wash": "ink", "calm-wash": "ink", "mark": "ink"}


def luminance(color: str) -> float:
    """Relative luminance of sRGB, WCAG 2.2."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_agrees_with_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_surface(text: str, surface: str, scheme: int) -> None:
    assert contrast(TOKENS[text][scheme], TOKENS[surface][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("wash", WASHES)
def test_text_can_be_read_on_every_wash(wash: str, scheme: int) -> None:
    assert contrast(TOKENS[WASHES[wash]][scheme], TOKENS[wash][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_first_button_can_be_read(scheme: int) -> None:
    assert contrast(TOKENS["on-ink"][scheme], TOKENS["ink"][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
def test_the_edge_of_a_control_can_be_seen(surface: str, scheme: int) -> None:
    assert contrast(TOKENS["edge"][scheme], TOKENS[surface][scheme]) >= 3


def test_every_custom_property_in_use_is_defined() -> None:
    styles = "".join(sheet.read_text() for sheet in sorted((STATIC / "css").glob("*.css")))
    defined = set(re.findall(r"(--[a-z-]+):", styles))
    assert set(re.findall(r"var\((--[a-z-]+)\)", styles)) <= defined
