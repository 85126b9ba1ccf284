import numpy as np
import pytest

from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.evaluation.predictions import Predictions
from hedge.labels import CLASSES, Label


def document(identity, *texts, **fields):
    sentences = tuple(AnnotatedSentence(text, Label.FACT) for text in texts)
    values = {"genre": "news", "origin": "written", "source": "hedge", "licence": "own", "split": "test", **fields}
    return AnnotatedDocument(id=identity, sentences=sentences, **values)


def probabilities_of(labelled):
    return np.array([[sentence.probabilities[name] for name in CLASSES] for sentence in labelled.sentences])


@pytest.fixture
def three():
    """Predictions for documents of 1, 2 and 3 sentences, where each row tells its number."""
    corpus = Corpus(tuple(document(name, *["Fog."] * (i + 1)) for i, name in enumerate("abc")))
    rows = np.arange(6.0)[:, None] * np.ones(len(CLASSES))
    return Predictions.from_probabilities(rows, corpus)


def test_truth_and_documents_are_those_of_the_corpus(corpus):
    count = sum(len(d.sentences) for d in corpus.documents)
    predictions = Predictions.from_probabilities(np.zeros((count, len(CLASSES))), corpus)
    assert [CLASSES[i] for i in predictions.truth] == [s.class_name for s in corpus.sentences]
    assert np.bincount(predictions.documents).tolist() == [len(d.sentences) for d in corpus.documents]
    assert predictions.records == corpus.documents
    assert len(predictions) == count


def test_given_sentences_are_labelled_as_they_stand(classifier):
    sentences = ["It closed", "on Friday. It may open", "again."]
    found = Predictions.of(classifier, Corpus((document("a", *sentences),)))
    expected = probabilities_of(classifier.classify_sentences(sentences))
    np.testing.assert_array_equal(found.probabilities, expected)


def test_documents_do_not_see_each_other(classifier, corpus):
    whole = Predictions.of(classifier, corpus, end_to_end=True)
    alone = [Predictions.of(classifier, Corpus((d,)), end_to_end=True) for d in corpus.documents]
    np.testing.assert_array_equal(whole.probabilities, np.concatenate([part.probabilities for part in alone]))


def test_end_to_end_gives_each_annotated_sentence_the_answer_for_its_segment(classifier):
    sentences = ["It closed on Friday.", "It may open again.", "What a shame!"]
    found = Predictions.of(classifier, Corpus((document("a", *sentences),)), end_to_end=True)
    labelled = classifier.classify(" ".join(sentences))
    assert [s.text for s in labelled.sentences] == sentences
    np.testing.assert_array_equal(found.probabilities, probabilities_of(labelled))


@pytest.mark.parametrize(
    ("annotated", "segments"),
    [
        # one annotated sentence is two segments: the longer one answers
        (["No. The mill was closed by its owners on Friday.", "It may open again."], [1, 2]),
        (["The mill was closed by its owners on Friday. No.", "It may open again."], [0, 2]),
        # two annotated sentences are one segment: it answers for both
        (["The mill was closed,", "by its owners on Friday.", "It may open again."], [0, 0, 1]),
        (["It closed;", "it opened;", "it closed again.", "What a shame!"], [0, 0, 0, 1]),
        # the first half of a sentence belongs to the one before
        (["It may open. The mill", "was closed by its owners on Friday."], [0, 1]),
    ],
)
def test_where_the_segmentation_differs_the_segment_that_shares_most_answers(classifier, annotated, segments):
    gold = document("a", *annotated)
    labelled = classifier.classify(gold.running_text)
    found = Predictions.of(classifier, Corpus((gold,)), end_to_end=True)
    np.testing.assert_array_equal(found.probabilities, probabilities_of(labelled)[segments])


def test_headings_and_repeated_sentences_are_aligned_in_order(classifier):
    gold = document("a", "Fog returns", "It was thick.", "It was thick.", "Outlook", "It was thick.")
    labelled = classifier.classify(gold.running_text)
    assert [s.text for s in labelled.sentences] == [s.text for s in gold.sentences]
    found = Predictions.of(classifier, Corpus((gold,)), end_to_end=True)
    np.testing.assert_array_equal(found.probabilities, probabilities_of(labelled))


def test_take_gives_the_rows_of_the_documents_in_the_order_asked_for(three):
    taken = three.take([2, 0, 2])
    assert taken.probabilities[:, 0].tolist() == [3, 4, 5, 0, 3, 4, 5]
    assert taken.documents.tolist() == [0, 0, 0, 1, 2, 2, 2]
    assert [record.id for record in taken.records] == ["c", "a", "c"]
    assert taken.take([1]).probabilities[:, 0].tolist() == [0]


def test_take_of_nothing_is_empty(three):
    assert len(three.take([])) == 0
    assert three.take([]).probabilities.shape == (0, len(CLASSES))


def test_where_keeps_documents_and_their_order(three):
    kept = three.where(lambda record: record.id != "b")
    assert kept.probabilities[:, 0].tolist() == [0, 3, 4, 5]
    assert [record.id for record in kept.records] == ["a", "c"]
    assert len(three.where(lambda record: record.genre == "sport")) == 0
