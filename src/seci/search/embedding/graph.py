"""The model as an ONNX graph, put together from the weights without torch.

One text at a time, so nothing is computed for padding and attention needs no mask. Attention, and the activation with
its bias, are single nodes of onnxruntime: the same arithmetic as `reference`.

A rounded graph keeps the weights of its dense parts as whole numbers, each column with a scale of its own; what goes in
is rounded to eight bits as it comes. Weights have seven bits, so that two products never overflow the sixteen bits in
which processors without VNNI add them. A few columns of what goes in are ten times as large as the rest and would leave
these no steps: they are made smaller, and their weights larger (after Xiao et al., SmoothQuant, ICML 2023).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seci.search.embedding.weights import EPSILON, HEADS, LAYERS, WIDTH, Weights, norm, part

OWN = "com.microsoft"
RELEASE = 3  # of this graph; a cached file of another one is built anew
OPSET = 17
MOST = 63  # the largest rounded weight
EASED = 2.5  # times the median: the most that a column of what goes in may reach

Floats = NDArray[np.float32]


class Drawing:
    """Nodes and weights of a graph in the making; every node's output carries the node's name.

    peaks  the largest value of each column of what goes into dense parts, by its name; with them, weights are rounded
    """

    def __init__(self, peaks: Mapping[str, Floats]) -> None:
        self.peaks = peaks
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def weight(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, name: str, *inputs: str, own: bool = False, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(
            helper.make_node(kind, list(inputs), [name], name=name, domain=OWN if own else "", **attributes)
        )
        return name

    def dense(self, name: str, x: str, weight: Floats, bias: Floats | None = None) -> str:
        if self.peaks:
            x, ease = self.eased(x)
            weight = weight * ease[:, None]
            scale = np.abs(weight).max(axis=0) / MOST
            whole = self.weight(f"{name}.w", np.round(weight / scale).astype(np.int8))
            parts = [whole, self.weight(f"{name}.s", scale)]
            parts += [] if bias is None else ["", self.weight(f"{name}.b", bias)]
            return self.node("DynamicQuantizeMatMul", name, x, *parts, own=True)
        if bias is None:
            return self.node("MatMul", name, x, self.weight(f"{name}.w", weight))
        return self.node("Add", name, self.dense(f"{name}.d", x, weight), self.weight(f"{name}.b", bias))

    def eased(self, x: str) -> tuple[str, Floats]:
        """What goes in without large columns, and how much smaller each of them is."""
        name, peaks = f"{x}.e", self.peaks[x]
        ease: Floats = np.maximum(peaks / (EASED * np.median(peaks)), 1)
        if all(one.name != name for one in self.nodes):  # three parts read the same
            self.node("Mul", name, x, self.weight(f"{x}.ease", 1 / ease))
        return name, ease

    def normed(self, name: str, x: str, scale_shift: tuple[Floats, Floats]) -> str:
        parts = [self.weight(f"{name}.{end}", value) for end, value in zip("st", scale_shift, strict=True)]
        return self.node("LayerNormalization", name, x, *parts, epsilon=EPSILON)

    def summed(self, name: str, x: str, skip: str, bias: Floats, scale_shift: tuple[Floats, Floats]) -> str:
        """LayerNorm(x + bias + skip); the single node that does this takes five times as long."""
        return self.normed(name, self.node("Sum", f"{name}.x", x, skip, self.weight(f"{name}.b", bias)), scale_shift)


def embedded(drawing: Drawing, weights: Weights) -> str:
    """Words and their places; the type of token is always the first, so it goes into the places."""
    words = drawing.weight("words", weights["embeddings.word_embeddings.weight"])
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    drawing.weight("places", places[None])
    drawing.weight("zero", np.array([0], np.int64))
    drawing.weight("one", np.array([1], np.int64))
    x = drawing.node("Gather", "x0", words, "ids")
    drawing.node("Shape", "tokens", "ids", start=1, end=2)
    drawing.node("Slice", "here", "places", "zero", "tokens", "one")
    summed = drawing.node("Add", "x1", x, "here")
    return drawing.normed("x", summed, norm(weights, "embeddings"))


def layered(drawing: Drawing, weights: Weights, layer: int, x: str) -> str:
    heads = [
        drawing.dense(f"{name}{layer}", x, *part(weights, layer, f"attention.self.{name}"))
        for name in ("query", "key", "value")
    ]
    attention = drawing.node("MultiHeadAttention", f"a{layer}", *heads, own=True, num_heads=HEADS)
    weight, bias = part(weights, layer, "attention.output.dense")
    mixed = drawing.dense(f"m{layer}", attention, weight)
    x = drawing.summed(f"n{layer}", mixed, x, bias, norm(weights, f"encoder.layer.{layer}.attention.output"))
    weight, bias = part(weights, layer, "intermediate.dense")
    inner = drawing.dense(f"i{layer}", x, weight)
    inner = drawing.node("BiasGelu", f"g{layer}", inner, drawing.weight(f"g{layer}.b", bias), own=True)
    weight, bias = part(weights, layer, "output.dense")
    outer = drawing.dense(f"o{layer}", inner, weight)
    return drawing.summed(f"y{layer}", outer, x, bias, norm(weights, f"encoder.layer.{layer}.output"))


def model(weights: Weights, peaks: Mapping[str, Floats]) -> bytes:
    """The graph: ids (int64, texts x tokens, all real) -> vectors (float32, texts x 384); rounded with peaks."""
    from onnx import TensorProto, helper

    drawing = Drawing(peaks)
    x = embedded(drawing, weights)
    for layer in range(LAYERS):
        x = layered(drawing, weights, layer, x)
    # The mean of the tokens as a point of length 1, which takes the division by their number back out again.
    drawing.node("ReduceSum", "sum", x, "one", keepdims=0)
    drawing.node("LpNormalization", "vectors", "sum", axis=1, p=2)
    tokens = helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"])
    points = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])
    graph = helper.make_graph(drawing.nodes, "minilm", [tokens], [points], drawing.weights)
    sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(OWN, 1)]
    return bytes(helper.make_model(graph, opset_imports=sets, ir_version=9).SerializeToString())
