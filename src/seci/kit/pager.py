"""One page of a longer list: which part is shown, and how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pager:
    """Pages count from 1; `total` is the number of rows over all pages."""

    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        return min(self.total, self.page * self.size)

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def whole(text: str | None) -> int | None:
    """A whole number from a form or a query string; nonsense counts as not given."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
