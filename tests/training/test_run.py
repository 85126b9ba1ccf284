from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hedge.annotations import Corpus
from hedge.errors import AnnotationError
from hedge.evaluation.metrics import all_metrics
from hedge.evaluation.predictions import Predictions
from hedge.labels import Label
from hedge.models import load_model, save_model
from hedge.training.linear import LinearSettings
from hedge.training.run import train_linear


@pytest.fixture(scope="module")
def trained(small):
    return train_linear(small)


def arrays(classifier):
    return {name: getattr(classifier.model, name) for name in ("idf", "weights", "intercepts")}


def assert_same(one, other):
    assert one.model.vocabularies == other.model.vocabularies
    assert one.manifest == other.manifest
    for name, array in arrays(one).items():
        np.testing.assert_array_equal(array, arrays(other)[name])


def relabelled(corpus, split, label=Label.OPINION):
    def changed(document):
        return replace(document, sentences=tuple(replace(s, label=label) for s in document.sentences))

    return Corpus(tuple(changed(d) if d.split == split else d for d in corpus.documents), corpus.unresolved)


def test_the_manifest_is_complete(small, trained):
    manifest = trained.manifest
    assert manifest.kind == "linear"
    assert date.fromisoformat(manifest.created) <= date.today()
    assert 0.05 <= manifest.temperature <= 20
    assert manifest.data == {
        "sha256": small.sha256,
        "training_documents": 3,
        "training_sentences": sum(len(d.sentences) for d in small.split("train").documents),
        "unresolved_documents": 1,
        "calibration_sentences": sum(len(d.sentences) for d in small.split("validation").documents),
    }
    assert set(manifest.libraries) == {"python", "numpy", "scikit-learn", "sentencex"}
    assert all(manifest.libraries.values())
    assert manifest.settings == LinearSettings().to_dict()


def test_the_metrics_of_the_manifest_are_those_of_the_validation_split(small, trained):
    predictions = Predictions.of(trained, small.split("validation"))
    expected = all_metrics(predictions.truth, predictions.probabilities)
    assert trained.manifest.metrics == {"validation, written": {k: round(v, 4) for k, v in expected.items()}}


def test_the_metrics_are_given_for_each_origin(small):
    first = small.split("validation").documents[0].id
    mixed = Corpus(tuple(replace(d, origin="real") if d.id == first else d for d in small.documents))
    assert set(train_linear(mixed).manifest.metrics) == {"validation, real", "validation, written"}


def test_training_twice_gives_the_same_model(small, trained):
    assert_same(train_linear(small), trained)


def test_the_settings_are_used_and_put_down(small, trained):
    settings = LinearSettings(inverse_regularisation=0.01)
    classifier = train_linear(small, settings, name="smooth")
    assert classifier.manifest.settings == settings.to_dict()
    assert classifier.name == classifier.classify("The mill closed.").model == "smooth"
    assert np.abs(classifier.model.weights).sum() < np.abs(trained.model.weights).sum()


def test_the_test_split_is_never_looked_at(small, trained):
    for corpus in (relabelled(small, "test"), small.filter(lambda d: d.split != "test")):
        classifier = train_linear(corpus)
        data = {**classifier.manifest.data, "sha256": trained.manifest.data["sha256"]}  # only it may tell
        assert classifier.manifest.data["sha256"] != trained.manifest.data["sha256"]
        assert_same(replace_data(classifier, data), replace_data(trained, data))


def replace_data(classifier, data):
    return type(classifier)(classifier.model, replace(classifier.manifest, data=data), classifier.name)


def test_the_validation_split_sets_the_temperature_and_no_weight(small, trained):
    classifier = train_linear(relabelled(small, "validation"))
    assert classifier.manifest.temperature != trained.manifest.temperature
    for name, array in arrays(classifier).items():
        np.testing.assert_array_equal(array, arrays(trained)[name])


@pytest.mark.parametrize("enough", [True, False])
def test_with_enough_real_text_calibration_is_fitted_on_nothing_else(small, monkeypatch, enough):
    real = small.split("validation").documents[0]

    def calibrated(label):
        """Let the written text of the validation split have one label."""
        documents = [replace(d, origin="real") if d.id == real.id else d for d in small.documents]
        mixed = Corpus(tuple(documents)).filter(lambda d: d.split != "test")
        written = relabelled(mixed.filter(lambda d: d.id != real.id), "validation", label)
        manifest = train_linear(
            Corpus((*mixed.filter(lambda d: d.id == real.id).documents, *written.documents))
        ).manifest
        return manifest.temperature, manifest.power, manifest.data["calibration_sentences"]

    monkeypatch.setattr("hedge.training.run.ENOUGH_REAL", len(real.sentences) + (not enough))
    facts, opinions = calibrated(Label.FACT), calibrated(Label.OPINION)
    assert (facts == opinions) is enough
    assert (facts[2] == len(real.sentences)) is enough


def test_the_temperature_is_applied(trained):
    text = "The mill may close."
    cold = type(trained)(trained.model, replace(trained.manifest, temperature=0.05), "cold")
    assert cold.classify(text).sentences[0].probability > trained.classify(text).sentences[0].probability


@pytest.mark.parametrize("split", ["train", "validation"])
def test_an_empty_split_is_named(small, split):
    with pytest.raises(AnnotationError, match=f"the split '{split}' has no documents with text; pass --texts"):
        train_linear(small.filter(lambda document: document.split != split))


def test_a_label_that_is_missing_from_the_training_split_is_named(small):
    with pytest.raises(AnnotationError, match="no training sentence labelled fact, report, speculation;"):
        train_linear(relabelled(small, "train"))


def test_a_model_that_was_not_taught_what_states_nothing_is_calibrated_and_stored(small, tmp_path):
    def kept(document):
        return replace(document, sentences=tuple(s for s in document.sentences if s.label or document.split != "train"))

    assert any(sentence.label is None for sentence in small.split("validation").sentences)
    classifier = train_linear(Corpus(tuple(map(kept, small.documents))))
    written = save_model(tmp_path / "mine", classifier.model, classifier.manifest)
    model, manifest = load_model(tmp_path / "mine")
    assert manifest == written
    assert 0.05 <= manifest.temperature <= 20
    document = type(classifier)(model, manifest, "mine").classify("Read more\n\nThe mill closed.")
    assert [sentence.probabilities["skip"] for sentence in document.sentences] == [0, 0]
    assert [sum(sentence.probabilities.values()) for sentence in document.sentences] == pytest.approx([1, 1], abs=1e-5)


def test_a_trained_model_is_stored_and_loaded_without_change(small, trained, tmp_path):
    written = save_model(tmp_path / "mine", trained.model, trained.manifest)
    model, manifest = load_model(tmp_path / "mine")
    again = type(trained)(model, manifest, trained.name)
    assert manifest == written
    for document in small.split("test").documents:
        assert again.classify(document.running_text) == trained.classify(document.running_text)


@pytest.mark.slow
def test_a_model_of_the_written_documents_beats_the_most_frequent_class(written):
    classifier = train_linear(written)
    predictions = Predictions.of(classifier, written.split("test"))
    metrics = all_metrics(predictions.truth, predictions.probabilities)
    assert metrics["accuracy"] > 1.5 * np.bincount(predictions.truth).max() / len(predictions)
    assert metrics["macro_f1"] > 0.4
    assert_same(train_linear(written), classifier)
