"""Names that a person would use for assets in the making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from seci.assets.drafts import Draft
from seci.assets.tree import LAYOUT

_COMMON = 0.5
"""A word in at least this part of the paths tells nothing apart."""


def name_all(drafts: Sequence[Draft], title: str) -> list[str]:
    """A name for each draft, no two the same."""
    common = _common_words(drafts) | {title.lower()}
    names = [_name(draft, common, title) for draft in drafts]
    for more in (_name_in_full, _path):
        counts = Counter(names)
        names = [
            name if counts[name] == 1 else more(draft, common, title) for name, draft in zip(names, drafts, strict=True)
        ]
    return names


def _name_in_full(draft: Draft, common: frozenset[str], title: str) -> str:
    words = [word for word in draft.path.split("/") if word.lower() not in common]
    return f"{'/'.join(words) or title}{_rest(draft)}"


def _path(draft: Draft, common: frozenset[str], title: str) -> str:
    return f"{draft.path or title or 'everything else'}{_rest(draft)}"


def _common_words(drafts: Sequence[Draft]) -> frozenset[str]:
    # The first word after the layout is the part of the house; only deeper ones repeat without telling.
    words = Counter(word for draft in drafts for word in set(_inside(draft.path)[1:-1]))
    return frozenset(word for word, count in words.items() if count > 3 and count >= _COMMON * len(drafts)) | LAYOUT


def _inside(path: str) -> list[str]:
    return [word for word in path.split("/") if word.lower() not in LAYOUT]


def _name(draft: Draft, common: frozenset[str], title: str) -> str:
    if draft.label and draft.topic != "code":
        return draft.label
    path = draft.path.rpartition("/")[0] if draft.label else draft.path
    words = list(dict.fromkeys(path.split("/"))) if path else []
    telling = [word for word in words[:-1] if word.lower() not in common] + words[-1:]
    if len(telling) > 3:
        telling = [telling[0], *telling[-2:]]
    place = "/".join(telling)
    if draft.label:
        return f"{place}: {draft.label}" if place else draft.label
    return f"{place}{_rest(draft)}" if place else f"{title or 'everything else'}{_rest(draft) if title else ''}"


def _rest(draft: Draft) -> str:
    return ", other parts" if draft.inside else ""
