"""Days on which practice is due, as a calendar that other programs subscribe to (RFC 5545).

It says how many patterns are due and nothing else, because whoever has the address can read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from seci.kit.clock import DAY, Micros, to_datetime

WIDEST = 75  # octets of a line, RFC 5545 3.1


def calendar(due: Iterable[Micros | None], at: Micros, address: str, owner: str) -> str:
    """One event for each day with something due; what is overdue, or was never tried (None), is due today.

    address  where practice is opened
    owner    what tells this calendar from others, in the ids of its events
    """
    today = at // DAY
    days = Counter(today if one is None else max(today, one // DAY) for one in due)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SECI//Practice//EN", "X-WR-CALNAME:Practice"]
    for day, patterns in sorted(days.items()):
        lines += [
            "BEGIN:VEVENT",
            f"UID:practice-{owner}-{day}@seci",
            f"DTSTAMP:{to_datetime(at):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{_date(day)}",
            f"DTEND;VALUE=DATE:{_date(day + 1)}",
            f"SUMMARY:Practice: {patterns} {'pattern' if patterns == 1 else 'patterns'} due",
            f"URL:{address}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _date(day: int) -> str:
    return f"{to_datetime(day * DAY):%Y%m%d}"


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, all but the first behind a space; never within a character."""
    pieces, now = [], ""
    for sign in line:
        if len((now + sign).encode()) > WIDEST:
            pieces.append(now)
            now = " "
        now += sign
    return [*pieces, now]
