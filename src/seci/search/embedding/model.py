"""The model at work: texts in, points of length 1 out. Each graph is loaded once in a process, by whoever asks first.

available()  exact: for what is asked, and wherever few texts are compared
rounded()    for the many passages of an index: 1.8 times as fast, each point alike to the exact one by .99 (cosine)
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seci.kit import lock
from seci.kit.errors import Unavailable
from seci.kit.instance import Instance
from seci.search.embedding import weights
from seci.search.embedding.graph import RELEASE, model

log = logging.getLogger("seci.search")

# How alike (cosine) a graph must be to the reference before it is trusted.
EXACT, ROUNDED = 1 - 1e-6, 0.99
# What it is tried on: short, long, not English.
PROOF = (
    "Code review",
    "Who decides whether a change goes in when two reviewers disagree about it?",
    "Überprüfung 3.14 ✓",
)
THREADS = min(os.cpu_count() or 1, 4)

Vectors = NDArray[np.float32]
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Model:
    """A graph at work. Points of models of different names are not kept side by side."""

    name: str
    session: Any
    tokenizer: Any

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Points of length 1, len(texts) x 384. Only the first 256 tokens of a text are read."""
        read = self.tokenizer.encode_batch([text or " " for text in texts])
        if len(read) < 2:
            found = [self._vector(one.ids) for one in read]
        else:
            with ThreadPoolExecutor(THREADS) as pool:
                found = list(pool.map(self._vector, (one.ids for one in read)))
        return np.array(found, np.float32).reshape(len(texts), weights.WIDTH)

    def _vector(self, ids: Sequence[int]) -> Vectors:
        found: Vectors = self.session.run(None, {"ids": np.array([ids], np.int64)})[0][0]
        return found


def available() -> Model | None:
    """The exact model, or None where its weights are not installed or do not pass the check."""
    with _loading:
        return _loaded(rounded=False)


def rounded() -> Model | None:
    """The fast model, or None as above."""
    with _loading:
        return _loaded(rounded=True)


@cache
def _loaded(*, rounded: bool) -> Model | None:
    at = weights.folder()
    if at is None:
        return None
    try:
        return load(at, Instance.from_environment().data / "models", rounded=rounded)
    except (Unavailable, OSError, ValueError, RuntimeError) as error:
        log.warning("Search goes by words alone: the model could not be loaded (%s).", error)
        return None


def load(at: Path, kept: Path, *, rounded: bool) -> Model:
    """The model from its folder; its graph is built and checked once and then kept in the folder `kept`.

    Raises Unavailable when the graph does not say what the reference says.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(at / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(weights.LONGEST)
    name = f"{weights.NAME}-{'rounded' if rounded else 'exact'}-{RELEASE}"
    file = kept / f"{name}.onnx"
    if not file.exists():
        with lock.exclusive(kept / "building.lock", wait=True):
            if not file.exists():
                build(at, file, tokenizer, rounded=rounded)
    return Model(name, session(str(file)), tokenizer)


def session(graph: str | bytes) -> Any:
    """One thread each run: texts are worked on side by side, which two cores do better than parts of one text."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def build(at: Path, file: Path, tokenizer: Any, *, rounded: bool) -> None:
    """Writes the graph, once it has been found to say what the reference says."""
    from seci.search.embedding import reference

    values = weights.read(at)
    begin, end = tokenizer.encode("").ids
    graph = model(values, reference.peaks(begin, end, values) if rounded else {})
    found = Model(file.stem, session(graph), tokenizer).vectors(PROOF)
    expected = [reference.vectors(np.array([tokenizer.encode(text).ids]), values)[0] for text in PROOF]
    alike = float((found * np.array(expected)).sum(axis=1).min())
    if not alike >= (ROUNDED if rounded else EXACT):
        raise Unavailable(f"The model's graph is alike to its reference by {alike:.7f} only; it is not used.")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(graph)
    part.replace(file)


@lru_cache(maxsize=512)
def of_query(text: str) -> bytes | None:
    """The point of one query as bytes; None without the model."""
    found = available()
    return None if found is None else found.vectors([text])[0].tobytes()
