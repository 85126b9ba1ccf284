"""From a corpus and a base to a folder with a model."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
pytest.importorskip("onnx")

import hedge  # noqa: E402
from hedge.errors import MissingExtraError, ModelError  # noqa: E402
from hedge.labels import Label  # noqa: E402
from hedge.models import Manifest, save_model  # noqa: E402
from hedge.training.encoder import export as exporting  # noqa: E402
from hedge.training.encoder.network import TwoHeads  # noqa: E402
from hedge.training.run import train_encoder, train_linear  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore")]


def test_what_the_export_needs_is_missed_before_training(corpus, base, tmp_path, monkeypatch, tiny_settings):
    monkeypatch.setitem(sys.modules, "onnx", None)
    monkeypatch.delitem(sys.modules, "hedge.training.encoder.export")
    with pytest.raises(MissingExtraError, match=r"pip install -e '\.\[train\]'"):
        train_encoder(corpus, base, tmp_path / "steps", tiny_settings)
    assert not (tmp_path / "steps").exists()


@pytest.mark.parametrize(
    "what",
    ["a folder without an encoder", "a linear model", "broken settings", "no vectors", "a folder that is not there"],
)
def test_what_is_no_encoder_cannot_be_trained_on(corpus, tmp_path, monkeypatch, what):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    place = tmp_path / "base"
    if what == "a folder without an encoder":
        place.mkdir()
    elif what == "no vectors":
        place.mkdir()
        (place / "config.json").write_text('{"model_type": "model2vec"}')
    elif what == "broken settings":
        place.mkdir()
        (place / "config.json").write_text("{")
    elif what == "a linear model":
        linear = train_linear(corpus)
        save_model(place, linear.model, linear.manifest)
    with pytest.raises(ModelError, match=r"base: (no pretrained encoder|a model of the family 'linear')"):
        train_encoder(corpus, place, tmp_path / "steps")
    assert not (tmp_path / "steps").exists()


@pytest.mark.slow
def test_a_whole_training_ends_in_a_folder_that_can_be_loaded(corpus, base, tmp_path, tiny_settings):
    classifier = train_encoder(corpus, base, tmp_path / "checkpoints", tiny_settings, name="tiny")
    save_model(tmp_path / "tiny", classifier.model, classifier.manifest)
    loaded = hedge.load(tmp_path / "tiny")
    assert loaded.manifest.metrics["validation, real"]["macro_f1"] == 1
    assert (loaded.manifest.settings["base"], loaded.manifest.settings["window"]) == (base.name, 48)
    (sentence,) = loaded.classify("The mast shut, she said.").sentences
    assert (sentence.label, sentence.source.text) == (Label.REPORT, "she")


@pytest.mark.slow
def test_training_goes_on_from_a_model_of_ours(trained, corpus, base, tmp_path, tiny_settings):
    network, tokenizer, windows = trained
    model, _ = exporting.export(network, tokenizer, windows, corpus.split("validation"))
    model = replace(model, retraining=exporting.retraining_files(network, base))
    folder = tmp_path / "mine"
    save_model(folder, model, Manifest("encoder", "2026-11-26", 1.0, {}, {}, {}))
    again = TwoHeads.from_base(folder)
    torch.testing.assert_close(again.heads.weight, network.heads.weight, atol=1e-3, rtol=1e-2)
    classifier = train_encoder(corpus, folder, tmp_path / "steps", replace(tiny_settings, epochs=1), name="more")
    assert classifier.manifest.metrics["validation, real"]["macro_f1"] == 1
    (folder / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"model\.safetensors is not the file"):
        train_encoder(corpus, folder, tmp_path / "steps2", tiny_settings)
