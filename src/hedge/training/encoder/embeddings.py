"""Embedding tables of an ONNX network as int8, with a scale for each row: one for all would drown most words."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

__all__ = ["quantise_rows"]

LARGEST = 127


def quantise_rows(model: onnx.ModelProto) -> None:
    """Store the tables that are looked up in by row as int8, with a scale for each row; the model is changed."""
    graph = model.graph
    tables = {array.name: array for array in graph.initializer if array.data_type == onnx.TensorProto.FLOAT}
    nodes = []
    for node in graph.node:
        table = tables.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None or len(table.dims) != 2:
            nodes.append(node)
            continue
        values = numpy_helper.to_array(table)
        scales = np.abs(values).max(axis=1, keepdims=True).clip(1e-12) / LARGEST
        small, scale = f"{table.name}_rows", f"{table.name}_scales"
        arrays = {small: np.rint(values / scales).astype(np.int8), scale: scales.astype(np.float32)}
        graph.initializer.remove(table)
        graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in arrays.items())
        rows, output = node.input[1], node.output[0]
        nodes += [
            helper.make_node("Gather", [small, rows], [f"{small}_found"], f"{small}_gather"),
            helper.make_node("Cast", [f"{small}_found"], [f"{small}_cast"], f"{small}_cast", to=onnx.TensorProto.FLOAT),
            helper.make_node("Gather", [scale, rows], [f"{scale}_found"], f"{scale}_gather"),
            helper.make_node("Mul", [f"{small}_cast", f"{scale}_found"], [output], f"{small}_scaled"),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
