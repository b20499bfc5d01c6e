"""What templates need to print numbers, instants and drawings. `{% load look %}`"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from seci.kit import clock
from seci.kit.clock import Micros
from seci.kit.figures import Figure
from seci.people.views import PersonRef
from seci.site.drawing import heat, icons, interval, spiral, trend, words
from seci.spiral.turn import MODE_NAMES, Turn
from seci.spiral.views import AssetRef, Cell, HolderRow, TrendPoint

register = template.Library()
FRESHNESS = {"fresh": "fresh", "fading": "fading", "stale": "stale", "unknown": "never"}


def _drawn(svg: str) -> SafeString:
    """The drawing modules escape every text that they are given."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def figure(value: Figure | None, brief: bool = False) -> SafeString:
    """Value, interval, n and status. `brief` leaves out the status where a column head names it."""
    if value is None:
        return format_html('<span class="figure"><span class="unknown">{}</span></span>', "unknown")
    small = [words.interval(value), f"n = {value.n:,}"]
    if not brief:
        small.append(value.status)
    shown = " · ".join(part for part in small if part)
    spoken = words.figure_words(value)
    if value.value is None:
        return format_html(
            '<span class="figure" title="{}"><span class="unknown">unknown</span> '
            '<small class="n">n = {}</small></span>',
            spoken,
            f"{value.n:,}",
        )
    return format_html(
        '<span class="figure" title="{}"><span class="value">{}</span> <small class="n">{}</small></span>',
        spoken,
        words.amount(value.value, value.unit),
        shown,
    )


@register.simple_tag
def value(shown: Figure | None) -> SafeString:
    """The bare value, for a place whose interval and n stand right beside it."""
    if shown is None or shown.value is None:
        return format_html('<span class="unknown">{}</span>', "unknown")
    return format_html('<span class="value">{}</span>', words.amount(shown.value, shown.unit))


@register.simple_tag
def interval_bar(shown: Figure, tone: str = "coverage", ceiling: float = 1.0) -> SafeString:
    """The interval drawn small. `tone` "coverage" colors by how far it is covered, else a tone by name."""
    drawn: interval.Tone = interval.coverage_tone(shown.value) if tone == "coverage" else "plain"
    return _drawn(
        interval.bar(shown.value, shown.low, shown.high, label=words.figure_words(shown), ceiling=ceiling, tone=drawn)
    )


@register.simple_tag
def turn_glyph(turn: Turn, size: int = 34) -> SafeString:
    return _drawn(spiral.glyph(turn, size=size))


@register.simple_tag
def spiral_figure(turns: Sequence[Turn], median: Turn | None = None) -> SafeString:
    return _drawn(spiral.figure(turns, median))


@register.simple_tag
def mark() -> SafeString:
    return _drawn(spiral.mark())


@register.simple_tag
def icon(name: str) -> SafeString:
    return _drawn(icons.icon(name))


@register.filter
def beside(cells: Sequence[Cell | None], people: Sequence[PersonRef]) -> list[tuple[PersonRef, Cell | None]]:
    """Each cell with its person, in the order of the columns."""
    return list(zip(people, cells, strict=True))


@lru_cache(maxsize=4)
def _evidence_address(prefix: str | None) -> str:
    """The address of a cell's evidence with two places to fill; `reverse` per cell would cost more than the page."""
    return reverse("asset-evidence", args=[111111, 222222]).replace("111111", "%d").replace("222222", "%d")


@register.simple_tag
def heat_link(cell: Cell, ref: AssetRef, person: PersonRef) -> SafeString:
    """The drawn cell as a link to the events behind it; its words are there for those who do not see it."""
    href = _evidence_address(get_script_prefix()) % (ref.id, cell.person)
    spoken = f"{person.name}: {cell.words}, {FRESHNESS[cell.freshness]}, {words.count(cell.events, 'event')}"
    return format_html(
        '<a class="cell" href="{}" title="{}, last {}"><span class="who-name">{}</span>{}'
        '<span class="sr">{}</span></a>',
        href,
        spoken,
        words.ago(cell.last_t, clock.now()),
        person.name,
        _drawn(heat.cell(cell.band, cell.freshness)),
        spoken,
    )


@register.simple_tag
def heat_key(band: int, freshness: str) -> SafeString:
    """One example cell for the legend."""
    return _drawn(heat.cell(band, freshness))


@register.simple_tag
def spark(values: Sequence[float | None], of: str = "coverage") -> SafeString:
    known = [one for one in values if one is not None]
    if len(known) < 2:
        return format_html('<span class="unknown">{}</span>', "too short")
    unit = "share" if of == "coverage" else ""
    label = f"{of} from {words.amount(known[0], unit)} to {words.amount(known[-1], unit)} over {len(values)} quarters"
    return _drawn(trend.sparkline(values, label=label, ceiling=1.0 if of == "coverage" else None))


@register.simple_tag
def trend_chart(points: Sequence[TrendPoint], of: str = "coverage") -> SafeString:
    """The line of one reading, `coverage` or `at_risk`; empty with fewer than two known points."""
    values = [point.coverage if of == "coverage" else point.at_risk for point in points]
    unit = "share" if of == "coverage" else "h/week"
    name = "Coverage" if of == "coverage" else "Knowledge at risk"
    drawn = trend.chart(
        values,
        [point.label for point in points],
        title=f"{name} by quarter; the table beside has the same numbers",
        ceiling=1.0 if of == "coverage" else None,
        written=lambda level: words.amount(level, unit) if unit == "share" else words.plain(level),
        css="calm" if of == "coverage" else "risk",
    )
    return _drawn(drawn)


@register.simple_tag
def ago(then: Micros | None) -> SafeString:
    if then is None:
        return format_html('<span class="unknown">{}</span>', "never")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        clock.to_datetime(then).isoformat(timespec="seconds"),
        words.moment(then),
        words.ago(then, clock.now()),
    )


@register.simple_tag
def when(then: Micros | None) -> SafeString:
    if then is None:
        return format_html('<span class="unknown">{}</span>', "unknown")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        clock.to_datetime(then).isoformat(timespec="seconds"),
        words.moment(then),
        words.day(then),
    )


@register.simple_tag
def freshness(word: str) -> SafeString:
    return format_html('<span class="freshness {}">{}</span>', word, FRESHNESS.get(word, word))


@register.simple_tag
def mode(letter: str, short: bool = False) -> SafeString:
    """The name of a mode in its color; `short` prints the letter and keeps the name for a reader."""
    name = MODE_NAMES[letter]
    if short:
        return format_html('<abbr class="mode {0}" title="{1}">{0}</abbr>', letter, name)
    return format_html('<span class="mode {}">{}</span>', letter, name)


@register.simple_tag
def person(ref: PersonRef | None) -> SafeString:
    if ref is None:
        return format_html('<span class="unknown">{}</span>', "nobody")
    left = "" if ref.here else format_html(' <small class="n">{}</small>', "not here now")
    return format_html('<a class="who" href="{}">{}</a>{}', reverse("person", args=[ref.id]), ref.name, left)


@register.simple_tag
def asset(ref: AssetRef) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("asset", args=[ref.id]), ref.name)


@register.simple_tag(takes_context=True)
def nav(context: dict[str, Any], route: str, label: str, key: str = "", also: str = "") -> SafeString:
    """A link of the main navigation; `also` names further routes (comma between) that belong to it."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = match is not None and match.url_name in {route, *also.split(",")}
    return format_html(
        '<a href="{}"{}{}>{}</a>',
        reverse(route),
        mark_safe(' aria-current="page"') if here else "",
        format_html(' data-key="{}"', key) if key else "",
        label,
    )


@register.filter
def count(n: int, noun: str) -> str:
    """`{{ 3|count:"asset" }}` is `3 assets`; an irregular plural follows a comma: `"person,people"`."""
    singular, _, plural = noun.partition(",")
    return words.count(n, singular, plural)


@register.filter
def digits(n: int | float) -> str:
    return f"{n:,}"


@register.filter
def amount(number: float | None, unit: str = "") -> str:
    return "unknown" if number is None else words.amount(number, unit)


@register.filter
def duration(seconds: float | None) -> str:
    return "unknown" if seconds is None else words.duration(seconds)


@register.filter
def sha(text: str) -> str:
    """The first twelve digits: enough to find it, short enough to read."""
    return text[:12]


@register.filter
def hours(number: float | None) -> str:
    """Hours as a person says them: `30 min`, `2 h`."""
    return "unknown" if number is None else words.duration(number * 3600)


@register.filter
def in_words(n: int) -> str:
    """Small numbers spelled out, for a headline; capitalized."""
    spelled = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return spelled[n] if 0 <= n < len(spelled) else f"{n:,}"


@register.filter
def small(shown: Figure | None) -> str:
    """Interval and n of a figure, without its value and status."""
    if shown is None:
        return ""
    return " · ".join(part for part in (words.interval(shown), f"n = {shown.n:,}") if part)


@register.filter
def names(people: Sequence[PersonRef]) -> str:
    """`Ann`, `Ann and Bo`, `Ann, Bo and Cy`."""
    listed = [one.name for one in people]
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


@register.simple_tag(takes_context=True)
def page_link(context: dict[str, Any], key: str, number: int) -> str:
    """The present address with one query field changed: every filter stays."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query[key] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def mode_link(context: dict[str, Any], letter: str) -> str:
    """The present address asking for one mode, or for all, from the first page on."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else QueryDict(mutable=True)
    query.pop("page", None)
    query["mode"] = letter
    return f"?{query.urlencode()}"


@register.simple_tag
def turn_figure(turn: Turn) -> SafeString:
    """The turn of one asset, large, with the modes named."""
    return _drawn(spiral.portrait(turn))


@register.simple_tag
def turn_caption(turn: Turn) -> str:
    """What the drawing of one asset says."""
    return spiral.caption(turn)


@register.simple_tag
def organization_caption(median: Turn | None) -> str:
    """What the drawing of all assets says."""
    return spiral.organization_caption(median)


@register.filter
def from_band(rows: Sequence[HolderRow], band: int) -> list[HolderRow]:
    """Those who are at least in this band, in the order given."""
    return [row for row in rows if row.band >= band]


@register.filter
def below_band(rows: Sequence[HolderRow], band: int) -> list[HolderRow]:
    return [row for row in rows if row.band < band]


@register.filter
def options(listed: str) -> list[tuple[str, str]]:
    """`"a:first,b:second"` as pairs of value and label, for a select."""
    return [(value, label) for value, _, label in (each.partition(":") for each in listed.split(","))]


@register.filter
def named(listed: Iterable[Any]) -> list[tuple[Any, str]]:
    """Records with an id and a name, or plain words, as pairs of value and label, for a select."""
    return [(one, one) if isinstance(one, str) else (one.id, one.name) for one in listed]


@register.filter
def epoch_day(day: int) -> str:
    """Days since the epoch as a date."""
    return words.day(day * clock.DAY)
