"""Matrices of an ONNX network that are stored in half precision, and multiply in single precision."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import onnx
from onnx import helper, numpy_helper

__all__ = ["halve"]


def halve(model: onnx.ModelProto, nodes: Collection[str]) -> None:
    """Store the second factor of products in half precision; the model is changed.

    The runtime makes single precision of it when the model is loaded, so that it costs no time afterwards.

    :param nodes: The names of the products, whose second factor is part of the model.
    """
    graph = model.graph
    arrays = {array.name: array for array in graph.initializer}
    casts = {}
    for node in graph.node:
        if node.name not in nodes:
            continue
        name = node.input[1]
        if name not in casts:
            values = numpy_helper.to_array(arrays[name]).astype(np.float16)
            arrays[name].CopyFrom(numpy_helper.from_array(values, name))
            single = f"{name}_single"
            casts[name] = helper.make_node("Cast", [name], [single], single, to=onnx.TensorProto.FLOAT)
        node.input[1] = casts[name].output[0]
    for cast in casts.values():
        graph.node.insert(0, cast)
