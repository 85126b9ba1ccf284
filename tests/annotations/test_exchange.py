"""What becomes of answers: readings, majorities, changed labels, new documents."""

from collections import Counter
from dataclasses import replace

import pytest

from hedge.annotations import AnnotatedDocument, Corpus, CueSpan
from hedge.annotations.exchange import items_of_corpus, merged
from hedge.annotations.formats import Item, LeftOut
from hedge.errors import AnnotationError
from hedge.labels import CueKind, Label

TEMPLATE = AnnotatedDocument("", "brief", "real", "nobody", "none", "train", ())
COST = "It may cost £2m, Ida Bruun said."


def answer(label, *, document="weir", number=1, text=COST, annotator=None, **fields):
    where = f"a.jsonl, line {number + 1}"
    return Item(text, document, number, label=label, annotator=annotator, where=where, **fields)


def cost(result):
    """The sentence that the answers are about."""
    return result.corpus.documents[1].sentences[1]


def test_a_new_label_of_somebody_stands_beside_the_one_before(corpus):
    result = merged(corpus, [answer("speculation", annotator="ada")], template=TEMPLATE)
    assert cost(result).label is Label.SPECULATION
    assert cost(result).readings == (("first", "report"), ("ada", "speculation"))
    assert (result.changed, result.new_documents, result.unmarked) == (1, 0, 0)


def test_the_annotator_of_files_that_do_not_say_is_the_one_that_is_named(corpus):
    assert cost(merged(corpus, [answer("fact")], template=TEMPLATE)).readings == ()
    result = merged(corpus, [answer("fact")], template=TEMPLATE, annotator="desk")
    assert cost(result).readings == (("first", "report"), ("desk", "fact"))


def test_an_annotator_who_reads_again_takes_back_what_was_said_before(corpus):
    once = merged(corpus, [answer("speculation", annotator="ada")], template=TEMPLATE).corpus
    twice = merged(once, [answer("report", annotator="ada")], template=TEMPLATE)
    assert cost(twice).readings == (("first", "report"), ("ada", "report"))
    assert twice.changed == 1


@pytest.mark.parametrize(
    ("label", "cues", "source"),
    [("report", 2, (17, 26)), ("speculation", 2, None), ("fact", 0, None), ("skip", 0, None)],
)
def test_a_format_without_marks_keeps_those_that_the_new_label_allows(corpus, label, cues, source):
    result = merged(corpus, [answer(label)], template=TEMPLATE)
    assert (len(cost(result).cues), cost(result).source) == (cues, source)
    assert result.unmarked == (cues == 0)


def test_marks_that_a_format_tells_take_the_place_of_those_before(corpus):
    said = (CueSpan(CueKind.ATTRIBUTION, 27, 31),)
    assert cost(merged(corpus, [answer("report", cues=said)], template=TEMPLATE)).cues == said
    assert cost(merged(corpus, [answer("report", cues=())], template=TEMPLATE)).cues == ()


def test_the_reason_of_a_settlement_goes_with_the_label_it_was_for(corpus):
    weir = corpus.documents[1]
    settled = replace(weir.sentences[1], reason="he only relays")
    corpus = Corpus((corpus.documents[0], replace(weir, sentences=(weir.sentences[0], settled, weir.sentences[2]))))
    assert cost(merged(corpus, [answer("report")], template=TEMPLATE)).reason == "he only relays"
    assert cost(merged(corpus, [answer("fact")], template=TEMPLATE)).reason is None


def test_of_several_annotators_most_decide(corpus):
    answers = [answer("fact", annotator="ada"), *(answer("opinion", annotator=name) for name in ("ben", "cy"))]
    result = merged(corpus, answers, template=TEMPLATE)
    assert cost(result).label is Label.OPINION
    assert dict(cost(result).readings) == {"first": "report", "ada": "fact", "ben": "opinion", "cy": "opinion"}
    assert result.undecided == ()


def test_who_answers_now_stands_beside_the_readings_that_the_file_tells(corpus):
    before = (("ben", "opinion"), ("cy", "fact"))
    told = [answer("report", readings=before), answer("report", annotator="ada", readings=before)]
    assert cost(merged(corpus, told, template=TEMPLATE)).readings == (("first", "report"), *before, ("ada", "report"))


def test_annotators_who_differ_evenly_are_named(corpus):
    answers = [answer("fact", annotator="ada"), answer("opinion", annotator="ben")]
    result = merged(corpus, answers, template=TEMPLATE)
    assert cost(result).label is Label.FACT
    assert result.undecided == ("weir 1",)


def test_several_answers_of_nobody_in_particular_are_told_apart(corpus):
    readings = cost(merged(corpus, [answer("fact"), answer("fact")], template=TEMPLATE)).readings
    assert readings == (("first", "report"), ("annotator 1", "fact"), ("annotator 2", "fact"))


def test_answers_to_other_texts_become_documents_in_reading_order():
    answers = [
        answer("opinion", document="new", number=1, text="A pity.", details={"genre": "column", "publisher": "Echo"}),
        answer("fact", document="new", number=0, text="It shut."),
    ]
    result = merged(Corpus(()), answers, template=TEMPLATE)
    (document,) = result.corpus.documents
    assert [sentence.text for sentence in document.sentences] == ["It shut.", "A pity."]
    assert (document.genre, document.source, document.licence, document.split) == ("column", "Echo", "none", "train")
    assert (result.new_documents, result.new_sentences, result.gaps) == (1, 2, ())


def test_a_sentence_without_a_document_is_known_again_from_another_file():
    first = Item("It may\ncost £2m.", label="fact", where="a/k.csv, line 2")
    again = Item("It may cost £2m.", label="speculation", where="b/k.csv, line 2")
    other = Item("It shut.", label="fact", where="b/k.csv, line 3")
    once = merged(Corpus(()), [first], template=TEMPLATE).corpus
    result = merged(once, [again, other], template=TEMPLATE)
    assert [(d.id == once.documents[0].id, d.sentences[0].class_name) for d in result.corpus.documents] == [
        (True, "speculation"),
        (False, "fact"),
    ]
    assert (result.changed, result.new_documents) == (1, 1)


def test_a_sentence_without_a_document_is_named_by_its_place_in_the_file():
    items = [Item("It may.", label=label, where=f"k.csv, line {n}") for n, label in enumerate(("fact", "opinion"), 2)]
    assert merged(Corpus(()), items, template=TEMPLATE).undecided == ("k.csv, line 2",)


def test_documents_with_sentences_missing_from_their_midst_are_named():
    answers = [answer("fact", document="new", number=n, text=f"It shut {n}.") for n in (0, 2)]
    assert merged(Corpus(()), answers, template=TEMPLATE).gaps == ("new",)


def test_new_documents_get_a_split_where_none_is_said():
    pytest.importorskip("datasketch")
    answers = [answer("fact", document=f"d{n}", number=0, text=f"Boat {n} left for port {n * 7}.") for n in range(12)]
    corpus = merged(Corpus(()), answers, template=replace(TEMPLATE, split="")).corpus
    assert {document.split for document in corpus.documents} == {"train", "validation", "test"}


def test_what_holds_no_answer_is_counted(corpus):
    records = [LeftOut("a, line 1", "ignored"), LeftOut("a, line 2", "ignored"), LeftOut("a, line 3", "rejected")]
    result = merged(corpus, records, template=TEMPLATE)
    assert (result.corpus, result.left_out) == (corpus, Counter(ignored=2, rejected=1))


@pytest.mark.parametrize("fields", [{"text": "It may cost £3m."}, {"number": 9}])
def test_another_sentence_under_a_known_name_is_an_error(corpus, fields):
    with pytest.raises(AnnotationError, match=r"line \d+: this is not sentence \d of 'weir' in the corpus"):
        merged(corpus, [answer("fact", **fields)], template=TEMPLATE)


@pytest.mark.parametrize("document", ["weir", "new"])
def test_two_texts_under_one_name_are_an_error(corpus, document):
    answers = [answer("fact", document=document), answer("fact", document=document, text="It shut.")]
    with pytest.raises(AnnotationError, match=rf"line 2: sentence 1 of '{document}' has another text than in a\.jsonl"):
        merged(corpus, answers, template=TEMPLATE)


def test_spaces_do_not_make_another_sentence(corpus):
    result = merged(corpus, [answer("fact", text=COST.replace(" ", "\n "))], template=TEMPLATE)
    assert cost(result).text == COST


def test_answers_to_a_text_that_is_not_here_are_an_error(corpus):
    corpus = Corpus(corpus.documents, unresolved=("away",))
    with pytest.raises(AnnotationError, match=r"text of away is not here.*pass --texts"):
        merged(corpus, [answer("fact", document="away")], template=TEMPLATE)


def test_an_export_says_what_is_known_of_the_document(corpus):
    items = list(items_of_corpus(corpus))
    assert [(item.document, item.number) for item in items] == [
        ("locks", 0),
        ("locks", 1),
        *(("weir", n) for n in range(3)),
    ]
    assert items[0].details["publisher"] == "A canal society"
    assert items[3].before == "Weir to be rebuilt"
    assert items[3].after == "Read more"
