"""The int8 model of a network of a few numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
onnx = pytest.importorskip("onnx")

from hedge.errors import ModelError  # noqa: E402
from hedge.inference.encoder import EncoderModel  # noqa: E402
from hedge.training.encoder import export as exporting  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore")]


@pytest.mark.slow
def test_the_int8_model_answers_alike_and_comes_back_from_its_folder(trained, corpus, tmp_path):
    model, loss = exporting.export(*trained, corpus.split("validation"))
    assert loss.same_labels == 1
    model.write(tmp_path)
    assert json.loads((tmp_path / "windows.json").read_text())["tokens"] == 48
    segmented = [d.segmented for d in corpus.documents]
    for before, after in zip(model.answers(segmented), EncoderModel.read(tmp_path).answers(segmented), strict=True):
        np.testing.assert_array_equal(before.logits, after.logits)


@pytest.mark.slow
def test_an_int8_model_that_loses_too_much_is_refused(trained, corpus, monkeypatch):
    monkeypatch.setattr(exporting, "int8_loss", lambda *_: exporting.Loss(0.02, 0.9))
    with pytest.raises(ModelError, match=r"int8 loses too much: 0\.0200 of macro-F1, and only 90\.00%"):
        exporting.export(*trained, corpus.split("validation"))


@pytest.mark.slow
def test_matrices_that_narrow_stay_as_they_are_where_int8_loses_too_much(trained, corpus, monkeypatch):
    losses = iter([exporting.Loss(0.0, 0.98), exporting.Loss(0.0, 0.99)])
    monkeypatch.setattr(exporting, "int8_loss", lambda *_: next(losses))
    model, loss = exporting.export(*trained, corpus.split("validation"))
    assert loss.same_labels == 0.99
    graphs = [onnx.load_from_string(one.network).graph for one in (exporting.onnx_model(*trained), model)]
    kept = [sum(node.op_type == "MatMul" for node in graph.node) for graph in graphs]
    assert kept[1] == kept[0] + 3  # one in each of two layers, and the heads'
    halves = [sum(array.data_type == onnx.TensorProto.FLOAT16 for array in graph.initializer) for graph in graphs]
    assert halves == [0, 3]


@pytest.mark.slow
def test_an_int8_models_answers_depend_on_nothing_but_the_document(trained, corpus):
    segmented = [d.segmented for d in corpus.documents]
    alone = exporting.onnx_model(*trained)
    expected = {document: next(iter(alone.answers([document]))) for document in segmented}
    for threads in (1, 2, 5):
        model = exporting.onnx_model(*trained, threads=threads)
        company = segmented[::-1] + segmented
        for document, answer in zip(company, model.answers(company), strict=True):
            np.testing.assert_array_equal(answer.logits, expected[document].logits)
            assert answer.marks == expected[document].marks
