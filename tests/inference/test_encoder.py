"""The encoder model with a network that tells each token's outputs by its id alone, and by its neighbours'."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

tokenizers = pytest.importorskip("tokenizers")

from hedge.classifier import Classifier  # noqa: E402
from hedge.inference.encoder import EncoderModel, load_tokenizer  # noqa: E402
from hedge.inference.tags import TAGS  # noqa: E402
from hedge.inference.windows import WindowSettings  # noqa: E402
from hedge.labels import CLASSES, CueKind, Label  # noqa: E402
from hedge.models import Manifest  # noqa: E402
from hedge.reading import Article  # noqa: E402
from hedge.segmentation import SegmentedText  # noqa: E402
from hedge.segmentation.sentences import Span, segment_article  # noqa: E402

WORDS = ["[UNK]", "[CLS]", "[SEP]", "it", "may", "shut", "she", "said", ".", ",", "a", "shame"]
MEANING = {  # what a word says of its sentence, and its tag
    "may": ("speculation", "B-hedge"),
    "said": ("report", "B-attribution"),
    "she": ("fact", "B-source"),
    "shame": ("opinion", "B-evaluation"),
}
SETTINGS = WindowSettings(tokens=24, overlap=2, first_id=1, end_id=2)


@pytest.fixture(scope="module")
def tokenizer():
    vocabulary = {word: i for i, word in enumerate(WORDS)}
    made = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    return made


def run(ids):
    """Give outputs that also depend on the tokens around, as a network's do."""
    outputs = np.zeros((len(ids), len(CLASSES) + len(TAGS)), np.float32)
    outputs[:, len(CLASSES)] = 0.5  # outside of any span, unless a tag says more
    for i, token in enumerate(ids):
        label, tag = MEANING.get(WORDS[token], (None, None))
        if label:
            outputs[i, CLASSES.index(label)] = 4 if label == "report" else 2
            outputs[i, len(CLASSES) + TAGS.index(tag)] = 1
    return outputs + 0.001 * np.cumsum(ids)[:, None].astype(np.float32) / 100


@pytest.fixture(params=[1, 3])
def classifier(request, tokenizer):
    manifest = Manifest("encoder", "2026-01-01", 1.0, {}, {}, {})
    return Classifier(EncoderModel(tokenizer, run, SETTINGS, threads=request.param), manifest, "tiny")


def test_labels_cues_and_source_are_found_where_they_stand(classifier):
    document = classifier.classify("It shut. It may shut, she said. A shame.")
    fact, report, opinion = document.sentences
    assert (report.label, opinion.label) == (Label.REPORT, Label.OPINION)
    assert [(cue.kind, cue.text) for cue in report.cues] == [(CueKind.HEDGE, "may"), (CueKind.ATTRIBUTION, "said")]
    assert (report.source.text, report.hedged, report.evaluative) == ("she", True, False)
    assert opinion.source is None
    for marked in (*report.cues, report.source, *opinion.cues):
        assert document.text[marked.start : marked.end] == marked.text
    assert (fact.cues, fact.source) == ((), None)


def test_a_sentence_that_begins_inside_a_quotation_is_read_after_a_mark(tokenizer):
    read = []

    def remember(ids):
        read.append([WORDS[token] for token in ids])
        return run(ids)

    marked = EncoderModel(tokenizer, remember, replace(SETTINGS, quotation_mark_id=WORDS.index("shame")), threads=1)
    texts = ["“It shut.", "It may shut,” she said.", "It shut."]
    article = segment_article(Article.from_sentences(texts))
    (answer,) = marked.answers([article])
    assert [" ".join(words) for words in read] == [
        "[CLS] [UNK] it shut . [SEP] shame it may shut [UNK] she said . [SEP] it shut . [SEP]"
    ]
    assert CLASSES[answer.logits[2].argmax()] == "fact"  # the mark is not among what a sentence's label is read from
    assert CLASSES[answer.logits[1].argmax()] == "report"
    assert [texts[1][start:end] for _, start, end in answer.marks[1].cues] == ["may", "said"]


def test_no_span_holds_punctuation_alone_and_neighbouring_cues_are_one(classifier):
    (sentence,) = classifier.classify_sentences(["It may may , shut, said ."]).sentences
    assert [(cue.kind, cue.text) for cue in sentence.cues] == [
        (CueKind.HEDGE, "may may"),
        (CueKind.ATTRIBUTION, "said"),
    ]


def test_of_two_sources_the_surest_is_named(classifier):
    def surer(ids):
        outputs = run(ids)
        outputs[ids == WORDS.index("it"), len(CLASSES) + TAGS.index("B-source")] = 0.7
        return outputs

    model = replace(classifier.model, run=surer)
    (sentence,) = Classifier(model, classifier.manifest, "tiny").classify_sentences(["It said , she said ."]).sentences
    assert sentence.source.text == "she"


def test_a_source_stands_on_a_report_only(classifier):
    (sentence,) = classifier.classify("She may, may shut.").sentences
    assert sentence.label is Label.SPECULATION
    assert sentence.source is None


def test_documents_without_sentences_keep_their_place(classifier):
    counts = [len(document.sentences) for document in classifier.classify_many(["", "It shut.", " ", "A shame.", ""])]
    assert counts == [0, 1, 0, 1, 0]


def test_the_answer_does_not_depend_on_the_company(classifier):
    texts = [f"It shut. {'It may shut, she said. ' * n}A shame." for n in range(12)]
    together = list(classifier.classify_many(texts))
    assert together[::-1] == list(classifier.classify_many(texts[::-1]))
    assert together == [classifier.classify(text) for text in texts]


def test_a_sentence_that_is_too_long_is_marked(classifier):
    long = " ".join(["it", "may"] * 1000) + "."
    document = classifier.classify_sentences(["A shame.", long, "It shut."])
    assert [sentence.truncated for sentence in document.sentences] == [False, True, False]
    assert all(document.text[cue.start : cue.end] == "may" for cue in document.sentences[1].cues)


def test_characters_without_tokens_are_no_trouble(classifier):
    document = classifier.classify_sentences(["\u200b", "it may", "🚢", "\ud83d it may \ud800"])
    assert len(document.sentences) == 4
    assert np.isfinite([list(s.probabilities.values()) for s in document.sentences]).all()


@pytest.mark.parametrize("mark", [None, WORDS.index("shame")])
def test_of_a_document_of_a_hundred_thousand_sentences_only_a_few_are_tokenised_ahead(mark, classifier):
    text = "It may shut. " * 100_000
    spans = tuple(Span(13 * i, 13 * i + 12) for i in range(100_000))
    segmented = SegmentedText(text, spans)
    tokenised, run_when = 0, []
    model = classifier.model

    class Counting:
        def encode_batch(self, texts, **options):
            nonlocal tokenised
            tokenised += len(texts)
            return model.tokenizer.encode_batch(texts, **options)

    def counting_run(ids):
        run_when.append(tokenised)
        return run(ids)

    settings = replace(model.settings, quotation_mark_id=mark)
    (answers,) = replace(model, tokenizer=Counting(), run=counting_run, settings=settings).answers([segmented])
    assert len(answers.logits) == len(answers.marks) == tokenised == 100_000
    per_window = 100_000 / len(run_when)
    assert all(ahead < (i + 1) * per_window + 1000 for i, ahead in enumerate(run_when))


def test_texts_that_may_be_taken_ahead_are_taken_so_by_a_few(classifier):
    drawn = []

    def texts():
        for number in range(1000):
            drawn.append(number)
            yield "It may shut." if number % 2 else "A shame. It shut."

    documents = classifier.classify_many(texts(), ahead=True)
    assert [len(next(documents).sentences) for _ in range(4)] == [2, 1, 2, 1]
    assert len(drawn) < 50
    documents.close()


def test_documents_are_the_same_whether_texts_are_taken_ahead_or_not(classifier):
    texts = ["It may shut, she said. " * 40, "", "A shame.", " ", "It shut. " * 9]
    one_by_one = list(classifier.classify_many(iter(texts)))
    assert list(classifier.classify_many(texts)) == one_by_one
    assert list(classifier.classify_many(iter(texts), ahead=True)) == one_by_one


def test_a_model_comes_back_from_its_folder(tokenizer, tmp_path):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    table = run(np.arange(len(WORDS)))
    initializer = onnx.numpy_helper.from_array(table, "table")
    ids = onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, None])
    outputs = onnx.helper.make_tensor_value_info("outputs", onnx.TensorProto.FLOAT, [1, None, table.shape[1]])
    node = onnx.helper.make_node("Gather", ["table", "input_ids"], ["outputs"])
    graph = onnx.helper.make_graph([node], "look-up", [ids], [outputs], [initializer])
    opset = [onnx.helper.make_opsetid("", 17)]
    network = onnx.helper.make_model(graph, opset_imports=opset, ir_version=9).SerializeToString()
    EncoderModel(tokenizer, run, SETTINGS, 1, network).write(tmp_path)
    again = EncoderModel.read(tmp_path, threads=2)
    assert (again.settings, again.threads, again.network) == (SETTINGS, 2, network)
    assert load_tokenizer(tmp_path / "tokenizer.json").encode("it may").ids == [3, 4]
    segmented = [Article.from_sentences(["It may shut.", "She said it."])]
    manifest = Manifest("encoder", "2026-01-01", 1.0, {}, {}, {})
    (document,) = Classifier(again, manifest, "tiny").classify_many(segmented)
    assert [str(sentence.label) for sentence in document.sentences] == ["speculation", "report"]
