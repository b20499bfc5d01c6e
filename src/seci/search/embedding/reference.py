"""The model in plain numpy: slow, short, and what the fast graph is checked against.

BERT (Devlin et al., NAACL 2019), mean pooling and length 1 as all-MiniLM-L6-v2 asks for.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from seci.search.embedding.weights import EPSILON, HEADS, LAYERS, WIDTH, Weights, norm, part

Floats = NDArray[np.float32]
FIRST = 1996  # in the vocabulary: whole words from here on, those used most first


def normalized(x: Floats, scale: Floats, shift: Floats) -> Floats:
    centered = x - x.mean(-1, keepdims=True)
    result: Floats = centered / np.sqrt((centered**2).mean(-1, keepdims=True) + EPSILON) * scale + shift
    return result


def attended(x: Floats, weights: Weights, layer: int) -> Floats:
    """Scaled dot-product attention of one layer; x is batch x tokens x width."""
    batch, tokens, _ = x.shape

    def heads(name: str) -> Floats:
        weight, bias = part(weights, layer, f"attention.self.{name}")
        split: Floats = (x @ weight + bias).reshape(batch, tokens, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)
        return split

    scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / math.sqrt(WIDTH // HEADS)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ heads("value")
    joined: Floats = mixed.transpose(0, 2, 1, 3).reshape(batch, tokens, WIDTH).astype(np.float32)
    return joined


def vectors(
    ids: NDArray[np.int64], weights: Weights, seen: Callable[[str, Floats], object] = lambda name, x: None
) -> Floats:
    """Points of length 1, batch x 384, of token ids (batch x tokens).

    seen  is told what goes into each dense part, under the name that the graph gives it
    """
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = normalized(x + weights["embeddings.token_type_embeddings.weight"][0], *norm(weights, "embeddings"))
    seen("x", x)
    for layer in range(LAYERS):
        weight, bias = part(weights, layer, "attention.output.dense")
        joined = attended(x, weights, layer)
        seen(f"a{layer}", joined)
        x = normalized(x + joined @ weight + bias, *norm(weights, f"encoder.layer.{layer}.attention.output"))
        seen(f"n{layer}", x)
        weight, bias = part(weights, layer, "intermediate.dense")
        inner = x @ weight + bias
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        seen(f"g{layer}", inner)
        weight, bias = part(weights, layer, "output.dense")
        x = normalized(x + inner @ weight + bias, *norm(weights, f"encoder.layer.{layer}.output"))
        seen(f"y{layer}", x)
    mean = x.mean(1)
    result: Floats = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return result


def peaks(begin: int, end: int, weights: Weights) -> dict[str, Floats]:
    """The largest value of each column of what goes into the dense parts, over words of the whole vocabulary that
    stand between the tokens `begin` and `end`. Which columns are large belongs to the model, not to a text."""
    ids = np.arange(FIRST, FIRST + 12 * 62 * 6, 6).reshape(62, 12).T
    found: dict[str, Floats] = {}

    def seen(name: str, x: Floats) -> None:
        found[name] = np.abs(x).max(axis=(0, 1)).astype(np.float32)

    vectors(np.pad(ids, ((0, 0), (1, 1)), constant_values=((0, 0), (begin, end))), weights, seen)
    return found
