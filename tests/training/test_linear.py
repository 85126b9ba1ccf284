import numpy as np
import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.calibration import probabilities
from hedge.errors import AnnotationError
from hedge.labels import CLASSES, Label
from hedge.linear.features import BLOCKS
from hedge.training.linear import LinearSettings, fit_linear

EXAMPLES = [
    ("The mill closed on Friday.", Label.FACT),
    ("The mill opened on Monday.", Label.FACT),
    ("The mill closed, Ida Bruun said.", Label.REPORT),
    ("The mill opened, Ida Bruun said.", Label.REPORT),
    ("The mill might close.", Label.SPECULATION),
    ("The mill might open.", Label.SPECULATION),
    ("What a shameful waste!", Label.OPINION),
    ("What a shameful mess!", Label.OPINION),
    ("Read more", None),
    ("Read more here", None),
]


def corpus_of(*examples):
    sentences = tuple(AnnotatedSentence(text, label) for text, label in examples)
    document = AnnotatedDocument("d", "news", "written", "hedge", "own", "train", sentences)
    return Corpus((document,))


def fitted(model, corpus):
    (logits,) = model.logits(document.segmented for document in corpus.documents)
    return [CLASSES[i] for i in logits.argmax(axis=1)]


def test_the_model_fits_what_it_was_trained_on():
    corpus = corpus_of(*EXAMPLES)
    model = fit_linear(corpus, LinearSettings(inverse_regularisation=100))
    assert fitted(model, corpus) == [sentence.class_name for sentence in corpus.sentences]


def test_columns_of_a_block_stand_together_in_the_order_of_the_blocks():
    model = fit_linear(corpus_of(*EXAMPLES))
    assert list(model.vocabularies) == list(BLOCKS)
    columns = [column for tokens in model.vocabularies.values() for column in tokens.values()]
    assert columns == list(range(len(model.idf)))
    assert model.weights.shape == (len(columns), len(CLASSES))
    assert model.intercepts.shape == (len(CLASSES),)
    assert {array.dtype for array in (model.idf, model.weights, model.intercepts)} == {np.dtype(np.float32)}


def test_a_feature_must_occur_in_as_many_sentences_as_the_settings_say():
    corpus = corpus_of(*EXAMPLES)
    sizes = [len(fit_linear(corpus, LinearSettings(min_documents=least)).idf) for least in (1, 2, 3)]
    assert sizes[0] > sizes[1] > sizes[2] > 0
    assert "waste" not in fit_linear(corpus, LinearSettings(min_documents=2)).vocabularies["words"]


def test_smaller_values_of_the_regularisation_give_smaller_weights():
    corpus = corpus_of(*EXAMPLES)
    sizes = [np.abs(fit_linear(corpus, LinearSettings(inverse_regularisation=c)).weights).sum() for c in (0.1, 1, 10)]
    assert sizes[0] < sizes[1] < sizes[2]


def test_a_class_that_is_rare_weighs_as_much_as_the_others():
    common = [(f"The mill closed in {year}.", Label.FACT) for year in ("May", "June", "July", "winter", "spring")]
    unclear = AnnotatedSentence("Zzz.", Label.FACT)
    corpus = corpus_of(*EXAMPLES, *common)
    balanced, skewed = fit_linear(corpus_of(*EXAMPLES)), fit_linear(corpus)
    alone = corpus_of((unclear.text, unclear.label)).documents[0].segmented
    gain = (next(skewed.logits([alone])) - next(balanced.logits([alone])))[0]
    assert abs(gain[CLASSES.index("fact")]) < np.log((2 + len(common)) / 2)  # what the unweighted prior would add


@pytest.mark.parametrize("missing", Label)
def test_a_missing_label_is_named(missing):
    kept = [(text, label) for text, label in EXAMPLES if label is not missing]
    with pytest.raises(AnnotationError, match=f"no training sentence labelled {missing}; .* --split train"):
        fit_linear(corpus_of(*kept))


def test_where_no_sentence_states_nothing_each_gets_a_label():
    corpus = corpus_of(*EXAMPLES)
    model = fit_linear(corpus_of(*(example for example in EXAMPLES if example[1])))
    (logits,) = model.logits(document.segmented for document in corpus.documents)
    for calibration in ((1.0, 1.0), (20.0, 0.2), (0.05, 5.0)):
        found = probabilities(logits, *calibration)
        assert found[:, CLASSES.index("skip")].max() == 0
        np.testing.assert_allclose(found.sum(axis=1), 1)
    assert fitted(model, corpus)[:8] == [label.value for _, label in EXAMPLES if label]


@pytest.mark.parametrize("settings", [{"inverse_regularisation": 0}, {"min_documents": 0}])
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(ValueError, match="positive"):
        LinearSettings(**settings)


def test_settings_are_given_as_a_dictionary():
    expected = {"inverse_regularisation": 3.0, "min_documents": 4}
    assert LinearSettings(inverse_regularisation=3.0, min_documents=4).to_dict() == expected
