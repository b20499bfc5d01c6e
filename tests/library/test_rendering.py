"""Markdown as a page: complete, and safe whatever goes in."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seci.library.markdown.cleaning import names
from seci.library.markdown.rendering import Rendered, render
from tests.library.payloads import PAYLOADS

KNOWN = names(
    "href src alt class id name title rel tabindex role aria-label scope start colspan rowspan width height open"
)
MATH = names(
    "display mathvariant stretchy fence form columnalign accent lspace rspace minsize maxsize separator linethickness "
    "displaystyle scriptlevel movablelimits"
)
FORBIDDEN = names(
    "script style iframe object embed svg form input button link meta base video audio template textarea select "
    "frameset marquee applet"
)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")


class Reader(HTMLParser):
    """What a browser would make of it: tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def is_harmless(html: str) -> bool:
    read = Reader(html)
    for name, value in read.attributes:
        if name not in KNOWN | MATH:
            return False
        scheme = SCHEME.match("".join(letter for letter in value if letter > " ").lower())
        if name == "href" and scheme and scheme[1] not in ("http", "https", "mailto", "tel"):
            return False
        if name == "src" and (not value.startswith("/") or value.startswith("//")):
            return False
    return not read.tags & FORBIDDEN


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_known_attack_survives(payload: str) -> None:
    for text in (
        payload,
        f"# {payload}",
        f"> - {payload}",
        f"| a |\n|---|\n| {payload} |",
        f"[x]({payload})",
        f"`{payload}`",
    ):
        assert is_harmless(render(text).html), render(text).html


def test_there_are_enough_attacks() -> None:
    assert len(PAYLOADS) >= 60


MARKS = st.sampled_from(["<", ">", '"', "'", "&", "`", "=", "/", "script", "img", " src=x", " onerror=alert(1)",
    "javascript:", "<!--", "-->", "<![CDATA[", "$", "$$", "[", "](", ")", "\n", "<a href=", "<math>", "<svg", "&#x6a;",
    "\ue0f00\ue0f1",    "&#xe0f0;0&#xe0f1;", " title=", "<p "])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(MARKS, max_size=25).map("".join))
def test_nothing_put_together_from_such_marks_survives(text: str) -> None:
    assert is_harmless(render(f"$a$ {text}").html)


def test_a_formula_cannot_be_put_into_an_attribute() -> None:
    html = render('$a$ <p title="&#xe0f0;0&#xe0f1;<img src=x onerror=alert(1)>">t</p>').html
    assert "onerror" not in html
    assert is_harmless(html)


SAMPLE = """---
owner: x
---
# Review

## Small *changes*

See https://example.org/a, [other](other.md#small), [gone](gone.md), [[Other|words]], ![plan](plan.png)
and $a^2$; $5 or $6.[^1]

- [x] tests
- [ ] docs

| a | b |
|---|---|
| 1 | 2 |

```python
def f(): return 1
```

```mermaid
graph TD; A-->B
```

## Small changes

[^1]: A note.
"""


@pytest.fixture(scope="module")
def sample() -> Rendered:
    return render(
        SAMPLE,
        title="Review",
        leads=lambda target: None if target.startswith("gone") else f"/follow/?to={target}",
        pictures=lambda target: f"/files/{target}",
    )


def test_a_page_has_places_contents_colors_formulas_and_diagrams(sample: Rendered) -> None:
    assert [(one.level, one.text, one.place) for one in sample.contents] == [
        (2, "Small changes", "s-small-changes"),
        (2, "Small changes", "s-small-changes-1"),
    ]
    assert "<h1" not in sample.html
    assert "owner" not in sample.html
    assert '<span class="hl-k">def</span>' in sample.html
    assert '<pre class="diagram" tabindex="0">graph TD; A--&gt;B' in sample.html
    assert sample.has_diagram
    assert "<msup><mi>a</mi><mn>2</mn></msup>" in sample.html
    assert "$5 or $6" in sample.html
    assert 'aria-label="done"' in sample.html


def test_links_lead_where_the_library_says_and_missing_pages_are_said_to_be_missing(sample: Rendered) -> None:
    assert '<a href="/follow/?to=other.md#small"' in sample.html
    assert '<a href="/follow/?to=Other" rel="noopener noreferrer">words</a>' in sample.html
    assert '<span class="missing" title="There is no such page yet">gone</span>' in sample.html
    assert '<img src="/files/plan.png" alt="plan">' in sample.html
    assert '<a class="outside" href="https://example.org/a"' in sample.html
    assert 'href="#s-fn1"' in sample.html
    assert 'id="s-fn1"' in sample.html


def test_a_picture_from_elsewhere_is_a_link_because_it_would_tell_who_reads() -> None:
    html = render("![a](https://example.org/x.png)").html
    assert "<img" not in html
    assert "picture elsewhere: a" in html


def test_links_find_a_heading_by_the_name_behind_it() -> None:
    page = render("[down](#look_for)\n\n## What to look for {#look_for}\n\nTests.\n")
    assert [one.text for one in page.contents] == ["What to look for"]
    assert 'href="#s-look_for"' in page.html
    assert 'id="s-look_for"' in page.html
    assert "{#" not in page.html


def test_an_alert_is_a_callout_with_its_name_and_any_other_quote_stays_one() -> None:
    html = render("> [!WARNING]\n> Do **not** touch.\n>\n> - a\n>   > [!tip]\n>   > b\n").html
    assert html.startswith(
        '<div class="callout callout-warning" role="note">\n<p class="callout-name">Warning</p>\n'
        "<p>Do <strong>not</strong> touch.</p>"
    )
    assert '<div class="callout callout-tip" role="note">\n<p class="callout-name">Tip</p>' in html
    assert "<blockquote>" in render("> [!WARNING] now\n").html
    assert "<blockquote>" in render("> [!DANGER]\n> x\n").html
    assert "role" not in render('<div class="callout" role="alert">x</div>').html


def test_an_alert_holds_nothing_that_runs() -> None:
    for payload in PAYLOADS:
        html = render(f"> [!NOTE]\n> {payload}").html
        assert is_harmless(html), html
