"""Every template compiles and keeps to the content security policy and the rules of the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template

from seci.kit.figures import Figure
from seci.people.views import PersonRef

ROOT = Path(__file__).parents[2] / "src/seci/site/templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name: str) -> None:
    get_template(name)


@pytest.mark.parametrize("name", NAMES)
def test_it_has_no_inline_style_or_script(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_changes_something_carries_the_token(name: str) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', (ROOT / name).read_text(), re.DOTALL):
        assert "{% csrf_token %}" in form


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_what_it_holds(name: str) -> None:
    for table in re.findall(r"<table.*?</table>", (ROOT / name).read_text(), re.DOTALL):
        assert "<caption" in table
        assert 'scope="col"' in table
        assert 'scope="row"' in table


@pytest.mark.parametrize("name", NAMES)
def test_every_label_belongs_to_a_field(name: str) -> None:
    text = (ROOT / name).read_text()
    for field in re.findall(r'<label for="([a-z-]+)"', text):
        assert f'id="{field}"' in text


def written(source: str, **context: object) -> str:
    return Template("{% load look %}" + source).render(Context(context))


def test_a_figure_is_printed_with_interval_n_and_status() -> None:
    html = written("{% figure f %}", f=Figure(12.4, 49, 7.4, 18.6, unit="h/week"))
    assert "12.4 h/week" in html
    assert "[7.4, 18.6] · n = 49 · proposal" in html


def test_an_unknown_figure_is_printed_as_a_word() -> None:
    html = written("{% figure f %}", f=Figure.unknown(2, unit="h/week"))
    assert "unknown" in html
    assert "n = 2" in html
    assert ">0" not in html


def test_a_hostile_name_is_escaped_everywhere() -> None:
    assert "<b>" not in written("{{ people|names }}", people=[PersonRef(1, "<b>Bo")])


@pytest.mark.parametrize(("n", "said"), [(0, "No"), (3, "Three"), (12, "12")])
def test_small_numbers_are_spelled_out_in_a_headline(n: int, said: str) -> None:
    assert written("{{ n|in_words }}", n=n) == said


def test_a_choice_of_a_filter_keeps_what_was_chosen_among_pairs_records_and_words() -> None:
    choice = '{% include "parts/_choice.html" with name="k" label="Kind" any="all" options=listed chosen=chosen only %}'
    html = written(choice.replace("=listed", '="a:first,b:second"|options'), chosen="b")
    assert re.findall(r'value="(\w*)"( selected)?>(\w+)', html) == [
        ("", "", "all"), ("a", "", "first"), ("b", " selected", "second"),
    ]  # fmt: skip
    html = written(choice.replace("=listed", "=listed|named"), listed=[PersonRef(7, "Alice"), "docs"], chosen=7)
    assert '<option value="7" selected>Alice</option><option value="docs">docs</option>' in html
