"""The calendar of practice as other programs read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from seci.internalization.feed import WIDEST, calendar
from seci.kit.clock import DAY

AT = 20_000 * DAY + 7


def test_what_is_overdue_or_was_never_tried_is_due_today_and_days_are_counted() -> None:
    text = calendar([None, AT - 3 * DAY, AT + DAY, AT + DAY, AT + 2 * DAY], AT, "https://seci.example/practice/", "4")
    assert text.count("BEGIN:VEVENT") == 3
    assert "DTSTART;VALUE=DATE:20241004\r\nDTEND;VALUE=DATE:20241005\r\nSUMMARY:Practice: 2 patterns due" in text
    assert "SUMMARY:Practice: 1 pattern due" in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=300))
def test_no_line_is_longer_than_the_standard_allows_and_unfolding_gives_it_back(path: str) -> None:
    text = calendar([None], AT, f"https://seci.example/{path}", "4")
    assert all(len(line.encode()) <= WIDEST for line in text.split("\r\n"))
    assert f"URL:https://seci.example/{path}\r\n" in text.replace("\r\n ", "")
