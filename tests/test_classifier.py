import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import hedge
from hedge.calibration import probabilities
from hedge.document import Document
from hedge.errors import ModelError
from hedge.labels import CLASSES, SKIP
from hedge.reading import Article, Block
from hedge.segmentation.sentences import segment_article

DEFAULT = Path(__file__).resolve().parents[1] / "models" / "default"

PIECES = [
    *(
        "The quay is shut",
        "she said",
        "could",
        "Perhaps",
        "a shame",
        "1.5",
        ". ",
        "! ",
        "? ",
        ".",
        "\n",
        "\n\n",
        "\r\n",
    ),
    *("\t", "\v", "\x1c", "\x85", "\u2028", "\u00a0", "\u202f", "\u200b", "\u200d", "\ufeff", "\x00", "\x1b", "\ud83d"),
    *("\udea2", "🚢", "e\u0301", "İ", "مرحبا. ", "\u202e", "“", "”", '"', "‘", "’", "'", "(", "- ", "# ", "\U0010ffff"),
]
any_text = st.one_of(
    st.text(st.characters()), st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=40).map("".join)
)
WORDLESS = ["", " ", "\n\n", "\u00a0\t\r\n", "\u2028"]


def check_document(document, text):
    """Check what holds for the document of any text."""
    assert document.text == text
    position = 0
    for sentence in document.sentences:
        assert position <= sentence.start < sentence.end <= len(text)
        assert not text[position : sentence.start].strip()
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert list(sentence.probabilities) == list(CLASSES)
        assert all(0 <= value <= 1 for value in sentence.probabilities.values())
        assert sum(sentence.probabilities.values()) == pytest.approx(1, abs=1e-4)
        assert sentence.probability == max(sentence.probabilities.values())
        assert sentence.probabilities[str(sentence.label or SKIP)] == sentence.probability
        position = sentence.end
    assert not text[position:].strip()


@given(text=any_text)
@example(text="")
@example(text="\ud83d\udea2. \ud800")
@example(text="\u200b")
@example(text="A.\u00a0B. C\x1cD.")
def test_the_document_of_any_text_is_sound(classifier, text):
    check_document(classifier.classify(text), text)


@given(text=any_text)
def test_the_document_of_any_text_comes_back_from_its_dictionary_and_from_json(classifier, text):
    document = classifier.classify(text)
    assert Document.from_dict(document.to_dict()) == document
    # With its escapes, JSON would make one character of two surrogates that follow each other.
    assert Document.from_dict(json.loads(json.dumps(document.to_dict(), ensure_ascii=False))) == document


@settings(max_examples=50)
@given(texts=st.lists(any_text, min_size=1, max_size=5), data=st.data())
def test_the_document_of_a_text_does_not_depend_on_company_or_order(classifier, texts, data):
    alone = {text: classifier.classify(text) for text in texts}
    order = data.draw(st.permutations(texts))
    assert list(classifier.classify_many(order)) == [alone[text] for text in order]


@pytest.mark.parametrize("text", WORDLESS, ids=repr)
def test_a_text_without_words_gives_an_empty_document(classifier, text):
    assert classifier.classify(text) == Document(text, (), model="default")


def test_a_text_without_words_among_others_keeps_its_place(classifier):
    documents = list(classifier.classify_many(["The quay is shut.", "", "It was time.", " "]))
    assert [document.text for document in documents] == ["The quay is shut.", "", "It was time.", " "]
    assert [len(document.sentences) for document in documents] == [1, 0, 1, 0]


def test_an_article_of_news_has_every_label(classifier, demo_text):
    document = classifier.classify(demo_text)
    check_document(document, demo_text)
    assert all(document.counts.values())
    assert sum(document.share.values()) == pytest.approx(1)
    assert document.model == "default"
    assert document.id is None


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("“We were asked to leave the lights on,” the duty officer told this newspaper.", "report"),
        ("According to two officials, the talks ended on Monday.", "report"),
        ("The crossing might perhaps return next year, and it could bring jobs.", "speculation"),
        ("It is a disgrace, and the board should be ashamed of itself.", "opinion"),
    ],
)
def test_plain_cases_are_labelled_as_any_reader_would(classifier, sentence, label):
    (labelled,) = classifier.classify(sentence).sentences
    assert labelled.label == label


def test_documents_are_made_as_they_are_taken(classifier):
    taken = []

    def feed():
        for number in count():
            taken.append(number)
            yield f"The quay has {number} boats."

    documents = list(islice(classifier.classify_many(feed()), 3))
    assert [document.text for document in documents] == [f"The quay has {i} boats." for i in range(3)]
    assert taken == [0, 1, 2]


def test_no_texts_give_no_documents(classifier):
    assert list(classifier.classify_many([])) == []


def test_an_article_keeps_its_id_blocks_and_headings(classifier):
    article = Article("Quay. Shut\nIt is. Yes.", id="q7", blocks=(Block(0, 10, heading=True), Block(11, 22)))
    document = classifier.classify(article)
    assert document.id == "q7"
    assert [(s.text, s.paragraph, s.heading) for s in document.sentences] == [
        ("Quay. Shut", 0, True),
        ("It is.", 1, False),
        ("Yes.", 1, False),
    ]


def test_what_was_read_can_be_classified(classifier, tmp_path):
    (tmp_path / "quay.md").write_text("# Quay shut\n\nThe *old* quay is shut.\n", encoding="utf-8")
    (document,) = classifier.classify_many(hedge.read(tmp_path))
    assert document.id == str(tmp_path / "quay.md")
    assert [sentence.text for sentence in document.sentences] == ["Quay shut", "The  old  quay is shut."]


def test_sentences_that_are_already_split_stay_as_they_are(classifier):
    sentences = ["The quay is shut. It was time.", "Quay", "One line\nand another."]
    document = classifier.classify_sentences(sentences)
    assert document.text == "\n".join(sentences)
    assert [sentence.text for sentence in document.sentences] == sentences
    assert [sentence.heading for sentence in document.sentences] == [False, True, False]


def test_no_sentences_give_an_empty_document(classifier):
    assert classifier.classify_sentences([]) == Document("", (), model="default")


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_an_empty_sentence_is_refused(classifier, empty):
    with pytest.raises(ValueError, match="sentence 1 is empty"):
        classifier.classify_sentences(["The quay is shut.", empty])


@pytest.mark.parametrize("wrong", [Path("a.txt"), None, b"The quay is shut.", 3, ["The quay is shut."]], ids=repr)
def test_what_is_no_text_is_refused_with_the_cure(classifier, wrong):
    cure = f"is of type {type(wrong).__name__}; pass a string or an Article; files are read by hedge.read$"
    with pytest.raises(TypeError, match=f"^the text {cure}"):
        classifier.classify(wrong)
    for texts in (["The quay is shut.", wrong], iter(["The quay is shut.", wrong])):
        with pytest.raises(TypeError, match=f"^text 1 {cure}"):
            list(classifier.classify_many(texts))


@pytest.mark.parametrize("wrong", ["The quay.", b"The quay.", None, Path("a.txt"), Article("The quay.")], ids=repr)
def test_a_single_text_is_not_taken_for_many(classifier, wrong):
    single = f"are of type {type(wrong).__name__}; pass a list of strings, or one text to classify; files are read by"
    with pytest.raises(TypeError, match=f"^the texts {single}"):
        classifier.classify_many(wrong)
    with pytest.raises(TypeError, match=f"^the sentences {single}"):
        classifier.classify_sentences(wrong)


def test_what_is_no_sentence_is_refused(classifier):
    with pytest.raises(TypeError, match=r"^sentence 1 is of type NoneType; pass a string$"):
        classifier.classify_sentences(["The quay is shut.", None])


def test_sentences_may_come_from_any_iterable(classifier):
    sentences = ["The quay is shut.", "It was time."]
    assert classifier.classify_sentences(iter(sentences)) == classifier.classify_sentences(sentences)


def test_a_classifier_may_be_shared_between_threads(classifier, demo_text):
    texts = [demo_text[i * 100 :] for i in range(12)]
    expected = [classifier.classify(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(classifier.classify, texts)) == expected


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_answers_depend_neither_on_company_nor_on_the_number_of_threads(classifier, demo_text, threads):
    texts = [demo_text, *demo_text.split("\n\n"), "The plant could close.", "word " * 2000, ""]
    alone = [classifier.classify(text) for text in texts]
    other = hedge.load(DEFAULT, threads=threads)
    assert list(other.classify_many(texts)) == alone
    assert list(other.classify_many(iter(texts[::-1])))[::-1] == alone


@pytest.mark.parametrize("threads", [0, -1])
def test_fewer_threads_than_one_are_refused_at_once(threads):
    with pytest.raises(ValueError, match=f"^threads is {threads}, but must be at least 1"):
        hedge.load(DEFAULT, threads=threads)


def test_a_higher_temperature_makes_it_less_certain_and_changes_no_label(classifier, demo_text):
    warm = hedge.Classifier(classifier.model, replace(classifier.manifest, temperature=5.0), "warm")
    before, after = classifier.classify(demo_text), warm.classify(demo_text)
    assert [s.label for s in after.sentences] == [s.label for s in before.sentences]
    assert all(b.probability > a.probability for a, b in zip(after.sentences, before.sentences, strict=True))
    assert after.model == "warm"


def test_the_calibration_of_the_manifest_is_applied(classifier, demo_text):
    article = Article(demo_text)
    (answers,) = classifier.model.answers([segment_article(article)])
    for temperature, power in ((1.0, 1.0), (3.0, 1.0), (3.0, 2.5)):
        manifest = replace(classifier.manifest, temperature=temperature, power=power)
        document = hedge.Classifier(classifier.model, manifest, "m").classify(article)
        found = [[sentence.probabilities[name] for name in CLASSES] for sentence in document.sentences]
        np.testing.assert_allclose(found, probabilities(answers.logits, temperature, power), atol=1e-6)


def test_a_model_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ModelError, match="there is no model"):
        hedge.load(tmp_path / "none")


def test_a_model_is_called_by_the_name_of_its_folder(monkeypatch):
    folder = Path(__file__).resolve().parents[1] / "models" / "default"
    monkeypatch.chdir(folder)
    assert hedge.load(".").name == hedge.load(str(folder)).name == "default"
