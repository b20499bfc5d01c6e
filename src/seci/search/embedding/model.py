"""The model at work: texts in, points of length 1 out. Loaded once in a process, by whoever asks first."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
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

BATCH = 8
TOLERANCE = 1e-4
# What the graph and the reference must agree on before the graph is trusted: short, long, not English, padded.
PROOF = (
    "Code review",
    "Who decides whether a change goes in when two reviewers disagree about it?",
    "Überprüfung 3.14 ✓",
)

Vectors = NDArray[np.float32]
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Model:
    session: Any
    tokenizer: Any

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Points of length 1, len(texts) x 384. Only the first 256 tokens of a text are read."""
        result = np.zeros((len(texts), weights.WIDTH), np.float32)
        read = self.tokenizer.encode_batch([text or " " for text in texts])
        # Texts of one length go together, so that little is computed for padding.
        order = sorted(range(len(texts)), key=lambda one: len(read[one].ids))
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            ids, mask = padded([read[one].ids for one in batch])
            result[batch] = self.session.run(None, {"ids": ids, "mask": mask})[0]
        return result


def padded(rows: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Token ids in one rectangle, and which of them are real."""
    longest = max(len(row) for row in rows)
    ids = np.zeros((len(rows), longest), np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask


def available() -> Model | None:
    """The model, or None where its weights are not installed or do not pass the check."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Model | None:
    at = weights.folder()
    if at is None:
        return None
    try:
        return load(at, Instance.from_environment().data / "models")
    except (Unavailable, OSError, ValueError, RuntimeError) as error:
        log.warning("Search goes by words alone: the model could not be loaded (%s).", error)
        return None


def load(at: Path, kept: Path) -> Model:
    """The model from its folder; its graph is built and checked once and then kept in the folder `kept`.

    Raises Unavailable when the graph does not say what the reference says.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(at / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(weights.LONGEST)
    file = kept / f"{weights.PACKAGE}-{RELEASE}.onnx"
    if not file.exists():
        with lock.exclusive(kept / "building.lock", wait=True):
            if not file.exists():
                build(at, file, tokenizer)
    return Model(session(str(file)), tokenizer)


def session(graph: str | bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(os.cpu_count() or 1, 4)
    options.log_severity_level = 3
    # A thread that spins while it waits takes the processor from the other work of this machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def build(at: Path, file: Path, tokenizer: Any) -> None:
    """Writes the graph, once it has been found to say what the reference says."""
    from seci.search.embedding import reference

    values = weights.read(at)
    graph = model(values)
    built = Model(session(graph), tokenizer)
    ids, mask = padded([tokenizer.encode(text).ids for text in PROOF])
    apart = float(
        np.abs(built.session.run(None, {"ids": ids, "mask": mask})[0] - reference.vectors(ids, mask, values)).max()
    )
    if apart > TOLERANCE:
        raise Unavailable(f"The model's graph differs from its reference by {apart:.2g}; it is not used.")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(graph)
    part.replace(file)


@lru_cache(maxsize=512)
def of_query(text: str) -> bytes | None:
    """The point of one query as bytes; None without the model."""
    found = available()
    return None if found is None else found.vectors([text])[0].tobytes()
