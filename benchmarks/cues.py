"""How often the cue lexicon is right, on sentences labeled by hand. [--quick] [--json]

Every sentence carries the classes of cues that call for a follow-up in it, or "none". Every second one was held out:
the patterns were written before the sentences and were not changed after looking at that half. Patterns and sentences
are of one hand, so expect less of strangers' words. Intervals: 95 %.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from seci.externalization.listening.cues import detect, lexicon
from seci.kit.figures import Figure, share

SENTENCES = Path(__file__).parent / "data" / "cue_sentences.tsv"
Labeled = tuple[frozenset[str], str]


def sentences() -> list[Labeled]:
    rows = (line.split("\t", 1) for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line.strip())
    return [(frozenset(labels.split(",")) - {"none"}, sentence) for labels, sentence in rows]


def measure(labeled: Iterable[Labeled], only: str = "") -> tuple[Figure, Figure]:
    """Precision and recall over pairs of sentence and class."""
    right = found = wanted = 0
    for labels, sentence in labeled:
        detected = {cue.cue for cue in detect(sentence)}
        for cue in lexicon():
            if not only or cue == only:
                right += cue in detected and cue in labels
                found += cue in detected
                wanted += cue in labels
    return share(right, found, of="cues found", level=0.95), share(right, wanted, of="cues labeled", level=0.95)


def _row(name: str, labeled: list[Labeled], only: str = "") -> dict[str, object]:
    row: dict[str, object] = {"on": name, "sentences": len(labeled)}
    for figure_name, figure in zip(("precision", "recall"), measure(labeled, only), strict=True):
        row[figure_name] = None if figure.value is None else round(figure.value, 3)
        row[f"{figure_name}_n"] = figure.n
        row[f"{figure_name}_95"] = [None if end is None else round(end, 3) for end in (figure.low, figure.high)]
    return row


def rows() -> list[dict[str, object]]:
    every = sentences()
    held_out = every[1::2]
    return [
        _row("development half", every[::2]),
        _row("held-out half", held_out),
        *(_row(cue, held_out, cue) for cue in lexicon()),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cues", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="the same; it takes a second")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.json:
        json.dump(rows(), sys.stdout)
        return 0
    for row in rows():
        print(
            f"{row['on']!s:>18}  n {row['sentences']!s:>3}  precision {row['precision']} {row['precision_95']}"
            f" of {row['precision_n']}  recall {row['recall']} {row['recall_95']} of {row['recall_n']}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
