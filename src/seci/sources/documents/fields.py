"""What the front matter of a page says of it: title, who owns it, when it was looked at and until when that counts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from seci.kit.clock import Micros, from_date, from_datetime, to_datetime

_SPAN = re.compile(r"\s*(\d{1,4})\s*(day|week|month|year)s?\s*\Z", re.IGNORECASE)
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S %z")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that a library can use. `licence` is as written."""

    title: str = ""
    author: str = ""
    owner: str = ""
    at: Micros | None = None
    reviewed_at: Micros | None = None
    expires_at: Micros | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    licence: str = ""
    diataxis: str = ""


_USES = {
    "tutorial": "tutorial", "how-to": "how-to", "howto": "how-to", "how-to-guide": "how-to",
    "reference": "reference", "explanation": "explanation",
}  # fmt: skip
"""What pages call their kind of use (Diátaxis, D. Procida), as the library calls it."""


def fields_of(front: Mapping[str, Any]) -> Fields:
    """Reads the names that Hugo, Jekyll, MkDocs, Obsidian and GOV.UK's pages use. What cannot be read is left out."""
    said = {name.strip().lower().replace("-", "_"): value for name, value in front.items()}

    def first(*names: str) -> Any:
        return next((said[name] for name in names if said.get(name) not in (None, "", [])), None)

    reviewed = moment(first("last_reviewed_on", "last_reviewed", "reviewed_on", "verified_on", "last_verified"))
    expires = moment(first("expires_on", "expires", "expiry", "expirydate", "review_by", "valid_until"))
    span = first("review_in")
    if expires is None and reviewed is not None and span is not None:
        expires = after(reviewed, str(span))
    return Fields(
        title=_line(first("title")),
        author=", ".join(_words(first("author", "authors", "created_by"), ",")),
        owner=", ".join(_words(first("owner", "owners", "owner_slack", "maintainer", "maintainers", "team"), ",")),
        at=moment(first("updated", "lastmod", "last_modified", "last_updated", "modified", "date", "created")),
        reviewed_at=reviewed,
        expires_at=expires,
        tags=tuple(
            dict.fromkeys(tag.lstrip("#") for tag in _words(first("tags", "tag", "keywords", "categories"), ", "))
        ),
        aliases=tuple(_words(first("aliases", "alias"), ",")),
        licence=_line(first("licence", "license", "spdx")),
        diataxis=next((use for name in ("diataxis", "kind", "type") if (use := _use(said.get(name)))), ""),
    )


def _use(value: Any) -> str:
    """One of the four uses of a page; "" for a kind that is none of them: `type: post` says nothing of it."""
    word = re.sub(r"[\s_-]+", "-", _line(value).lower())
    return _USES.get(word) or _USES.get(word.removesuffix("s"), "")


def moment(value: Any) -> Micros | None:
    """An instant from what YAML or a person wrote; None where it is no date. A moment without a zone counts as UTC."""
    try:
        if isinstance(value, datetime):
            return from_datetime(value if value.tzinfo else value.replace(tzinfo=UTC))
        if isinstance(value, date):
            return from_date(value)
        if isinstance(value, str):
            return _written(value.strip())
    except (ValueError, OverflowError):
        return None
    return None


def _written(text: str) -> Micros | None:
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        pass
    for form in _DATES:
        try:
            return moment(datetime.strptime(text, form))  # noqa: DTZ007 - `moment` gives it its zone
        except ValueError:
            continue
    return None


def after(start: Micros, span: str) -> Micros | None:
    """The instant that lies "6 months", "1 year", "90 days" or "2 weeks" later, by the calendar; None otherwise."""
    found = _SPAN.match(span)
    if not found:
        return None
    count, unit = int(found[1]), found[2].lower()
    begun = to_datetime(start)
    if unit in ("day", "week"):
        return start + count * (7 if unit == "week" else 1) * 86_400_000_000
    months = begun.month - 1 + count * (12 if unit == "year" else 1)
    year, month = begun.year + months // 12, months % 12 + 1
    if year > 9999:
        return None
    day = min(begun.day, calendar.monthrange(year, month)[1])
    return from_datetime(begun.replace(year=year, month=month, day=day))


def _line(value: Any) -> str:
    return " ".join(str(value).split())[:300] if isinstance(value, str | int | float) else ""


def _words(value: Any, between: str) -> list[str]:
    """A list, or a text of several with one of the letters `between` them."""
    if isinstance(value, str):
        value = re.split(f"[{re.escape(between)}]", value)
    if isinstance(value, Mapping):
        value = [value.get("name") or value.get("id")]
    if not isinstance(value, Iterable):
        return []
    names = (one.get("name") if isinstance(one, Mapping) else one for one in value)
    return [line for name in names if (line := _line(name))]
