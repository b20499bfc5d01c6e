"""The words by which a rule says must, should or may, denies, and sets a limit. Data: `rules.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any


@cache
def data() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words and phrases, the longest first, each on its own."""
    parts = (re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
    return re.compile(r"(?<![\w'’-])(?:" + "|".join(parts) + r")(?![\w'’-])", re.IGNORECASE)


def straight(text: str) -> str:
    """Apostrophes as on a keyboard, one space between words: what patterns are tried on."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())
