"""What templates of practice need. `{% load practice %}`"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString

from seci.kit.clock import to_date

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

register = template.Library()

LEVELS = (
    ("worked", "solved before your eyes"),
    ("completion", "all but the last step"),
    ("on request", "with the artifact, if you open it"),
    ("unaided", "closed, no clock"),
    ("under pressure", "closed, against the clock"),
    ("real work", "nothing left to practise here"),
)


@register.filter
def prose(text: str) -> SafeString:
    """Markdown of people as HTML. Their own HTML and pictures stay words; addresses that run scripts are no links."""
    html: str = _markdown().render(text)
    return SafeString(html)  # raw HTML is off, the renderer escapes all text


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "heading", "lheading"])


@register.filter
def level_name(level: int) -> str:
    return LEVELS[level][0]


@register.filter
def level_words(level: int) -> str:
    return LEVELS[level][1]


@register.filter
def day(instant: int) -> str:
    """The day of an instant, as 2026-03-01."""
    return to_date(instant).isoformat()


@register.filter
def at(mapping: Mapping[str, str], key: str) -> str:
    """What stands there for a key, else the key itself."""
    return mapping.get(key, key)


@register.filter
def all_at(keys: Iterable[str], mapping: Mapping[str, str]) -> str:
    """What stands there for these keys, in one line."""
    return ", ".join(f"“{mapping.get(key, key)}”" for key in keys)


@register.filter
def seconds(milliseconds: int) -> int:
    return round(milliseconds / 1000)
