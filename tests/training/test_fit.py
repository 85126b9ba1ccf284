"""Fine-tuning, on a network of a few numbers."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")
load_file = pytest.importorskip("safetensors.torch").load_file

from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder import fit  # noqa: E402
from hedge.training.encoder.fit import fit_encoder  # noqa: E402
from hedge.training.encoder.torch_model import in_torch  # noqa: E402

STATE = "trainer_state.json"

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]


def test_what_was_trained_labels_and_marks_what_it_has_not_seen(trained, corpus):
    answers = list(in_torch(*trained).answers(d.segmented for d in corpus.split("validation").documents))
    for answer in answers:
        assert answer.logits.argmax(axis=1).tolist() == list(range(5))
        assert [[kind.value for kind, _, _ in marks.cues] for marks in answer.marks][1:4] == [
            ["attribution"],
            ["hedge"],
            ["evaluation"],
        ]
        assert answer.marks[1].source is not None


def test_training_goes_on_where_it_stopped(corpus, base, tmp_path, tiny_settings):
    settings = replace(tiny_settings, epochs=2)
    network, *_ = fit_encoder(corpus, base, settings, tmp_path)
    *_, older, last = checkpoints(tmp_path)
    written = (older / STATE).stat().st_mtime_ns
    history = json.loads((last / STATE).read_text())["log_history"]
    shutil.rmtree(last)
    last.mkdir()  # half written
    (tmp_path / "finished.safetensors").unlink()
    again, *_ = fit_encoder(corpus, base, settings, tmp_path, resume=True)
    assert checkpoints(tmp_path) == [older, last]
    assert (older / STATE).stat().st_mtime_ns == written
    assert json.loads((last / STATE).read_text())["log_history"] == history
    torch.testing.assert_close(again.state_dict(), network.state_dict(), rtol=0, atol=0)


def test_early_stopping_counts_on_where_training_stopped(corpus, base, tmp_path, tiny_settings, monkeypatch):
    looks = []

    def never_better(*_):
        looks.append(len(looks))
        if len(looks) == 3:
            raise KeyboardInterrupt
        return {"macro_f1": 0.5, "accuracy": 0.5}

    monkeypatch.setattr(fit, "all_metrics", never_better)
    settings = replace(tiny_settings, epochs=4, evaluations=6, patience=2)
    with pytest.raises(KeyboardInterrupt):
        fit_encoder(corpus, base, settings, tmp_path)
    fit_encoder(corpus, base, settings, tmp_path, resume=True)
    assert len(looks) == 4  # the third again, and no more


def checkpoints(folder):
    return sorted(folder.glob("checkpoint-*"), key=lambda one: int(one.name.partition("-")[2]))


def test_several_gpus_are_one_too_many(corpus, base, tmp_path, tiny_settings, monkeypatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    with pytest.raises(ModelError, match="CUDA_VISIBLE_DEVICES=0"):
        fit_encoder(corpus, base, tiny_settings, tmp_path)


@pytest.mark.parametrize("keep_best", [True, False])
def test_a_training_that_is_finished_is_not_gone_on_with(corpus, base, tmp_path, keep_best, tiny_settings):
    settings = replace(tiny_settings, epochs=2, keep_best=keep_best)
    network, *_ = fit_encoder(corpus, base, settings, tmp_path)
    written = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    again, *_ = fit_encoder(corpus, base, settings, tmp_path, resume=True)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == written
    torch.testing.assert_close(again.state_dict(), network.state_dict(), rtol=0, atol=0)
    last = max(tmp_path.glob("checkpoint-*"), key=lambda steps: int(steps.name.partition("-")[2]))
    if not keep_best:
        kept = load_file(last / "model.safetensors")
        torch.testing.assert_close(dict(network.state_dict()), kept, rtol=0, atol=0)
