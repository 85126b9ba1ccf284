from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
import onnxruntime  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402

from hedge.training.encoder.embeddings import quantise_rows  # noqa: E402


def network(table):
    """Return a network that looks rows up in a table."""
    ids = helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["windows", "tokens"])
    found = helper.make_tensor_value_info("found", onnx.TensorProto.FLOAT, ["windows", "tokens", table.shape[1]])
    lookup = helper.make_node("Gather", ["table", "ids"], ["found"])
    graph = helper.make_graph([lookup], "lookup", [ids], [found], [numpy_helper.from_array(table, "table")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def test_rows_of_any_size_keep_their_precision():
    rows = np.random.default_rng(0).normal(size=(5, 64)).astype(np.float32)
    table = rows * np.array([[1], [1e-3], [1e3], [0], [1]], np.float32)
    model = network(table)
    quantise_rows(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ids = np.array([[3, 1], [2, 0]])
    (found,) = session.run(None, {"ids": ids})
    step = np.abs(table).max(axis=1, keepdims=True) / 127
    assert (np.abs(found - table[ids]) <= 0.501 * step[ids]).all()
    sizes = {array.name: array.data_type for array in model.graph.initializer}
    assert sizes == {"table_rows": onnx.TensorProto.INT8, "table_scales": onnx.TensorProto.FLOAT}


def test_a_table_may_be_looked_up_in_more_than_once():
    table = np.eye(4, 2, dtype=np.float32)
    model = network(table)
    model.graph.node.append(helper.make_node("Gather", ["table", "ids"], ["again"]))
    model.graph.output.append(helper.make_tensor_value_info("again", onnx.TensorProto.FLOAT, [1, 2, 2]))
    quantise_rows(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    for found in session.run(None, {"ids": np.array([[0, 3]])}):
        np.testing.assert_allclose(found, table[[[0, 3]]])


@pytest.mark.parametrize(
    ("array", "node"),
    [
        (np.array([7, 8]), helper.make_node("Gather", ["array", "ids"], ["other"])),
        (np.ones(3, np.float32), helper.make_node("Gather", ["array", "ids"], ["other"])),
        (np.ones((3, 2), np.float32), helper.make_node("Gather", ["array", "ids"], ["other"], axis=1)),
        (np.ones((2, 3), np.float32), helper.make_node("MatMul", ["found", "array"], ["other"])),
    ],
    ids=["whole numbers", "a vector", "by column", "a matrix"],
)
def test_what_is_no_table_of_rows_stays_as_it_is(array, node):
    model = network(np.ones((4, 2), np.float32))
    model.graph.initializer.append(numpy_helper.from_array(array, "array"))
    model.graph.node.append(node)
    quantise_rows(model)
    assert [one.op_type for one in model.graph.node] == ["Gather", "Cast", "Gather", "Mul", node.op_type]
    assert model.graph.node[-1] == node


def test_a_table_that_is_a_matrix_too_stays_as_it_is():
    model = network(np.ones((4, 2), np.float32))
    model.graph.node.append(helper.make_node("MatMul", ["found", "table"], ["other"]))
    quantise_rows(model)
    assert [array.name for array in model.graph.initializer] == ["table"]
