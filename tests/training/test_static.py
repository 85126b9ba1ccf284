"""Static embeddings as a base."""

from __future__ import annotations

import json
import shutil

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
pytest.importorskip("onnx")
save_file = pytest.importorskip("safetensors.torch").save_file

from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder import export as exporting  # noqa: E402
from hedge.training.encoder.fit import fit_encoder  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.encoder.static import StaticEncoder  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def static_base(base, tmp_path):
    """Vectors as model2vec stores them, for the words of the tiny base, with a tokenizer that has no settings."""
    folder = tmp_path / "static"
    folder.mkdir()
    shutil.copy(base / "tokenizer.json", folder)
    torch.manual_seed(0)
    count = json.loads((base / "config.json").read_text())["vocab_size"]
    save_file({"embeddings": torch.randn(count, 32)}, folder / "model.safetensors")
    (folder / "config.json").write_text('{"model_type": "model2vec"}')
    return folder


@pytest.mark.slow
def test_static_embeddings_are_trained_exported_and_trained_on(static_base, corpus, tmp_path, tiny_settings):
    network, tokenizer, windows = fit_encoder(corpus, static_base, tiny_settings, tmp_path / "steps")
    model, loss = exporting.export(network, tokenizer, windows, corpus.split("validation"))
    assert loss.same_labels == 1
    for answer in model.answers(d.segmented for d in corpus.split("validation").documents):
        assert answer.logits.argmax(axis=1).tolist() == list(range(5))
    network.save(tmp_path)
    again = TwoHeads.from_base(tmp_path).eval()
    ids = torch.tensor([[2, 5, 6, 3]])
    mask = torch.ones_like(ids)
    torch.testing.assert_close(again.outputs(ids, mask), network.outputs(ids, mask), atol=1e-2, rtol=1e-2)


def test_vectors_may_be_shared_and_weighed(static_base):
    stored = {"embeddings": torch.eye(3), "mapping": torch.tensor([2, 0]), "weights": torch.tensor([0.5, 2.0]).double()}
    save_file(stored, static_base / "model.safetensors")
    vectors = StaticEncoder.from_pretrained(static_base).embeddings.weight
    assert vectors.dtype == torch.float32
    assert vectors.tolist() == [[0, 0, 0.5], [2, 0, 0]]


def test_a_folder_without_vectors_is_refused(static_base):
    save_file({"other": torch.eye(3)}, static_base / "model.safetensors")
    with pytest.raises(ModelError, match=r"model\.safetensors: no embeddings here"):
        StaticEncoder.from_pretrained(static_base)
