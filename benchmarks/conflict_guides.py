"""Whole guides, as folders of Markdown: what is told first, and what the readings said of it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from seci.combination.merge.conflicts import Conflict, conflicts
from seci.combination.merge.source import Embed, Source, read
from seci.kit.figures import share

SKIPPED = ("docs", "_pages", "content", "source", "review")


def guides(folders: Mapping[str, Path]) -> list[Source]:
    """Every Markdown page of every folder as a source of the guide it is named by."""
    found = list[Source]()
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*.md*")):
            if path.is_file() and "LICEN" not in path.name.upper():
                text = path.read_text(encoding="utf-8", errors="replace")
                found.append(read(len(found) + 1, title(path.relative_to(folder)), text, guide=name))
    return found


def title(path: Path) -> str:
    """A page by its last two folders and its name, without what every repository has."""
    parts = [part for part in path.parts if part not in SKIPPED]
    name = re.sub(r"\.(?:html\.)?md(?:\.erb)?$", "", parts[-1])
    kept = parts[:-1] + ([] if name.lower() in ("readme", "index", "_index") else [name])
    return " / ".join(re.sub(r"[-_]", " ", part) for part in kept[-2:]) or "home"


def whole_rows(
    sources: Sequence[Source], labels: Mapping[str, int], mode: str, embed: Embed | None, top: int,
    known: Sequence[tuple[str, str]],
) -> Iterable[dict[str, object]]:  # fmt: skip
    """Precision in the first `top` over whole guides; a pair that nobody has labeled counts as wrong."""
    began = time.process_time()
    found = conflicts(sources, embed)
    spent = round(time.process_time() - began, 1)
    guide = {source.id: source.guide for source in sources}
    parts = {"whole guides": found}
    for at, half in enumerate(("first half", "second half")):
        parts[f"whole guides, {half}"] = tuple(one for one in found if int(one.fingerprint[0], 16) % 2 == at)
    for name in sorted({*guide.values()}):
        parts[f"without {name}"] = tuple(
            one for one in found if name not in (guide[one.a.said.source], guide[one.b.said.source])
        )
    for what, part in parts.items():
        first = part[:top]
        right = share(sum(labels.get(one.fingerprint, 0) for one in first), len(first), of="pairs", level=0.95)
        ends = [None if end is None else round(end, 3) for end in (right.low, right.high)]
        yield {
            "what": what, "mode": mode, "by": "ours", "measure": f"precision in the first {top}",
            "value": right.value, "n": right.n, "interval_95": ends,
            "ranks_of_known": [_rank(part, words) for words in known],
            "unlabeled": sum(one.fingerprint not in labels for one in first), "told": len(part),
            "sentences": sum(len(source.sentences) for source in sources), "cpu_seconds": spent,
        }  # fmt: skip


def _rank(found: Sequence[Conflict], words: tuple[str, str]) -> int | None:
    both = (at for at, one in enumerate(found, 1) if all(word in one.a.text + one.b.text for word in words))
    return next(both, None)
