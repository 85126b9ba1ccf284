"""What a training knows its own checkpoints by."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")

from hedge.annotations import Corpus  # noqa: E402
from hedge.errors import ModelError  # noqa: E402
from hedge.training.encoder.examples import Lesson  # noqa: E402
from hedge.training.encoder.fit import fit_encoder  # noqa: E402
from hedge.training.encoder.network import TwoHeads, save_pretrained  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]


def test_training_goes_on_from_its_own_checkpoints_only(corpus, base, tmp_path, tiny_settings):
    settings = replace(tiny_settings, epochs=1)
    fit_encoder(corpus, base, settings, tmp_path)
    training = corpus.split("train").documents
    elsewhere = [replace(document, origin="unlabelled") for document in training]
    other_base = tmp_path / "elsewhere" / base.name
    network = TwoHeads.from_base(base)
    network.encoder.embeddings.word_embeddings.weight.data += 1
    save_pretrained(network, base, other_base)
    shorter = Corpus(corpus.documents[:-1])
    for of, start, other in (
        (corpus, base, {"seed": 1}),
        (corpus, base, {"lessons": [Lesson.of_labels(document) for document in corpus.split("validation").documents]}),
        (corpus, base, {"lessons": [Lesson.of_labels(document, settings.label_smoothing) for document in elsewhere]}),
        (corpus, other_base, {}),
        (shorter, base, {}),
    ):
        with pytest.raises(ModelError, match="its checkpoints are of another training"):
            fit_encoder(of, start, settings, tmp_path, resume=True, **other)
    noted = [replace(document, sentences=noted_sentences(document)) for document in training]
    lessons = [Lesson.of_labels(document, settings.label_smoothing) for document in noted]
    fit_encoder(corpus, base, settings, tmp_path, lessons=lessons, resume=True)
    (tmp_path / "checkpoint-999").mkdir()
    (tmp_path / "examples" / "stale").touch()
    fit_encoder(corpus, base, settings, tmp_path, seed=1)
    assert not (tmp_path / "checkpoint-999").exists()
    assert not (tmp_path / "examples" / "stale").exists()


def noted_sentences(document):
    return tuple(replace(sentence, reason="It was settled so.") for sentence in document.sentences)
