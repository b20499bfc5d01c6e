"""The model in plain numpy: slow, short, and what the fast graph is checked against.

BERT (Devlin et al., NAACL 2019), mean pooling and length 1 as all-MiniLM-L6-v2 asks for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from seci.search.embedding.weights import EPSILON, HEADS, LAYERS, WIDTH, Weights, norm, part

Floats = NDArray[np.float32]


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

    scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (scores / scores.sum(-1, keepdims=True)) @ heads("value")
    joined: Floats = mixed.transpose(0, 2, 1, 3).reshape(batch, tokens, WIDTH).astype(np.float32)
    return joined


def vectors(ids: NDArray[np.int64], weights: Weights) -> Floats:
    """Points of length 1, batch x 384, of token ids (batch x tokens)."""
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = normalized(x + weights["embeddings.token_type_embeddings.weight"][0], *norm(weights, "embeddings"))
    for layer in range(LAYERS):
        weight, bias = part(weights, layer, "attention.output.dense")
        mixed = attended(x, weights, layer) @ weight + bias
        x = normalized(x + mixed, *norm(weights, f"encoder.layer.{layer}.attention.output"))
        weight, bias = part(weights, layer, "intermediate.dense")
        inner = x @ weight + bias
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        weight, bias = part(weights, layer, "output.dense")
        x = normalized(x + inner @ weight + bias, *norm(weights, f"encoder.layer.{layer}.output"))
    mean = x.mean(1)
    result: Floats = (mean / np.linalg.norm(mean, axis=1, keepdims=True)).astype(np.float32)
    return result
