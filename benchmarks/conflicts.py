"""How well conflicts between guides are found. [--quick] [--json] [--own-opposites] [NAME=FOLDER ...]

Seeded: sentences of real guides, one copy changed so that it contradicts; recall is the share of pairs that are told.
Opposites come from Open English WordNet; those of the second half were not looked at when the program's own list was
made. The program knows common antonyms of the same lexicon besides: `--own-opposites` leaves these out, so that the
second half is words that nothing was made for. Harmless: copies in other words; the share that is told is a false
alarm. Natural: pairs of real sentences labeled by hand (data/conflict_pairs.md); precision in the first 20. Beside it
two baselines: likeness alone (what an embedding can do), and a plain rule (likeness of 0.6 and a number with
the same unit that differs, an odd number of negations, or a listed opposite). With the embedding model if it is there,
and without. Intervals: 95 %. Given whole guides (names and versions in data/conflict_pairs.md), what is told first over
all of them, over each half of the pairs, and without each guide.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.conflict_guides import guides, whole_rows
from benchmarks.conflict_seeds import antonym, harmless, negation, number, opposites
from seci.combination.merge import antonyms
from seci.combination.merge.antonyms import opposite
from seci.combination.merge.conflicts import TOLD, Conflict, held
from seci.combination.merge.equivalents import Said
from seci.combination.merge.likeness import Alike, alike
from seci.combination.merge.meeting import Rarity, Seen, rarity, seen
from seci.combination.merge.negation import denial
from seci.combination.merge.quantities import quantities
from seci.combination.merge.rules import rule
from seci.combination.merge.source import Embed, Source
from seci.kit.agreement import agreement
from seci.kit.figures import Figure, share
from seci.kit.ids import seeded

PAIRS = Path(__file__).parent / "data" / "conflict_pairs.tsv"
TOP = 20
KNOWN = (("under 100 lines", "300 lines or more"), ("delete or terminate", "should be terminated"))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences as they are held against each other; `label` 1 if both readings say conflict."""

    a: str
    b: str
    left: Seen | None
    right: Seen | None
    label: int = 0
    fingerprint: str = ""


def labeled() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _seen(text: str, page: str = "", guide: str = "") -> Seen | None:
    title, *path = page.split(" › ")
    found = rule(Said(1, 0, text), path)
    return None if found is None else seen(found, Source(1, title, "", (), (), guide=guide))


def _pairs(rows: Sequence[dict[str, str]]) -> list[Pair]:
    return [
        Pair(
            row["sentence_a"], row["sentence_b"], _seen(row["sentence_a"], row["page_a"], row["guide_a"]),
            _seen(row["sentence_b"], row["page_b"], row["guide_b"]), int(row["first"]) & int(row["second"]),
            row["fingerprint"],
        )
        for row in rows
    ]  # fmt: skip


class Bench:
    """All sentences once, so that every test weighs words alike."""

    def __init__(self, pairs: Sequence[Pair], embed: Embed | None) -> None:
        self.embed = embed
        texts = sorted({text for pair in pairs for text in (pair.a, pair.b)})
        self.weights: Rarity = rarity([one for pair in pairs for one in (pair.left, pair.right) if one is not None])
        self.texts = texts

    def near(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How alike the texts of each pair are."""
        extra = sorted({text for pair in pairs for text in pair} - set(self.texts))
        every = [*self.texts, *extra]
        place = {text: at for at, text in enumerate(every)}
        pool: Alike = alike(every, [str(at) for at in range(len(every))], self.embed)
        return [float(pool.of([place[one], place[other]])[0, 1]) for one, other in pairs]

    def ours(self, left: Seen | None, right: Seen | None, near: float) -> Conflict | None:
        return None if left is None or right is None else held(left, right, near, self.weights)


def prototype(a: str, b: str, near: float) -> bool:
    """A plain rule: alike, and a number, an odd number of negations or an opposite speaks against."""
    if near < 0.6:
        return False
    one, other = ({(q.unit, q.value) for q in quantities(text) if q.unit} for text in (a, b))
    numbers = any(u == v and x != y for u, x in one - other for v, y in other - one)
    odd = (denial(a).negators - denial(b).negators) % 2 == 1
    left, right = (set(re.findall(r"[a-z]+", text.lower())) for text in (a, b))
    return numbers or odd or any(opposite(x, y) for x in left - right for y in right - left)


def _seeds(sentences: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    draw = seeded("conflicts")
    pairs = opposites()
    halves: list[dict[str, list[str]]] = [{}, {}]
    for at, (one, other) in enumerate(pairs):
        for word, new in ((one, other), (other, one)):
            halves[at % 2].setdefault(word, []).append(new)
    made: dict[str, Callable[[str], str | None]] = {
        "number": lambda text: number(text, draw), "negation": negation,
        "opposite, first half": lambda text: antonym(text, halves[0], draw),
        "opposite, held-out half": lambda text: antonym(text, halves[1], draw), "harmless": harmless,
    }  # fmt: skip
    return {name: [(text, new) for text in sentences if (new := make(text))] for name, make in made.items()}


def _percent(figure: Figure) -> dict[str, object]:
    ends = [None if end is None else round(end, 3) for end in (figure.low, figure.high)]
    return {"value": None if figure.value is None else round(figure.value, 3), "n": figure.n, "interval_95": ends}


def seeded_rows(bench: Bench, sentences: Sequence[str], mode: str) -> Iterable[dict[str, object]]:
    """Recall of each kind of seed, and the false alarms of harmless ones, by each way to tell."""
    for name, pairs in _seeds(sentences).items():
        near = bench.near(pairs)
        told = {
            "ours": [
                (found := bench.ours(_seen(a), _seen(b), how)) is not None and found.score >= TOLD
                for (a, b), how in zip(pairs, near, strict=True)
            ],
            "likeness alone": [how >= 0.6 for how in near],
            "plain rule": [prototype(a, b, how) for (a, b), how in zip(pairs, near, strict=True)],
        }
        for way, hits in told.items():
            what = "false alarms" if name == "harmless" else "recall"
            yield {"what": f"seeded: {name}", "mode": mode, "by": way, "measure": what,
                   **_percent(share(sum(hits), len(hits), of="pairs", level=0.95))}  # fmt: skip


def natural_rows(bench: Bench, pairs: Sequence[Pair], mode: str) -> Iterable[dict[str, object]]:
    """Precision among the first 20 of the labeled pairs, all and each half by fingerprint."""
    near = bench.near([(pair.a, pair.b) for pair in pairs])
    ranked: dict[str, list[tuple[float, Pair]]] = {"ours": [], "likeness alone": [], "plain rule": []}
    for pair, how in zip(pairs, near, strict=True):
        found = bench.ours(pair.left, pair.right, how)
        if found is not None and found.score > 0:
            ranked["ours"].append((found.score, pair))
        ranked["likeness alone"].append((how, pair))
        if prototype(pair.a, pair.b, how):
            ranked["plain rule"].append((how, pair))
    for way, rated in ranked.items():
        rated.sort(key=lambda one: (-one[0], one[1].fingerprint))
        for half, wanted in (("all", (0, 1)), ("first half", (0,)), ("second half", (1,))):
            part = [pair for _, pair in rated if int(pair.fingerprint[0], 16) % 2 in wanted]
            top = part[:TOP]
            row = {"what": f"natural: {half}", "mode": mode, "by": way, "measure": f"precision in the first {TOP}",
                   **_percent(share(sum(pair.label for pair in top), len(top), of="pairs", level=0.95))}  # fmt: skip
            if half == "all":
                row["ranks_of_known"] = [_rank(part, words) for words in KNOWN]
            yield row


def _rank(pairs: Sequence[Pair], words: tuple[str, str]) -> int | None:
    both = (at for at, pair in enumerate(pairs, 1) if all(one in pair.a + pair.b for one in words))
    return next(both, None)


def rows(modes: Iterable[tuple[str, Embed | None]], folders: Mapping[str, Path]) -> Iterable[dict[str, object]]:
    labels = labeled()
    ratings = [[int(row[reading]) for row in labels] for reading in ("first", "second")]
    found = agreement(ratings, seed="conflicts", sure=0.95)
    yield {"what": "labels", "mode": "-", "by": "two readers", "measure": "alpha", **_percent(found)}
    pairs = _pairs(labels)
    sentences = sorted({one.rule.text for pair in pairs for one in (pair.left, pair.right) if one is not None})
    for mode, embed in modes:
        began = time.process_time()
        if folders:
            known = {row["fingerprint"]: int(row["first"]) & int(row["second"]) for row in labels}
            yield from whole_rows(guides(folders), known, mode, embed, TOP, KNOWN)
        bench = Bench(pairs, embed)
        yield from seeded_rows(bench, sentences, mode)
        yield from natural_rows(bench, pairs, mode)
        yield {"what": "time", "mode": mode, "by": "all", "measure": "CPU seconds", "n": len(pairs),
               "value": round(time.process_time() - began, 1), "interval_95": [None, None]}  # fmt: skip


def modes(quick: bool) -> list[tuple[str, Embed | None]]:
    found: list[tuple[str, Embed | None]] = [("words", None)]
    if not quick:
        from seci.search.embedding.model import rounded

        if (model := rounded()) is not None:
            found.append(("words and embedding", model.vectors))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conflicts", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="by words alone")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--own-opposites", action="store_true", help="without the antonyms of WordNet")
    parser.add_argument("guides", nargs="*", metavar="NAME=FOLDER", help="whole guides")
    given = parser.parse_args()
    folders = {name: Path(folder) for name, _, folder in (one.partition("=") for one in given.guides)}
    if given.own_opposites:
        antonyms.TABLES = antonyms.OWN
    found = rows(modes(given.quick), folders)
    if given.json:
        json.dump(list(found), sys.stdout)
        return 0
    for row in found:
        known = f"  known at {row['ranks_of_known']}" if "ranks_of_known" in row else ""
        known += f"  unlabeled {row['unlabeled']}" if "unlabeled" in row else ""
        print(
            f"{row['what']!s:<32} {row['mode']!s:<20} {row['by']!s:<18} {row['measure']!s:<26} {row['value']}"
            f"  of {row['n']}  {row['interval_95']}{known}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
