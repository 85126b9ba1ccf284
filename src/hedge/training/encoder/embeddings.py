"""Embedding tables of an ONNX network as int8, with a scale for each row: one for all would drown most words."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

__all__ = ["quantise_rows"]

LARGEST = 127


def quantise_rows(model: onnx.ModelProto) -> None:
    """Store tables that only are looked up in, row by row, as int8 with a scale for each row; the model is changed."""
    graph = model.graph
    for table in [array for array in graph.initializer if _is_table(array, graph)]:
        values = numpy_helper.to_array(table)
        scales = np.abs(values).max(axis=1, keepdims=True).clip(1e-12) / LARGEST
        small, scale = f"{table.name}_rows", f"{table.name}_scales"
        arrays = {small: np.rint(values / scales).astype(np.int8), scale: scales.astype(np.float32)}
        nodes = []
        for node in graph.node:
            nodes += _lookup(node, small, scale) if table.name in node.input else [node]
        graph.initializer.remove(table)
        graph.initializer.extend(numpy_helper.from_array(array, name) for name, array in arrays.items())
        del graph.node[:]
        graph.node.extend(nodes)


def _is_table(array: onnx.TensorProto, graph: onnx.GraphProto) -> bool:
    readers = [node for node in graph.node if array.name in node.input]
    by_row = all(
        node.op_type == "Gather" and all(attribute.i == 0 for attribute in node.attribute if attribute.name == "axis")
        for node in readers
    )
    return bool(readers) and by_row and array.data_type == onnx.TensorProto.FLOAT and len(array.dims) == 2


def _lookup(gather: onnx.NodeProto, small: str, scale: str) -> list[onnx.NodeProto]:
    """Return the nodes that give what a lookup gave."""
    rows, output = gather.input[1], gather.output[0]
    return [
        helper.make_node("Gather", [small, rows], [f"{output}_row"], f"{output}_row"),
        helper.make_node("Cast", [f"{output}_row"], [f"{output}_cast"], f"{output}_cast", to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [scale, rows], [f"{output}_scale"], f"{output}_scale"),
        helper.make_node("Mul", [f"{output}_cast", f"{output}_scale"], [output], f"{output}_scaled"),
    ]
