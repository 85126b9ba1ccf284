from operator import itemgetter

import numpy as np
import pytest

import hedge.linear.model
from hedge.annotations import AnnotatedDocument, AnnotatedSentence, Corpus
from hedge.labels import CLASSES, Label
from hedge.linear.features import BLOCKS, document_features
from hedge.linear.model import LinearModel
from hedge.reading.article import Article
from hedge.segmentation.sentences import segment_article

SENTENCES = {
    Label.FACT: ["The quay was shut on Friday.", "The ferry has two engines.", "The board met at noon on Monday."],
    Label.REPORT: ["The quay is safe, the mayor said.", "“We never left,” she said.", "Critics say the plan failed."],
    Label.SPECULATION: ["The ferry could return in May.", "Perhaps the board will agree.", "It might cost more."],
    Label.OPINION: ["It was a foolish plan.", "The board should be ashamed.", "This is the best quay of all."],
    None: ["Read more", "By Ann Lee", "Share this page"],
}
UNSEEN = [
    "The old ferry could be shut, she said.",
    "A foolish, foolish, foolish plan!",
    "Zzz qqq.",
    "🚢",
    "Read more",
    "“Perhaps the best quay,” critics say, “might never return.”",
]


def corpus_of(sentences):
    """Return a corpus of three documents, each with a sentence of every class."""
    documents = [
        AnnotatedDocument(
            id=f"d{i}",
            genre="news",
            origin="written",
            source="hedge",
            licence="CC0-1.0",
            split="train",
            sentences=tuple(AnnotatedSentence(texts[i], label) for label, texts in sentences.items()),
        )
        for i in range(3)
    ]
    return Corpus(tuple(documents))


@pytest.fixture(scope="module")
def corpus():
    return corpus_of(SENTENCES)


@pytest.fixture(scope="module", params=[1, 2], ids=["min_documents=1", "min_documents=2"])
def settings(request):
    pytest.importorskip("sklearn")
    from hedge.training.linear import LinearSettings

    return LinearSettings(inverse_regularisation=3.0, min_documents=request.param)


@pytest.fixture(scope="module")
def model(corpus, settings):
    from hedge.training.linear import fit_linear

    return fit_linear(corpus, settings)


@pytest.fixture(scope="module")
def documents(corpus):
    """What to label: the training documents, unseen ones, an empty one."""
    unseen = [segment_article(Article.from_sentences(sentences)) for sentences in (UNSEEN, UNSEEN[::-1], [])]
    return [*(document.segmented for document in corpus.documents), *unseen]


def test_logits_are_those_of_scikit_learn(corpus, settings, model, documents):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion, make_pipeline

    blocks = [
        (
            block,
            TfidfVectorizer(
                analyzer=itemgetter(block), sublinear_tf=True, min_df=settings.min_documents, dtype=np.float32
            ),
        )
        for block in BLOCKS
    ]
    regression = LogisticRegression(C=settings.inverse_regularisation, class_weight="balanced", max_iter=3000)
    pipeline = make_pipeline(FeatureUnion(blocks, transformer_weights=BLOCKS), regression)
    rows = [row for document in corpus.documents for row in document_features(document.segmented)]
    pipeline.fit(rows, [sentence.class_index for sentence in corpus.sentences])

    for segmented, logits in zip(documents, model.logits(documents), strict=True):
        assert logits.shape == (len(segmented.spans), len(CLASSES))
        if not len(logits):
            continue
        features = list(document_features(segmented))
        np.testing.assert_allclose(logits, pipeline.decision_function(features), atol=1e-4)
        logarithms = logits - np.log(np.exp(logits.astype(float)).sum(axis=1, keepdims=True))
        np.testing.assert_allclose(logarithms, pipeline.predict_log_proba(features), atol=1e-4)


def test_the_small_corpus_is_learned(corpus, model):
    logits = np.concatenate(list(model.logits(document.segmented for document in corpus.documents)))
    assert [CLASSES[i] for i in logits.argmax(axis=1)] == [sentence.class_name for sentence in corpus.sentences]


@pytest.mark.parametrize("size", [1, 3])
def test_the_size_of_a_batch_changes_nothing(monkeypatch, model, documents, size):
    usual = list(model.logits(documents))
    monkeypatch.setattr(hedge.linear.model, "ROWS_AT_ONCE", size)
    for expected, found in zip(usual, model.logits(documents), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_logits_of_a_document_do_not_depend_on_the_others(model, documents):
    together = list(model.logits(documents))
    for document, expected in zip(documents, together, strict=True):
        np.testing.assert_array_equal(next(model.logits([document])), expected)
    for found, expected in zip(model.logits(documents[::-1]), together[::-1], strict=True):
        np.testing.assert_array_equal(found, expected)


def test_documents_are_taken_as_they_are_needed(model, documents):
    taken = []

    def feed():
        for document in documents:
            taken.append(document)
            yield document

    next(model.logits(feed()))
    assert len(taken) == 1


def test_a_sentence_of_unknown_features_gets_the_intercepts(model):
    empty = LinearModel({block: {} for block in BLOCKS}, model.idf[:0], model.weights[:0], model.intercepts)
    (logits,) = empty.logits([segment_article(Article.from_sentences(["Ships sail.", "So."]))])
    np.testing.assert_array_equal(logits, np.tile(model.intercepts, (2, 1)))


def test_a_model_comes_back_from_its_files(tmp_path, model, documents):
    model.write(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == set(LinearModel.files)
    again = LinearModel.read(tmp_path)
    assert again.vocabularies == model.vocabularies
    assert list(again.vocabularies) == list(BLOCKS)
    for name in ("idf", "weights", "intercepts"):
        np.testing.assert_array_equal(getattr(again, name), getattr(model, name))
        assert getattr(again, name).dtype == np.float32
    for found, expected in zip(again.logits(documents), model.logits(documents), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_pickled_arrays_are_never_loaded(tmp_path, model):
    model.write(tmp_path)
    np.savez(tmp_path / "arrays.npz", idf=np.array([{"a": 1}], dtype=object), weights=model.weights, intercepts=[0.0])
    with pytest.raises(ValueError, match="allow_pickle"):
        LinearModel.read(tmp_path)


def test_columns_of_a_block_stand_together_in_the_order_of_the_blocks(model):
    columns = [column for block in BLOCKS for column in model.vocabularies[block].values()]
    assert columns == list(range(len(model.idf)))
    assert model.weights.shape == (len(model.idf), len(CLASSES))
