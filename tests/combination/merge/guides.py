"""Two small guides of the same subject, written for the tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from seci.combination.merge.source import Source, read

LEFT = """# Review guide

## Size of a change

Keep changes under 100 lines. Large changes are hard to review, so split them.

- Explain why the change is needed.
- Do not squash commits before the review is over.

## Response time

Answer a review request within one business day.

```sh
git push
```

## Tests

Every change needs tests.
"""
RIGHT = """# How we review

## Change size

Keep changes under 400 lines. Please explain why the change is needed.

## Answering

Answer a review request within three business days.

## Style

- Squash commits before the review is over.
- Use double quotes for strings in scripts.

| tool | when |
|---|---|
| ruff | always |
"""


def sources(**rest: Any) -> tuple[Source, Source]:
    return (
        read(1, "Review guide", LEFT, licence="CC-BY-4.0", guide="left", **rest),
        read(2, "How we review", RIGHT, licence="MIT", guide="right", **rest),
    )


def at(day: str) -> datetime:
    """The first moment of a day, in UTC."""
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")
