"""How many edited copies of sections are found, and what else is told. [--quick] [--json] [NAME=FOLDER ...]

Sections of 40 to 250 words, of the documents of this repository or of whole guides given by folder; copies of some in
which so many words in a hundred were dropped, replaced or followed by another word of the library, one kind as often as
the other. Recall: the copy is told with the section it was made from. Told besides: pairs of two sections of which none
is a copy; some are copies that authors made. Baselines: cosine of 0.8 and more of the
weighted words, and of the embedding if the model is there. Intervals: 95 %.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.conflict_guides import guides
from benchmarks.conflicts import modes
from seci.combination.merge.alignment import sections
from seci.combination.merge.duplicates import pairs
from seci.combination.merge.likeness import weights
from seci.combination.merge.source import Embed
from seci.combination.merge.words import plain, terms
from seci.kit.figures import Figure, share
from seci.kit.ids import Draw, seeded

DOCUMENTS = Path(__file__).parent.parent / "docs"
COPIES = 400
COSINE = 0.8


def edited(words: Sequence[str], rate: float, library: Sequence[str], draw: Draw) -> str:
    """Words of which a share was dropped, replaced, or followed by another."""
    made = list[str]()
    for word in words:
        kind = draw.choice(("drop", "replace", "add")) if draw.random() < rate else ""
        made += [] if kind in ("drop", "replace") else [word]
        made += [draw.choice(library)] if kind in ("replace", "add") else []
    return " ".join(made)


def by_words(texts: Sequence[str]) -> set[tuple[int, int]]:
    found = weights([terms(text) for text in texts])
    return _above(np.asarray((found @ found.T).todense()))


def by_meaning(texts: Sequence[str], embed: Embed) -> set[tuple[int, int]]:
    vectors = embed(texts)
    return _above(vectors @ vectors.T)


def _above(cosines: np.ndarray) -> set[tuple[int, int]]:
    return {(int(one), int(other)) for one, other in zip(*np.nonzero(np.triu(cosines, 1) >= COSINE), strict=True)}


def rows(folders: dict[str, Path], quick: bool) -> Iterable[dict[str, object]]:
    parts = [part for source in guides(folders) for part in sections(source) if 40 <= len(plain(part.text)) <= 250]
    texts, documents = [part.text for part in parts], [part.source for part in parts]
    began = time.process_time()
    own = pairs(texts, documents)
    spent = round(time.process_time() - began, 2)
    yield {"what": "no copy planted", "by": "ours", "measure": "pairs told", "value": len(own), "n": len(texts),
           "interval_95": [None, None], "cpu_seconds": spent}  # fmt: skip
    library = [word for text in texts for word in text.split()]
    embed = None if quick else next((one for _, one in modes(False) if one is not None), None)
    for rate in (0.05, 0.1, 0.2, 0.3, 0.5):
        draw = seeded("copies", rate)
        chosen = draw.sample(range(len(texts)), min(COPIES if not quick else 120, len(texts)))
        every = texts + [edited(texts[at].split(), rate, library, draw) for at in chosen]
        copies = {(at, len(texts) + number) for number, at in enumerate(chosen)}
        belongs = documents + [-1 - number for number in range(len(chosen))]
        told = {"ours": {(one, other) for one, other, _ in pairs(every, belongs)}, "cosine of words": by_words(every)}
        if embed is not None and rate in (0.1, 0.3):
            told["cosine of embedding"] = by_meaning(every, embed)
        for way, found in told.items():
            besides = sum(other < len(texts) for _, other in found)
            yield {"what": f"{rate:.0%} of words edited", "by": way, "measure": "recall", "besides": besides,
                   **_row(share(len(copies & found), len(copies), of="copies", level=0.95))}  # fmt: skip


def _row(figure: Figure) -> dict[str, object]:
    ends = [None if end is None else round(end, 3) for end in (figure.low, figure.high)]
    return {"value": None if figure.value is None else round(figure.value, 3), "n": figure.n, "interval_95": ends}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.duplicates", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer copies, no embedding")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("guides", nargs="*", metavar="NAME=FOLDER", help="whole guides")
    given = parser.parse_args()
    folders = {name: Path(folder) for name, _, folder in (one.partition("=") for one in given.guides)}
    found = rows(folders or {"documents": DOCUMENTS}, given.quick)
    if given.json:
        json.dump(list(found), sys.stdout)
        return 0
    for row in found:
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
