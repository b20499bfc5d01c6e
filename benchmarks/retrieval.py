"""Does the search find what judges say answers a question? The product's own search, one setting for all collections.

    python -m benchmarks.retrieval [DIR...] [--keep FOLDER] [--quick] --json

DIR is a collection or holds collections: BEIR's layout (corpus.jsonl, queries.jsonl, qrels.tsv), Cranfield or CISI as
they were published (see `benchmarks.judged`); without one, headings of this repository's documents are to find their
sections. Each text is put in as one subject; FOLDER keeps the filled instance, so that a second run is quick.

    nDCG@10      discounted gain of the first ten, linear in the judged worth (Järvelin and Kekäläinen 2002)
    recall@100   share of what answers among the first hundred
    [low, high]  95 % bootstrap interval over questions; differences are paired

Rankings: words (BM25), widened (with feedback), lexical (both fused: the search without embeddings), meaning (MiniLM),
pieces (MiniLM, nearest piece), words + meaning (plain fusion), hybrid (the search as it is).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.judged import Collection, collections, of_headings

HERE = Path(__file__).parent.parent
DRAWS = 2000


def gain(ranked: Sequence[str], worth: Mapping[str, float], depth: int = 10) -> float:
    """nDCG@depth of one question."""
    discount = 1 / np.log2(np.arange(2, depth + 2))
    got = sum(worth.get(one, 0.0) * share for one, share in zip(ranked[:depth], discount, strict=False))
    ideal = sum(one * share for one, share in zip(sorted(worth.values(), reverse=True), discount, strict=False))
    return float(got / ideal)


def interval(values: np.ndarray) -> list[float]:
    draw = np.random.default_rng(11)
    means = values[draw.integers(0, len(values), (DRAWS, len(values)))].mean(axis=1)
    return [round(float(one), 4) for one in np.percentile(means, [2.5, 97.5])]


def rankings_of(db: Any, state: Any, mask: Any, text: str, vector: bytes | None) -> dict[str, list[int]]:
    """Every ranking of one question, as subjects of the state."""
    from seci.search import finding, ranking

    parts = ranking.by_words(state, mask, text, finding._words_of(db))
    if vector is not None:
        parts |= finding.by_meaning(db, state, mask, vector)

    def fused(*names: str) -> list[int]:
        return [one.subject for one in ranking.ranked(state, {name: parts[name] for name in names})]

    result = {name: fused(name) for name in parts} | {"lexical": fused("words", "widened")}
    if vector is not None:
        result |= {"words + meaning": fused("words", "meaning"), "hybrid": fused(*parts)}
    return result


def measured(one: Collection, db: Any, quick: bool) -> dict[str, Any]:
    from seci.search import indexing, memory, passages
    from seci.search.embedding import model
    from seci.search.holding import Filters
    from seci.search.passage import Subject, gather

    begun = time.perf_counter()
    with db.transaction():
        for number, text in enumerate(one.texts):
            parts = gather([("", (), text.text)], longest=1000)
            passages.put(db, Subject("document", number, text.title), parts or gather([("", (), text.title)]))
    worded = time.perf_counter()
    embedded = indexing.embed(db)
    meant = time.perf_counter()
    state = memory.state(db)
    mask = state.visible({"guest"}, Filters())
    ids = [one.texts[known.number].id for known in state.subjects]
    gains: dict[str, list[float]] = {}
    recalls: dict[str, list[float]] = {}
    for id_ in list(one.questions)[: 40 if quick else None]:
        text, worth = one.questions[id_], one.judged[id_]
        for name, found in rankings_of(db, state, mask, text, model.of_query(text)).items():
            ranked = [ids[subject] for subject in found]
            gains.setdefault(name, []).append(gain(ranked, worth))
            recalls.setdefault(name, []).append(len(set(ranked[:100]) & set(worth)) / len(worth))
    values = {name: np.array(found) for name, found in gains.items()}
    best = values.get("hybrid", values["lexical"])
    return {
        "collection": one.name,
        "texts": len(one.texts),
        "questions": len(best),
        "judgements": sum(map(len, one.judged.values())),
        "nDCG@10": {
            name: {"mean": round(float(found.mean()), 4), "95 %": interval(found)} for name, found in values.items()
        },
        "recall@100": {name: round(float(np.mean(found)), 4) for name, found in recalls.items()},
        "hybrid minus": {
            name: {"mean": round(float((best - found).mean()), 4), "95 %": interval(best - found)}
            for name, found in values.items()
            if name in {"words", "lexical", "meaning"} and "hybrid" in values
        },
        "seconds": {"words": round(worded - begun, 1), "vectors": round(meant - worded, 1), "embedded": embedded},
    }


def opened(folder: Path) -> Any:
    from seci.kit import schema
    from seci.kit.database import connect
    from seci.kit.instance import Instance

    instance = Instance(folder, "")
    folder.mkdir(parents=True, exist_ok=True)
    schema.ready(instance)
    return connect(instance)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="DIR")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the filled instances here")
    parser.add_argument("--quick", action="store_true", help="40 questions of each collection")
    parser.add_argument("--json", action="store_true", dest="as_json")
    given = parser.parse_args()
    found = [one for folder in given.folders for one in collections(folder)] or [of_headings(HERE / "docs")]
    with tempfile.TemporaryDirectory() as folder:
        kept = given.keep or Path(folder)
        os.environ.setdefault("SECI_DATA_DIR", str(kept / "instance"))
        os.environ.pop("SECI_DATABASE_URL", None)
        results = []
        for one in found:
            with opened(kept / one.name.replace(" ", "-")) as db:
                results.append(measured(one, db, given.quick))
                if not given.as_json:
                    show(results[-1])
    if given.as_json:
        print(json.dumps({"results": results}))
    return 0


def show(result: Mapping[str, Any]) -> None:
    print(f"{result['collection']}: {result['texts']} texts, {result['questions']} questions")
    for name, one in result["nDCG@10"].items():
        low, high = one["95 %"]
        print(f"  {name:16} nDCG@10 {one['mean']:.4f} [{low:.4f}, {high:.4f}]  R@100 {result['recall@100'][name]:.3f}")
    for name, one in result["hybrid minus"].items():
        print(f"  hybrid - {name:10} {one['mean']:+.4f} [{one['95 %'][0]:+.4f}, {one['95 %'][1]:+.4f}]")
    print(f"  {result['seconds']}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
