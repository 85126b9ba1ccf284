"""Settings of a fine-tune, and the balance of origins and labels."""

from __future__ import annotations

import pytest

from hedge.annotations import AnnotatedDocument, Corpus
from hedge.training.encoder.settings import Balance, EncoderSettings


def test_labels_weigh_more_where_they_are_rare_and_written_text_less(tiny_corpus):
    rare = tiny_corpus.documents[0].sentences[0]
    many = Corpus((*tiny_corpus.documents, AnnotatedDocument("x", "", "real", "", "", "train", (rare,) * 20)))
    weights = Balance(power=0.5, written=0.5).weights(many.documents)
    assert weights["real", "fact"] < weights["real", "opinion"]
    assert weights["written", "fact"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("kind", "values", "message"),
    [
        pytest.param(EncoderSettings, {"training_windows": ()}, "training_windows must name a size", id="no windows"),
        pytest.param(EncoderSettings, {"evaluations": 0}, "evaluations and patience", id="never evaluated"),
        pytest.param(EncoderSettings, {"patience": 0}, "evaluations and patience", id="no patience"),
        pytest.param(EncoderSettings, {"epochs": 0}, "epochs and learning_rate", id="no epochs"),
        pytest.param(EncoderSettings, {"learning_rate": -1e-5}, "epochs and learning_rate", id="backwards"),
        pytest.param(Balance, {"written": 0.0}, "must be positive", id="nothing counts"),
        pytest.param(Balance, {"unlabelled": -1.0}, "must be positive", id="less than nothing"),
    ],
)
def test_settings_that_cannot_be_trained_with_are_refused(kind, values, message):
    with pytest.raises(ValueError, match=message):
        kind(**values)
